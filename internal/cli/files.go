package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/ctl-lang/ctl/internal/osfile"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
	"github.com/ctl-lang/ctl/rules"
)

// maxInput bounds what is read of one file.
const maxInput = 64 << 20

// load reads the rules of a command: those of the files named, or else the embedded ones.
func (a *App) load(files []string, groups memberFlags) (*interp.Program, error) {
	opts, err := a.loading(groups)
	if err != nil {
		return nil, err
	}
	prog, err := a.loadWith(opts, files)
	return prog, unusable(err)
}

// unusable is the error of rules that cannot be used, with its exit status.
func unusable(err error) error {
	if err == nil {
		return nil
	}
	return &failure{loadStatus(err), problemsOnly(err)}
}

// loadStatus is the exit status for rules that cannot be used: that of unreadable input
// where nothing is wrong but files of the command line that are not there.
func loadStatus(err error) int {
	for _, d := range problemsOnly(err) {
		if d.Source != nil || d.Code != code.CannotRead {
			return exitProblems
		}
	}
	return exitUsage
}

func (a *App) loadWith(opts interp.Options, files []string) (*interp.Program, error) {
	if len(files) == 0 {
		return opts.Load(context.Background(), rules.Files, rules.MTCR)
	}
	return opts.Load(context.Background(), &disk{app: a}, files...)
}

// problemsOnly are the errors among the diagnostics of a program that cannot be used.
// Warnings are for `ctl check`.
func problemsOnly(err error) lang.Diagnostics {
	var all, errs lang.Diagnostics
	if !errors.As(err, &all) {
		return lang.Diagnostics{{Message: err.Error()}}
	}
	for _, d := range all {
		if d.Code.Severity() == code.Error {
			errs = append(errs, d)
		}
	}
	return errs
}

// read reads a whole file, or standard input for -.
func (a *App) read(name, what string) ([]byte, error) {
	if name == "-" {
		return a.readStdin(what)
	}
	return osfile.Read(name, maxInput)
}

func (a *App) readStdin(what string) ([]byte, error) {
	if a.stdinFor != "" {
		return nil, fmt.Errorf("standard input is already read for %s", a.stdinFor)
	}
	a.stdinFor = what
	data, err := io.ReadAll(io.LimitReader(a.Stdin, maxInput+1))
	if err == nil && len(data) > maxInput {
		err = fmt.Errorf("it is larger than %d MiB", maxInput>>20)
	}
	return data, err
}

// disk is the file system of the machine as rule files are named on a command line:
// any path, relative to the working folder or absolute, and - for standard input.
type disk struct{ app *App }

var (
	_ fs.StatFS     = (*disk)(nil)
	_ fs.ReadDirFS  = (*disk)(nil)
	_ fs.ReadFileFS = (*disk)(nil)
)

// Open opens a file by its path.
func (d *disk) Open(name string) (fs.File, error) {
	data, err := d.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &wholeFile{bytes.NewReader(data), d, name}, nil
}

// Stat describes a file by its path.
func (d *disk) Stat(name string) (fs.FileInfo, error) {
	if name == "-" {
		return stdinInfo{}, nil
	}
	return d.app.within.stat(filepath.FromSlash(name))
}

// ReadDir lists a folder.
func (d *disk) ReadDir(name string) ([]fs.DirEntry, error) {
	return d.app.within.readDir(filepath.FromSlash(name))
}

// ReadFile reads a file whole.
func (d *disk) ReadFile(name string) ([]byte, error) {
	if name != "-" {
		return d.app.within.readFile(filepath.FromSlash(name))
	}
	if d.app.rules == nil {
		data, err := d.app.readStdin("rules")
		if err != nil {
			return nil, err
		}
		d.app.rules = append([]byte{}, data...)
	}
	return d.app.rules, nil
}

// wholeFile is a file that was read.
type wholeFile struct {
	*bytes.Reader
	disk *disk
	name string
}

// Stat describes it.
func (f *wholeFile) Stat() (fs.FileInfo, error) { return f.disk.Stat(f.name) }

// Close does nothing.
func (*wholeFile) Close() error { return nil }

// stdinInfo describes standard input: a file whose size is not known.
type stdinInfo struct{}

func (stdinInfo) Name() string       { return "-" }
func (stdinInfo) Size() int64        { return 0 }
func (stdinInfo) Mode() fs.FileMode  { return 0 }
func (stdinInfo) ModTime() time.Time { return time.Time{} }
func (stdinInfo) IsDir() bool        { return false }
func (stdinInfo) Sys() any           { return nil }
