package withcel

import "github.com/ctl-lang/ctl/bench/ergonomics/task"

var tests = []struct {
	name string
	task.Request
	outcome, by string
}{
	{"category I to a member", task.Request{
		Item:      task.Item{Category: "I", Range: new(0.0)},
		Recipient: task.Recipient{ID: "FR", Vetted: new(false)},
		Applicant: task.Applicant{Convicted: new(false)},
	}, "review", "listed"},
	{"who was convicted", task.Request{
		Item:      task.Item{Category: "II", Range: new(10.0)},
		Recipient: task.Recipient{ID: "FR", Vetted: new(false)},
		Applicant: task.Applicant{Convicted: new(true)},
	}, "deny", "convicts"},
	{"wrong on purpose", task.Request{
		Item:      task.Item{Category: "I", Range: new(0.0)},
		Recipient: task.Recipient{ID: "AE", Vetted: new(false)},
		Applicant: task.Applicant{Convicted: new(false)},
	}, "permit", ""},
}

func Test() (failed []string, err error) {
	rules, err := compile(rulesText)
	if err != nil {
		return nil, err
	}
	for _, t := range tests {
		got, err := first(rules, t.Request, members)
		switch {
		case err != nil,
			got == nil && t.outcome != "permit",
			got != nil && (got.Outcome != t.outcome || got.Label != t.by):
			failed = append(failed, t.name)
		}
	}
	return failed, nil
}
