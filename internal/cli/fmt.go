package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/ctl-lang/ctl/internal/osfile"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/rules"
)

type fmtCmd struct {
	fileArgs
	Write bool `short:"w" help:"Write the files instead of printing them."`
	Diff  bool `short:"d" help:"Print what would change; the exit status is 1 if anything would."`
	jsonFlag
}

// Help is the long help text.
func (fmtCmd) Help() string {
	return `There is one layout and there are no options for it. Comments are kept; nothing that a file says changes. A file with errors in its syntax is left alone.

Examples:

    ctl fmt rules.ctl
    ctl fmt -w policies/
    ctl fmt -d policies/
    ctl fmt - < rules.ctl
`
}

// laidOut is one file and its canonical layout.
type laidOut struct {
	File      string `json:"file"`
	Changed   bool   `json:"changed"`
	Formatted string `json:"formatted"`
	Diff      string `json:"diff"`
	before    string
}

// Run lays rule files out.
func (cmd *fmtCmd) Run(a *App, out io.Writer) error {
	if cmd.Write && cmd.Diff {
		return usage("-w writes the files and -d shows what it would write: give one of them")
	}
	files, problems, err := cmd.layOut(a)
	if err != nil {
		return err
	}
	if cmd.Write {
		if err := writeFiles(files); err != nil {
			return err
		}
	}
	if cmd.JSON {
		err = writeJSON(out, struct {
			Files []laidOut `json:"files"`
			*render.Problems
		}{files, render.ProblemsJSON(problems)})
	} else {
		render.WriteDiagnostics(a.problems(), problems, a.ErrStyle)
		cmd.print(out, files)
	}
	if err == nil && (problems.HasErrors() || cmd.Diff && anyChanged(files)) {
		err = silent(exitProblems)
	}
	return err
}

func (cmd *fmtCmd) print(out io.Writer, files []laidOut) {
	for _, f := range files {
		switch {
		case cmd.Diff:
			fmt.Fprint(out, f.Diff)
		case cmd.Write && f.Changed:
			fmt.Fprintln(out, "laid out", f.File)
		case !cmd.Write:
			fmt.Fprint(out, f.Formatted)
		}
	}
}

func anyChanged(files []laidOut) bool {
	for _, f := range files {
		if f.Changed {
			return true
		}
	}
	return false
}

// layOut lays out every file that has no errors, and lists the errors of the others.
func (cmd *fmtCmd) layOut(a *App) ([]laidOut, lang.Diagnostics, error) {
	names, err := cmd.names(a)
	if err != nil {
		return nil, nil, err
	}
	files, problems := []laidOut{}, lang.Diagnostics{}
	for _, name := range names {
		data, err := cmd.readFile(a, name)
		if err != nil {
			return nil, nil, usage("cannot read %s: %s", name, plainError(err))
		}
		tree, ds := lang.ParseFile(context.Background(), name, string(data))
		if ds.HasErrors() {
			problems = append(problems, ds...)
			continue
		}
		f := laidOut{File: name, Formatted: lang.Format(tree), before: string(data)}
		f.Changed = f.Formatted != f.before
		if f.Changed {
			f.Diff = string(diff.Diff(name+".orig", data, name, []byte(f.Formatted)))
		}
		files = append(files, f)
	}
	return files, problems, nil
}

func (cmd *fmtCmd) readFile(a *App, name string) ([]byte, error) {
	if len(cmd.Files) == 0 {
		return rules.Files.ReadFile(name)
	}
	return (&disk{a}).ReadFile(name)
}

// names are the files of the command line, those of its folders too.
func (cmd *fmtCmd) names(a *App) ([]string, error) {
	if len(cmd.Files) == 0 {
		if cmd.Write {
			return nil, usage("fmt -w: name the files to write; the embedded rules cannot be written")
		}
		return []string{rules.MTCR}, nil
	}
	var names []string
	for _, name := range cmd.Files {
		if name == "-" && cmd.Write {
			return nil, usage("fmt -w: standard input cannot be written")
		}
		info, err := (&disk{a}).Stat(name)
		switch {
		case name == "-" || err == nil && !info.IsDir():
			names = append(names, name)
		case err != nil:
			return nil, usage("cannot read %s: %s", name, plainError(err))
		default:
			inside, err := ruleFiles(a, name)
			if err != nil {
				return nil, err
			}
			names = append(names, inside...)
		}
	}
	return names, nil
}

// ruleFiles are the *.ctl of a folder.
func ruleFiles(a *App, folder string) ([]string, error) {
	entries, err := (&disk{a}).ReadDir(folder)
	if err != nil {
		return nil, usage("cannot read %s: %s", folder, plainError(err))
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && strings.HasSuffix(e.Name(), ".ctl") {
			names = append(names, filepath.Join(folder, e.Name()))
		}
	}
	if len(names) == 0 {
		return nil, usage("the folder %s holds no *.ctl files", folder)
	}
	return names, nil
}

func writeFiles(list []laidOut) error {
	for _, f := range list {
		if !f.Changed {
			continue
		}
		if err := osfile.Write(f.File, []byte(f.Formatted), 0o666); err != nil {
			return usage("cannot write %s: %s", f.File, plainError(err))
		}
	}
	return nil
}

// plainError is what went wrong with a file, without the name and the call.
func plainError(err error) string {
	var pe *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "not permitted"
	case errors.As(err, &pe):
		return pe.Err.Error()
	}
	return err.Error()
}
