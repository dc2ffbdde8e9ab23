//go:build unix

package record

import (
	"errors"
	"io"
	"os"
	"syscall"
)

// writeOnce writes to an ordinary file with one call of the operating system, which puts
// what it is given in one piece behind what other processes append. (*os.File).Write makes
// another call where one has written a part, since the disk was full and is no longer: the
// rest would stand behind a record of another process. It is nil for what is no such file.
func writeOnce(out io.Writer) func([]byte) (int, error) {
	f, ok := out.(*os.File)
	if !ok {
		return nil
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	conn, err := f.SyscallConn()
	if err != nil {
		return nil
	}
	return func(p []byte) (n int, err error) {
		if ended := conn.Write(func(fd uintptr) bool {
			for n, err = syscall.Write(int(fd), p); errors.Is(err, syscall.EINTR); {
				n, err = syscall.Write(int(fd), p)
			}
			return true
		}); ended != nil {
			return 0, ended
		}
		n = max(n, 0)
		if n == len(p)-1 { // without the line break at its end, which the next record brings along
			return len(p), nil
		}
		if err != nil {
			err = &os.PathError{Op: "write", Path: f.Name(), Err: err}
		}
		return n, err
	}
}
