package withcedar

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
	policies, err := compile(rulesText)
	if err != nil {
		return nil, err
	}
	for _, t := range tests {
		got, by, err := deciding(policies, request(t.Request), entities(t.Request, members))
		label := ""
		if len(by) > 0 {
			label = string(by[0].Annotations()["id"])
		}
		if err != nil || got != t.outcome || label != t.by {
			failed = append(failed, t.name)
		}
	}
	return failed, nil
}
