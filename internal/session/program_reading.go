package session

import (
	"bytes"
	"io/fs"
	"slices"
	"sync"
	"time"
)

// reading is rule files as they were when they were read first. Whatever is typed or
// undone afterwards stands on the same text, until the session reads them anew.
type reading struct {
	fsys fs.FS

	mu     sync.Mutex // a statement that was given up may still be reading
	files  map[string]once[[]byte]
	infos  map[string]once[fs.FileInfo]
	dirs   map[string]once[[]fs.DirEntry]
	stamps map[string]stamp
}

// once is what a file system answered.
type once[T any] struct {
	v   T
	err error
}

// stamp tells one version of a file from another.
type stamp struct {
	size int64
	mod  time.Time
}

func stampOf(info fs.FileInfo) stamp { return stamp{info.Size(), info.ModTime()} }

func newReading(fsys fs.FS) *reading {
	return &reading{fsys: fsys, files: map[string]once[[]byte]{}, infos: map[string]once[fs.FileInfo]{}, dirs: map[string]once[[]fs.DirEntry]{}, stamps: map[string]stamp{}}
}

// asked is the answer in a map, or else the one that ask gives, which is kept.
func asked[T any](s *reading, known map[string]once[T], name string, ask func(fs.FS, string) (T, error)) (T, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok := known[name]
	if !ok {
		a.v, a.err = ask(s.fsys, name)
		known[name] = a
	}
	return a.v, a.err
}

// Open opens a file.
func (s *reading) Open(name string) (fs.File, error) {
	data, err := asked(s, s.files, name, func(fsys fs.FS, name string) ([]byte, error) {
		if info, err := fs.Stat(fsys, name); err == nil {
			s.stamps[name] = stampOf(info)
		}
		return fs.ReadFile(fsys, name)
	})
	if err != nil {
		return nil, err
	}
	return &keptFile{bytes.NewReader(data), textInfo{name, int64(len(data))}}, nil
}

// Stat describes a file.
func (s *reading) Stat(name string) (fs.FileInfo, error) { return asked(s, s.infos, name, fs.Stat) }

// ReadDir lists a folder.
func (s *reading) ReadDir(name string) ([]fs.DirEntry, error) {
	return asked(s, s.dirs, name, fs.ReadDir)
}

// changed lists the files that are no longer as they were read.
func (s *reading) changed() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for name, old := range s.stamps {
		info, err := fs.Stat(s.fsys, name)
		if err != nil || info.Size() != old.size || !info.ModTime().Equal(old.mod) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
