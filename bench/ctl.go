package main

import (
	"fmt"

	"github.com/ctl-lang/ctl/interp"
)

// ctlPolicy is the name of the policy in every Ctl file here.
const ctlPolicy = "bench"

// ctlEngines decide by a Ctl policy: from structs, and from cases whose facts have
// been read before.
func ctlEngines[T any](text string, cases []T) []Engine {
	return []Engine{
		{Name: "Ctl, from a struct", Ctl: true, Load: func() (Loaded, error) {
			b, err := ctlBind[T](text)
			if err != nil {
				return nil, err
			}
			return func() (Run, error) { return ctlFromStruct(b, cases), nil }, nil
		}},
		{Name: "Ctl, prepared facts", Ctl: true, Load: func() (Loaded, error) {
			b, err := ctlBind[T](text)
			if err != nil {
				return nil, err
			}
			return func() (Run, error) { return ctlPrepared(b, cases) }, nil
		}},
	}
}

// ctlBind loads a policy and makes it ready for cases of a type.
func ctlBind[T any](text string) (*interp.Bound[T], error) {
	program, err := interp.LoadText("bench.ctl", text)
	if err != nil {
		return nil, err
	}
	policy, err := program.Policy(ctlPolicy)
	if err != nil {
		return nil, err
	}
	return interp.Bind[T](policy)
}

func ctlFromStruct[T any](b *interp.Bound[T], cases []T) Run {
	return func(lo, hi int, out []Answer) error {
		for i := lo; i < hi; i++ {
			d, err := b.Decide(&cases[i])
			if err != nil {
				return err
			}
			if out[i], err = ctlAnswer(d); err != nil {
				return err
			}
		}
		return nil
	}
}

func ctlPrepared[T any](b *interp.Bound[T], cases []T) (Run, error) {
	prepared := make([]*interp.Prepared, len(cases))
	for i := range cases {
		p, err := b.Prepare(&cases[i])
		if err != nil {
			return nil, err
		}
		prepared[i] = p
	}
	return func(lo, hi int, out []Answer) error {
		for i := lo; i < hi; i++ {
			d, err := prepared[i].Decide()
			if err != nil {
				return err
			}
			if out[i], err = ctlAnswer(d); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// ctlAnswer is a decision as an answer. Every policy here declares deny > permit.
func ctlAnswer(d *interp.Decision) (Answer, error) {
	switch d.Status {
	case interp.Decided:
		return answerOf(d.Outcome.Index == 1), nil
	case interp.Undetermined:
		return Undetermined, nil
	}
	return 0, fmt.Errorf("the policy says %s", d.Status)
}
