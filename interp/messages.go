package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// spot is where a fact was written, for its diagnostics.
type spot struct {
	src   *lang.Source
	span  lang.Span
	spell *spelling
}

func (s spot) errorf(c code.Code, format string, args ...any) *lang.Diagnostic {
	return (&lang.Diagnostic{Code: c, Source: s.src, Span: s.span}).Say(format, onLines(args)...)
}

// onLines are the arguments of a message, each on one line: one may be source text of several.
func onLines(args []any) []any {
	for i, a := range args {
		switch a := a.(type) {
		case string:
			args[i] = oneLine(a)
		case error:
			args[i] = oneLine(a.Error())
		}
	}
	return args
}

// oneLine is a text without the ends of its lines.
func oneLine(message string) string {
	if !strings.ContainsAny(message, "\r\n") {
		return message
	}
	return strings.Join(strings.Fields(message), " ")
}

func (s spot) suggest(d *lang.Diagnostic, word string, known func() []string) *lang.Diagnostic {
	if near, ok := s.spell.nearest(word, known); ok {
		d.Fix = &lang.Fix{Label: "did you mean `" + near + "`?", Span: s.span, Replacement: near}
	}
	return d
}

// spelling looks for the names that are meant where others were written: in one text
// or call, as long as it has not looked at too many. A nil one looks at any number.
type spelling struct{ looked int }

// mostSpelt bounds the bytes of the names that a spelling looks at, each of them counted as
// namesExtra more: a hundred mistakes among a thousand names, or a few among many.
const (
	mostSpelt  = 4 << 20
	namesExtra = 16
)

// spent says whether it has looked at enough, and else counts some names that it will look at.
func (s *spelling) spent(names, bytes int) bool {
	if s == nil {
		return false
	}
	if s.looked > mostSpelt {
		return true
	}
	s.looked += bytes + names*namesExtra
	return false
}

// nearest is the known name that is most likely meant.
func (s *spelling) nearest(word string, known func() []string) (string, bool) {
	if s.spent(0, 0) {
		return "", false
	}
	names := known()
	for _, name := range names {
		s.spent(1, len(name))
	}
	return lang.Nearest(word, names)
}

// article is "a text", "one of I, II", "a length such as 300 km": what a type expects.
func article(t *Type) string {
	switch t.basic {
	case boolType:
		return "yes or no"
	case numberType:
		if t.dim != "" {
			name := t.String()
			return "a quantity (" + strings.TrimSuffix(name, "?") + ")"
		}
		if t.integer {
			return "a whole number"
		}
		return "a number"
	case textType:
		return "a " + strings.TrimSuffix(t.String(), "?")
	case dateType:
		return "a date (YYYY-MM-DD)"
	case durationType:
		return "a duration such as 30 days"
	case scalarType:
		return t.scalar.says
	case enumType:
		return "one of " + listNames(t.enum.Names())
	case thingType:
		return aKind(t.kind)
	case setType:
		return "a set of " + t.elem.String()
	}
	return "a list of " + t.elem.String()
}

// aKind is the kind's name with its article.
func aKind(k *Kind) string {
	name := strings.ToLower(k.Name)
	for _, yoo := range []string{"uni", "use", "usa", "uti", "eu", "one"} { // as they are said
		if strings.HasPrefix(name, yoo) {
			return "a " + k.Name
		}
	}
	if strings.ContainsRune("aeiou", rune(name[0])) {
		return "an " + k.Name
	}
	return "a " + k.Name
}

// listNames is a, b and c in backquotes, at most ten of them.
func listNames(names []string) string {
	const most = 10
	rest := 0
	if len(names) > most {
		rest = len(names) - most
		names = names[:most]
	}
	s := ""
	for i, n := range names {
		switch {
		case i == 0:
		case i == len(names)-1 && rest == 0:
			s += " and "
		default:
			s += ", "
		}
		s += "`" + n + "`"
	}
	if rest > 0 {
		s += " and " + num.Int(int64(rest)).String() + " more"
	}
	return s
}

// unknownName is the error about a name that the caller, not a text, got wrong.
func unknownName(c code.Code, what, name string, known []string) error {
	d := &lang.Diagnostic{Code: c}
	d.Say("there is no "+what+" `%s`", name)
	if near, ok := lang.Nearest(name, known); ok {
		d.Fix = &lang.Fix{Label: "did you mean `" + near + "`?", Replacement: near}
	} else if len(known) > 0 {
		d.Add("; there are %s", listNames(known))
	}
	return d
}

func quoteAll(ss []string) []string {
	out := make([]string, len(ss))
	for i, s := range ss {
		out[i] = "`" + s + "`"
	}
	return out
}

func exampleFact(k *Kind) string {
	if len(k.Attrs) == 0 {
		return "none"
	}
	return "`" + k.Attrs[0].Name + "`"
}

// What people write who know other languages, where a value or a term should stand.
var (
	truthWords   = map[string]bool{"true": true, "yes": true, "on": true, "false": false, "no": false, "off": false}
	absentWords  = []string{"unknown", "none", "null", "nil", "undefined", "missing", "absent", "unset", "empty", "blank", "nothing", "na", "unspecified"}
	presentWords = []string{"known", "present", "given", "set", "defined", "there", "specified", "provided", "available", "told"}
	todayWords   = []string{"today", "now", "current_date", "currentdate", "sysdate", "asof", "date", "curdate", "getdate"}
)
