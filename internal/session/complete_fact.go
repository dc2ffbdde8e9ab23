package session

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// completeFact finds what may stand in facts or a condition, which begin at an offset.
func (s *Session) completeFact(c cursor, from int) (int, []candidate) {
	for i, t := range c.tokens {
		if t.Text == "," && !openBracket(c.tokens[:i]) {
			from = int(t.End)
		}
	}
	if path, start := c.valueBegun(from); path != "" {
		return start, append(s.valuesOf(path), s.unitsAfter(path, c.text[start:])...)
	}
	if c.last().End <= uint32(from) { // nothing is written yet
		return c.start, s.conditionWords(c.typed())
	}
	found, ok := s.within(c, func(rest string) *completer {
		e, _, _ := lang.ParseExpr("", c.before()[from:]+rest)
		p := &completer{s: s, c: c}
		p.condition(e)
		return p
	})
	if !ok && endsOperand(c.last()) {
		return c.start, s.conditionGoesOn(c)
	}
	return c.start, found
}

// openBracket says whether a bracket is open behind tokens.
func openBracket(tokens []lang.Token) bool { return closing(tokens) != "" }

// endsOperand says whether something complete can end with a token.
func endsOperand(t lang.Token) bool {
	return t.Kind == lang.TokenName || t.Kind == lang.TokenText || t.Kind == lang.TokenNumber || t.Kind == lang.TokenDate || t.Kind == lang.TokenLiteral || t.Text == ")"
}

// comparisons are the marks between a fact and its value.
var comparisons = []string{"=", "!=", "<", "<=", ">", ">="}

// valueBegun is the fact whose value is being typed, and where the value begins. It may
// be of several words, as only a fact may have it: recipient = Saudi Ar.
func (c cursor) valueBegun(from int) (path string, start int) {
	for i := len(c.tokens) - 1; i > 0 && int(c.tokens[i].Start) >= from; i-- {
		switch t := c.tokens[i]; {
		case slices.Contains(comparisons, t.Text):
			start = int(t.End)
			for start < len(c.text) && c.text[start] == ' ' {
				start++
			}
			return pathBefore(c.tokens[:i]), start
		case t.Kind == lang.TokenKeyword && (t.Text == "and" || t.Text == "or"), t.Text == "(", t.Text == ")", t.Text == ",":
			return "", 0
		}
	}
	return "", 0
}

// pathBefore is the path that tokens end with.
func pathBefore(tokens []lang.Token) string {
	path := ""
	for i := len(tokens) - 1; i >= 0 && (tokens[i].Kind == lang.TokenName || tokens[i].Text == "."); i-- {
		if path != "" && tokens[i].End != tokens[i+1].Start {
			break
		}
		path = tokens[i].Text + path
	}
	return path
}

// conditionGoesOn are the words that may follow an operand.
func (s *Session) conditionGoesOn(c cursor) []candidate {
	path := pathBefore(c.tokens)
	if _, isFact := slices.BinarySearch(s.now.prog.index().facts, path); isFact || s.now.prog.index().roles[path] != nil {
		return words([]string{"=", "is", "in", "and", "or"})
	}
	return words([]string{"and", "or", "implies"})
}

// valuesOf are the values that a fact may have, where they can be listed.
func (s *Session) valuesOf(path string) []candidate {
	info, ok := s.now.prog.FactInfo(path)
	if !ok {
		return nil
	}
	switch info.Form {
	case interp.YesNoAnswer:
		return words([]string{"yes", "no"})
	case interp.IdentityAnswer:
		if r := s.now.prog.index().roles[path]; r != nil {
			return s.now.prog.index().identities(r.Kind)
		}
	}
	out := choiceCandidates(info.Choices)
	if info.Optional {
		out = append(out, candidate{text: "none"})
	}
	return out
}

// unitsAfter are the units behind a number that is being typed as a value: 300 k.
func (s *Session) unitsAfter(path, value string) []candidate {
	number, _, ok := strings.Cut(value, " ")
	if ts := lang.Tokens(number); !ok || len(ts) != 1 || ts[0].Kind != lang.TokenNumber {
		return nil
	}
	var out []candidate
	for _, u := range s.now.prog.UnitsOf(path) {
		out = append(out, candidate{text: number + " " + u})
	}
	return out
}

// termsOf are the terms about what a path stands for.
func (s *Session) termsOf(path string) []candidate {
	var out []candidate
	r := s.now.prog.index().roles[path]
	for _, t := range s.now.prog.Terms() {
		if r != nil && t.Kind == r.Kind {
			out = append(out, candidate{text: t.Name, about: t.Title})
		}
	}
	return out
}

func (s *Session) groupsOf(path string) []candidate {
	var out []candidate
	r := s.now.prog.index().roles[path]
	for _, g := range s.now.prog.Groups() {
		if r == nil || g.Kind == r.Kind {
			out = append(out, candidate{text: g.Name})
		}
	}
	return out
}

// conditionWords are what a condition may begin with.
func (s *Session) conditionWords(typed string) []candidate {
	x := s.now.prog.index()
	out := prefixed(x.facts, typed)
	for name := range x.roles {
		out = append(out, candidate{text: name})
	}
	for _, t := range s.now.prog.Terms() {
		out = append(out, candidate{text: t.Name, about: t.Title})
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return strings.Compare(a.text, b.text) })
	return out
}
