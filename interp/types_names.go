package interp

import (
	"strings"
	"unicode"

	"github.com/ctl-lang/ctl/lang"
)

// nearest offers the choice that a word may have meant: by another name of it, such as
// its title, or misspelt. A code of two letters is no misspelling of a longer word.
func (e *Enum) nearest(s string) (string, bool) {
	if i, ok := e.find(s, true); ok {
		return e.Choices[i].Name, true
	}
	if n, ok := lang.Nearest(s, e.Names()); ok && (len(n) > 2 || len(s) <= 2) {
		return n, true
	}
	var titles []string
	for _, c := range e.Choices {
		if c.Title != "" {
			titles = append(titles, c.Title)
		}
		titles = append(titles, c.Also...)
	}
	if t, ok := lang.NearestName(s, titles); ok {
		if i, ok := e.find(t, true); ok {
			return e.Choices[i].Name, true
		}
	}
	return "", false
}

// mostNamesakes is how many choices are shown that one name may mean.
const mostNamesakes = 6

// offer says which choice a word may have meant that is no choice's name: the one with that
// title or nearest to it as the fix, or all that have the word in a name of theirs, of
// which none is guessed.
func (s *spelling) offer(e *Enum, d *lang.Diagnostic, word string, at lang.Span) {
	if s.spent(4*len(e.Choices), 0) { // the names and titles, and these as words
		return
	}
	namesakes := e.namesakes(word)
	if near, ok := e.nearest(word); ok {
		d.Fix = &lang.Fix{Label: "did you mean " + e.titled(near) + "?", Span: at, Replacement: near}
		if others := e.others(namesakes, near); len(others) > 0 && len(others) <= mostNamesakes {
			d.Notes = append(d.Notes, lang.Note{Text: "the name is in that of others too: " + e.listTitled(others, "and")})
		}
		return
	}
	switch n := len(namesakes); {
	case n == 1:
		d.Fix = &lang.Fix{Label: "did you mean " + e.titled(namesakes[0]) + "?", Span: at, Replacement: namesakes[0]}
	case n > 1 && n <= mostNamesakes:
		d.Add("; it may be %s", e.listTitled(namesakes, "or"))
	}
}

// namesakes are the choices that have a word among the words of one of their names.
func (e *Enum) namesakes(word string) []string {
	words := nameWords(word)
	if len(words) < 3 || strings.TrimSpace(words) == "" { // with the blanks around it
		return nil
	}
	var out []string
	for _, c := range e.Choices {
		for _, name := range append([]string{c.Title}, c.Also...) {
			if strings.Contains(nameWords(name), words) {
				out = append(out, c.Name)
				break
			}
		}
	}
	return out
}

// nameWords are the words of a name in small letters, with a blank around each.
func nameWords(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return " " + strings.Join(words, " ") + " "
}

func (e *Enum) others(names []string, but string) []string {
	var out []string
	for _, n := range names {
		if n != but {
			out = append(out, n)
		}
	}
	return out
}

// titled is a choice with its title: `DE` (Germany).
func (e *Enum) titled(name string) string {
	if title := e.Choices[e.index[e.fold.of(name)]].Title; title != "" {
		return "`" + name + "` (" + title + ")"
	}
	return "`" + name + "`"
}

func (e *Enum) listTitled(names []string, last string) string {
	var b strings.Builder
	for i, n := range names {
		switch {
		case i > 0 && i == len(names)-1:
			b.WriteString(" " + last + " ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(e.titled(n))
	}
	return b.String()
}
