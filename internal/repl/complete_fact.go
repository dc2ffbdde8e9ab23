package repl

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

// completeFact finds what may stand in a fact or a condition.
func (s *Session) completeFact(text string, start int) (int, []candidate) {
	before := strings.TrimRight(text[:start], " \t")
	for _, op := range comparison {
		if head, ok := strings.CutSuffix(before, op); ok {
			return start, s.valuesOf(lastPath(head))
		}
	}
	if path, from := valueBegun(text); path != "" {
		return from, append(s.valuesOf(path), s.unitsAfter(path, text[from:])...)
	}
	tokens := strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ", ",", " , ", "=", " = ").Replace(before))
	last := func(n int) string {
		if n > len(tokens) {
			return ""
		}
		return tokens[len(tokens)-n]
	}
	switch {
	case last(1) == "is":
		return start, append(s.termsOf(last(2)), candidate{text: "not"})
	case last(1) == "not" && last(2) == "is":
		return start, s.termsOf(last(3))
	case last(1) == "in":
		return start, s.groupsOf(last(2))
	}
	if units := s.unitsBehind(tokens); units != nil {
		return start, words(units)
	}
	if s.isPathKnown(last(1)) {
		return start, words([]string{"=", "is", "in", "and", "or"})
	}
	return start, s.conditionWords(text[start:])
}

// valueBegun is the fact whose value of several words is being typed, and where the
// value begins: recipient = Saudi Ar.
func valueBegun(text string) (path string, from int) {
	i := strings.LastIndexByte(text, '=')
	if i < 1 || strings.ContainsAny(text[i:], ",()") || strings.Contains(text[i:], " and ") || strings.Contains(text[i:], " or ") {
		return "", 0
	}
	from = i + 1
	for from < len(text) && text[from] == ' ' {
		from++
	}
	return lastPath(strings.TrimRight(text[:i], " \t!<>")), from
}

// lastPath is the path that a text ends with.
func lastPath(text string) string {
	text = strings.TrimRight(text, " \t!<>")
	return text[wordStart(text):]
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
	if !ok || !isNumber(number) {
		return nil
	}
	var out []candidate
	for _, u := range s.now.prog.UnitsOf(path) {
		out = append(out, candidate{text: number + " " + u})
	}
	return out
}

// unitsBehind are the units that may stand behind a number: item.range > 300.
func (s *Session) unitsBehind(tokens []string) []string {
	n := len(tokens)
	if n < 3 || !isNumber(tokens[n-1]) || !slices.Contains(comparison, tokens[n-2]) {
		return nil
	}
	return s.now.prog.UnitsOf(tokens[n-3])
}

func isNumber(text string) bool {
	return text != "" && strings.Trim(text, "0123456789.") == ""
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

func (s *Session) isPathKnown(path string) bool {
	x := s.now.prog.index()
	_, isFact := slices.BinarySearch(x.facts, path)
	return isFact || x.roles[path] != nil
}
