package main

import (
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
)

// exprEngine evaluates one expr program, compiled for a typed environment, on one
// virtual machine that is used again and again. The cases are structs: their fields
// are found at compile time.
func exprEngine[T any](text string, cases []T) Engine {
	return Engine{Name: "expr", Peer: true, File: "bench.expr", Text: text, Load: func() (Loaded, error) {
		var env T
		program, err := expr.Compile(text, expr.Env(env), expr.AsBool(), expr.MaxNodes(0))
		if err != nil {
			return nil, err
		}
		return func() (Run, error) {
			envs := make([]any, len(cases))
			for i, c := range cases {
				envs[i] = c
			}
			var machine vm.VM
			return func(lo, hi int, out []Answer) error {
				for i := lo; i < hi; i++ {
					v, err := machine.Run(program, envs[i])
					if err != nil {
						return err
					}
					out[i] = answerOf(v.(bool))
				}
				return nil
			}, nil
		}, nil
	}}
}

// exprText writes rules for expr. It differs from CEL in nothing that they use.
func exprText(rules *Rules) string { return celText(rules) }
