package interp

import "strings"

// Status is the sort of answer that a case gets.
type Status string

// The statuses. Undetermined: facts are missing and matter. Undecided: no rule
// applies and there is no otherwise. Conflict: undefeated rules of outcomes that
// do not rank.
const (
	Decided      Status = "decided"
	Undetermined Status = "undetermined"
	Undecided    Status = "undecided"
	Conflict     Status = "conflict"
)

// Decision is the answer to a case, and what it rests on.
type Decision struct {
	Policy      *Policy
	AsOf        Date
	Status      Status
	Outcome     *Outcome   // of a decided case, else nil
	Otherwise   *Otherwise // what decided where no rule did
	Rules       []*Rule    // the deciding rules; of a conflict those that conflict
	Defeated    []Defeat   // rules that applied and were defeated
	Outranked   []*Rule    // rules that applied, undefeated, and did not prevail
	Obligations []string   // of the deciding rules, each once
	MayOblige   []string   // further obligations if rules that may apply do
	Possible    []Possibility
	Needs       []Need // the most decisive first
	Questions   int    // how many facts at most are left to find out, if asked in the best order; 0 where it is not known
	Exact       bool   // the answer is exact, not only safe
	Notes       []string
}

// Defeat is a rule that applied and the rules that defeated it.
type Defeat struct {
	Rule *Rule
	By   []string // labels of rules or sections
}

// Possibility is an answer that the facts leave open: an outcome, or without one
// the status Undecided or Conflict.
type Possibility struct {
	Status  Status   `json:"status"`
	Outcome *Outcome `json:"outcome"`
	When    string   `json:"when"`    // a condition on the unknown facts, for people; "" where it is not known. Policy.When gives it as data
	Further int      `json:"further"` // how many ways at least When leaves out, which names its first ones

	// Parts are what When joins, in its order: all of them have to hold, or with Any one of them.
	// There are none where When joins nothing or leaves something out.
	Parts []string `json:"-"`
	Any   bool     `json:"-"`
}

// possibleAnswer is an outcome, or a status without one.
type possibleAnswer struct {
	status  Status
	outcome *Outcome
}

func possible(p Possibility) possibleAnswer { return possibleAnswer{p.Status, p.Outcome} }

// order puts outcomes first, in the order declared.
func (p possibleAnswer) order() int {
	switch {
	case p.outcome != nil:
		return p.outcome.Index
	case p.status == Undecided:
		return 1 << 30
	}
	return 1<<30 + 1
}

// Need is a fact that could settle an undetermined case.
type Need struct {
	Fact     string `json:"fact"` // recipient.vetted
	Question string `json:"question"`
}

// Answer is the outcome of a decided case, else the status; of no Decision it is "".
func (d *Decision) Answer() string {
	if d == nil {
		return ""
	}
	if d.Outcome != nil {
		return d.Outcome.Name
	}
	return string(d.Status)
}

// Name is the outcome's name or else the status.
func (p Possibility) Name() string {
	if p.Outcome != nil {
		return p.Outcome.Name
	}
	return string(p.Status)
}

func (d *Decision) describe() string {
	switch d.Status {
	case Decided:
		return d.Outcome.Name + " by " + d.describeRules()
	case Undetermined:
		names := make([]string, len(d.Possible))
		for i, p := range d.Possible {
			names[i] = p.Name()
		}
		return "undetermined between " + strings.Join(names, ", ") + " (" + d.describeNeeds() + ")"
	case Conflict:
		return "a conflict of " + d.describeRules()
	}
	return string(d.Status)
}

func (d *Decision) describeRules() string {
	if len(d.Rules) == 0 {
		return "otherwise"
	}
	labels := make([]string, len(d.Rules))
	for i, r := range d.Rules {
		labels[i] = r.Label
	}
	return strings.Join(labels, ", ")
}

func (d *Decision) needs(fact string) bool {
	for _, n := range d.Needs {
		if n.Fact == fact {
			return true
		}
	}
	return false
}

func (d *Decision) describeNeeds() string {
	if len(d.Needs) == 0 {
		return "nothing is needed"
	}
	names := make([]string, len(d.Needs))
	for i, n := range d.Needs {
		names[i] = n.Fact
	}
	return "it needs " + strings.Join(names, ", ")
}

func describeList(list []string) string {
	if len(list) == 0 {
		return "are none"
	}
	return "are " + strings.Join(quoteAll(list), ", ")
}

func containsText(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// sortPossible puts the outcomes in the order declared: the strictest first.
func sortPossible(ps []Possibility) {
	for i := 1; i < len(ps); i++ {
		for j := i; j > 0 && ps[j].Outcome.Index < ps[j-1].Outcome.Index; j-- {
			ps[j], ps[j-1] = ps[j-1], ps[j]
		}
	}
}
