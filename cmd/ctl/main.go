// Command ctl checks rule files, runs their tests, and decides and explains cases.
// `ctl --help` tells how.
package main

import (
	"os"

	"github.com/ctl-lang/ctl/cli"
	"github.com/ctl-lang/ctl/interp"
)

func main() { os.Exit(cli.Main(interp.Options{})) }
