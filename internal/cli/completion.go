package cli

import (
	_ "embed"
	"io"
)

type completionCmd struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

// Help is the long help text.
func (completionCmd) Help() string {
	return `The script asks this program for what fits: commands and flags, the policies of the rule files named, the facts that a case may have and their values.

    bash   echo 'source <(ctl completion bash)' >> ~/.bashrc
    zsh    echo 'source <(ctl completion zsh)' >> ~/.zshrc
    fish   ctl completion fish > ~/.config/fish/completions/ctl.fish

Examples:

    ctl completion bash
    ctl completion zsh
    ctl completion fish
`
}

// The scripts hand the words typed so far to `ctl __complete` and offer what it prints:
// on each line a candidate; the line :files asks for the names of files.
var (
	//go:embed completion.bash
	bashScript string
	//go:embed completion.zsh
	zshScript string
	//go:embed completion.fish
	fishScript string
)

// Run prints the script of a shell.
func (cmd *completionCmd) Run(out io.Writer) error {
	script := map[string]string{"bash": bashScript, "zsh": zshScript, "fish": fishScript}[cmd.Shell]
	_, err := io.WriteString(out, script)
	return err
}
