package interp

import (
	"errors"
	"io"
	"io/fs"
	slash "path"
	"sort"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// read reads a file of the rules within the program's bounds.
func (l *loader) read(name string, by *lang.Source, at lang.Span) ([]byte, bool) {
	if l.packed != nil {
		text, ok := l.packed[name]
		if !ok {
			l.cannotRead(by, at, name, fs.ErrNotExist)
		}
		return []byte(text), ok
	}
	data, ok := l.outside(name, by, at)
	if ok && l.kept != nil {
		l.kept = append(l.kept, keptFile{name, string(data)})
	}
	return data, ok
}

// outside reads a file that is no part of compiled rules: of a program, or of those who load it.
func (l *loader) outside(name string, by *lang.Source, at lang.Span) ([]byte, bool) {
	if l.fsys == nil {
		l.cannotRead(by, at, name, errors.New("this program was loaded from a text and can use no files"))
		return nil, false
	}
	switch info, err := fs.Stat(l.fsys, name); {
	case err == nil && !info.IsDir() && !info.Mode().IsRegular(): // to open it may be to wait for somebody
		l.cannotRead(by, at, name, errors.New("it is no file but a pipe, a device or a socket"))
		return nil, false
	case err == nil && info.Size() > int64(l.options.Limits.Bytes-l.bytes):
		l.tooLarge(by, at, name)
		return nil, false
	}
	data, err := l.whole(name)
	if err != nil {
		l.cannotRead(by, at, name, err)
		return nil, false
	}
	l.bytes += len(data)
	if l.bytes > l.options.Limits.Bytes {
		l.tooLarge(by, at, name)
		return nil, false
	}
	return data, true
}

// whole reads a file to its end, or as far as the program's bounds show it to be too large: what
// its size is said to be is no promise, and a file such as some in /proc has no end.
func (l *loader) whole(name string) ([]byte, error) {
	f, err := l.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var data []byte
	for piece := make([]byte, 64<<10); ; {
		if err := l.ctx.Err(); err != nil {
			return nil, err
		}
		n, err := f.Read(piece)
		data = append(data, piece[:n]...)
		switch {
		case errors.Is(err, io.EOF), len(data) > l.options.Limits.Bytes-l.bytes:
			return data, nil
		case err != nil:
			return nil, err
		}
	}
}

func (l *loader) tooLarge(by *lang.Source, at lang.Span, name string) {
	l.tooMuch(by, at, "with %s the program is larger than %s", name, bytesText(l.options.Limits.Bytes))
}

func (l *loader) tooMuch(by *lang.Source, at lang.Span, format string, args ...any) {
	l.diags = append(l.diags, (&lang.Diagnostic{Code: code.TooMuch, Source: by, Span: at}).Say(format, args...))
}

func (l *loader) cannotRead(by *lang.Source, at lang.Span, name string, err error) {
	d := &lang.Diagnostic{Code: code.CannotRead, Source: by, Span: at, Cause: err}
	d.Say("cannot read %s", name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.Say("there is no file %s", name)
		l.suggestFile(d, name)
	case errors.Is(err, fs.ErrPermission):
		d.Add(": not permitted")
	case errors.Is(err, fs.ErrInvalid) && !fs.ValidPath(name):
		d.Add(": it leads out of the folder that the file system opens")
	default:
		var pe *fs.PathError
		if errors.As(err, &pe) {
			err = pe.Err
		}
		d.Add(": %s", err)
	}
	l.diags = append(l.diags, d)
}

// suggestFile offers the file of the same folder whose name is nearest.
func (l *loader) suggestFile(d *lang.Diagnostic, name string) {
	if l.packed != nil {
		return
	}
	entries, err := fs.ReadDir(l.fsys, slash.Dir(name))
	if err != nil {
		return
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	sort.Strings(names)
	if near, ok := lang.Nearest(slash.Base(name), names); ok {
		d.Fix = &lang.Fix{Label: "did you mean `" + near + "`?", Span: d.Span, Replacement: `"` + near + `"`}
	}
}
