package main

import (
	"fmt"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"
)

// celEngine evaluates one CEL program. The program is optimised (constant lists become
// sets, constants are folded); the values of a case are CEL values from the start, in
// an activation of their own.
func celEngine(text string, cases *Cases) Engine {
	return Engine{Name: "cel-go", Peer: true, File: "bench.cel", Text: text, Load: func() (Loaded, error) {
		program, err := celProgram(text, cases.Facts)
		if err != nil {
			return nil, err
		}
		return func() (Run, error) {
			rows, err := celRows(cases)
			if err != nil {
				return nil, err
			}
			return func(lo, hi int, out []Answer) error {
				for i := lo; i < hi; i++ {
					v, _, err := program.Eval(rows[i])
					if err != nil {
						return err
					}
					out[i] = answerOf(v == types.True)
				}
				return nil
			}, nil
		}, nil
	}}
}

func celProgram(text string, facts []Fact) (cel.Program, error) {
	options := []cel.EnvOption{
		cel.ParserExpressionSizeLimit(-1),
		cel.ParserRecursionLimit(-1),
		cel.ExpressionNodeLimit(-1),
	}
	for _, f := range facts {
		t := cel.StringType
		switch f.Type {
		case Bool:
			t = cel.BoolType
		case Int:
			t = cel.IntType
		}
		options = append(options, cel.Variable(f.Name, t))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		return nil, err
	}
	ast, issues := env.Compile(text)
	if err := issues.Err(); err != nil {
		return nil, err
	}
	return env.Program(ast, cel.EvalOptions(cel.OptOptimize))
}

// celRows makes the activations.
func celRows(cases *Cases) ([]interpreter.Activation, error) {
	rows := make([]interpreter.Activation, cases.N)
	for i := range rows {
		row := make(map[string]any, len(cases.Facts))
		for f, fact := range cases.Facts {
			v, err := celValue(cases.Value(i, f))
			if err != nil {
				return nil, err
			}
			row[fact.Name] = v
		}
		a, err := interpreter.NewActivation(row)
		if err != nil {
			return nil, err
		}
		rows[i] = a
	}
	return rows, nil
}

func celValue(v any) (ref.Val, error) {
	switch v := v.(type) {
	case string:
		return types.String(v), nil
	case bool:
		return types.Bool(v), nil
	case int:
		return types.Int(v), nil
	}
	return nil, fmt.Errorf("%T is no fact", v)
}

// celText writes rules in CEL.
func celText(rules *Rules) string {
	s := cLike()
	return s.expression(rules)
}
