package session

import (
	"context"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// completeItem finds what may stand in a rule, or another item of a policy.
func (s *Session) completeItem(c cursor) []candidate { return s.completeText(c, itemHead, "}") }

// completeDeclaration finds what may stand in a declaration.
func (s *Session) completeDeclaration(c cursor) []candidate { return s.completeText(c, "", "") }

// completeText finds what may stand at the end of a text that is parsed between two others.
func (s *Session) completeText(c cursor, head, tail string) []candidate {
	switch c.last().Text { // behind which no name stands, or the tree has no place for it
	case "because", "source", "requiring":
		return nil
	case "subject":
		return words([]string{"to"})
	case "replace":
		return s.labels(c.typed())
	case "under":
		return words(s.now.prog.index().policies)
	}
	found, ok := s.within(c, func(rest string) *completer {
		f, _ := lang.Parse(context.Background(), "", head+c.before()+rest+"\n"+tail)
		p := &completer{s: s, c: c}
		p.file(f)
		return p
	})
	if !ok && endsOperand(c.last()) && c.inCondition() {
		return s.conditionGoesOn(c)
	}
	return found
}

// inCondition says whether a condition has begun in a declaration or an item.
func (c cursor) inCondition() bool {
	first := c.tokens[0].Text
	return slices.ContainsFunc(c.tokens, func(t lang.Token) bool {
		return t.Text == "when" || t.Text == "unless" || t.Text == ":" && (first == "term" || first == "constraint")
	})
}

// follow is what may stand behind an item that could be complete.
func (p *completer) follow(it lang.Item) []candidate {
	r, isRule := it.(*lang.Rule)
	if re, ok := it.(*lang.Replace); ok {
		r, isRule = re.Rule, true
	}
	if !isRule {
		return nil
	}
	out := p.s.clauseWords()
	for _, e := range []lang.Expr{r.When, r.Unless} {
		if e != nil && e.Range().End == r.End {
			out = append(p.s.conditionGoesOn(p.c), out...)
		}
	}
	return out
}

// clauseWords are what may follow a phrase.
func (s *Session) clauseWords() []candidate {
	out := words(append(lang.ClauseWords(), "from", "and", "or"))
	for prep, r := range s.now.prog.index().preps {
		out = append(out, candidate{text: prep, about: "the " + r.Name})
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return strings.Compare(a.text, b.text) })
	return out
}

// object is the kind that the object of a rule is of.
func (s *Session) object() *interp.Kind {
	for _, r := range s.now.prog.Roles() {
		if r.Prep == "" {
			return r.Kind
		}
	}
	return nil
}

// ofKind are the names that a phrase about a kind may hold.
func (s *Session) ofKind(k *interp.Kind) []candidate {
	if k == nil {
		return words([]string{"any"})
	}
	return s.now.prog.index().ofKind(k)
}

// labels are those of the policy's rules that begin with what is typed.
func (s *Session) labels(typed string) []candidate {
	p, err := s.now.by()
	if err != nil {
		return nil
	}
	found := withPrefix(s.now.prog.index().ruleLabels(p), typed)
	return words(found[:min(len(found), MostCandidates)])
}
