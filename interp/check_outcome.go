package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// outcomeWords are words of one meaning that people give to outcomes.
var outcomeWords = [][]string{
	{"deny", "denied", "forbid", "forbidden", "prohibit", "prohibited", "refuse", "refused", "reject", "rejected", "block", "blocked", "disallow", "ban", "banned", "decline", "disapprove", "no"},
	{"permit", "permitted", "allow", "allowed", "approve", "approved", "accept", "accepted", "grant", "granted", "admit", "admitted", "authorise", "authorize", "award", "pass", "ok", "yes"},
	{"review", "reviewed", "refer", "referred", "escalate", "examine", "ask", "manual", "investigate"},
}

// outcome looks an outcome up, reported where there is none.
func (k *checker) outcome(n lang.Name) *Outcome {
	if n.Text == "" {
		return nil
	}
	if o, ok := k.outcomes[n.Text]; ok {
		return o
	}
	if len(k.outcomes) == 0 {
		d := k.errorf(code.UnknownOutcome, n, "`%s` is no outcome: no `outcomes` are declared", n.Text)
		d.Notes = append(d.Notes, lang.Note{Text: "they are declared with the strictest first, as in: outcomes deny > permit"})
		return nil
	}
	names := make([]string, len(k.prog.outcomes))
	for i, o := range k.prog.outcomes {
		names[i] = o.Name
	}
	d := k.misspelt(code.UnknownOutcome, n, n.Text, func() []string { return names }, "there is no outcome `%s`", n.Text)
	if d.Fix != nil {
		return nil
	}
	are := ": there are "
	if len(names) == 1 {
		are = ": there is "
	}
	d.Add(are+"%s", listNames(names))
	if meant := sameMeaning(n.Text, names); meant != "" {
		d.Fix = &lang.Fix{Label: "did you mean `" + meant + "`?", Span: n.Range(), Replacement: meant}
	}
	return nil
}

// sameMeaning is the one outcome that a word means by another name; "" where there is none, or
// where there are several.
func sameMeaning(word string, names []string) string {
	word = strings.ToLower(word)
	for _, alike := range outcomeWords {
		if !slices.Contains(alike, word) {
			continue
		}
		found := ""
		for _, n := range names {
			if slices.Contains(alike, strings.ToLower(n)) {
				if found != "" {
					return ""
				}
				found = n
			}
		}
		return found
	}
	return ""
}
