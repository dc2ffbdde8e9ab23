package withexpr

import (
	"slices"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

// open is a fact that may be missing, with values to try: for a range those on both sides of
// every number that a rule compares it with, which whoever changes the rules has to keep right.
type open struct {
	name    string
	missing func(*task.Request) bool
	values  []func(*task.Request)
}

var opens = []open{
	{"applicant.convicted", func(r *task.Request) bool { return r.Applicant.Convicted == nil }, []func(*task.Request){
		func(r *task.Request) { r.Applicant.Convicted = new(true) }, func(r *task.Request) { r.Applicant.Convicted = new(false) }}},
	{"item.range", func(r *task.Request) bool { return r.Item.Range == nil }, []func(*task.Request){
		func(r *task.Request) { r.Item.Range = new(299.0) }, func(r *task.Request) { r.Item.Range = new(300.0) }}},
	{"recipient.vetted", func(r *task.Request) bool { return r.Recipient.Vetted == nil }, []func(*task.Request){
		func(r *task.Request) { r.Recipient.Vetted = new(true) }, func(r *task.Request) { r.Recipient.Vetted = new(false) }}},
}

// Missing tries all values of what is missing: a fact matters where the answer changes with it.
func Missing(r task.Request) ([]string, error) {
	rules, err := compile(rulesText)
	if err != nil {
		return nil, err
	}
	var missing []open
	for _, o := range opens {
		if o.missing(&r) {
			missing = append(missing, o)
		}
	}
	var matter []string
	for i, o := range missing {
		others := slices.Delete(slices.Clone(missing), i, i+1)
		changes, err := matters(rules, r, o, others)
		if err != nil {
			return nil, err
		}
		if changes {
			matter = append(matter, o.name)
		}
	}
	return matter, nil
}

func matters(rules []rule, r task.Request, o open, others []open) (bool, error) {
	if len(others) > 0 {
		for _, set := range others[0].values {
			set(&r)
			if changes, err := matters(rules, r, o, others[1:]); changes || err != nil {
				return changes, err
			}
		}
		return false, nil
	}
	var before string
	for i, set := range o.values {
		set(&r)
		answer, err := outcome(rules, facts(r, members))
		if err != nil || i > 0 && answer != before {
			return true, err
		}
		before = answer
	}
	return false, nil
}
