package cli

import (
	"io"
	"path/filepath"
	"strings"

	"github.com/ctl-lang/ctl/internal/gen"
	"github.com/ctl-lang/ctl/internal/osfile"
	"github.com/ctl-lang/ctl/rules"
)

type genCmd struct {
	Language string   `arg:"" enum:"go" help:"The language of the code: go."`
	Files    []string `arg:"" optional:"" name:"file" help:"Rule files, folders or -."`
	Package  string   `placeholder:"NAME" help:"The name of the Go package; by default that of the folder of -o, or of the rule file."`
	Out      string   `short:"o" name:"out" placeholder:"FILE" help:"Write the code to a file instead of printing it."`
	Exact    bool     `xor:"numbers" help:"Numbers without a unit, such as prices, as *big.Rat and not as float64."`
	Floats   bool     `xor:"numbers" help:"Quantities as float64 of one unit, which their fields name (RangeKm), for Bind to read them fast."`

	OpenGroup []string `sep:"none" placeholder:"GROUP" help:"An external group of which each case tells whether a thing is in it; once for each. The members of the others are given with the options."`
}

// Help is the long help text.
func (genCmd) Help() string {
	return `Types for the things of a case; a type for each dimension, whose constructors name the unit (LengthKm(300)), so that quantities are exact; the values of enumerations and the identities of kinds as constants; the outcomes as a type of its own; the names of policies and the labels of rules as constants; for each policy a function that decides (DecideExport), and gives the outcome, the labels of its rules and the facts to find out. The functions that the rules declare are an interface, and the members of external groups a struct, from which Options makes what the rules are loaded with. Code that uses all this no longer compiles once a change of the rules takes away what it speaks of, or asks for more. Its function Check says the same of rules that are loaded at run time.

Generate it anew whenever the rules change:

    //go:generate ctl gen go rules.ctl -o rules/rules.go

Examples:

    ctl gen go rules.ctl
    ctl gen go rules.ctl --package export
    ctl gen go policies/ -o vocabulary.go --package policies
    ctl gen go rules.ctl -o vocabulary.go --package rules --exact
`
}

// Run writes code for the vocabulary of rule files.
func (cmd *genCmd) Run(a *App, out io.Writer) error {
	open := a.opening()
	open.Groups, open.GroupFiles = nil, nil // whoever uses the code gives the members
	prog, err := a.loadWith(open, cmd.Files)
	if err != nil {
		return unusable(err)
	}
	code, err := gen.Go(prog, gen.Options{Package: cmd.packageName(), From: cmd.from(), Exact: cmd.Exact, Floats: cmd.Floats, OpenGroups: cmd.OpenGroup})
	if err != nil {
		return usage("%s", err)
	}
	if cmd.Out == "" {
		_, err = out.Write(code)
		return err
	}
	if err := osfile.Write(cmd.Out, code, 0o666); err != nil {
		return usage("cannot write %s: %s", cmd.Out, plainError(err))
	}
	return nil
}

// from is what the rules are called in the code.
func (cmd *genCmd) from() string {
	if len(cmd.Files) == 0 {
		return rules.MTCR
	}
	names := make([]string, len(cmd.Files))
	for i, f := range cmd.Files {
		if names[i] = filepath.Base(f); f == "-" {
			names[i] = "standard input"
		}
	}
	return strings.Join(names, ", ")
}

// packageName is the name given, that of the folder that the code goes to, or that of
// the first rule file.
func (cmd *genCmd) packageName() string {
	if cmd.Package != "" {
		return cmd.Package
	}
	name := strings.TrimSuffix(rules.MTCR, ".ctl")
	switch {
	case cmd.Out != "":
		if folder, err := filepath.Abs(filepath.Dir(cmd.Out)); err == nil {
			name = filepath.Base(folder)
		}
	case len(cmd.Files) > 0:
		name = strings.TrimSuffix(filepath.Base(cmd.Files[0]), ".ctl")
	}
	return strings.ToLower(strings.NewReplacer("-", "", "_", "", ".", "").Replace(name))
}
