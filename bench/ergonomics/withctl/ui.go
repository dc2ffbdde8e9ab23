package withctl

import (
	"github.com/ctl-lang/ctl/bench/ergonomics/task"
	"github.com/ctl-lang/ctl/interp"
)

func UI() (task.Page, error) {
	policy, err := load(interp.Options{}, "rules.ctl", "export")
	if err != nil {
		return task.Page{}, err
	}
	var page task.Page
	for _, name := range policy.Facts() {
		info, _ := policy.Program().FactInfo(name)
		field := task.Field{Name: name, Question: info.Question}
		if info.Form == interp.ChoiceAnswer {
			for _, choice := range info.Choices {
				field.Choices = append(field.Choices, choice.Name)
			}
		}
		page.Fields = append(page.Fields, field)
	}
	for _, rule := range policy.Rules() {
		page.Rules = append(page.Rules, task.Rule{Label: rule.Label, Text: rule.Text(), Facts: rule.Facts()})
	}
	return page, nil
}
