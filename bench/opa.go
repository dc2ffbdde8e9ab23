package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
)

// opaEngine asks a prepared Rego query, with inputs that are parsed already. The rules
// are written as OPA's documents advise for speed: equalities with constants, which
// its index finds, stand by themselves in rules of one name.
func opaEngine(text string, cases *Cases) Engine {
	return Engine{Name: "OPA", Peer: true, File: "bench.rego", Text: text, Load: func() (Loaded, error) {
		ctx := context.Background()
		query, err := rego.New(rego.Query("data.bench.allow"), rego.Module("bench.rego", text)).PrepareForEval(ctx)
		if err != nil {
			return nil, err
		}
		return func() (Run, error) {
			inputs := make([]ast.Value, cases.N)
			for i := range inputs {
				if inputs[i], err = ast.InterfaceToValue(cases.Row(i)); err != nil {
					return nil, err
				}
			}
			return func(lo, hi int, out []Answer) error {
				for i := lo; i < hi; i++ {
					set, err := query.Eval(ctx, rego.EvalParsedInput(inputs[i]))
					if err != nil {
						return err
					}
					if len(set) != 1 {
						return fmt.Errorf("%d results", len(set))
					}
					out[i] = answerOf(set.Allowed())
				}
				return nil
			}, nil
		}, nil
	}}
}

// opaText writes rules in Rego.
func opaText(rules *Rules) string {
	var b strings.Builder
	b.WriteString("package bench\n\n")
	if len(rules.Members) > 0 {
		fmt.Fprintf(&b, "members := {%s}\n\n", quoteAll(rules.Members))
	}
	b.WriteString("default allow := false\n\n")
	if rules.Open {
		b.WriteString("allow if not deny\n\n")
	} else {
		b.WriteString("allow if { permit; not deny }\n\n")
	}
	s := opaSyntax()
	for _, r := range rules.All {
		head := "deny"
		if r.Permit {
			head = "permit"
		}
		fmt.Fprintf(&b, "%s if { %s }\n", head, s.conjunction(r, rules.Members, "; "))
	}
	return b.String()
}

func opaSyntax() *syntax {
	s := cLike()
	s.fact = func(f Fact) string { return "input." + f.Name }
	s.yes, s.no = "%s == true", "%s == false"
	s.oneOf = func(name string, texts []string) string { return name + " in {" + strings.Join(texts, ", ") + "}" }
	s.member = func(name string, _ []string) string { return "members[" + name + "]" }
	s.outsider = func(name string, _ []string) string { return "not members[" + name + "]" }
	return &s
}
