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
	old, err := target(name)
	if err != nil {
		return err
	}
	if old != nil && !old.Mode().IsRegular() {
		return put(name, os.O_WRONLY|noWait, 0, data, nil)
	}
	if old != nil {
		if name, err = filepath.EvalSymlinks(name); err != nil {
			return err
		}
	}
	side := beside(name)
	if err = put(side, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm, data, old); err == nil {
		err = os.Rename(side, name)
	}
	if err != nil {
		os.Remove(side)
	}
	return err
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
	side := beside(name)
	err = put(side, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600, nil, nil)
	return errors.Join(err, os.Remove(side))
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

// put writes a file, and has it on the storage. It gets the permissions of another.
func put(name string, flags int, perm fs.FileMode, data []byte, like fs.FileInfo) error {
	f, err := os.OpenFile(name, flags, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil && like != nil {
		err = f.Chmod(like.Mode().Perm())
	}
	if flags&os.O_CREATE != 0 && err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
