package session

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// isFreeText says whether any text is a value of a fact.
func (s *Session) isFreeText(name string) bool {
	info, ok := s.now.prog.FactInfo(name)
	return ok && (info.Form == interp.TextAnswer || (info.Form == interp.IdentityAnswer || info.Form == interp.ListAnswer) && len(info.Choices) == 0)
}

// meant are the facts that a sentence may be meant as which is none in the language:
// recipient is Germany, request is treatment, item.form is SLV, program vetted. Those
// that any words would make, such as the name of a firm, are marked as unsure.
func (s *Session) meant(text string) (facts []string, unsure bool) {
	said := s.parts(text)
	name, not, value := said.name, said.not, said.value
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
	isTerm, exactly := false, false // in other letters; as it is written
	for _, t := range s.now.prog.Terms() {
		if !sameName(t.Name, word) || t.Kind == nil {
			continue
		}
		isTerm = isTerm || t.Kind == s.kindOf(name)
		exactly = exactly || t.Kind == s.kindOf(name) && t.Name == word
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
		if !ok || owner != name || exactly {
			continue
		}
		info, _ := s.now.prog.FactInfo(fact)
		switch {
		case info.Form == interp.YesNoAnswer && sameName(last, word) && !s.isOpenTerm(last):
			add(fact + " = " + yes)
		case info.Form == interp.ChoiceAnswer && !not:
			if c := choiceNamed(info, value); c != "" {
				add(fact + " = " + c)
			}
		case info.Form == interp.ListAnswer && !not: // the only one, if that is meant
			if c := choiceNamed(info, value); c != "" {
				unsure = true
				add(fact + " = (" + c + ")")
			}
		case info.Optional && !not && strings.EqualFold("no_"+last, word):
			add(fact + " = none")
		}
	}
	if group := s.groupNamed(name, word); group != "" && len(facts) == 0 { // it follows from which it is, and is asked
		if not {
			return []string{name + " not in " + group}, true
		}
		return []string{name + " in " + group}, true
	}
	if not || strings.EqualFold(value, "not") {
		return facts, unsure
	}
	if info, isFact := s.now.prog.FactInfo(name); isFact && (len(facts) == 0 && !isTerm && said.says || !s.isFreeText(name)) {
		unsure = unsure || s.isFreeText(name)
		value = strings.TrimSuffix(value, ".")
		days := lang.DateReadings(value)
		if info.Form != interp.DateAnswer || len(days) == 0 {
			days = []string{value}
		}
		for _, v := range days {
			if c := choiceNamed(info, v); c != "" && info.Form == interp.ChoiceAnswer {
				v = c
			}
			add(name + " = " + v)
		}
	}
	return facts, unsure
}

// groupNamed is the group of things such as a role's that a word names; "" where none is.
func (s *Session) groupNamed(role, word string) string {
	kind := s.kindOf(role)
	for _, g := range s.now.prog.Groups() {
		if kind != nil && g.Kind == kind && sameName(g.Name, word) {
			return g.Name
		}
	}
	return ""
}

// sameName says whether two names differ in nothing but their letters' case and marks between
// words: OnHold and on_hold.
func sameName(a, b string) bool {
	return strings.EqualFold(strings.ReplaceAll(a, "_", ""), strings.ReplaceAll(b, "_", ""))
}

// sentence is a sentence taken apart.
type sentence struct {
	name  string // of the fact or the thing it is about; "" where it is none
	value string // what is said of it
	not   bool   // that it is not so
	says  bool   // a word such as `is` stands between
}

// saysOf says whether a text is sure to be a sentence about a fact or a thing.
func (s *Session) saysOf(text string) bool {
	facts, unsure := s.meant(text)
	return len(facts) == 1 && !unsure
}

// parts takes a sentence apart.
func (s *Session) parts(text string) sentence {
	words := strings.Fields(strings.Replace(text, ": ", " : ", 1))
	if len(words) > 1 && strings.EqualFold(words[0], "the") {
		words = words[1:]
	}
	var p sentence
	p.name, words = s.about(words)
	drop := func(any ...string) bool {
		if len(words) > 1 && slices.Contains(any, strings.ToLower(words[0])) {
			words = words[1:]
			return true
		}
		return false
	}
	p.says = drop(verbs...)
	drop("was", "has")
	p.not = drop("isn't", "isnt", "aren't", "not")
	if !drop("a", "an", "the") && len(words) > 1 && strings.EqualFold(words[0], "on") && lang.DateReadings(strings.Join(words[1:], " ")) != nil {
		words = words[1:]
	}
	if p.name == "" || len(words) == 1 && slices.Contains(append(verbs, "not"), strings.ToLower(words[0])) {
		return sentence{} // it breaks off
	}
	p.value = strings.Join(words, " ")
	return p
}

// verbs are what stands between a name and what is said of it.
var verbs = []string{"is", "are", "=", "==", ":", "equals"}

// about is the fact or the thing that words begin with, and the words behind it: the
// tender, tender.value, the tender value, or the value where only one thing has one.
func (s *Session) about(words []string) (name string, rest []string) {
	if len(words) < 2 {
		return "", nil
	}
	if name = s.factNamed(words[0]); name != "" {
		for n := len(words) - 1; n > 1; n-- {
			if fact := s.factNamed(name + "." + strings.Join(words[1:n], "_")); fact != "" {
				return fact, words[n:]
			}
		}
		return name, words[1:]
	}
	for n := len(words) - 1; n > 0; n-- {
		if slices.Contains(verbs, strings.ToLower(words[n])) && words[n] != ":" {
			if fact := s.onlyFact(strings.Join(words[:n], "_")); fact != "" {
				return fact, words[n:]
			}
		}
	}
	return "", nil
}

// onlyFact is the one fact that is called so behind its thing; "" where there is none, or
// several are.
func (s *Session) onlyFact(attr string) string {
	only := ""
	for _, fact := range s.now.prog.index().facts {
		if _, last, inThing := cutLast(fact); inThing && strings.EqualFold(last, attr) {
			if only != "" {
				return ""
			}
			only = fact
		}
	}
	return only
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

// choiceNamed is the choice that a text names, in whatever letters; "" where none is.
func choiceNamed(info interp.FactInfo, text string) string {
	i := slices.IndexFunc(info.Choices, func(c interp.EnumChoice) bool {
		return strings.EqualFold(c.Name, strings.ReplaceAll(text, " ", "_")) || strings.EqualFold(c.Title, text)
	})
	if i < 0 {
		return ""
	}
	return info.Choices[i].Name
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
	case len(offers) > 0:
		return s.notAsItStands(text, "", offers)
	case len(facts) == 0:
		if joined := strings.ReplaceAll(plain, " and ", ", "); joined != plain && !asks && s.canBeTold([]string{joined}) {
			return s.notAsItStands(text, "", []string{joined})
		}
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

// notAsItStands offers what a sentence that is no fact may be meant as, behind the words
// that the input begins with.
func (s *Session) notAsItStands(text, before string, offers []string) *answer {
	a := refuse("`%s` may be meant as %s: say which", text, quotedList(offers, "or"))
	if len(offers) == 1 {
		a = refuse("`%s` is no fact as it stands: is `%s` meant?", text, offers[0])
	}
	for _, o := range offers {
		a.offers = append(a.offers, before+o)
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
