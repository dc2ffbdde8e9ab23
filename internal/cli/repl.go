package cli

import (
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/repl"
	"github.com/ctl-lang/ctl/internal/session"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

type replCmd struct {
	Words   []string `arg:"" optional:"" name:"file-or-fact" help:"Rule files or folders, by default the embedded rules, recorded sessions to run, and facts to begin with."`
	Policy  string   `short:"p" placeholder:"POLICY" help:"The policy or series to begin with."`
	AsOf    string   `name:"as-of" placeholder:"DATE" help:"The date of the case (YYYY-MM-DD); by default today."`
	Inputs  []string `short:"c" name:"command" sep:"none" placeholder:"INPUT" help:"Carry this input out in the place of standard input, and end; may be given several times."`
	Scripts []string `short:"f" name:"file" sep:"none" placeholder:"FILE" help:"Carry the inputs of this file out in the place of standard input, and end; may be given several times, and comes before --command."`
	Init    string   `placeholder:"FILE" help:"Carry the inputs of this file out first. Its answers are shown only where one of them fails; the session then does not begin."`
	OnError string   `name:"on-error" enum:"stop,go-on,own" default:"own" placeholder:"stop|go-on" help:"What a script does behind an input that failed. Of itself --file and --command stop, and standard input goes on."`
	Plain   bool     `help:"Read lines as the terminal edits them, and draw nothing anew: for screen readers. So it is where TERM is dumb or missing."`
	JSON    bool     `name:"json" help:"Answer every input with a JSON object on a line of its own."`
	memberFlags
}

// Help is the long help text.
func (replCmd) Help() string {
	return `Facts, questions and rules are typed line by line, and each is answered at once; ` + "`help`" + ` in the session lists what there is. Tab completes, and a history is kept in $XDG_STATE_HOME/ctl/history or ~/.local/state/ctl/history. Where standard input is no terminal, its lines are run as a script, without prompts. A file that ` + "`record`" + ` has written, or whose first line is #! and names ctlrepl, is run as one too.

Exit status: 0 all inputs were carried out, or a person has left; 1 problems in the rules, or an input of a script failed; 2 a usage error, a file that cannot be read, or answers that cannot be written; 128 and the number of the signal that ended it.

Examples:

    ctl repl < session.txt
    ctl repl rules.ctl -p export recipient=US < session.txt
    ctl repl -c 'item.category = I' -c why
    ctl repl --json < session.txt
`
}

// Run runs the session.
func (cmd *replCmd) Run(a *App) error {
	words := caseFlags{Words: cmd.Words}
	named, facts := words.words()
	if slices.Contains(named, "-") {
		return usage("standard input is where the session reads; name the rules by a file")
	}
	var files []string
	for _, name := range named {
		if repl.IsScript(name) {
			cmd.Scripts = append(cmd.Scripts, name)
		} else {
			files = append(files, name)
		}
	}
	opts, err := a.loading(cmd.memberFlags)
	if err != nil {
		return err
	}
	cfg := repl.Config{
		Options: session.Options{
			FS: fs.FS(&disk{app: a}), Files: files, With: opts, Policy: cmd.Policy, Facts: facts, JSON: cmd.JSON, Style: a.OutStyle, Version: thisBuild().Version,
		},
		Init: cmd.Init, Scripts: cmd.Scripts, Inputs: cmd.Inputs, OnError: cmd.OnError, Plain: cmd.Plain,
		Title: strings.Join(files, ", "), Stdin: a.Stdin, Stdout: a.Stdout, Stderr: a.Stderr, ErrStyle: a.ErrStyle, Getenv: os.Getenv,
	}
	if len(files) == 0 {
		cfg.FS, cfg.Files, cfg.Title = rules.Files, []string{rules.MTCR}, "the embedded "+rules.MTCR
	}
	if cfg.Date, err = a.day(cmd.AsOf); err != nil {
		return err
	}
	if status := repl.Run(cfg); status != exitOK {
		return silent(status)
	}
	return nil
}

// Repl runs the session as a program of its own, with this command line behind its name.
func Repl(args []string) int {
	return run("ctlrepl", append([]string{"repl"}, args...), interp.Options{})
}
