package withcel

import (
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"
	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

func Why(r task.Request) (task.Why, error) {
	rules, err := compile(rulesText)
	if err != nil {
		return task.Why{}, err
	}
	decides, err := first(rules, r, members)
	if err != nil {
		return task.Why{}, err
	}
	if decides == nil {
		return task.Why{Outcome: "permit"}, nil
	}
	return task.Why{Outcome: decides.Outcome, Rules: []string{decides.Label}, Facts: decides.facts()}, nil
}

// facts are the names of the facts that the rule reads.
func (r *rule) facts() []string {
	var names []string
	ast.PostOrderVisit(r.ast.NativeRep().Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		if e.Kind() == ast.SelectKind && e.AsSelect().Operand().Kind() == ast.IdentKind {
			name := e.AsSelect().Operand().AsIdent() + "." + e.AsSelect().FieldName()
			names = append(names, strings.TrimSuffix(name, ".id"))
		}
	}))
	slices.Sort(names)
	return slices.Compact(names)
}
