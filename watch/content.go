package watch

import (
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"io/fs"
)

// content is what was read of a file: as far as whoever loads rules wanted it.
type content struct {
	sum    [sha256.Size]byte
	size   int64
	ended  bool   // it has no more
	failed string // why it was not read to there
}

// Open opens a file of which it is remembered what is read.
func (s *snapshot) Open(name string) (fs.File, error) {
	f, err := s.fsys.Open(name)
	if err != nil {
		s.contents[name] = content{failed: failed(err)}
		return nil, err
	}
	return &readFile{File: f, sum: sha256.New(), close: func(c content) { s.contents[name] = c }}, nil
}

// readFile is a file that is being read.
type readFile struct {
	fs.File
	sum   hash.Hash
	seen  content
	close func(content)
}

// Read reads on.
func (f *readFile) Read(b []byte) (int, error) {
	n, err := f.File.Read(b)
	f.sum.Write(b[:n])
	f.seen.size += int64(n)
	switch {
	case errors.Is(err, io.EOF):
		f.seen.ended = true
	case err != nil:
		f.seen.failed = failed(err)
	}
	return n, err
}

// Close closes it, and tells what was read.
func (f *readFile) Close() error {
	f.sum.Sum(f.seen.sum[:0])
	f.close(f.seen)
	return f.File.Close()
}

// contentOf is what a file has now, as far as it was read before.
func contentOf(fsys fs.FS, name string, before content) (now content) {
	f, err := fsys.Open(name)
	if err != nil {
		return content{failed: failed(err)}
	}
	read := &readFile{File: f, sum: sha256.New(), close: func(c content) { now = c }}
	defer read.Close()
	_, err = io.CopyN(io.Discard, read, before.size)
	if err == nil && (before.ended || before.failed != "") { // what comes next is known already
		_, _ = io.ReadFull(read, make([]byte, 1))
	}
	return
}
