package cli

import (
	"io"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
)

type decideCmd struct {
	caseFlags
	Lines string `placeholder:"FILE" help:"Decide many cases: a file with the JSON of one on each line; - for standard input, whose lines are answered as they come. Facts given as words hold for all of them."`
	Cases string `placeholder:"FILE" help:"Decide many cases: a table with a case in each row, as CSV or a spreadsheet (.xlsx); - for standard input. Facts given as words hold for all of them."`
	Out   string `placeholder:"FILE" help:"Where the answers to --cases are written: a file .csv, .tsv, .jsonl or .xlsx; by default CSV on standard output."`
	tableFlags
}

// Help is the long help text.
func (decideCmd) Help() string {
	return `The answer names the outcome, the rules that gave it and where they are written. Where facts are missing that matter, it lists the outcomes still possible and the facts to find out; the exit status is then 3.

A table of cases (--cases) has a heading: names of facts, or words that a mapping file says the facts of (--map), and where wanted the columns name, as_of and policy. Each further row is a case, and an empty cell a fact that is not known. The answers are the rows with the columns status, outcome, rules, obligations, possible, missing and problem behind them. A row that is no case does not stop the others.

A fact is such as item.range='300 km', recipient=IN, recipient='Saudi Arabia', 'program is vetted', 'recipient is not vetted', or the name of a yes-or-no fact alone.

Examples:

    ctl decide -p us2025 item.category=I item.form=uav recipient=SG program.purpose=uav
    ctl decide -p us --as-of 1994-02-04 item.category=I item.form=ballistic_missile recipient=KR program.purpose=civil
    ctl decide -p us2025 item.category=I item.form=space_launch_vehicle recipient=AE program.purpose=space_launch 'program is vetted' --json
    ctl decide rules.ctl --facts case.json
    ctl decide rules.ctl --lines cases.jsonl 'recipient=US'
    ctl decide rules.ctl --cases cases.csv --out answers.xlsx
    ctl decide rules.ctl --cases export.csv --map headings.csv --decimal , --out answers.csv
`
}

// Run decides a case.
func (cmd *decideCmd) Run(a *App, out io.Writer) error {
	if cmd.Lines != "" {
		return cmd.decideLines(a)
	}
	if cmd.Cases != "" {
		return cmd.decideCases(a)
	}
	if cmd.Out != "" || cmd.tableFlags != (tableFlags{}) {
		return usage("--out, --map, --sheet, --separator and --decimal are said of a table of cases: name it with --cases")
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
