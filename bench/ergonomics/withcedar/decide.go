package withcedar

import "github.com/ctl-lang/ctl/bench/ergonomics/task"

func Decide(category string, km float64, recipient string, vetted bool, applicant string, convicted bool) (string, error) {
	policies, err := compile(rulesText)
	if err != nil {
		return "", err
	}
	return outcome(policies, task.Request{
		Item:      task.Item{Category: category, Range: &km},
		Recipient: task.Recipient{ID: recipient, Vetted: &vetted},
		Applicant: task.Applicant{ID: applicant, Convicted: &convicted},
	}, members)
}
