package withexpr

import "github.com/ctl-lang/ctl/bench/ergonomics/task"

// fields say what the rules do not: questions and choices.
var fields = []task.Field{
	{Name: "applicant.convicted", Question: "is the applicant convicted?"},
	{Name: "item.category", Question: "what is the item's category?", Choices: []string{"I", "II", "uncontrolled"}},
	{Name: "item.range", Question: "what is the range of the item?"},
	{Name: "recipient", Question: "who is the recipient?"},
	{Name: "recipient.vetted", Question: "is the recipient a vetted partner?"},
}

func UI() (task.Page, error) {
	rules, err := compile(rulesText)
	if err != nil {
		return task.Page{}, err
	}
	page := task.Page{Fields: fields}
	for _, r := range rules {
		facts, err := r.facts()
		if err != nil {
			return task.Page{}, err
		}
		page.Rules = append(page.Rules, task.Rule{Label: r.Label, Text: r.Outcome + " when " + r.When, Facts: facts})
	}
	return page, nil
}
