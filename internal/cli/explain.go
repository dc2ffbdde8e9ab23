package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
)

type explainCmd struct {
	caseFlags
	WhyNot   string   `name:"why-not" placeholder:"OUTCOME" help:"Say why the answer is not this outcome: what became of every rule that gives it."`
	Flip     string   `placeholder:"OUTCOME" help:"Find the smallest changes of the facts that would give this outcome."`
	All      bool     `help:"With --flip: propose changes of what a person cannot change too, such as who the recipient is."`
	Most     int      `placeholder:"N" help:"With --flip: change at most so many facts together, by default 3."`
	WhatIf   []string `name:"what-if" sep:"none" placeholder:"FACT" help:"Say what would be different if this were so; may be given several times."`
	Markdown bool     `help:"Print Markdown for a file note: numbered steps, each with its source."`
}

// Help is the long help text.
func (explainCmd) Help() string {
	return `Every rule that has to do with the decision is shown as a tree: its clauses, whether each holds (yes, no, or ? where that is not known), and the facts that make it so. The rules that applied and were defeated or outranked follow. The exit status is that of ctl decide.

With --why-not, --flip or --what-if that question is answered instead, and each of them if several are asked; with --json the answers are added to the explanation. Every change that --flip proposes has been decided anew, and none breaks a constraint.

Examples:

    ctl explain -p us2025 item.category=I item.form=uav recipient=SG 'recipient is strong_controls' 'recipient is select_partner' program.purpose=uav
    ctl explain -p us1993 --as-of 2016-06-27 item.category=I item.form=space_launch_vehicle recipient=India program.purpose=space_launch
    ctl explain -p us2025 item.category=I item.form=uav recipient=SG program.purpose=uav --why-not review
    ctl explain -p us2025 item.category=I item.form=uav recipient=SG program.purpose=uav --flip review --markdown
    ctl explain -p us2025 item.category=I item.form=uav recipient=SG program.purpose=uav --what-if 'recipient is strong_controls' --what-if recipient.select_partner
    ctl explain rules.ctl --facts case.json --json
`
}

// explained is what an explanation and the questions asked besides come to.
type explained struct {
	x      *interp.Explanation
	c      *interp.Case
	whyNot *interp.WhyNot
	flips  []*interp.Flip
	flipTo *interp.Outcome
	opts   interp.FlipOptions
	whatIf *interp.WhatIf
}

// Run explains the decision of a case.
func (cmd *explainCmd) Run(a *App, out io.Writer) error {
	if err := cmd.checkFlags(); err != nil {
		return err
	}
	policy, c, err := cmd.question(a)
	if err != nil {
		return err
	}
	e := &explained{c: c, opts: interp.FlipOptions{Most: cmd.Most, All: cmd.All}}
	ctx, stop := interruptible()
	defer stop()
	if e.x, err = policy.Explain(ctx, c); err != nil {
		return cannotDecide(err)
	}
	if err := cmd.ask(ctx, policy, e); err != nil {
		return err
	}
	switch {
	case cmd.JSON:
		err = writeJSON(out, cmd.json(e))
	case cmd.WhyNot == "" && cmd.Flip == "" && len(cmd.WhatIf) == 0 && cmd.Markdown:
		render.WriteExplanationMarkdown(out, e.x, c)
	case cmd.WhyNot == "" && cmd.Flip == "" && len(cmd.WhatIf) == 0:
		render.WriteExplanation(out, e.x, a.OutStyle)
	default:
		cmd.print(a, out, e)
	}
	return answered(e.x.Decision, err)
}

func (cmd *explainCmd) checkFlags() error {
	switch {
	case cmd.Markdown && cmd.JSON:
		return usage("give --markdown or --json, not both")
	case cmd.Flip == "" && (cmd.All || cmd.Most != 0):
		return usage("--all and --most go with --flip")
	case cmd.Most < 0:
		return usage("--most: at least one fact has to change")
	}
	return nil
}

// ask answers the questions of the flags.
func (cmd *explainCmd) ask(ctx context.Context, policy *interp.Policy, e *explained) (err error) {
	for _, name := range []string{cmd.WhyNot, cmd.Flip} {
		if _, err := policy.Program().Outcome(name); name != "" && err != nil {
			return &failure{exitUsage, err}
		}
	}
	if cmd.WhyNot != "" {
		if e.whyNot, err = policy.WhyNot(ctx, e.c, cmd.WhyNot); err != nil {
			return cannotDecide(err)
		}
	}
	if cmd.Flip != "" {
		e.flipTo, _ = policy.Program().Outcome(cmd.Flip)
		e.flips, err = policy.Flip(ctx, e.c, cmd.Flip, e.opts)
		if errors.Is(err, interp.ErrNotExact) {
			return notAnalysed(err)
		}
		if err != nil {
			return cannotDecide(err)
		}
	}
	if len(cmd.WhatIf) > 0 {
		if e.whatIf, err = policy.WhatIf(ctx, e.c, cmd.WhatIf...); err != nil {
			return cannotDecide(err)
		}
	}
	return nil
}

// print shows the answers to the questions, one behind the other.
func (cmd *explainCmd) print(a *App, out io.Writer, e *explained) {
	var answers []func()
	add := func(asked bool, text, markdown func()) {
		switch {
		case asked && cmd.Markdown:
			answers = append(answers, markdown)
		case asked:
			answers = append(answers, text)
		}
	}
	before := e.x.Decision
	add(e.whyNot != nil,
		func() { render.WriteWhyNot(out, e.whyNot, a.OutStyle) },
		func() { render.WriteWhyNotMarkdown(out, e.whyNot) })
	add(e.flipTo != nil,
		func() { render.WriteFlips(out, e.flips, e.flipTo, before, e.opts, a.OutStyle) },
		func() { render.WriteFlipsMarkdown(out, e.flips, e.flipTo, before, e.opts) })
	add(e.whatIf != nil,
		func() { render.WriteWhatIf(out, e.whatIf, cmd.WhatIf, a.OutStyle) },
		func() { render.WriteWhatIfMarkdown(out, e.whatIf, cmd.WhatIf) })
	for i, answer := range answers {
		if i > 0 {
			fmt.Fprintln(out)
		}
		answer()
	}
}

// askedJSON is the answers to what was asked besides, for JSON.
type askedJSON struct {
	WhyNot *interp.WhyNot `json:"why_not,omitempty"`
	Flip   *render.Flips  `json:"flip,omitempty"`
	WhatIf *interp.WhatIf `json:"what_if,omitempty"`
}

func (cmd *explainCmd) json(e *explained) render.Joined {
	j := askedJSON{WhyNot: e.whyNot, WhatIf: e.whatIf}
	if e.flipTo != nil {
		j.Flip = render.FlipsJSON(e.flips, e.flipTo, e.x.Decision, e.c)
	}
	return render.Joined{e.x, j}
}
