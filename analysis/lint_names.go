package analysis

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/ctl-lang/ctl/internal/looks"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// spelling is a name or a quoted text, where it stands first.
type spelling struct {
	text   string
	at     interp.Site
	quoted bool
	group  *interp.Group // of which it is a member that stands in no rule file
	word   bool          // of the language
	own    bool          // it stands in a file of the author's
}

// names looks at the names and texts of a program as a reader sees them.
type names struct {
	*linter
	letters looks.Letters
	odd     map[string]spelling // those beyond ASCII
	order   []string            // of odd, as met
	told    map[string]bool
	members map[*interp.Group]map[code.Code]*memberFinding
}

// memberFinding is what is told of the first member of a group, for all like it.
type memberFinding struct {
	finding Finding
	others  int
}

// names finds names and texts that look alike, mix scripts, or hold what is not to be seen.
// A program that is written in ASCII has none.
func (l *linter) names() {
	n := names{linter: l, odd: map[string]spelling{}, told: map[string]bool{}, members: map[*interp.Group]map[code.Code]*memberFinding{}}
	n.gather()
	if len(n.odd) == 0 {
		return
	}
	n.invisible()
	n.alike()
	n.mixed()
	for _, g := range l.prog.Groups() {
		for _, c := range slices.Sorted(maps.Keys(n.members[g])) {
			f := n.members[g][c]
			f.finding.Add(" (a member of the group `%s`", g.Name)
			if f.others > 0 {
				f.finding.Add("; %d more are like it", f.others)
			}
			f.finding.Add(")")
			l.add(f.finding)
		}
	}
}

func isModule(src *lang.Source) bool { return strings.HasPrefix(src.Name, "stdlib/") }

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// gather meets what is beyond ASCII.
func (n *names) gather() {
	meet := func(s spelling) {
		if _, known := n.odd[s.text]; !known {
			n.odd[s.text] = s
			n.order = append(n.order, s.text)
		}
	}
	n.lines(func(src *lang.Source, at int, line string) {
		if !isASCII(line) {
			tokensOf(src, at, line, func(s spelling) {
				if !isASCII(s.text) {
					meet(s)
				}
			})
		}
	})
	for _, g := range n.prog.Groups() {
		var odd []string
		n.identities(g, func(id string) {
			if !isASCII(id) {
				odd = append(odd, id)
			}
		})
		slices.Sort(odd)
		for _, id := range odd {
			meet(memberOf(g, id))
		}
	}
}

// lines calls f for every line of the rule files, with where it begins.
func (n *names) lines(f func(src *lang.Source, at int, line string)) {
	for _, src := range n.prog.Sources() {
		for at, end := 0, 0; at < len(src.Text) && n.ctx.Err() == nil; at = end {
			end = len(src.Text)
			if i := strings.IndexAny(src.Text[at:], "\r\n"); i >= 0 {
				end = at + i + 1
			}
			f(src, at, src.Text[at:end])
		}
	}
}

// tokensOf calls f for the names and texts of a line, on which each of them ends.
func tokensOf(src *lang.Source, at int, line string, f func(spelling)) {
	for _, t := range lang.Tokens(line) {
		s := spelling{text: t.Text, quoted: t.Kind == lang.TokenText, own: !isModule(src)}
		switch {
		case s.quoted:
			s.text = s.text[1 : len(s.text)-1]
		case t.Kind != lang.TokenName:
			continue
		}
		s.at = interp.Site{Source: src, Span: lang.Span{Start: uint32(at) + t.Start, End: uint32(at) + t.End}}
		f(s)
	}
}

// identities calls f for every member of a group.
func (n *names) identities(g *interp.Group, f func(id string)) {
	for id := range g.Identities() {
		if n.ctx.Err() != nil {
			return
		}
		f(id)
	}
}

func memberOf(g *interp.Group, id string) spelling {
	return spelling{text: id, at: g.Site(), quoted: true, group: g, own: !isModule(g.Site().Source)}
}

// each calls f for the spellings of the author's beyond ASCII.
func (n *names) each(f func(spelling)) {
	for _, text := range n.order {
		if n.ctx.Err() != nil {
			return
		}
		if s := n.odd[text]; s.own && !n.told[text] {
			f(s)
		}
	}
}

// tell adds what is found of a spelling.
func (n *names) tell(s spelling, f Finding) {
	n.told[s.text] = true
	if s.group == nil {
		n.add(f)
		return
	}
	found := n.members[s.group]
	if found == nil {
		found = map[code.Code]*memberFinding{}
		n.members[s.group] = found
	}
	if first := found[f.Code]; first != nil {
		first.others++
		return
	}
	found[f.Code] = &memberFinding{finding: f}
}

