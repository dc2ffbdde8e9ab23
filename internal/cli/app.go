package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/alecthomas/kong"
	"github.com/mattn/go-isatty"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/internal/repl"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// The exit statuses.
const (
	exitOK          = 0
	exitProblems    = 1   // problems in the rules, a failing test, a refuted claim, a difference of layout
	exitUsage       = 2   // a usage error, or input that cannot be read
	exitUndecided   = 3   // undetermined, undecided, a conflict; policies that differ
	exitInterrupted = 130 // stopped by Ctrl-C: what a shell, too, says of a program that a signal ended
)

// App is one run of the command line with what it needs of the world.
type App struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Now            func() time.Time
	OutStyle       render.Style // of answers
	ErrStyle       render.Style // of diagnostics

	with    interp.Options // what the program brings to the rules
	program string         // by which name it was run; "" is ctl
	line    *commands
	within  *within // the folder that the rules are to stay in; nil: any

	stdinFor string // what standard input was read for, once it was
	rules    []byte // that it held, where it was for rules: two versions of rules are looked at more than once
}

// Clock tells what time it is. Tests stop it, so that what is printed is the same every day.
var Clock = time.Now

// Main runs the command line of this process, for rules to which the program brings what with
// says, and is its exit status.
func Main(args []string, with interp.Options) int { return run("ctl", args, with) }

// run runs a command line of the program of some name.
func run(program string, args []string, with interp.Options) int {
	app := &App{
		program: program, with: with,
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Now: Clock,
		OutStyle: render.Style{Color: colorful(os.Stdout), Width: repl.Width(os.Stdout)},
		ErrStyle: render.Style{Color: colorful(os.Stderr), Width: repl.Width(os.Stderr)},
	}
	return app.Run(args)
}

// isTerminal says whether a person types what is read, or sees what is written.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// colorful says whether a file is a terminal whose user has not asked for no colours.
func colorful(f *os.File) bool {
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isatty.IsTerminal(f.Fd())
}

// commands is the command line as kong reads it.
type commands struct {
	Within string `placeholder:"FOLDER" help:"For rules of strangers: rules read the files of this folder alone, and no link leads out of it."`
	Lang   string `placeholder:"TAG" help:"The language of titles, questions and reasons, where the rules have them in it: de, pt-BR."`

	Check      checkCmd      `cmd:"" help:"Check rule files: their words, names and types, and what their rules come to in every possible case."`
	Fmt        fmtCmd        `cmd:"" help:"Lay rule files out in the one canonical way."`
	Decide     decideCmd     `cmd:"" help:"Decide a case."`
	Explain    explainCmd    `cmd:"" help:"Decide a case and say why, from the rules down to the facts."`
	Ask        askCmd        `cmd:"" help:"Ask for the facts that a case still needs, until it is decided."`
	Repl       replCmd       `cmd:"" help:"Type facts, questions and rules, and see what they do."`
	Diff       diffCmd       `cmd:"" help:"Find every case that two policies answer differently."`
	Prove      proveCmd      `cmd:"" help:"Prove or refute the claims in rule files."`
	Table      tableCmd      `cmd:"" help:"Show the answers as a table of two facts."`
	Test       testCmd       `cmd:"" help:"Run the tests in rule files, and the cases of a table."`
	Import     importCmd     `cmd:"" help:"Make rules of a spreadsheet, a DMN table or Cedar policies."`
	Gen        genCmd        `cmd:"" help:"Write Go code for the vocabulary of rule files."`
	Compile    compileCmd    `cmd:"" help:"Write rules in a form that loads fast."`
	Version    versionCmd    `cmd:"" help:"Print the version of this program."`
	Completion completionCmd `cmd:"" help:"Print a script that completes commands, policies and facts in your shell."`
	Complete   completeCmd   `cmd:"" name:"__complete" hidden:"" help:"Print what completes a command line."`
}

const description = `Rules as sentences, and cases decided by them.

A command without a rule file uses the rules of the Missile Technology Control Regime that this program carries.

  ctl explain -p us2025 item.category=I item.form=uav recipient=SG program.purpose=uav

Exit status: 0 decided, or all is well; 1 problems in the rules, a failing test, a refuted claim; 2 a usage error, or input that cannot be read; 3 the case is undetermined, undecided or a conflict, or the policies compared differ; 130 it was interrupted.`

// Run runs one command line and is its exit status.
func (a *App) Run(args []string) (status int) {
	out := &bytes.Buffer{}
	status = a.run(args, out)
	var to io.Writer = plain.Writer{W: a.Stdout, Colors: a.OutStyle.Color}
	if writesFile(args) && !isTerminal(a.Stdout) {
		to = a.Stdout
	}
	if _, err := out.WriteTo(to); err != nil {
		a.complain("cannot write the answer: %s", err)
		return exitUsage
	}
	return status
}

// writesFile says whether what a command prints is the text of a file, which is not to change.
func writesFile(args []string) bool {
	return len(args) > 0 && (args[0] == "fmt" || args[0] == "gen" || args[0] == "import")
}

// helpShown is thrown where kong would end the process: after printing a help text.
type helpShown struct{}

