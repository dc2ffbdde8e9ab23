// Package sensitive says which facts of a case are not to be written to files in clear:
// those that the vocabulary marks as sensitive. Whatever commands and sessions keep of a
// case, they ask here, unless a person has said that it is to be written too.
package sensitive

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

// Mask stands in the place of a sensitive value where that there is one may be told.
const Mask = "***"

// Names are the sensitive facts that are told of a case.
func Names(c *interp.Case) []string {
	_, names := Without(c)
	return names
}

// Tells says whether a fact in words tells what is sensitive.
func Tells(p *interp.Program, fact string) bool {
	c := p.NewCase()
	return c.Tell(fact) == nil && len(Names(c)) > 0
}

// Question is how a fact is asked for without what is sensitive: what is asked of a case may name the
// thing that it is asked of.
func Question(p *interp.Program, n interp.Need) string {
	i := strings.LastIndex(n.Fact, ".in ")
	if i < 0 {
		return n.Question
	}
	if thing, _ := p.FactInfo(n.Fact[:i]); !thing.Sensitive {
		return n.Question
	}
	info, _ := p.FactInfo(n.Fact)
	return info.Question
}

// Without is the facts of a case but for the sensitive ones, and the names of these.
func Without(c *interp.Case) (facts map[string]any, left []string) {
	facts, left = c.MaskedMap(func(interp.Value) any { return hidden{} })
	prune(facts)
	slices.Sort(left)
	return facts, left
}

// hidden stands for a sensitive value that is to be taken out.
type hidden struct{}

// prune takes hidden values out of a map, and lists that hold one.
func prune(m map[string]any) {
	for name, v := range m {
		inner, isMap := v.(map[string]any)
		switch {
		case hides(v):
			delete(m, name)
		case isMap && len(inner) > 0: // else it is told that there is one, and no more
			if prune(inner); len(inner) == 0 {
				delete(m, name)
			}
		}
	}
}

func hides(v any) bool {
	list, isList := v.([]any)
	return v == any(hidden{}) || isList && slices.ContainsFunc(list, func(v any) bool {
		m, isMap := v.(map[string]any)
		if !isMap {
			return hides(v)
		}
		for _, v := range m {
			if hides(v) {
				return true
			}
		}
		return false
	})
}
