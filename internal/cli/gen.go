package cli

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/gen"
	"github.com/ctl-lang/ctl/internal/osfile"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

type genCmd struct {
	Language string   `arg:"" enum:"go" help:"The language of the code: go."`
	Files    []string `arg:"" optional:"" name:"file" help:"Rule files, folders or -."`
	Package  string   `placeholder:"NAME" help:"The name of the Go package; by default that of the folder of -o, or of the rule file."`
	Out      string   `short:"o" name:"out" placeholder:"FILE" help:"Write the code to a file instead of printing it."`
	Exact    bool     `xor:"numbers" help:"Numbers without a unit, such as prices, as *big.Rat and not as float64."`
	Floats   bool     `xor:"numbers" help:"Quantities as float64 of one unit, which their fields name (RangeKm), for Bind to read them fast."`
	Fuzz     bool     `help:"Write a test beside the file of -o too, which draws requests and compares the decisions of the code with those of the engine."`

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
    ctl gen go rules.ctl -o vocabulary.go --package rules --exact --fuzz
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
	wanted := gen.Options{Package: cmd.packageName(), From: cmd.from(), Exact: cmd.Exact, Floats: cmd.Floats, OpenGroups: cmd.OpenGroup}
	code, err := gen.Go(prog, wanted)
	if err != nil {
		return usage("%s", err)
	}
	var test []byte
	if cmd.Fuzz {
		if test, err = cmd.fuzzTest(prog, wanted, open); err != nil {
			return err
		}
	}
	if cmd.Out == "" {
		_, err = out.Write(code)
		return err
	}
	if err := write(cmd.Out, code); err != nil || !cmd.Fuzz {
		return err
	}
	return write(strings.TrimSuffix(cmd.Out, ".go")+"_test.go", test)
}

func write(name string, code []byte) error {
	if err := osfile.Write(name, code, 0o666); err != nil {
		return usage("cannot write %s: %s", name, plainError(err))
	}
	return nil
}

// fuzzTest is the test that stands beside the code.
func (cmd *genCmd) fuzzTest(prog *interp.Program, wanted gen.Options, open interp.Options) ([]byte, error) {
	switch {
	case !strings.HasSuffix(cmd.Out, ".go") || strings.HasSuffix(cmd.Out, "_test.go"):
		return nil, usage("--fuzz writes the test beside the file of -o: name one, such as -o rules/rules.go")
	case slices.Contains(cmd.Files, "-"):
		return nil, usage("--fuzz: the test reads the rules again, and so from files, and not from standard input")
	}
	place, err := cmd.place(open)
	if err != nil {
		return nil, usage("--fuzz: %s", err)
	}
	test, err := gen.FuzzTest(prog, wanted, place)
	if err != nil {
		return nil, usage("--fuzz: %s", err)
	}
	return test, nil
}

// place is where the test finds the rules: the deepest folder below which all that they use lies.
func (cmd *genCmd) place(open interp.Options) (gen.Place, error) {
	if len(cmd.Files) == 0 {
		return gen.Place{}, nil
	}
	beside, err := filepath.Abs(filepath.Dir(cmd.Out))
	if err != nil {
		return gen.Place{}, err
	}
	first, err := filepath.Abs(cmd.Files[0])
	if err != nil {
		return gen.Place{}, err
	}
	for folder := first; ; folder = filepath.Dir(folder) {
		place := gen.Place{}
		for _, f := range cmd.Files {
			if f, err = filepath.Abs(f); err == nil {
				f, err = filepath.Rel(folder, f)
			}
			if err != nil {
				return gen.Place{}, err
			}
			place.Files = append(place.Files, filepath.ToSlash(f))
		}
		_, err := open.Load(context.Background(), os.DirFS(folder), place.Files...)
		if err == nil {
			folder, err = filepath.Rel(beside, folder)
			place.Folder = filepath.ToSlash(folder)
			return place, err
		}
		if folder == filepath.Dir(folder) {
			return gen.Place{}, err
		}
	}
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
