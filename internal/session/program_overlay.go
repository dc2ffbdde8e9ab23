package session

import (
	"bytes"
	"io/fs"
	"time"
)

// overlay is a file system with one more file.
type overlay struct {
	fs.FS
	name, text string
}

var (
	_ fs.StatFS    = (*overlay)(nil)
	_ fs.ReadDirFS = (*overlay)(nil)
)

// Open opens a file.
func (o *overlay) Open(name string) (fs.File, error) {
	if name == o.name {
		return &keptFile{bytes.NewReader([]byte(o.text)), textInfo{o.name, int64(len(o.text))}}, nil
	}
	return o.FS.Open(name)
}

// Stat describes a file.
func (o *overlay) Stat(name string) (fs.FileInfo, error) {
	if name == o.name {
		return textInfo{o.name, int64(len(o.text))}, nil
	}
	return fs.Stat(o.FS, name)
}

// ReadDir lists a folder.
func (o *overlay) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(o.FS, name) }

// keptFile is a text that the session keeps, as an open file.
type keptFile struct {
	*bytes.Reader
	info fs.FileInfo
}

// Stat describes it.
func (f *keptFile) Stat() (fs.FileInfo, error) { return f.info, nil }

// Close does nothing.
func (f *keptFile) Close() error { return nil }

type textInfo struct {
	name string
	size int64
}

func (i textInfo) Name() string     { return i.name }
func (i textInfo) Size() int64      { return i.size }
func (textInfo) Mode() fs.FileMode  { return 0o444 }
func (textInfo) ModTime() time.Time { return time.Time{} }
func (textInfo) IsDir() bool        { return false }
func (textInfo) Sys() any           { return nil }
