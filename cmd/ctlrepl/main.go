// Command ctlrepl is the interactive session: facts, questions and rules typed line by
// line. Without rule files it opens the rules of the Missile Technology Control Regime
// that it carries.
package main

import (
	"os"

	"github.com/ctl-lang/ctl/internal/cli"
)

func main() { os.Exit(cli.Repl(os.Args[1:])) }
