package render

import (
	"math/big"

	"github.com/ctl-lang/ctl/analysis"
)

// Diff is a difference for JSON.
type Diff struct {
	Old     string             `json:"old"`
	New     string             `json:"new"`
	OldAsOf string             `json:"old_as_of"`
	NewAsOf string             `json:"new_as_of"`
	Only    analysis.Direction `json:"only"`  // the direction asked for; "" for all
	Where   string             `json:"where"` // the condition of the cases asked for; "" for all
	Focus   []string           `json:"focus"` // the facts in whose terms alone the changes are said; none for all
	Equal   bool               `json:"equal"`
	Exact   bool               `json:"exact"`
	Share   float64            `json:"share"` // of the cases, from 0 to 1
	Changes []Change           `json:"changes"`
	Notes   []string           `json:"notes"`
}

// Change is a group of cases that change alike, for JSON. Example is null where none
// was found; Rest marks what the groups listed leave where few were asked for, which When
// does not spell out.
type Change struct {
	From      string             `json:"from"`
	To        string             `json:"to"`
	Direction analysis.Direction `json:"direction"`
	Exact     bool               `json:"exact"`  // of all that changes From this To that: whether it hangs on no condition that the analysis cannot look into
	Unseen    bool               `json:"unseen"` // and whether no case of it was found, so that there may be none
	When      string             `json:"when"`
	Short     string             `json:"short"`
	Among     analysis.Among     `json:"among"` // the cases of which Short is said: all, old, rest
	Rest      bool               `json:"rest"`
	Share     float64            `json:"share"`
	Example   map[string]any     `json:"example"`
	OldRules  []string           `json:"old_rules"`
	NewRules  []string           `json:"new_rules"`
	Lost      []string           `json:"lost"`   // obligations that are no longer required somewhere in the group
	Gained    []string           `json:"gained"` // and those that are added
	Partly    []string           `json:"partly"` // those of both that do not change in every case of the group
	Notes     []string           `json:"notes"`
}

// DiffJSON is a difference as JSON has it.
func DiffJSON(d Difference) *Diff {
	out := &Diff{
		Old: d.Old.Policy.Name, New: d.New.Policy.Name, OldAsOf: d.Old.On.String(), NewAsOf: d.New.On.String(),
		Only: d.Only, Where: d.Where, Focus: texts(d.Focus),
		Equal: d.Equal, Exact: d.Exact, Share: float(d.Share), Changes: []Change{}, Notes: texts(d.Notes),
	}
	for _, c := range d.Changes {
		for _, g := range c.Groups {
			j := Change{
				From: c.From.Name(), To: c.To.Name(), Direction: c.Direction, Exact: c.Exact, Unseen: c.Unseen, When: g.When, Short: g.Short, Among: g.Among, Rest: g.Rest,
				Share: float(g.Share), OldRules: labels(g.OldRules), NewRules: labels(g.NewRules), Lost: texts(g.Lost), Gained: texts(g.Gained), Partly: texts(g.Partly), Notes: texts(g.Notes),
			}
			if g.Example != nil {
				j.Example = g.Example.Map()
			}
			out.Changes = append(out.Changes, j)
		}
	}
	return out
}

func float(r *big.Rat) float64 { f, _ := r.Float64(); return f }
