package cli

import (
	"io"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
)

type decideCmd struct {
	caseFlags
	Lines string `placeholder:"FILE" help:"Decide many cases: a file with the JSON of one on each line; - for standard input, whose lines are answered as they come. Facts given as words hold for all of them."`
}

// Help is the long help text.
func (decideCmd) Help() string {
	return `The answer names the outcome, the rules that gave it and where they are written. Where facts are missing that matter, it lists the outcomes still possible and the facts to find out; the exit status is then 3.

A fact is such as item.range='300 km', recipient=IN, recipient='Saudi Arabia', 'program is vetted', 'recipient is not vetted', or the name of a yes-or-no fact alone.

Examples:

    ctl decide -p us2025 item.category=I item.form=uav recipient=SG program.purpose=uav
    ctl decide -p us --as-of 1994-02-04 item.category=I item.form=ballistic_missile recipient=KR program.purpose=civil
    ctl decide -p us2025 item.category=I item.form=space_launch_vehicle recipient=AE program.purpose=space_launch 'program is vetted' --json
    ctl decide rules.ctl --facts case.json
    ctl decide rules.ctl --lines cases.jsonl 'recipient=US'
`
}

// Run decides a case.
func (cmd *decideCmd) Run(a *App, out io.Writer) error {
	if cmd.Lines != "" {
		return cmd.decideLines(a)
	}
	x, c, err := cmd.explain(a)
	if err != nil {
		return err
	}
	if cmd.JSON {
		err = writeJSON(out, x.Decision.About(c))
	} else {
		render.WriteDecision(out, x, a.OutStyle)
	}
	return answered(x.Decision, err)
}

// answered is the exit status of an answer: whether it is an outcome.
func answered(d *interp.Decision, err error) error {
	if err == nil && d.Status != interp.Decided {
		return silent(exitUndecided)
	}
	return err
}
