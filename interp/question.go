package interp

import (
	"slices"
	"strings"
)

// question is how to ask for a fact: an open term's title, or the attribute's.
func (p *Program) question(fact string, a *Attr) string {
	thing := ""
	if i := strings.LastIndexByte(fact, '.'); i >= 0 {
		thing = fact[:i]
	}
	switch {
	case a == nil:
		return "which is the " + fact + "?"
	case a.Open && a.Title != "" && thing != "":
		return "is the " + thing + " " + a.Title + "?"
	case a.Open && a.Title != "":
		return a.Title + "?"
	case asks(a.Title):
		return strings.TrimSuffix(a.Title, "?") + "?"
	case a.Title != "" && a.Type.basic == boolType:
		return "is this so: " + a.Title + "?"
	case startsWith(a.Title, askingWords):
		return "say " + a.Title
	case startsWith(a.Title, subjects):
		return "what is " + a.Title + "?"
	case a.Title != "":
		return a.Title + "?"
	case a.Type.basic == boolType:
		return "is it so: " + fact + "?"
	}
	return "what is " + fact + "?"
}

var (
	askingWords = []string{"what", "which", "who", "how", "when", "where"}
	verbs       = []string{"is", "are", "does", "do", "did", "has", "have", "was", "were", "can", "will"}
	subjects    = []string{"the", "a", "an", "it", "its", "they", "their", "he", "she", "this", "these"}
)

// asks says whether a title is worded as a question already: what is it used for, or how
// many are there, but not what it is used for.
func asks(title string) bool {
	if strings.HasSuffix(title, "?") || startsWith(title, verbs) {
		return true
	}
	_, second, _ := strings.Cut(title, " ")
	_, third, _ := strings.Cut(second, " ")
	return startsWith(title, askingWords) && (startsWith(second, verbs) || !startsWith(second, subjects) && startsWith(third, verbs))
}

// startsWith says whether a title begins with one of some words.
func startsWith(title string, words []string) bool {
	first, _, _ := strings.Cut(title, " ")
	return slices.Contains(words, strings.ToLower(first))
}
