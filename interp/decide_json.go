package interp

import "encoding/json"

// A decision has in JSON the form that ctl decide --json prints, which SPEC.md lists. Arrays are
// never null. Of the rules there are the labels, the reasons and the places, and not their text.

type decisionJSON struct {
	Policy      string         `json:"policy"`
	AsOf        Date           `json:"as_of"`
	Status      Status         `json:"status"`
	Outcome     *Outcome       `json:"outcome"`
	Rules       []*Rule        `json:"rules"`
	Otherwise   *Otherwise     `json:"otherwise"`
	Defeated    []Defeat       `json:"defeated"`
	Outranked   []outranked    `json:"outranked"`
	Obligations []string       `json:"obligations"`
	MayOblige   []string       `json:"may_oblige"`
	Possible    []Possibility  `json:"possible"`
	Needs       []Need         `json:"needs"`
	Questions   int            `json:"questions"`
	Exact       bool           `json:"exact"`
	Notes       []string       `json:"notes"`
	Facts       map[string]any `json:"facts,omitzero"`
}

type outranked struct {
	Label   string   `json:"label"`
	Outcome *Outcome `json:"outcome"`
}

// json is the decision for JSON, with the facts of a case where it is not nil.
func (d *Decision) json(c *Case) *decisionJSON {
	out := &decisionJSON{
		Policy: d.Policy.Name, AsOf: d.AsOf, Status: d.Status, Outcome: d.Outcome, Rules: orEmpty(d.Rules), Otherwise: d.Otherwise,
		Defeated: orEmpty(d.Defeated), Outranked: []outranked{}, Obligations: orEmpty(d.Obligations), MayOblige: orEmpty(d.MayOblige),
		Possible: orEmpty(d.Possible), Needs: orEmpty(d.Needs), Questions: d.Questions, Exact: d.Exact, Notes: orEmpty(d.Notes),
	}
	for _, r := range d.Outranked {
		out.Outranked = append(out.Outranked, outranked{r.Label, r.Outcome})
	}
	if c != nil {
		out.Facts = c.Map()
	}
	return out
}

// MarshalJSON is the object that ctl decide --json prints, without the facts of the case. See
// About.
func (d *Decision) MarshalJSON() ([]byte, error) { return marshal(d.json(nil)) }

// About is the decision as JSON together with the facts of the case that it is about: exactly
// what ctl decide --json prints. The facts are those that the case has now.
func (d *Decision) About(c *Case) json.Marshaler { return decisionAbout{d.json(c)} }

type decisionAbout struct{ j *decisionJSON }

// MarshalJSON is the decision with the facts.
func (d decisionAbout) MarshalJSON() ([]byte, error) { return marshal(d.j) }

// MarshalJSON is an object with label and by.
func (d Defeat) MarshalJSON() ([]byte, error) {
	return marshal(struct {
		Label string   `json:"label"`
		By    []string `json:"by"`
	}{d.Rule.Label, orEmpty(d.By)})
}

// MarshalText is the outcome's name.
func (o *Outcome) MarshalText() ([]byte, error) { return []byte(o.Name), nil }

// MarshalJSON is an object with outcome, because and source.
func (o *Otherwise) MarshalJSON() ([]byte, error) {
	return marshal(struct {
		Outcome *Outcome `json:"outcome"`
		Because string   `json:"because"`
		Source  []string `json:"source"`
	}{o.Outcome, o.Because, orEmpty(o.Source)})
}

type ruleJSON struct {
	Label   string   `json:"label"`
	Outcome *Outcome `json:"outcome"`
	Because string   `json:"because"`
	Source  []string `json:"source"`
	At      string   `json:"at"` // file:line:column
}

func (r *Rule) json() ruleJSON {
	return ruleJSON{r.Label, r.Outcome, r.Because, orEmpty(r.Source), r.Site().String()}
}

// MarshalJSON is an object with label, outcome, because, source and at, which is file:line:column.
func (r *Rule) MarshalJSON() ([]byte, error) { return marshal(r.json()) }
