package cli

import (
	"fmt"
	"io"
	"regexp"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
)

type proveCmd struct {
	fileArgs
	Only string `name:"run" placeholder:"RE" help:"Only the claims whose name matches this regular expression."`
	memberFlags
	jsonFlag
}

// Help is the long help text.
func (proveCmd) Help() string {
	return `Every claim is decided for all possible cases. One that does not hold is shown with the smallest case against it, as a test that can be put into the file. The exit status is 1 if a claim is refuted, or cannot be decided.

Examples:

    ctl prove
    ctl prove --run 'never tightens'
    ctl prove rules.ctl --json
`
}

// Run proves or refutes claims.
func (cmd *proveCmd) Run(a *App, out io.Writer) error {
	only, err := regexp.Compile(cmd.Only)
	if err != nil {
		return usage("--run: this is no regular expression: %s", err)
	}
	prog, err := a.load(cmd.Files, cmd.memberFlags)
	if err != nil {
		return err
	}
	var claims []*interp.Claim
	for _, c := range prog.Claims() {
		if only.MatchString(c.Name) {
			claims = append(claims, c)
		}
	}
	if len(claims) == 0 && cmd.Only != "" {
		return usage("--run: no claim has a name that matches %s", cmd.Only)
	}
	ctx, stop := interruptible()
	defer stop()
	done := a.progress("proving %d claims", len(claims))
	proofs, err := analysis.ProveAll(ctx, claims)
	done()
	if err != nil {
		return notAnalysed(err)
	}
	switch {
	case cmd.JSON:
		err = writeJSON(out, render.ProofsJSON(proofs))
	case len(proofs) == 0:
		fmt.Fprintln(a.Stderr, "there are no claims in these files")
	default:
		render.WriteProofs(out, proofs, a.OutStyle)
	}
	for _, p := range proofs {
		if err == nil && p.Status != analysis.Proved {
			return silent(exitProblems)
		}
	}
	return err
}
