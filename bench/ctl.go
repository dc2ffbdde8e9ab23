package main

import (
	"bytes"
	"context"
	"fmt"
	"testing/fstest"

	"github.com/ctl-lang/ctl/interp"
)

// ctlPolicy is the name of the policy in every Ctl file here, ctlFile that of the file.
const (
	ctlPolicy = "bench"
	ctlFile   = "bench.ctl"
)

// ctlEngine decides cases of a type by a policy: load reads it, and run makes the
// cases ready and asks it.
func ctlEngine[T any](name, text string, load func() (*interp.Program, error), run func(*interp.Bound[T]) (Run, error)) Engine {
	return Engine{Name: name, File: ctlFile, Text: text, Load: func() (Loaded, error) {
		b, err := ctlBind[T](load)
		if err != nil {
			return nil, err
		}
		return func() (Run, error) { return run(b) }, nil
	}}
}

// ctlBind loads a policy and makes it ready for cases of a type.
func ctlBind[T any](load func() (*interp.Program, error)) (*interp.Bound[T], error) {
	program, err := load()
	if err != nil {
		return nil, err
	}
	policy, err := program.Policy(ctlPolicy)
	if err != nil {
		return nil, err
	}
	bound, err := interp.Bind[T](policy)
	if err != nil {
		return nil, err
	}
	return bound.On(program.LatestDate())
}

// ctlText reads a policy from its text.
func ctlText(text string) func() (*interp.Program, error) {
	return func() (*interp.Program, error) { return interp.LoadText(context.Background(), ctlFile, text) }
}

// The engines of Ctl by what they decide from.
const (
	fromStruct   = "Ctl, from a struct"
	fromPrepared = "Ctl, prepared facts"
	fromCompiled = "Ctl, from a struct, compiled form"
)

// ctlEngines decide by a Ctl policy: from structs, and from cases whose facts have
// been read before.
func ctlEngines[T any](text string, cases []T) []Engine {
	load := ctlText(text)
	return []Engine{
		ctlEngine(fromStruct, text, load, func(b *interp.Bound[T]) (Run, error) { return ctlBound(b, cases), nil }),
		ctlEngine(fromPrepared, text, load, func(b *interp.Bound[T]) (Run, error) { return ctlPrepared(b, cases) }),
	}
}

// ctlCompiledEngine loads the policy from the compiled form of the text, which is made
// beforehand.
func ctlCompiledEngine[T any](text string, cases []T) (Engine, error) {
	var form bytes.Buffer
	source := fstest.MapFS{ctlFile: {Data: []byte(text)}}
	if err := (interp.Options{}).Compile(context.Background(), &form, source, ctlFile); err != nil {
		return Engine{}, err
	}
	compiled := fstest.MapFS{"bench.ctlc": {Data: form.Bytes()}}
	load := func() (*interp.Program, error) { return interp.Load(context.Background(), compiled, "bench.ctlc") }
	return ctlEngine(fromCompiled, "", load, func(b *interp.Bound[T]) (Run, error) { return ctlBound(b, cases), nil }), nil
}

func ctlBound[T any](b *interp.Bound[T], cases []T) Run {
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
