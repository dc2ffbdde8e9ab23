package render

import (
	"encoding/json"

	"github.com/ctl-lang/ctl/interp"
)

// Decision is a decision for JSON. Arrays are never null; Outcome, Otherwise and the
// name of a possibility's outcome are, where there is none.
type Decision struct {
	Policy      string         `json:"policy"`
	AsOf        string         `json:"as_of"`
	Status      interp.Status  `json:"status"`
	Outcome     *string        `json:"outcome"`
	Rules       []Rule         `json:"rules"`
	Otherwise   *Otherwise     `json:"otherwise"`
	Defeated    []Defeat       `json:"defeated"`
	Outranked   []Outranked    `json:"outranked"`
	Obligations []string       `json:"obligations"`
	MayOblige   []string       `json:"may_oblige"`
	Possible    []Possibility  `json:"possible"`
	Needs       []Need         `json:"needs"`
	Questions   int            `json:"questions"` // at most so many are left to ask; 0 where that is not known
	Exact       bool           `json:"exact"`
	Notes       []string       `json:"notes"`
	Facts       map[string]any `json:"facts"`
}

// Rule is a deciding rule.
type Rule struct {
	Label   string   `json:"label"`
	Outcome string   `json:"outcome"`
	Because string   `json:"because"`
	Source  []string `json:"source"`
	At      string   `json:"at"` // file:line:column
}

// Otherwise is what decided where no rule did.
type Otherwise struct {
	Outcome string   `json:"outcome"`
	Because string   `json:"because"`
	Source  []string `json:"source"`
}

// Defeat is a rule that applied and what defeated it.
type Defeat struct {
	Label string   `json:"label"`
	By    []string `json:"by"`
}

// Outranked is a rule that took effect and did not prevail.
type Outranked struct {
	Label   string `json:"label"`
	Outcome string `json:"outcome"`
}

// Possibility is an answer that the facts leave open. Outcome is null where that
// answer is none: Status then says which.
type Possibility struct {
	Status  interp.Status `json:"status"`
	Outcome *string       `json:"outcome"`
	When    string        `json:"when"`
	Further int           `json:"further"` // how many ways at least When leaves out
}

// Need is a fact to find out.
type Need struct {
	Fact     string `json:"fact"`
	Question string `json:"question"`
}

// DecisionJSON is a decision about a case as JSON has it.
func DecisionJSON(d *interp.Decision, c *interp.Case) *Decision {
	out := &Decision{
		Policy: d.Policy.Name, AsOf: d.AsOf.String(), Status: d.Status, Outcome: outcomeName(d.Outcome),
		Rules: []Rule{}, Defeated: []Defeat{}, Outranked: []Outranked{}, Possible: []Possibility{}, Needs: []Need{},
		Obligations: texts(d.Obligations), MayOblige: texts(d.MayOblige), Questions: d.Questions, Exact: d.Exact, Notes: texts(d.Notes), Facts: c.Map(),
	}
	for _, r := range d.Rules {
		out.Rules = append(out.Rules, ruleJSON(r))
	}
	if o := d.Otherwise; o != nil {
		out.Otherwise = &Otherwise{o.Outcome.Name, o.Because, texts(o.Source)}
	}
	for _, f := range d.Defeated {
		out.Defeated = append(out.Defeated, Defeat{f.Rule.Label, texts(f.By)})
	}
	for _, r := range d.Outranked {
		out.Outranked = append(out.Outranked, Outranked{r.Label, r.Outcome.Name})
	}
	for _, p := range d.Possible {
		out.Possible = append(out.Possible, Possibility{p.Status, outcomeName(p.Outcome), p.When, p.Further})
	}
	for _, n := range d.Needs {
		out.Needs = append(out.Needs, Need{n.Fact, n.Question})
	}
	return out
}

func ruleJSON(r *interp.Rule) Rule {
	return Rule{r.Label, r.Outcome.Name, r.Because, texts(r.Source), r.Site().String()}
}

func outcomeName(o *interp.Outcome) *string {
	if o == nil {
		return nil
	}
	return &o.Name
}

// texts is a list that is an empty array and not null where there is nothing in it.
func texts(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// valueJSON is a value of a fact: a bool, a number, an array, or else a text.
func valueJSON(v interp.Value) any {
	switch v := v.(type) {
	case interp.Bool:
		return bool(v)
	case interp.None:
		return nil
	case interp.Number:
		if v.Dimension() == "" && json.Valid([]byte(v.String())) {
			return json.Number(v.String())
		}
	case interp.Text:
		return string(v)
	case interp.Set:
		return valuesJSON(v)
	case interp.List:
		return valuesJSON(v)
	case *interp.Thing:
		if v.ID != nil {
			return valueJSON(v.ID)
		}
	}
	return v.String()
}

func valuesJSON(vs []interp.Value) []any {
	out := make([]any, len(vs))
	for i, v := range vs {
		out[i] = valueJSON(v)
	}
	return out
}
