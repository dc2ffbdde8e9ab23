package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/osfile"
)

// snapshot is a file system that remembers what was read of it: which files with which
// content, which folders with which names in them, and what was not there.
type snapshot struct {
	fsys     fs.FS
	contents map[string]content
	seen     map[question]string
}

// question is what a file system is asked besides the contents of files.
type question struct {
	what ask
	name string
}

type ask uint8

const (
	askNames ask = iota
	askSort
)

func newSnapshot(fsys fs.FS) *snapshot {
	return &snapshot{fsys, map[string]content{}, map[question]string{}}
}

var (
	_ fs.ReadDirFS = (*snapshot)(nil)
	_ fs.StatFS    = (*snapshot)(nil)
)

// ReadDir lists a folder.
func (s *snapshot) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(s.fsys, name)
	s.seen[question{askNames, name}] = namesOf(entries, err)
	return entries, err
}

// Stat tells files from folders.
func (s *snapshot) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(s.fsys, name)
	s.seen[question{askSort, name}] = sortOf(info, err)
	return info, err
}

// several says whether more than one file was read.
func (s *snapshot) several() bool { return len(s.contents) > 1 }

// same says whether the file system would answer everything as it did.
func (s *snapshot) same() bool {
	for name, was := range s.contents {
		if contentOf(s.fsys, name, was) != was {
			return false
		}
	}
	for q, answer := range s.seen {
		now := ""
		switch q.what {
		case askNames:
			now = namesOf(fs.ReadDir(s.fsys, q.name))
		case askSort:
			now = sortOf(fs.Stat(s.fsys, q.name))
		}
		if now != answer {
			return false
		}
	}
	return true
}

// namesOf are the rule files among the entries: others nobody reads.
func namesOf(entries []fs.DirEntry, err error) string {
	var list []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".ctl") {
			list = append(list, fmt.Sprintf("%q %t", e.Name(), e.IsDir()))
		}
	}
	if err != nil {
		list = append(list, failed(err))
	}
	slices.Sort(list)
	return strings.Join(list, "\n")
}

func sortOf(info fs.FileInfo, err error) string {
	if err != nil {
		return failed(err)
	}
	return fmt.Sprint(info.IsDir())
}

// failed tells errors apart as far as it matters.
func failed(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "is not there"
	case errors.Is(err, fs.ErrPermission):
		return "not permitted"
	}
	return "cannot be read"
}

// disk is the file system of the machine under the names that people use for files:
// relative to the working folder, or absolute.
type disk struct{}

// Open opens a file by its path.
func (disk) Open(name string) (fs.File, error) { return osfile.Open(filepath.FromSlash(name)) }

// ReadDir lists a folder by its path.
func (disk) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(filepath.FromSlash(name)) }

// Stat describes a file by its path.
func (disk) Stat(name string) (fs.FileInfo, error) { return os.Stat(filepath.FromSlash(name)) }
