package osfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Open opens an ordinary file for reading. The error is an *fs.PathError.
func Open(name string) (*os.File, error) { return open(name, os.Stat, os.OpenFile) }

// OpenIn is Open for a file below a folder: no link leads out of it.
func OpenIn(root *os.Root, name string) (*os.File, error) {
	return open(name, root.Stat, root.OpenFile)
}

// open looks at a file before it opens it, since that alone does something to some devices,
// and without waiting, since another may stand in its place by then.
func open(name string, stat func(string) (fs.FileInfo, error), open func(string, int, fs.FileMode) (*os.File, error)) (*os.File, error) {
	info, err := stat(name)
	if err == nil {
		err = ordinary(name, info)
	}
	if err != nil {
		return nil, err
	}
	f, err := open(name, os.O_RDONLY|noWait, 0)
	if err != nil {
		return nil, err
	}
	if info, err = f.Stat(); err == nil {
		err = ordinary(name, info)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// ordinary is nil for an ordinary file, and else says what stands there.
func ordinary(name string, info fs.FileInfo) error {
	what := ""
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		what = "it is a folder"
	case mode&fs.ModeNamedPipe != 0:
		what = "it is a pipe, and no file: pass its text to standard input, which is named -"
	case mode&fs.ModeSocket != 0:
		what = "it is a socket, and no file"
	case mode&fs.ModeDevice != 0:
		what = "it is a device, and no file"
	default:
		what = "it is no ordinary file"
	}
	return &fs.PathError{Op: "open", Path: name, Err: errors.New(what)}
}

// Read reads an ordinary file whole, if it holds no more than most bytes.
func Read(name string, most int64) ([]byte, error) {
	f, err := Open(name)
	return whole(f, err, name, most)
}

// ReadIn is Read for a file below a folder.
func ReadIn(root *os.Root, name string, most int64) ([]byte, error) {
	f, err := OpenIn(root, name)
	return whole(f, err, name, most)
}

func whole(f *os.File, err error, name string, most int64) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("it is larger than %d MiB", most>>20)}
	}
	return data, err
}
