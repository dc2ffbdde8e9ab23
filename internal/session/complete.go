package session

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// candidate is one way to go on with a line.
type candidate struct {
	text   string
	about  string // its title, shown beside it
	hidden bool   // is offered only once something of it is typed
}

// MostCandidates is how many ways to go on are looked up: more than anybody reads.
const MostCandidates = 500

// Completion is how a line can go on: what stands from Start to the cursor is replaced.
type Completion struct {
	Start      int // in bytes
	Candidates []Candidate
}

// Candidate is one way to go on, with its title.
type Candidate struct{ Text, About string }

// Complete finds what may stand at the end of a text, by what stands before it.
func (s *Session) Complete(text string) Completion {
	if s.talk != nil && s.talk.now != nil {
		return finished(text, valueStart(text), s.valuesOf(s.talk.now.Name))
	}
	start, found := s.complete(text)
	return finished(text, start, found)
}

// finished keeps the candidates that begin with what is typed, letters in either case
// where nothing fits else.
func finished(text string, start int, found []candidate) Completion {
	typed := text[start:]
	out := Completion{Start: start}
	keep := func(fits func(string) bool) {
		seen := map[string]bool{}
		for _, c := range found {
			if len(out.Candidates) < MostCandidates && !seen[c.text] && (!c.hidden || typed != "") && fits(c.text) {
				seen[c.text] = true
				out.Candidates = append(out.Candidates, Candidate{c.text, c.about})
			}
		}
	}
	keep(func(t string) bool { return strings.HasPrefix(t, typed) })
	if len(out.Candidates) == 0 && typed != "" {
		lower := strings.ToLower(typed)
		keep(func(t string) bool {
			return len(t) >= len(typed) && strings.HasPrefix(strings.ToLower(t), lower)
		})
	}
	return out
}

// words are names without titles as candidates.
func words(names []string) []candidate {
	out := make([]candidate, len(names))
	for i, n := range names {
		out[i] = candidate{text: n}
	}
	return out
}

// prefixed are the names of a sorted list that begin with a prefix, or all, if none does.
func prefixed(sorted []string, prefix string) []candidate {
	if found := withPrefix(sorted, prefix); len(found) > 0 {
		return words(found[:min(len(found), MostCandidates)])
	}
	return words(sorted)
}

// cursor is the end of a text, where a word is being typed.
type cursor struct {
	text   string
	start  int          // of the word, which may be empty: a name, a path, a label, a number
	tokens []lang.Token // before the word
	quoted bool         // the word stands in quotes or in a comment
}

func newCursor(text string) cursor {
	c := cursor{text: text, start: len(text), tokens: lang.Tokens(text)}
	for len(c.tokens) > 0 {
		t := c.tokens[len(c.tokens)-1]
		if int(t.End) != c.start || !partOfWord(t) {
			break
		}
		c.start, c.tokens = int(t.Start), c.tokens[:len(c.tokens)-1]
	}
	end := 0
	if n := len(c.tokens); n > 0 {
		end = int(c.tokens[n-1].End)
		c.quoted = c.tokens[n-1].Open
	}
	c.quoted = c.quoted || strings.Contains(text[end:c.start], "#")
	return c
}

func partOfWord(t lang.Token) bool {
	return t.Kind == lang.TokenName || t.Kind == lang.TokenKeyword || t.Kind == lang.TokenNumber || t.Text == "." || t.Text == "/"
}

// before is the text up to the word, and typed is what there is of the word.
func (c cursor) before() string { return c.text[:c.start] }

func (c cursor) typed() string { return c.text[c.start:] }

// last is the token before the word; the zero token where there is none.
func (c cursor) last() lang.Token {
	if n := len(c.tokens); n > 0 {
		return c.tokens[n-1]
	}
	return lang.Token{}
}

// valueStart is where the value at the end of a text begins: behind the last equals
// sign or comma, so that names of several words can be completed.
func valueStart(text string) int {
	i := strings.LastIndexAny(text, "=,") + 1
	for i < len(text) && text[i] == ' ' {
		i++
	}
	return i
}

func (s *Session) complete(text string) (start int, found []candidate) {
	c := newCursor(text)
	trimmed := strings.TrimLeft(text, " \t")
	if len(c.tokens) > 0 {
		if start, found, ok := s.completeData(c); ok {
			return start, found
		}
	}
	switch cmd, _, isCommand := s.command(trimmed); {
	case len(c.tokens) == 0 && !c.quoted:
		return c.start, prefixed(s.now.prog.index().starters, c.typed())
	case isCommand && !c.quoted:
		return s.completeArgument(cmd, c)
	case c.quoted:
		return c.start, nil
	case isDeclaration(strings.TrimSpace(trimmed)):
		return c.start, s.completeDeclaration(c)
	case s.isItem(strings.TrimSpace(trimmed)) || slices.Contains(lang.ItemWords(), c.tokens[0].Text):
		return c.start, s.completeItem(c)
	}
	return s.completeFact(c, 0)
}
