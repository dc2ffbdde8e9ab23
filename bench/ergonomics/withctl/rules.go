// Package withctl writes the twelve tasks with Ctl.
package withctl

import (
	"context"
	"embed"
	"fmt"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
	"github.com/ctl-lang/ctl/interp"
)

//go:embed *.ctl
var files embed.FS

func load(options interp.Options, file, policy string) (*interp.Policy, error) {
	program, err := options.Load(context.Background(), files, file)
	if err != nil {
		return nil, err
	}
	return program.Policy(policy)
}

func answer(p *interp.Policy, r task.Request) (*interp.Decision, error) {
	c := p.Program().NewCase()
	if err := c.ReadStruct(r); err != nil {
		return nil, err
	}
	return p.Decide(context.Background(), c)
}

func outcome(d *interp.Decision, err error) (string, error) {
	if err == nil && d.Outcome == nil {
		err = fmt.Errorf("%s: %v", d.Answer(), d.Needs)
	}
	if err != nil {
		return "", err
	}
	return d.Outcome.Name, nil
}
