package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/cedar-policy/cedar-go"
)

// cedarEngine asks a Cedar policy set. The facts are attributes of the context; the
// countries are entities, those in the group with the group as their parent.
func cedarEngine(text string, cases *Cases, members []string) Engine {
	return Engine{Name: "cedar-go", Peer: true, File: "bench.cedar", Text: text, Load: func() (Loaded, error) {
		policies, err := cedar.NewPolicySetFromBytes("bench.cedar", []byte(text))
		if err != nil {
			return nil, err
		}
		return func() (Run, error) {
			entities := cedarEntities(members)
			requests := make([]cedar.Request, cases.N)
			for i := range requests {
				requests[i] = cedarRequest(cases, i)
			}
			return func(lo, hi int, out []Answer) error {
				for i := lo; i < hi; i++ {
					decision, diagnostic := cedar.Authorize(policies, entities, requests[i])
					if len(diagnostic.Errors) > 0 {
						return fmt.Errorf("%s", diagnostic.Errors[0])
					}
					out[i] = answerOf(decision == cedar.Allow)
				}
				return nil
			}, nil
		}, nil
	}}
}

// cedarEntities are the members of the group.
func cedarEntities(members []string) cedar.EntityMap {
	group := cedar.NewEntityUID("Group", "Member")
	entities := cedar.EntityMap{group: {UID: group}}
	for _, m := range members {
		id := cedar.NewEntityUID("Country", cedar.String(m))
		entities[id] = cedar.Entity{UID: id, Parents: cedar.NewEntityUIDSet(group)}
	}
	return entities
}

// cedarRequest puts the facts of a case into a request. A fact called principal or
// resource takes that place, as Cedar's own rules of style advise for what most
// policies ask about first.
func cedarRequest(cases *Cases, i int) cedar.Request {
	r := cedar.Request{
		Principal: cedar.NewEntityUID("Case", "principal"),
		Action:    cedar.NewEntityUID("Action", "export"),
		Resource:  cedar.NewEntityUID("Case", "resource"),
	}
	context := cedar.RecordMap{}
	for f, fact := range cases.Facts {
		switch v := cases.Value(i, f).(type) {
		case string:
			id := cedar.NewEntityUID(cedarType(fact), cedar.String(v))
			switch {
			case fact.Name == cedarPrincipal:
				r.Principal = id
			case fact.Name == cedarResource:
				r.Resource = id
			case fact.Type == Country:
				context[cedar.String(fact.Name)] = id
			default:
				context[cedar.String(fact.Name)] = cedar.String(v)
			}
		case bool:
			context[cedar.String(fact.Name)] = cedar.Boolean(v)
		case int:
			context[cedar.String(fact.Name)] = cedar.Long(v)
		}
	}
	r.Context = cedar.NewRecord(context)
	return r
}

// The facts that stand in the scope of a policy, where Cedar looks first.
const (
	cedarPrincipal = "to"
	cedarResource  = "eccn"
)

func cedarType(f Fact) cedar.EntityType {
	if f.Type == Country {
		return "Country"
	}
	return "Eccn"
}

// cedarText writes rules in Cedar.
func cedarText(rules *Rules) string {
	var b strings.Builder
	s := cedarSyntax()
	if rules.Open {
		b.WriteString("permit(principal, action, resource);\n")
	}
	for _, r := range rules.All {
		principal, resource := "principal", "resource"
		var rest Rule
		for _, t := range r.Tests {
			switch {
			case t.Op == Is && t.Fact.Name == cedarPrincipal:
				principal = s.test(t, nil)
			case t.Op == Is && t.Fact.Name == cedarResource:
				resource = s.test(t, nil)
			default:
				rest.Tests = append(rest.Tests, t)
			}
		}
		effect := "forbid"
		if r.Permit {
			effect = "permit"
		}
		fmt.Fprintf(&b, "%s(%s, action, %s)", effect, principal, resource)
		if len(rest.Tests) > 0 {
			fmt.Fprintf(&b, " when { %s }", s.conjunction(rest, rules.Members, " && "))
		}
		b.WriteString(";\n")
	}
	return b.String()
}

func cedarSyntax() *syntax {
	s := cLike()
	s.fact = func(f Fact) string {
		switch f.Name {
		case cedarPrincipal:
			return "principal"
		case cedarResource:
			return "resource"
		}
		return "context." + f.Name
	}
	s.text = func(f Fact, text string) string {
		if f.Type == Country || f.Name == cedarResource {
			return string(cedarType(f)) + "::" + strconv.Quote(text)
		}
		return strconv.Quote(text)
	}
	s.oneOf = func(name string, texts []string) string {
		return "[" + strings.Join(texts, ", ") + "].contains(" + name + ")"
	}
	s.member = func(name string, _ []string) string { return name + ` in Group::"Member"` }
	s.outsider = func(name string, _ []string) string { return "!(" + name + ` in Group::"Member")` }
	return &s
}
