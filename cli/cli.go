// Package cli is the command line ctl, for programs that bring functions and groups of their own
// to the rules: with them, every command decides, tests and analyses by what the program does.
//
//	func main() {
//		os.Exit(cli.Main(interp.Options{Functions: []interp.Function{{Name: "risk", Go: risk}}}))
//	}
package cli

import (
	"os"

	"github.com/ctl-lang/ctl/internal/cli"
	"github.com/ctl-lang/ctl/interp"
)

// Main runs the command line of this process and gives its exit status. Rules are loaded with
// the options, whose Groups and GroupFiles give way to --members. Of external groups that have no
// members so, who is in them is a fact of each case.
func Main(with interp.Options) int { return cli.Main(os.Args[1:], with) }
