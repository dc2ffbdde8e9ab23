package oracle

import (
	"maps"
	"slices"
	"strconv"

	"github.com/ctl-lang/ctl/lang"
)

// policy is a policy with its amendments carried out.
type policy struct {
	section
	rules   []*rule                     // in the order of the text
	defeats map[string][]string         // of the name of a rule or section, those that defeat it
	values  map[string]*lang.NamedValue // that amendments replace
}

// section is a list of rules and sections that is decided by itself.
type section struct {
	name      string
	mode      string
	when      lang.Expr
	items     []any // *rule, *section
	otherwise *lang.Otherwise
	within    *section // nil of the policy itself
}

// rule is a rule under its label.
type rule struct {
	label string
	*lang.Rule
	within *section
}

// amended is a policy as its amendments make it.
func (p *Program) amended(name string) *policy {
	text := p.texts[name]
	out := &policy{section: section{mode: "strictest"}, defeats: map[string][]string{}, values: map[string]*lang.NamedValue{}}
	if text.Amends != nil {
		base := p.amended(text.Amends.Text)
		out.section = base.section
		maps.Copy(out.values, base.values)
	}
	out.name = name
	if text.Decides != nil {
		out.mode = text.Decides.Text
	}
	if text.When != nil {
		out.when = text.When
	}
	number := 0
	out.amend(&out.section, text.Items, name, &number)
	out.list(&out.section)
	for _, r := range out.rules {
		for _, l := range r.Notwithstanding {
			out.defeats[l.Text] = append(out.defeats[l.Text], r.label)
		}
		for _, l := range r.SubjectTo {
			if out.find(&out.section, l.Text) != nil {
				out.defeats[r.label] = append(out.defeats[r.label], l.Text)
			}
		}
	}
	return out
}

// list lists the rules, and says of each and of each section where it stands.
func (p *policy) list(s *section) {
	for _, item := range s.items {
		switch item := item.(type) {
		case *rule:
			item.within = s
			p.rules = append(p.rules, item)
		case *section:
			item.within = s
			p.list(item)
		}
	}
}

// amend carries out the items of a body in a section of the policy.
func (p *policy) amend(in *section, items []lang.Item, name string, number *int) {
	for _, item := range items {
		switch item := item.(type) {
		case *lang.Rule:
			*number++
			label := name + "/" + strconv.Itoa(*number)
			if item.Label != nil {
				label = item.Label.Text
			}
			in.items = append(in.items, &rule{label: label, Rule: item})
		case *lang.Otherwise:
			in.otherwise = item
		case *lang.Repeal:
			for _, l := range item.Labels {
				p.replace(&p.section, l.Text, nil)
			}
		case *lang.Replace:
			*number++
			p.replace(&p.section, item.Label.Text, &rule{label: item.Label.Text, Rule: item.Rule})
		case *lang.ReplaceValue:
			p.values[item.Value.Name.Text] = item.Value
		case *lang.Section:
			s, extended := p.find(&p.section, item.Name.Text).(*section)
			if !extended {
				s = &section{name: item.Name.Text, mode: "strictest"}
				in.items = append(in.items, s)
			}
			if item.Decides != nil {
				s.mode = item.Decides.Text
			}
			if item.When != nil {
				s.when = item.When
			}
			p.amend(s, item.Items, name, number)
		}
	}
}

// find is the rule or section of a name.
func (p *policy) find(in *section, name string) any {
	for _, item := range in.items {
		switch item := item.(type) {
		case *rule:
			if item.label == name {
				return item
			}
		case *section:
			if item.name == name {
				return item
			}
			if found := p.find(item, name); found != nil {
				return found
			}
		}
	}
	return nil
}

// replace puts a rule in the place of the rule or section of a name, or takes that away.
func (p *policy) replace(in *section, name string, by *rule) {
	for i, item := range in.items {
		switch item := item.(type) {
		case *rule:
			if item.label != name {
				continue
			}
		case *section:
			if item.name != name {
				p.replace(item, name, by)
				continue
			}
		}
		if by == nil {
			in.items = slices.Delete(in.items, i, i+1)
		} else {
			in.items[i] = by
		}
		return
	}
}
