// Command ctl checks rule files, runs their tests, and decides and explains cases.
// `ctl --help` tells how.
package main

import (
	"os"

	"github.com/ctl-lang/ctl/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:])) }
