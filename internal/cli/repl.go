package cli

import (
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/repl"
	"github.com/ctl-lang/ctl/rules"
)

type replCmd struct {
	Words  []string `arg:"" optional:"" name:"file-or-fact" help:"Rule files or folders, by default the embedded rules, and facts to begin with."`
	Policy string   `short:"p" placeholder:"POLICY" help:"The policy or series to begin with."`
	AsOf   string   `name:"as-of" placeholder:"DATE" help:"The date of the case (YYYY-MM-DD); by default today."`
	JSON   bool     `name:"json" help:"Answer every input with a JSON object on a line of its own."`
	memberFlags
}

// Help is the long help text.
func (replCmd) Help() string {
	return `Facts, questions and rules are typed line by line, and each is answered at once; ` + "`help`" + ` in the session lists what there is. Tab completes, and a history is kept in $XDG_STATE_HOME/ctl/history or ~/.local/state/ctl/history. Where standard input is no terminal, its lines are run as a script, without prompts; the exit status is 1 if an input failed.

Examples:

    ctl repl < session.txt
    ctl repl rules.ctl -p export recipient=US < session.txt
    ctl repl --json < session.txt
`
}

// Run runs the session.
func (cmd *replCmd) Run(a *App) error {
	words := caseFlags{Words: cmd.Words}
	files, facts := words.words()
	if slices.Contains(files, "-") {
		return usage("standard input is where the session reads; name the rules by a file")
	}
	opts, err := cmd.loading()
	if err != nil {
		return err
	}
	cfg := repl.Config{
		Groups: opts.GroupFiles,
		FS:     fs.FS(&disk{app: a}), Files: files, Title: strings.Join(files, ", "), Policy: cmd.Policy, Facts: facts, JSON: cmd.JSON,
		Stdin: a.Stdin, Stdout: a.Stdout, Stderr: a.Stderr, Style: a.OutStyle, ErrStyle: a.ErrStyle, Getenv: os.Getenv,
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
func Repl(args []string) int { return Main(append([]string{"repl"}, args...)) }
