package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
	"github.com/ctl-lang/ctl/rules"
)

// fileArgs are the rule files of a command.
type fileArgs struct {
	Files []string `arg:"" optional:"" name:"file" help:"Rule files, folders (their *.ctl) or - for standard input; by default the embedded rules."`
}

type checkCmd struct {
	fileArgs
	Also    []code.Code `placeholder:"CODE,..." help:"Tell what is told on request alone too: W0214, rules of which only the rank of their outcomes tells which prevails."`
	Policy  string      `short:"p" placeholder:"NAME" help:"Look at this policy alone."`
	Where   string      `placeholder:"COND" help:"Look at the cases of which this holds alone, such as 'recipient not in Member'."`
	Can     string      `placeholder:"RULE" help:"Show a case that this rule decides, or that there is none."`
	Explain string      `placeholder:"CODE" help:"Explain the code of a problem, such as W0203, with an example."`
	SARIF   bool        `name:"sarif" help:"Print the problems as SARIF 2.1.0, which code hosts show beside the lines."`
	memberFlags
	jsonFlag
}

// Help is the long help text.
func (checkCmd) Help() string {
	return `All the problems of all the files are reported, each with its place and, where there is one, the fix. Files without errors are looked at for every possible case too: for cases without an answer, for rules that never apply or never decide, for conditions that change nothing, with a case that shows it or the rules that stand in the way. What is meant so is kept quiet by a comment that says why:

    # ctl:ignore W0205 because decisions are to cite it

With --can a case is shown that a rule decides, as a test that can be put into the file; or it is said that there is none, on any day on which the policy is in force.

The exit status is 1 if a problem is an error, and with --can if no case is shown.

Examples:

    ctl check
    ctl check rules.ctl
    ctl check policies/
    ctl check rules.ctl -p export --where 'recipient not in Member'
    ctl check --can nonmember -p us2025
    ctl check --explain W0203
    ctl check rules.ctl --also W0214 --sarif
    ctl check - < rules.ctl
`
}

// checked is the answer of check as JSON.
type checked struct {
	Files    []string `json:"files"`
	Policies []string `json:"policies"`
	Rules    int      `json:"rules"`
	Tests    int      `json:"tests"`
	Claims   int      `json:"claims"`
	*render.Problems
	Suppressed []render.Joined `json:"suppressed"`
	Notes      []string        `json:"notes"`
}

// Run checks rule files.
func (cmd *checkCmd) Run(a *App, out io.Writer) error {
	if err := cmd.checkFlags(); err != nil {
		return err
	}
	if cmd.Explain != "" {
		return cmd.explain(a, out)
	}
	answer := checked{Files: cmd.Files, Policies: []string{}, Notes: []string{}}
	if len(cmd.Files) == 0 {
		answer.Files = []string{rules.MTCR}
	}
	opts, err := a.loading(cmd.memberFlags)
	if err != nil {
		return err
	}
	prog, err := a.loadWith(opts, cmd.Files)
	ds := render.Diagnostics(err)
	var quiet []render.Suppressed
	if prog != nil && cmd.Can != "" {
		return cmd.can(a, out, prog)
	}
	if prog != nil {
		answer.count(prog)
		ctx, stop := interruptible()
		defer stop()
		done := a.progress("looking at every possible case")
		options, err := cmd.options(prog)
		if err != nil {
			return err
		}
		report, err := analysis.Lint(ctx, prog, options)
		done()
		if err != nil {
			return notAnalysed(err)
		}
		ds = append(slices.Clone(prog.Warnings()), report.Diagnostics()...)
		ds.Sort()
		for _, f := range report.Suppressed {
			quiet = append(quiet, render.Suppressed{Diagnostic: f.Diagnostic, Because: f.Because})
		}
		answer.Notes = append(append(answer.Notes, noMembers(prog)...), report.Notes...)
		if cmd.Where != "" {
			answer.Notes = append(answer.Notes, "only the cases were looked at of which it holds that "+options.Where.String())
		}
	}
	if e := cmd.print(a, out, &answer, ds, quiet); e != nil {
		return e
	}
	if err != nil {
		return silent(loadStatus(err))
	}
	return nil
}

