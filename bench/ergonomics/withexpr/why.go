package withexpr

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
)

func Why(r task.Request) (task.Why, error) {
	rules, err := compile(rulesText)
	if err != nil {
		return task.Why{}, err
	}
	decides, err := first(rules, facts(r, members))
	if err != nil {
		return task.Why{}, err
	}
	if decides == nil {
		return task.Why{Outcome: "permit"}, nil
	}
	facts, err := decides.facts()
	return task.Why{Outcome: decides.Outcome, Rules: []string{decides.Label}, Facts: facts}, err
}

// facts are the names of the facts that the rule reads.
func (r *rule) facts() ([]string, error) {
	tree, err := parser.Parse(r.When) // that of the compiled program is optimized
	if err != nil {
		return nil, err
	}
	var found names
	ast.Walk(&tree.Node, &found)
	slices.Sort(found)
	return slices.Compact(found), nil
}

type names []string

func (n *names) Visit(node *ast.Node) {
	member, ok := (*node).(*ast.MemberNode)
	if !ok {
		return
	}
	if of, ok := member.Node.(*ast.IdentifierNode); ok {
		if property, ok := member.Property.(*ast.StringNode); ok {
			*n = append(*n, strings.TrimSuffix(of.Value+"."+property.Value, ".id"))
		}
	}
}