func (a *App) run(args []string, out *bytes.Buffer) (status int) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(helpShown); !ok {
				panic(r)
			}
			status = exitOK
		}
	}()
	parser, err := a.parser(out)
	if err != nil {
		panic(err) // the struct tags of this package are wrong
	}
	for _, word := range args { // kong would read what is no UTF-8 as U+FFFD: another name
		if isFact(word) && !utf8.ValidString(word) && word[0] != '-' {
			a.complain("the fact %q is not UTF-8 text", word)
			return exitUsage
		}
	}
	args = helpAsked(args)
	ctx, err := parser.Parse(flagsFirst(parser.Model.Node, args))
	if err != nil {
		return a.misused(err, args)
	}
	if a.line.Within != "" {
		if a.within, err = openWithin(a.line.Within); err != nil {
			a.complain("--within %s: %s", a.line.Within, plainError(err))
			return exitUsage
		}
		defer a.within.root.Close()
	}
	if a.line.Lang != "" {
		if !lang.IsLanguage(a.line.Lang) {
			a.complain("--lang %s: that is no tag of a language, which is like de, pt-BR or zh-Hant", a.line.Lang)
			return exitUsage
		}
		a.with.Language = a.line.Lang
	}
	ctx.BindTo(out, (*io.Writer)(nil))
	return a.status(ctx.Run(a), out, asksJSON(ctx))
}

// helpAsked makes no command at all, and the word help before a command, the flag --help.
func helpAsked(args []string) []string {
	switch {
	case len(args) == 0:
		return []string{"--help"}
	case args[0] == "help":
		return append(args[1:len(args):len(args)], "--help")
	}
	return args
}

func (a *App) parser(out io.Writer) (*kong.Kong, error) {
	a.line = &commands{}
	return kong.New(a.line, kong.Name("ctl"), kong.Description(description),
		kong.Writers(out, a.Stderr), kong.Exit(func(int) { panic(helpShown{}) }),
		kong.ConfigureHelp(kong.HelpOptions{NoAppDescFormat: false, NoExpandSubcommands: true, WrapUpperBound: 100}))
}

// misused reports a command line that cannot be understood.
func (a *App) misused(err error, args []string) int {
	a.complain("%s", err)
	command := ""
	var pe *kong.ParseError
	if errors.As(err, &pe) && pe.Context != nil && pe.Context.Selected() != nil {
		command = " " + pe.Context.Selected().Name
	}
	if a.program == "ctlrepl" {
		fmt.Fprintln(a.Stderr, "See `ctlrepl --help`.")
		return exitUsage
	}
	if command == "" && isFile(args[0]) {
		fmt.Fprintf(a.Stderr, "A command comes first, such as `ctl check %s`.\n", plain.Line(args[0]))
	}
	fmt.Fprintf(a.Stderr, "See `ctl%s --help`.\n", command)
	return exitUsage
}

func (a *App) complain(format string, args ...any) {
	program := a.program
	if program == "" {
		program = "ctl"
	}
	fmt.Fprintln(a.Stderr, program+": "+plain.Line(fmt.Sprintf(format, args...)))
}

// problems is standard error, for texts that others have written.
func (a *App) problems() io.Writer { return plain.Writer{W: a.Stderr, Colors: a.ErrStyle.Color} }

// failure is an error with the exit status it means.
type failure struct {
	status int
	err    error
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// silent is an exit status whose reason has been printed.
type silent int

func (s silent) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

func usage(format string, args ...any) error {
	return &failure{exitUsage, fmt.Errorf(format, args...)}
}

// status reports what a command ended with.
func (a *App) status(err error, out io.Writer, asJSON bool) int {
	var done silent
	if err == nil {
		return exitOK
	}
	if errors.As(err, &done) {
		return int(done)
	}
	status := exitUsage
	var f *failure
	if errors.As(err, &f) {
		status = f.status
	}
	var one *lang.Diagnostic
	var many lang.Diagnostics
	isData := errors.As(err, &many) || errors.As(err, &one)
	switch {
	case isData && asJSON:
		_ = writeJSON(out, render.ProblemsJSON(render.Diagnostics(err)))
	case isData:
		render.WriteDiagnostics(a.problems(), render.Diagnostics(err), a.ErrStyle)
	default:
		a.complain("%s", err)
	}
	return status
}

// jsonFlag is the flag that every command has which answers something.
type jsonFlag struct {
	JSON bool `name:"json" help:"Print one JSON object."`
}

func asksJSON(ctx *kong.Context) bool {
	for _, f := range ctx.Flags() {
		if f.Name == "json" {
			asked, _ := ctx.FlagValue(f).(bool)
			return asked
		}
	}
	return false
}

// writeJSON writes one object, for people too.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(plain.JSONWriter{W: w})
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// isFile says whether a word of the command line looks like a rule file, a folder or
// standard input.
func isFile(word string) bool {
	if word == "-" || strings.HasSuffix(word, ".ctl") || strings.HasSuffix(word, ".ctlc") || strings.ContainsRune(word, os.PathSeparator) || strings.Contains(word, "/") {
		return true
	}
	_, err := os.Stat(word)
	return err == nil
}
