package session

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// asFacts cuts a text into facts, if it is facts.
func (s *Session) asFacts(text string) ([]string, bool) {
	facts := s.cutFacts(text)
	for _, f := range facts {
		if !s.isFact(f) {
			return nil, false
		}
	}
	return facts, len(facts) > 0
}

// cutFacts cuts facts at the commas between them. A piece that is no sentence belongs
// to the value before it: recipient = Korea, Republic of.
func (s *Session) cutFacts(text string) []string {
	var out []string
	for _, piece := range s.cutAtCommas(text) {
		if len(out) > 0 && !looksLikeFact(piece) {
			out[len(out)-1] += "," + piece
			continue
		}
		out = append(out, piece)
	}
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return slices.DeleteFunc(out, func(f string) bool { return f == "" })
}

func looksLikeFact(piece string) bool {
	piece = strings.TrimSpace(piece)
	if strings.Contains(piece, "=") || strings.Contains(piece, " is ") || strings.HasPrefix(piece, "not ") || piece == "" {
		return true
	}
	after, dotted := strings.CutPrefix(piece[len(firstWord(piece)):], ".")
	return dotted && firstWord(after) != ""
}

// cutAtCommas cuts a text of facts at the commas outside of quotes, and outside of
// brackets that are closed again. Within those a fact begins only where its name and an
// equals sign stand.
func (s *Session) cutAtCommas(text string) []string {
	var commas, open []int
	var closed [][2]int
	s.valueText(text, func(i int) {
		switch text[i] {
		case ',':
			commas = append(commas, i)
		case '(':
			open = append(open, i)
		case ')':
			if n := len(open); n > 0 {
				closed = append(closed, [2]int{open[n-1], i})
				open = open[:n-1]
			}
		}
	})
	var out []string
	from := 0
	for _, i := range commas {
		inside := slices.ContainsFunc(closed, func(b [2]int) bool { return b[0] < i && i < b[1] })
		if name, _, equals := strings.Cut(text[i+1:], "="); inside && !(equals && isPath(strings.TrimSpace(name))) {
			continue
		}
		out = append(out, text[from:i])
		from = i + 1
	}
	return append(out, text[from:])
}

// onOneLine is facts as Tell takes them: a line break within quotes is one of the text,
// and one elsewhere an error.
func (s *Session) onOneLine(facts []string) ([]string, error) {
	out := make([]string, len(facts))
	for i, fact := range facts {
		broken := false
		s.valueText(fact, func(at int) { broken = broken || fact[at] == '\n' })
		if broken {
			name, _, _ := strings.Cut(fact, "=")
			return nil, fmt.Errorf("a line break stands within the value of `%s`: a value ends with its line, and a text of several lines stands in quotes", strings.TrimSpace(name))
		}
		out[i] = strings.ReplaceAll(fact, "\n", `\n`)
	}
	return out, nil
}

// isFact says whether a text says something of the case, and does not ask for it.
func (s *Session) isFact(text string) bool {
	if name, _, ok := strings.Cut(text, "="); ok && isPath(strings.TrimSpace(name)) {
		return true
	}
	e, _, ds := lang.ParseFact("fact", text)
	if ds.HasErrors() {
		return false
	}
	for {
		p, ok := e.(*lang.Paren)
		if !ok {
			break
		}
		e = p.X
	}
	switch e := e.(type) {
	case *lang.Is:
		return true
	case *lang.Binary:
		call, ok := e.X.(*lang.Call)
		return ok && e.Op == lang.Eq && s.isResult(call)
	case *lang.Unary:
		return e.Op == lang.Not && s.isYesNo(e.X)
	}
	return s.isYesNo(e)
}

// isResult says whether a call is a fact: what a function that the rules declare gives of values.
func (s *Session) isResult(call *lang.Call) bool {
	_, err := s.now.prog.NewCase().Lookup(lang.FormatExpr(call))
	return err == nil
}

// isYesNo says whether a path or a call names a fact that is yes or no.
func (s *Session) isYesNo(e lang.Expr) bool {
	name := ""
	switch e := e.(type) {
	case *lang.Ref:
		name = refText(e)
	case *lang.Call:
		if name = lang.FormatExpr(e); !s.isResult(e) {
			return false
		}
	}
	info, ok := s.now.prog.FactInfo(name)
	return ok && info.Form == interp.YesNoAnswer
}

func refText(ref *lang.Ref) string {
	names := make([]string, len(ref.Path))
	for i, n := range ref.Path {
		names[i] = n.Text
	}
	return strings.Join(names, ".")
}

func isPath(text string) bool {
	for _, name := range strings.Split(text, ".") {
		if name == "" || firstWord(name) != name {
			return false
		}
	}
	return true
}
