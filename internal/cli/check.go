package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

// fileArgs are the rule files of a command.
type fileArgs struct {
	Files []string `arg:"" optional:"" name:"file" help:"Rule files, folders (their *.ctl) or - for standard input; by default the embedded rules."`
}

type checkCmd struct {
	fileArgs
	jsonFlag
}

// Help is the long help text.
func (checkCmd) Help() string {
	return `All the problems of all the files are reported, each with its place and, where there is one, the fix. The exit status is 1 if any of them is an error.

Examples:

    ctl check
    ctl check rules.ctl
    ctl check policies/
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
}

// Run checks rule files.
func (cmd *checkCmd) Run(a *App, out io.Writer) error {
	answer := checked{Files: cmd.Files, Policies: []string{}}
	if len(cmd.Files) == 0 {
		answer.Files = []string{rules.MTCR}
	}
	prog, err := a.loadFiles(cmd.Files)
	ds := render.Diagnostics(err)
	if prog != nil {
		ds = prog.Warnings()
		answer.count(prog)
	}
	answer.Problems = render.ProblemsJSON(ds)
	if cmd.JSON {
		if err := writeJSON(out, answer); err != nil {
			return err
		}
	} else {
		render.WriteDiagnostics(a.Stderr, ds, a.ErrStyle)
		if len(ds) == 0 {
			fmt.Fprintf(out, "no problems: %s\n", answer.contents())
		}
	}
	if err != nil {
		return silent(loadStatus(err))
	}
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