// options are what to look for.
func (cmd *checkCmd) options(prog *interp.Program) (o analysis.LintOptions, err error) {
	o.Quiet = cmd.Also
	if cmd.Policy != "" {
		p, err := prog.Policy(cmd.Policy)
		if err != nil {
			return o, err
		}
		o.Policies = []*interp.Policy{p}
	}
	if cmd.Where != "" {
		o.Where, err = prog.Condition(cmd.Where)
	}
	return o, err
}

// noMembers says of which groups nobody knows the members here.
func noMembers(prog *interp.Program) []string {
	names := openGroups(prog)
	if names == nil {
		return nil
	}
	return []string{"the program that embeds the rules says who is in `" + strings.Join(names, "`, `") + "`: here each thing may be or not"}
}

func (cmd *checkCmd) checkFlags() error {
	switch {
	case cmd.Can != "" && (cmd.SARIF || len(cmd.Also) > 0):
		return usage("--can asks of one rule, and looks for no problems")
	case cmd.JSON && cmd.SARIF:
		return usage("give --sarif or --json, not both")
	case cmd.Explain != "" && (cmd.SARIF || len(cmd.Files) > 0 || cmd.Policy != "" || cmd.Where != "" || cmd.Can != ""):
		return usage("--explain explains a code, and checks nothing")
	}
	for _, c := range cmd.Also {
		if !analysis.OnRequest(c) {
			return usage("--also: %s is no code that is told on request alone", c)
		}
	}
	return nil
}

func (cmd *checkCmd) print(a *App, out io.Writer, answer *checked, ds lang.Diagnostics, quiet []render.Suppressed) error {
	switch {
	case cmd.SARIF:
		return writeJSON(out, render.SARIFOf(ds, quiet, released()))
	case cmd.JSON:
		answer.Problems, answer.Suppressed = render.ProblemsJSON(ds), render.QuietJSON(quiet)
		return writeJSON(out, answer)
	}
	render.WriteDiagnostics(a.problems(), ds, a.ErrStyle)
	for _, n := range answer.Notes {
		fmt.Fprintln(a.problems(), "note:", n)
	}
	if len(ds) == 0 {
		fmt.Fprintf(out, "no problems: %s\n", answer.contents())
	}
	return nil
}

// released is the version of a released program, "" of one that is being worked on.
func released() string {
	if v := thisBuild().Version; v != "(devel)" {
		return v
	}
	return ""
}

// explain explains a code.
func (cmd *checkCmd) explain(a *App, out io.Writer) error {
	c := code.Code(strings.ToUpper(cmd.Explain))
	x, known := code.Explain(c)
	if !known {
		return usage("--explain: there is no code %s; codes are such as E0201 and W0203", cmd.Explain)
	}
	if cmd.JSON {
		return writeJSON(out, render.CodeJSON(x))
	}
	render.WriteCode(out, x, a.OutStyle)
	return nil
}

func (c *checked) count(prog *interp.Program) {
	for _, p := range prog.Policies() {
		c.Policies = append(c.Policies, p.Name)
		for _, r := range p.Rules() {
			if r.Policy == p.Name { // and not one it inherits
				c.Rules++
			}
		}
	}
	c.Tests, c.Claims = len(prog.Tests()), len(prog.Claims())
}

// contents is what a program holds, in words.
func (c *checked) contents() string {
	return strings.Join([]string{
		counted(len(c.Policies), "policy", "policies"), counted(c.Rules, "rule", "rules"),
		counted(c.Tests, "test", "tests"), counted(c.Claims, "claim", "claims"),
	}, ", ")
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
