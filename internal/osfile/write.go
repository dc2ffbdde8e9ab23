package osfile

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Write writes a file so that at every moment it is the old one or the new one, whole, and
// stays the old one where the disk is full: it writes another file beside it, which takes
// its name. A file that is there keeps its permissions, and a link stays one. A new file
// has those given. A device or a pipe is written to, if somebody reads it.
func Write(name string, data []byte, perm fs.FileMode) error {
	f, err := Create(name, perm)
	if err != nil {
		return err
	}
	if _, err = f.Write(data); err != nil {
		f.Drop()
		return err
	}
	return f.Keep()
}

// New is a file that is being written beside the one whose name it takes when it is whole.
type New struct {
	*os.File
	name string      // that it takes; "" of a device or a pipe
	old  fs.FileInfo // what has the name now
}

// Create begins a file as Write writes one. It ends with Keep or Drop.
func Create(name string, perm fs.FileMode) (*New, error) {
	old, err := target(name)
	if err != nil {
		return nil, err
	}
	if old != nil && !old.Mode().IsRegular() {
		f, err := os.OpenFile(name, os.O_WRONLY|noWait, 0)
		return &New{File: f}, err
	}
	if old != nil {
		if name, err = filepath.EvalSymlinks(name); err != nil {
			return nil, err
		}
	}
	f, err := os.OpenFile(beside(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	return &New{f, name, old}, err
}

// Keep gives the file its name, once it is on the storage.
func (f *New) Keep() error {
	if f.name == "" {
		return f.Close()
	}
	var err error
	if f.old != nil {
		err = f.Chmod(f.old.Mode().Perm())
	}
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.File.Name(), f.name)
	}
	if err != nil {
		os.Remove(f.File.Name())
	}
	return err
}

// Drop leaves what had the name as it was.
func (f *New) Drop() {
	f.Close()
	if f.name != "" {
		os.Remove(f.File.Name())
	}
}

// Writable is the error that Write would give now, as far as that can be told without
// writing.
func Writable(name string) error {
	old, err := target(name)
	if err != nil || old != nil && !old.Mode().IsRegular() {
		return err
	}
	if old != nil {
		if name, err = filepath.EvalSymlinks(name); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(beside(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// target is what stands at a name that may be written, or nil.
func target(name string) (fs.FileInfo, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, ordinary(name, info)
	case info.Mode().IsRegular(): // to take its place needs no permission to write it
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return nil, err
		}
		return info, f.Close()
	}
	return info, nil
}

// beside is a name for a file in the same folder.
func beside(name string) string {
	return filepath.Join(filepath.Dir(name), ".ctl-"+rand.Text())
}
