// Package withcel writes the twelve tasks with cel-go.
package withcel

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"reflect"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/ext"
	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

//go:embed rules.json
var rulesText []byte

type rule struct {
	Label, Outcome, When string
	ast                  *cel.Ast
	program              cel.Program
}

var members = []string{"US", "GB", "FR", "DE", "IN"}

func compile(text []byte, options ...cel.EnvOption) ([]rule, error) {
	env, err := cel.NewEnv(append(options,
		ext.NativeTypes(reflect.TypeFor[task.Item](), reflect.TypeFor[task.Recipient](), reflect.TypeFor[task.Applicant](), ext.ParseStructTags(true)),
		cel.Variable("item", cel.ObjectType("task.Item")),
		cel.Variable("recipient", cel.ObjectType("task.Recipient")),
		cel.Variable("applicant", cel.ObjectType("task.Applicant")),
		cel.Variable("Member", cel.ListType(cel.StringType)))...)
	if err != nil {
		return nil, err
	}
	var rules []rule
	if err := json.Unmarshal(text, &rules); err != nil {
		return nil, err
	}
	for i, r := range rules {
		if r.Outcome != "deny" && r.Outcome != "review" && r.Outcome != "permit" {
			return nil, fmt.Errorf("%s: no outcome %q", r.Label, r.Outcome)
		}
		ast, issues := env.Compile(r.When)
		if err := issues.Err(); err != nil {
			return nil, fmt.Errorf("%s: %w", r.Label, err)
		}
		if ast.OutputType() != cel.BoolType {
			return nil, fmt.Errorf("%s: not a condition", r.Label)
		}
		rules[i].ast = ast
		if rules[i].program, err = env.Program(ast, cel.EvalOptions(cel.OptOptimize, cel.OptPartialEval)); err != nil {
			return nil, fmt.Errorf("%s: %w", r.Label, err)
		}
	}
	return rules, nil
}

// facts marks what is not known as such: of a nil *bool cel-go says that it is false, and of a
// nil *float64 that it is 0.
func facts(r task.Request, members []string) (cel.PartialActivation, error) {
	var unknown []*cel.AttributePatternType
	for _, f := range []struct {
		of, attribute string
		missing       bool
	}{
		{"item", "range", r.Item.Range == nil},
		{"recipient", "vetted", r.Recipient.Vetted == nil},
		{"applicant", "convicted", r.Applicant.Convicted == nil},
	} {
		if f.missing {
			unknown = append(unknown, cel.AttributePattern(f.of).QualString(f.attribute))
		}
	}
	return cel.PartialVars(map[string]any{"item": r.Item, "recipient": r.Recipient, "applicant": r.Applicant, "Member": members}, unknown...)
}

// first finds the rule that decides: the rules stand strictest first. Nil: none applies.
func first(rules []rule, r task.Request, members []string) (*rule, error) {
	facts, err := facts(r, members)
	if err != nil {
		return nil, err
	}
	for i, r := range rules {
		applies, _, err := r.program.Eval(facts)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.Label, err)
		}
		if types.IsUnknown(applies) {
			return nil, fmt.Errorf("%s: facts are missing", r.Label)
		}
		if applies == types.True {
			return &rules[i], nil
		}
	}
	return nil, nil
}

func outcome(rules []rule, r task.Request, members []string) (string, error) {
	by, err := first(rules, r, members)
	if err != nil {
		return "", err
	}
	if by == nil {
		return "permit", nil
	}
	return by.Outcome, nil
}
