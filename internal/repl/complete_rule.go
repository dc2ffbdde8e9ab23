package repl

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

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

// ruleWords begin the clauses of a rule besides the prepositions of roles.
var ruleWords = []string{"when", "unless", "notwithstanding", "subject", "requiring", "because", "source", "from", "until", "and", "or"}

// completeRule finds what may stand in a rule or a declaration behind what is written,
// and what of it is typed already.
func (s *Session) completeRule(before, typed string) []candidate {
	x := s.now.prog.index()
	tokens := strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ", ",", " , ", ":", " : ", "{", " { ").Replace(before))
	clause, at := "", -1
	for i, t := range tokens {
		switch {
		case x.preps[t] != nil && !(t == "to" && i > 0 && tokens[i-1] == "subject"):
			clause, at = t, i
		case slices.Contains(ruleWords[:8], t), t == "repeal", t == "replace", t == "amends", t == "under":
			clause, at = t, i
		case s.isOutcome(t) && (i == 0 || tokens[i-1] == ":" || tokens[i-1] == "{"):
			clause, at = "object", i
		case t == ":" && i > 0 && clause == "" && !slices.Contains(declarationWords, tokens[0]):
			clause, at = "outcome", i
		case t == ":" && i > 0 && (tokens[0] == "term" || tokens[0] == "constraint"):
			clause, at = "when", i
		}
	}
	behind := len(tokens) - 1 - at // words since the clause began
	joins := behind == 0 || slices.Contains([]string{",", "and", "or", "not", "("}, tokens[len(tokens)-1])
	switch clause {
	case "outcome":
		return words(x.outcomes)
	case "notwithstanding", "repeal", "replace":
		return s.labels(typed)
	case "subject":
		if behind == 0 {
			return words([]string{"to"})
		}
		return s.labels(typed)
	case "amends", "under":
		return words(x.policies)
	case "because", "source", "requiring":
		return nil
	case "when", "unless":
		if _, found := s.completeFact(strings.Join(tokens[at+1:], " ")+" ", len(strings.Join(tokens[at+1:], " "))+1); len(found) > 0 {
			return append(found, words([]string{"and", "or", "not"})...)
		}
		return nil
	}
	if tokens[0] == "otherwise" {
		return words(x.outcomes)
	}
	if clause == "" {
		return append(words(x.outcomes), words(x.kinds)...)
	}
	if !joins {
		return s.clauseWords()
	}
	kind := s.kindOf(clause)
	if kind == nil {
		return s.clauseWords()
	}
	return x.ofKind(kind)
}

// kindOf is the kind that a phrase is about: by its preposition, or of the object.
func (s *Session) kindOf(clause string) *interp.Kind {
	if r := s.now.prog.index().preps[clause]; r != nil {
		return r.Kind
	}
	for _, r := range s.now.prog.Roles() {
		if r.Prep == "" {
			return r.Kind
		}
	}
	return nil
}

// clauseWords are what may follow a phrase.
func (s *Session) clauseWords() []candidate {
	out := words(ruleWords)
	for prep, r := range s.now.prog.index().preps {
		out = append(out, candidate{text: prep, about: "the " + r.Name})
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return strings.Compare(a.text, b.text) })
	return out
}