// invisible finds what is not to be seen.
func (n *names) invisible() {
	n.each(func(s spelling) {
		hidden := n.letters.Invisible(s.text)
		if len(hidden) == 0 {
			return
		}
		f := finding(code.InvisibleCharacter, s.at, "an invisible character (%s) stands in `%s`", looks.CodePoint(hidden[0]), looks.Shown(s.text))
		if s.group == nil {
			at := s.at.Span
			at.Start += uint32(strings.IndexRune(s.at.Text(), hidden[0]))
			at.End = at.Start + uint32(len(string(hidden[0])))
			f.Span, f.Fix = at, &lang.Fix{Label: "remove it?", Span: at}
		}
		n.tell(s, f)
	})
}

// alike finds what looks like something else. What differs in letters of ASCII alone is let
// be: words such as corn and com stand in honest rules, and a reader can tell them apart.
func (n *names) alike() {
	first := map[string]spelling{} // by skeleton
	for _, text := range n.order {
		first[looks.Skeleton(text)] = spelling{}
	}
	n.inASCII(func(s spelling) {
		key := looks.Skeleton(s.text)
		if was, wanted := first[key]; wanted && (was.text == "" || was.group != nil && s.text < was.text) {
			first[key] = s
		}
	})
	for _, text := range n.order {
		if n.ctx.Err() != nil {
			return
		}
		s, key := n.odd[text], looks.Skeleton(text)
		switch was := first[key]; {
		case was.text == "":
			first[key] = s
		case s.own && !n.told[text] && looks.Beyond(text) != looks.Beyond(was.text):
			n.tell(s, twins(s, was))
		}
	}
}

// inASCII calls f for the names and texts in ASCII, and for the words of the language.
func (n *names) inASCII(f func(spelling)) {
	for _, w := range slices.Concat(lang.Keywords(), lang.ItemWords()) {
		f(spelling{text: w, word: true})
	}
	n.lines(func(src *lang.Source, at int, line string) {
		tokensOf(src, at, line, func(s spelling) {
			if isASCII(s.text) {
				f(s)
			}
		})
	})
	for _, g := range n.prog.Groups() {
		n.identities(g, func(id string) {
			if isASCII(id) {
				f(memberOf(g, id))
			}
		})
	}
}

// twins is the finding of two spellings that look alike.
func twins(s, other spelling) Finding {
	here, there := apart(s.text, other.text)
	f := finding(code.LooksAlike, s.at, "`%s` looks like `%s` and is another: it has %s where that has %s",
		looks.Shown(s.text), looks.Shown(other.text), looks.CodePoints(here), looks.CodePoints(there))
	if norm.NFC.String(s.text) == norm.NFC.String(other.text) {
		f.Add("; in the form NFC of Unicode both are one")
	}
	switch {
	case other.word:
		return f.note(s.at, "`%s` is a word of the language", other.text)
	case other.group != nil:
		return f.note(other.at, "`%s` is a member of this group", looks.Shown(other.text))
	}
	return f.note(other.at, "the other is here")
}

// apart are two texts without what both begin and end with.
func apart(a, b string) (string, string) {
	x, y := []rune(a), []rune(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	return string(x), string(y)
}

// mixed finds words with letters of several scripts, and those in borrowed letters.
func (n *names) mixed() {
	own := n.scripts()
	n.each(func(s spelling) {
		for _, word := range s.words() {
			if isASCII(word) {
				continue
			}
			var parts []string
			for _, x := range n.letters.Mixed(word) {
				from := string(x.Script)
				if x.Script == looks.Imitation {
					from = "no letter of ASCII, and looks like one"
				}
				parts = append(parts, string(x.Rune)+" is "+looks.CodePoint(x.Rune)+" ("+from+")")
			}
			if parts != nil {
				n.tell(s, finding(code.MixedScripts, s.at, "%s mixes scripts: %s", s.part(word), strings.Join(parts, ", ")))
				return
			}
			if script := n.letters.Borrowed(word); script != "" && !own[script] {
				n.tell(s, finding(code.MixedScripts, s.at, "all letters of %s look like letters of ASCII, and are others: %s", s.part(word), looks.CodePoints(word)))
				return
			}
		}
	})
}

// scripts are those in which something is written that could not be taken for ASCII.
func (n *names) scripts() map[looks.Script]bool {
	out := map[looks.Script]bool{}
	for _, text := range n.order {
		if n.ctx.Err() != nil {
			break
		}
		for _, r := range text {
			x, is := n.letters.Of(r)
			if !is || x.Seems {
				continue
			}
			out[x.Script] = true
			if x.Script.EastAsian() {
				out[looks.Imitation] = true
			}
		}
	}
	return out
}

// escapes are those of a quoted text.
var escapes = regexp.MustCompile(`\\(u\{[0-9A-Fa-f]*\}|.)`)

// words are a name, and of a text what stands between signs and blanks.
func (s spelling) words() []string {
	if !s.quoted {
		return []string{s.text}
	}
	return strings.FieldsFunc(escapes.ReplaceAllLiteralString(s.text, " "), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// part is a word of a spelling, as messages name it.
func (s spelling) part(word string) string {
	if word == s.text {
		return "`" + looks.Shown(word) + "`"
	}
	return "`" + looks.Shown(word) + "` in `" + looks.Shown(s.text) + "`"
}
