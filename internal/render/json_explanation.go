package render

import (
	"github.com/ctl-lang/ctl/interp"
)

// Explanation is a decision for JSON together with its reasons: the fields of a
// Decision, and for every rule that has to do with it the clauses.
type Explanation struct {
	*Decision
	Why []RuleReason `json:"why"`
}

// RuleReason is a rule with its clauses. Role says what the rule has to do with the
// decision: deciding, defeated, outranked or, of an undetermined case, open.
type RuleReason struct {
	Rule
	Role    string   `json:"role"`
	Text    string   `json:"text"` // outcome and clauses in the author's words
	By      []string `json:"by"`   // what defeated it
	Clauses []Reason `json:"clauses"`
}

// Reason is a clause of a rule or a part of one. Truth is yes, no or unknown, of the
// words themselves: an unless that holds keeps the rule from applying.
type Reason struct {
	Clause string     `json:"clause"` // object, a preposition, when, unless; "" of a part
	Text   string     `json:"text"`
	Truth  string     `json:"truth"`
	Term   string     `json:"term"` // whose definition the parts give, or ""
	Facts  []UsedFact `json:"facts"`
	Parts  []Reason   `json:"parts"`
}

// UsedFact is a fact that a condition read. Value is null where it is not known.
type UsedFact struct {
	Fact    string `json:"fact"`
	Value   any    `json:"value"`
	Known   bool   `json:"known"`
	There   bool   `json:"there"` // it is not known which, but that there is one
	Default bool   `json:"default"`
}

// ExplanationJSON is an explanation of a decision about a case as JSON has it.
func ExplanationJSON(x *interp.Explanation, c *interp.Case) *Explanation {
	out := &Explanation{Decision: DecisionJSON(x.Decision, c), Why: []RuleReason{}}
	add := func(role string, rs []*interp.RuleReason) {
		for _, r := range rs {
			out.Why = append(out.Why, RuleReason{ruleJSON(r.Rule), role, Sentence(r), texts(r.By), reasonsJSON(r.Clauses)})
		}
	}
	add("deciding", x.Deciding)
	add("defeated", x.Defeated)
	add("outranked", x.Outranked)
	add("open", x.Open)
	return out
}

func reasonsJSON(rs []*interp.Reason) []Reason {
	out := []Reason{}
	for _, r := range rs {
		j := Reason{Clause: string(r.Clause), Text: r.Text, Truth: r.Truth.String(), Facts: []UsedFact{}, Parts: reasonsJSON(r.Sub)}
		if r.Term != nil {
			j.Term = r.Term.Name
		}
		for _, f := range r.Facts {
			u := UsedFact{Fact: f.Name, Known: f.Value != nil, There: f.There, Default: f.Default}
			if f.Value != nil {
				u.Value = valueJSON(f.Value)
			}
			j.Facts = append(j.Facts, u)
		}
		out = append(out, j)
	}
	return out
}
