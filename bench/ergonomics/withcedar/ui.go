package withcedar

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
	policies, err := compile(rulesText)
	if err != nil {
		return task.Page{}, err
	}
	page := task.Page{Fields: fields}
	for _, p := range policies.All() {
		page.Rules = append(page.Rules, task.Rule{Label: string(p.Annotations()["id"]), Text: string(p.MarshalCedar()), Facts: facts(p)})
	}
	return page, nil
}
