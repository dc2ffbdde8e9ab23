package cli

import (
	"fmt"
	"io"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
)

type tableCmd struct {
	Words    []string `arg:"" optional:"" name:"file-or-fact" help:"Rule files, folders or - and facts that hold in the whole table."`
	Policy   []string `short:"p" placeholder:"POLICY,..." help:"The policy or series, with @DATE where it is to be looked at on a day of its own; several are put side by side, and cells in which they differ are marked."`
	Rules    bool     `help:"Write the rules of the policy as a table that \"rules from\" reads (CSV), where they can be one."`
	Rows     string   `placeholder:"FACT" help:"The fact whose values are the rows."`
	Cols     string   `placeholder:"FACT" help:"The fact whose values are the columns."`
	AsOf     string   `name:"as-of" placeholder:"DATE" help:"The date (YYYY-MM-DD) of a policy without @DATE; by default the as_of of the facts file, or today."`
	Facts    string   `placeholder:"FILE" help:"A JSON file of facts that hold in the whole table; - for standard input."`
	Markdown bool     `help:"Print a table of Markdown."`
	CSV      bool     `name:"csv" help:"Print comma-separated values."`
	HTML     bool     `name:"html" help:"Print a page of HTML."`
	memberFlags
	jsonFlag
}

// Help is the long help text.
func (tableCmd) Help() string {
	return `Each cell is the answer where the two facts have the values of its row and column, the facts given are as they are, and all others are open; where the answer depends on those, the cell is mixed, and it is said on which facts it depends. A fact of many values has a row for each set of values that no rule tells apart.

With --rules it writes the policy's rules as a decision table instead: a row for each, with columns for facts and clauses, to be read by: rules from "rules.csv". A rule that cannot be a row is named, with the reason.

Examples:

    ctl table -p us2025 --rows item.form --cols program.purpose item.category=I recipient=SG 'recipient is strong_controls'
    ctl table -p us1993,us2025 --rows recipient --cols program.purpose item.category=I item.form=space_launch_vehicle --markdown
    ctl table rules.ctl --rows item.form --cols recipient item.category=I --csv
    ctl table rules.ctl --rows item.form --cols item.category --facts case.json --html
    ctl table rules.ctl --rules
`
}

// Run makes the table.
func (cmd *tableCmd) Run(a *App, out io.Writer) error {
	if err := cmd.checkFlags(); err != nil {
		return err
	}
	policies, given, err := cmd.question(a)
	if err != nil {
		return err
	}
	if cmd.Rules {
		return writeRules(a, out, policies[0])
	}
	ctx, stop := interruptible()
	defer stop()
	t, err := analysis.NewTable(ctx, policies, cmd.Rows, cmd.Cols, given)
	if err != nil {
		return notAnalysed(err)
	}
	switch {
	case cmd.JSON:
		return writeJSON(out, render.TableJSON(t, given))
	case cmd.CSV:
		return render.WriteTableCSV(out, t)
	case cmd.Markdown:
		render.WriteTableMarkdown(out, t)
	case cmd.HTML:
		render.WriteTableHTML(out, t)
	default:
		render.WriteTable(out, t, a.OutStyle)
	}
	return nil
}

func (cmd *tableCmd) checkFlags() error {
	forms := 0
	for _, asked := range []bool{cmd.JSON, cmd.CSV, cmd.Markdown, cmd.HTML} {
		if asked {
			forms++
		}
	}
	switch {
	case cmd.Rules && (cmd.Rows != "" || cmd.Cols != "" || len(cmd.Policy) > 1 || forms > 0 && !cmd.CSV || forms > 1):
		return usage("--rules writes the rules of one policy as CSV: it goes with neither --rows and --cols nor another form")
	case !cmd.Rules && (cmd.Rows == "" || cmd.Cols == ""):
		return usage("say which facts are the rows and the columns, with --rows and --cols, or ask for the --rules")
	case forms > 1:
		return usage("give one of --markdown, --csv, --html and --json")
	case cmd.Rows == cmd.Cols && !cmd.Rules:
		return usage("the rows and the columns are two different facts, and both are %s", cmd.Rows)
	}
	return nil
}

// question is the policies of the table, and the facts that are given.
func (cmd *tableCmd) question(a *App) ([]interp.Dated, *interp.Case, error) {
	flags := caseFlags{Words: cmd.Words, AsOf: cmd.AsOf, Facts: cmd.Facts, memberFlags: cmd.memberFlags}
	prog, given, err := flags.told(a)
	if err != nil {
		return nil, nil, err
	}
	for _, fact := range []string{cmd.Rows, cmd.Cols} {
		if fact == "" {
			continue
		}
		if err := given.Forget(fact); err != nil {
			return nil, nil, &failure{exitUsage, err}
		}
	}
	names := cmd.Policy
	if len(names) == 0 {
		names = []string{""}
	}
	var policies []interp.Dated
	for _, name := range names {
		p, err := datedPolicy(prog, name, given.Date())
		if err != nil {
			return nil, nil, err
		}
		policies = append(policies, p)
	}
	return policies, given, nil
}

// writeRules writes the rules of a policy as a table, and says what else the policy says.
func writeRules(a *App, out io.Writer, of interp.Dated) error {
	t, err := render.NewRulesTable(of.Policy.Program(), of.Policy)
	if err != nil {
		return &failure{exitProblems, err}
	}
	if err := t.Write(out); err != nil {
		return err
	}
	by := map[interp.Mode]string{interp.ByStrictest: "strictest", interp.ByLoosest: "loosest", interp.ByFirst: "first"}[of.Policy.Mode()]
	said := "a policy that decides by " + by
	if o := of.Policy.Otherwise(); o != nil {
		said += ", with: otherwise " + o.Outcome.Name
	}
	fmt.Fprintln(a.problems(), "note: these rules stand in "+said)
	return nil
}
