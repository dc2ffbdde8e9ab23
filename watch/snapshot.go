package watch

import (
	"crypto/sha256"
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
	fsys fs.FS
	seen map[question]string
}

// question is what a file system is asked.
type question struct {
	what ask
	name string
}

type ask uint8

const (
	askContent ask = iota
	askNames
	askSort
)

func newSnapshot(fsys fs.FS) *snapshot { return &snapshot{fsys, map[question]string{}} }

var (
	_ fs.ReadFileFS = (*snapshot)(nil)
	_ fs.ReadDirFS  = (*snapshot)(nil)
	_ fs.StatFS     = (*snapshot)(nil)
)

// Open is not remembered: whoever loads rules reads files and folders whole.
func (s *snapshot) Open(name string) (fs.File, error) { return s.fsys.Open(name) }

// ReadFile reads a file.
func (s *snapshot) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(s.fsys, name)
	s.seen[question{askContent, name}] = contentOf(data, err)
	return data, err
}

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
func (s *snapshot) several() bool {
	n := 0
	for q := range s.seen {
		if q.what == askContent {
			n++
		}
	}
	return n > 1
}

// same says whether the file system would answer everything as it did.
func (s *snapshot) same() bool {
	for q, answer := range s.seen {
		now := ""
		switch q.what {
		case askContent:
			now = contentOf(fs.ReadFile(s.fsys, q.name))
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

func contentOf(data []byte, err error) string {
	if err != nil {
		return failed(err)
	}
	sum := sha256.Sum256(data)
	return string(sum[:])
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

// mostRead bounds what is read of one file, should it have no end. What rules may have is
// for the loader to say.
const mostRead = 1 << 30

// disk is the file system of the machine under the names that people use for files:
// relative to the working folder, or absolute.
type disk struct{}

// Open opens a file by its path.
func (disk) Open(name string) (fs.File, error) { return osfile.Open(filepath.FromSlash(name)) }

// ReadFile reads a file by its path.
func (disk) ReadFile(name string) ([]byte, error) {
	return osfile.Read(filepath.FromSlash(name), mostRead)
}

// ReadDir lists a folder by its path.
func (disk) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(filepath.FromSlash(name)) }

// Stat describes a file by its path.
func (disk) Stat(name string) (fs.FileInfo, error) { return os.Stat(filepath.FromSlash(name)) }
