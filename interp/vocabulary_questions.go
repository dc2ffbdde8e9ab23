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
	if namesResult(fact) {
		return p.own[functionOf(fact)].question(fact)
	}
	switch {
	case fact == caseDateName:
		return "which date does the case have?"
	case a != nil && a.Group != nil:
		return "is the " + thing + " in " + a.Group.Name + "?"
	case a == nil:
		return "which is the " + fact + "?"
	case isQuestion(a.Title):
		return a.Title
	case a.foreign && a.Open && thing != "":
		return thing + ": " + a.Title + "?"
	case a.foreign:
		return a.Title + "?"
	case asks(a.Title):
		return a.Title + "?"
	case a.Open && a.Title != "" && thing != "":
		return "is the " + thing + " " + a.Title + "?"
	case a.Open && a.Title != "":
		return "is this so: " + a.Title + "?"
	case a.Type.basic == thingType && !a.Type.kind.Identified():
		return "is there " + fact + "?"
	case a.Title != "" && a.Type.basic == boolType:
		return "is this so: " + a.Title + "?"
	case startsWith(a.Title, askingWords):
		return "say " + a.Title
	case startsWith(a.Title, subjects):
		return "what " + isOrAre(a) + " " + a.Title + "?"
	case a.Title != "":
		return "say: " + a.Title
	case a.Type.basic == boolType:
		return "is it so: " + fact + "?"
	}
	return "what is " + fact + "?"
}

// question is how to ask for the result of a call.
func (own *ownFunction) question(call string) string {
	about := call
	if own.foreign {
		return call + ": " + strings.TrimRight(own.title, "?") + "?"
	}
	if own.title != "" {
		about += ", " + own.title
	}
	if own.result.basic == boolType {
		return "is it so: " + about + "?"
	}
	return "what is " + about + "?"
}

var (
	askingWords = []string{"what", "which", "who", "how", "when", "where", "why"}
	verbs       = []string{"is", "are", "does", "do", "did", "has", "have", "was", "were", "can", "will"}
	subjects    = []string{"the", "a", "an", "it", "its", "they", "their", "he", "she", "this", "these"}
)

// isQuestion says whether a title ends as questions do, in Latin, Chinese or Arabic writing.
func isQuestion(title string) bool {
	return strings.HasSuffix(title, "?") || strings.HasSuffix(title, "？") || strings.HasSuffix(title, "؟")
}

// asks says whether a title is worded as a question but for its mark: what is it used for,
// or how many are there, but not what it is used for.
func asks(title string) bool {
	if startsWith(title, verbs) {
		return true
	}
	_, second, _ := strings.Cut(title, " ")
	_, third, _ := strings.Cut(second, " ")
	return startsWith(title, askingWords) && (startsWith(second, verbs) || !startsWith(second, subjects) && startsWith(third, verbs))
}

// links stand behind what a title is about.
var links = []string{"of", "for", "in", "to", "on", "at", "from", "by", "with", "who", "whom", "which", "that", "where", "when", "since", "until", "under"}

// isOrAre is the verb for the title of a fact, by the last word of what it is about.
func isOrAre(a *Attr) string {
	words := strings.Fields(a.Title)
	if i := slices.IndexFunc(words, func(w string) bool { return slices.Contains(links, w) }); i > 0 {
		words = words[:i]
	}
	last := strings.TrimRight(words[len(words)-1], ",;:")
	plural := len(words) > 1 && strings.HasSuffix(last, "s") && !strings.HasSuffix(last, "ss") && !strings.HasSuffix(last, "us") && !strings.HasSuffix(last, "is")
	if plural {
		return "are"
	}
	return "is"
}

// startsWith says whether a title begins with one of some words.
func startsWith(title string, words []string) bool {
	first, _, _ := strings.Cut(title, " ")
	return slices.Contains(words, strings.ToLower(first))
}
