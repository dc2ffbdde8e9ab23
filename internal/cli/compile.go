package cli

import (
	"bytes"
	"context"

	"github.com/ctl-lang/ctl/internal/osfile"
	"github.com/ctl-lang/ctl/rules"
)

type compileCmd struct {
	fileArgs
	Out string `short:"o" name:"out" required:"" placeholder:"FILE" help:"The file to write; its name should end in .ctlc."`
}

// Help is the long help text.
func (compileCmd) Help() string {
	return `The compiled form holds the rule files, what they use, and the policies compiled, in one file that loads several times as fast. It can be named wherever rule files can, and is refused where it is damaged, or where another version of this program has written it. The members of external groups are no part of it: they are given to the commands that read it.

Examples:

    ctl compile -o mtcr.ctlc
    ctl compile rules.ctl -o rules.ctlc
`
}

// Run writes rules in compiled form.
func (cmd *compileCmd) Run(a *App) error {
	var form bytes.Buffer
	var err error
	if len(cmd.Files) == 0 {
		err = a.opening().Compile(context.Background(), &form, rules.Files, rules.MTCR)
	} else {
		err = a.opening().Compile(context.Background(), &form, &disk{app: a}, cmd.Files...)
	}
	if err != nil {
		return unusable(err)
	}
	if err := osfile.Write(cmd.Out, form.Bytes(), 0o666); err != nil {
		return usage("cannot write %s: %s", cmd.Out, plainError(err))
	}
	return nil
}
