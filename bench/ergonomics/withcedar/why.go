package withcedar

import (
	"slices"
	"strings"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/x/exp/ast"
	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

func Why(r task.Request) (task.Why, error) {
	policies, err := compile(rulesText)
	if err != nil {
		return task.Why{}, err
	}
	outcome, by, err := deciding(policies, request(r), entities(r, members))
	if err != nil {
		return task.Why{}, err
	}
	why := task.Why{Outcome: outcome}
	for _, p := range by {
		why.Rules = append(why.Rules, string(p.Annotations()["id"]))
		why.Facts = append(why.Facts, facts(p)...)
	}
	slices.Sort(why.Facts)
	why.Facts = slices.Compact(why.Facts)
	return why, nil
}

// inRules are the program's names for what Cedar's rules call otherwise.
var inRules = strings.NewReplacer("principal", "applicant", "resource", "item", "context.", "")

// facts are the names of the facts that the policy reads, through a package that is experimental.
func facts(p *cedar.Policy) []string {
	var names []string
	for _, c := range (*ast.Policy)(p.AST()).Conditions {
		names = append(names, namesIn(c.Body)...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func namesIn(n ast.IsNode) []string {
	var names []string
	ast.Inspect(ast.NewNode(n), func(n ast.IsNode) bool {
		access, ok := n.(ast.NodeTypeAccess)
		if ok {
			names = append(names, inRules.Replace(path(access)))
		}
		return !ok
	})
	return names
}

func path(n ast.IsNode) string {
	switch n := n.(type) {
	case ast.NodeTypeAccess:
		return path(n.Arg) + "." + string(n.Value)
	case ast.NodeTypeVariable:
		return string(n.Name)
	}
	return ""
}
