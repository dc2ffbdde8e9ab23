package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/ctl-lang/ctl/internal/osfile"
)

// within is the folder that rules may read files of, and no other: neither a name nor a
// link leads out of it.
type within struct {
	root   *os.Root
	folder string // absolute
}

func openWithin(folder string) (*within, error) {
	path, err := filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	return &within{root, path}, nil
}

var errOutside = errors.New("it is outside of the folder that --within names")

// path is a file's name below the folder.
func (w *within) path(name string) (string, error) {
	path, err := filepath.Abs(name)
	if err == nil {
		path, err = filepath.Rel(w.folder, path)
	}
	if err != nil || !filepath.IsLocal(path) {
		return "", &fs.PathError{Op: "open", Path: name, Err: errOutside}
	}
	return path, nil
}

// inside is a result about a file below the folder, and says in our words that a link led out.
func inside[T any](result T, err error) (T, error) {
	if err != nil && strings.Contains(err.Error(), "escapes from parent") { // of package os, which has no name for it
		err = &fs.PathError{Op: "open", Err: errOutside}
	}
	return result, err
}

// stat, readDir and readFile are what os has under these names, of a folder or of all.

func (w *within) stat(name string) (fs.FileInfo, error) {
	if w == nil {
		return os.Stat(name)
	}
	path, err := w.path(name)
	if err != nil {
		return nil, err
	}
	return inside(w.root.Stat(path))
}

func (w *within) readDir(name string) ([]fs.DirEntry, error) {
	if w == nil {
		return os.ReadDir(name)
	}
	path, err := w.path(name)
	if err != nil {
		return nil, err
	}
	return inside(fs.ReadDir(w.root.FS(), filepath.ToSlash(path)))
}

func (w *within) readFile(name string) ([]byte, error) {
	if w == nil {
		return osfile.Read(name, maxInput)
	}
	path, err := w.path(name)
	if err != nil {
		return nil, err
	}
	return inside(osfile.ReadIn(w.root, path, maxInput))
}
