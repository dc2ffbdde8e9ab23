package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"regexp"
	"time"

	"github.com/ctl-lang/ctl/internal/osfile"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
)

type testCmd struct {
	fileArgs
	Only  string `name:"run" placeholder:"RE" help:"Only the tests whose name matches this regular expression."`
	Cases string `placeholder:"FILE" help:"A table of cases to run besides: a CSV file or a spreadsheet (.xlsx)."`
	tableFlags
	JUnit string `name:"junit" placeholder:"FILE" help:"Write the results to this file as JUnit XML too."`
	exerciseFlags
	memberFlags
	jsonFlag
}

// Help is the long help text.
func (testCmd) Help() string {
	return `The tests that fail are shown with what was expected and what was given. The exit status is 1 if one fails.

A table of cases, as CSV or a spreadsheet (.xlsx), has a heading: names of facts, the column expect (an outcome, undecided, undetermined or conflict), and where wanted the columns name, as_of, policy and by (the deciding rules, with commas between them). Each further row is a case. An empty field is a fact that is not known.

    expect,item.category,item.form,recipient,by
    deny,I,uav,SA,nonmember

--cover, --mutate and --suggest look at what the tests in the files exercise, once all of them pass. A change after which every possible case is answered as before is not counted against the tests. The tests that --suggest prints say what the rules answer now, and somebody has to look them over.

Examples:

    ctl test
    ctl test rules.ctl --run 'launch vehicle'
    ctl test rules.ctl --cases cases.csv --junit results.xml
    ctl test rules.ctl --cover
    ctl test rules.ctl --mutate --suggest
`
}

// Run runs tests.
func (cmd *testCmd) Run(a *App, out io.Writer) error {
	if cmd.any() && cmd.Only != "" {
		return usage("--cover, --mutate and --suggest look at all the tests, and --run at some")
	}
	only, err := regexp.Compile(cmd.Only)
	if err != nil {
		return usage("--run: this is no regular expression: %s", err)
	}
	prog, err := a.load(cmd.Files, cmd.memberFlags)
	if err != nil {
		return err
	}
	runs := []*render.TestRun{}
	for _, t := range prog.Tests() {
		if only.MatchString(t.Name) {
			runs = append(runs, runTest(t))
		}
	}
	if cmd.Cases != "" {
		table, err := a.readTable(cmd.Cases, prog, cmd.tableFlags, true)
		if err != nil {
			return err
		}
		for _, row := range table.rows {
			if only.MatchString(row.name()) {
				runs = append(runs, row.run())
			}
		}
	}
	if len(runs) == 0 && cmd.Only != "" {
		return usage("--run: no test has a name that matches %s", cmd.Only)
	}
	var x *exercise
	if cmd.any() && allPassed(runs) {
		if x, err = cmd.look(a, prog); err != nil {
			return err
		}
	}
	return cmd.report(a, out, runs, x)
}

func allPassed(runs []*render.TestRun) bool {
	for _, r := range runs {
		if !r.Passed() {
			return false
		}
	}
	return true
}

func (cmd *testCmd) report(a *App, out io.Writer, runs []*render.TestRun, x *exercise) error {
	if cmd.JUnit != "" {
		var b bytes.Buffer
		if err := render.WriteJUnit(&b, "ctl test", runs); err != nil {
			return usage("cannot write %s: %s", cmd.JUnit, plainError(err))
		}
		if err := osfile.Write(cmd.JUnit, b.Bytes(), 0o666); err != nil {
			return usage("cannot write %s: %s", cmd.JUnit, plainError(err))
		}
	}
	if cmd.JSON {
		if err := writeJSON(out, cmd.json(runs, x)); err != nil {
			return err
		}
	} else {
		render.WriteTests(out, runs, a.OutStyle)
		if len(runs) == 0 {
			fmt.Fprintln(a.Stderr, "there are no tests in these files")
		}
		if x != nil {
			cmd.print(out, x, a.OutStyle)
		}
	}
	if !allPassed(runs) {
		if cmd.any() {
			fmt.Fprintln(a.Stderr, "what the tests exercise is looked at once they pass")
		}
		return silent(exitProblems)
	}
	return nil
}

func runTest(t *interp.Test) *render.TestRun {
	start := time.Now()
	r := t.Run(context.Background())
	return &render.TestRun{Name: t.Name, Place: t.Site().String(), Given: t.Given(), Decisions: r.Decisions, Failures: r.Failures, Took: time.Since(start)}
}
