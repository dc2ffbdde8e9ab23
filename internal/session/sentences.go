package session

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

// isFreeText says whether any text is a value of a fact.
func (s *Session) isFreeText(name string) bool {
	info, ok := s.now.prog.FactInfo(name)
	return ok && (info.Form == interp.TextAnswer || info.Form == interp.IdentityAnswer && len(info.Choices) == 0)
}

// meant are the facts that a sentence may be meant as which is none in the language:
// recipient is Germany, request is treatment, item.form is SLV, program vetted. Those
// that any words would make, such as the name of a firm, are marked as unsure.
func (s *Session) meant(sentence string) (facts []string, unsure bool) {
	name, not, value := s.parts(sentence)
	if name == "" || value == "" {
		return nil, false
	}
	add := func(fact string) {
		c := s.now.prog.NewCase()
		if c.Tell(fact) != nil {
			return
		}
		if told := strings.Join(c.Sentences(), ", "); !slices.Contains(facts, told) {
			facts = append(facts, told)
		}
	}
	is, yes := " is ", "yes"
	if not {
		is, yes = " is not ", "no"
	}
	word := strings.ReplaceAll(value, " ", "_")
	isTerm := false
	for _, t := range s.now.prog.Terms() {
		if !strings.EqualFold(t.Name, word) || t.Kind == nil {
			continue
		}
		isTerm = isTerm || t.Kind == s.kindOf(name)
		if k := s.kindOf(name); k == t.Kind {
			add(name + is + t.Name)
		} else if owner, _, attr := cutLast(name); attr && s.kindOf(owner) == t.Kind {
			add(owner + is + t.Name)
		}
	}
	if info, ok := s.now.prog.FactInfo(name); ok && info.Form == interp.YesNoAnswer {
		switch truth := strings.ToLower(value); truth {
		case "yes", "true":
			add(name + " = " + yes)
		case "no", "false":
			if !not {
				add(name + " = no")
			}
		}
	}
	for _, fact := range s.now.prog.FactNames() {
		owner, last, ok := cutLast(fact)
		if !ok || owner != name {
			continue
		}
		info, _ := s.now.prog.FactInfo(fact)
		switch {
		case info.Form == interp.YesNoAnswer && strings.EqualFold(last, word) && !s.isOpenTerm(last):
			add(fact + " = " + yes)
		case info.Form == interp.ChoiceAnswer && !not && hasChoice(info, value):
			add(fact + " = " + value)
		}
	}
	if not || strings.EqualFold(value, "not") {
		return facts, false
	}
	if _, isFact := s.now.prog.FactInfo(name); isFact && (len(facts) == 0 && !isTerm || !s.isFreeText(name)) {
		unsure = s.isFreeText(name)
		add(name + " = " + strings.TrimSuffix(value, "."))
	}
	return facts, unsure
}

// parts takes a sentence apart: the fact or the thing it is about, whether it denies,
// and what it says.
func (s *Session) parts(sentence string) (name string, not bool, value string) {
	words := strings.Fields(sentence)
	if len(words) > 1 && strings.EqualFold(words[0], "the") {
		words = words[1:]
	}
	if len(words) < 2 {
		return "", false, ""
	}
	if name = s.factNamed(strings.TrimSuffix(words[0], ":")); name == "" {
		return "", false, ""
	}
	words = words[1:]
	drop := func(any ...string) bool {
		if len(words) > 1 && slices.Contains(any, strings.ToLower(words[0])) {
			words = words[1:]
			return true
		}
		return false
	}
	drop("is", "are", "=", "==", ":", "was", "has", "equals")
	if drop("isn't", "isnt", "aren't") || drop("not") {
		not = true
	}
	drop("a", "an", "the")
	if len(words) == 1 && slices.Contains([]string{"is", "are", "=", "not"}, strings.ToLower(words[0])) {
		return "", false, "" // it breaks off
	}
	return name, not, strings.Join(words, " ")
}

// factNamed is the name of a fact or of a thing, in whatever letters it is written.
func (s *Session) factNamed(word string) string {
	x := s.now.prog.index()
	for _, names := range [][]string{x.facts, slices.Sorted(maps.Keys(x.roles))} {
		for _, n := range names {
			if strings.EqualFold(n, word) {
				return n
			}
		}
	}
	return ""
}

// kindOf is the kind of a role; nil for what is none.
func (s *Session) kindOf(name string) *interp.Kind {
	if r := s.now.prog.index().roles[name]; r != nil {
		return r.Kind
	}
	return nil
}

func (s *Session) isOpenTerm(name string) bool {
	return slices.ContainsFunc(s.now.prog.Terms(), func(t *interp.Term) bool { return t.Open && t.Name == name })
}

func hasChoice(info interp.FactInfo, value string) bool {
	return slices.ContainsFunc(info.Choices, func(c interp.EnumChoice) bool {
		return strings.EqualFold(c.Name, strings.ReplaceAll(value, " ", "_")) || strings.EqualFold(c.Title, value)
	})
}

// cutLast cuts the last name of a path off.
func cutLast(path string) (owner, last string, ok bool) {
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return "", path, false
	}
	return path[:i], path[i+1:], true
}

// understood is facts in which every sentence that is none in the language stands as the
// only fact that it can be meant as. Where one can be meant as several, or as something
// that any words would make, these are offered instead.
func (s *Session) understood(sentences []string) (facts, offers []string) {
	for _, sentence := range sentences {
		if s.now.c.Clone().Tell(sentence) == nil {
			facts = append(facts, sentence)
			continue
		}
		found, unsure := s.meant(sentence)
		if len(found) != 1 || unsure {
			if len(sentences) > 1 {
				return nil, nil
			}
			return nil, found
		}
		facts = append(facts, found[0])
	}
	return facts, nil
}

// asSentence answers what is no input of the language as the fact, or the question about
// a fact, that it can only be meant as; nil where there is none such.
func (s *Session) asSentence(ctx context.Context, text string) *answer {
	plain, asks := strings.CutSuffix(strings.TrimSpace(text), "?")
	facts, offers := s.understood(s.cutFacts(plain))
	switch {
	case len(offers) > 1:
		a := refuse("`%s` may be meant as %s: say which", text, quotedList(offers, "or"))
		a.offers = offers
		return a
	case len(offers) == 1:
		a := refuse("`%s` is no fact as it stands: is `%s` meant?", text, offers[0])
		a.offers = offers
		return a
	case len(facts) == 0:
		return nil
	}
	if asks {
		a := s.evaluate(strings.Join(facts, " and "))
		a.instead = strings.Join(facts, " and ") + "?"
		return a
	}
	a := s.tell(ctx, facts)
	a.instead = strings.Join(facts, ", ")
	if strings.HasPrefix(a.text, noChange) {
		a.text = "(here: " + a.instead + ")\n" + a.text
	}
	return a
}

func quotedList(words []string, or string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = "`" + w + "`"
	}
	return listed(quoted, or)
}
