package interp

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	slash "path"
	"strings"
	"sync"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
	"github.com/ctl-lang/ctl/stdlib"
)

// Load reads rule files, and folders for their *.ctl, from a file system, with the
// files and modules they use, and checks them; or one file in compiled form. Names are
// those of the file system: relative to the folder that it opens, and never absolute. That
// of an os.Root follows no link out of its folder; that of os.DirFS does. The error is a
// lang.Diagnostics with every problem of every file, warnings too; or with the error of the
// context where that is done before.
func Load(ctx context.Context, fsys fs.FS, names ...string) (*Program, error) {
	return Options{}.Load(ctx, fsys, names...)
}

// Load is the function Load with these options.
func (o Options) Load(ctx context.Context, fsys fs.FS, names ...string) (*Program, error) {
	return newLoader(ctx, fsys, o).load(names)
}

func (l *loader) load(names []string) (*Program, error) {
	l.alone = len(names) == 1
	for _, name := range names {
		l.argument(name)
	}
	return l.finish()
}

// LoadText checks one text. It can use modules, and no files.
func LoadText(ctx context.Context, name, text string) (*Program, error) {
	return Options{}.LoadText(ctx, name, text)
}

// LoadText is the function LoadText with these options.
func (o Options) LoadText(ctx context.Context, name, text string) (*Program, error) {
	l := newLoader(ctx, nil, o)
	if l.bytes = len(text); l.bytes > l.options.Limits.Bytes {
		l.tooLarge(nil, lang.Span{}, name)
		return nil, l.diags
	}
	l.text(name, text, "")
	return l.finish()
}

// loader collects the files of a program, each once.
type loader struct {
	input
	fsys  fs.FS
	seen  map[string]bool
	files []*lang.File
	texts int // those that are no modules
	bytes int
	// Of a program in compiled form: its files and its engines.
	packed  map[string]string
	engines []storedEngine
	// Of a program that is written in compiled form: its files, nil where it is not.
	kept  []keptFile
	roots []string // the files asked for
	alone bool     // there is one

	dataSums map[*lang.Source][]byte // the hashes of the data files that each reads, in its order
}

func newLoader(ctx context.Context, fsys fs.FS, o Options) *loader {
	o.Limits = o.Limits.orDefault()
	l := &loader{input: input{ctx: ctx, options: o}, fsys: fsys, seen: map[string]bool{}}
	l.input.read, l.input.data, l.input.outside = l.read, l.data, l.outside
	l.module(stdlib.Prelude, nil, lang.Span{})
	return l
}

func (l *loader) finish() (*Program, error) {
	k := newChecker(&l.input)
	if err := l.ctx.Err(); err != nil {
		return nil, lang.Diagnostics{lang.Stopped(l.ctx)}
	}
	k.check(l.files)
	if err := l.ctx.Err(); err != nil {
		return nil, lang.Diagnostics{lang.Stopped(l.ctx)}
	}
	for _, d := range l.diags {
		d.Below()
	}
	l.dropFollowOn()
	l.diags.Sort()
	if l.diags.HasErrors() {
		return nil, l.diags
	}
	k.prog.warnings = l.diags
	for _, e := range l.engines {
		if err := k.prog.restore(e); err != nil {
			return nil, lang.Diagnostics{{Code: code.CannotRead, Message: "cannot read the compiled rules: " + err.Error()}}
		}
	}
	prog, sums := k.prog, l.dataSums
	k.prog.declared = sync.OnceValue(prog.declaredNames)
	k.prog.version = sync.OnceValue(func() string { return versionOf(prog.sources, sums, prog.externalSums()) })
	return k.prog, nil
}

func (l *loader) argument(name string) {
	if l.fsys == nil {
		l.cannotRead(nil, lang.Span{}, name, errors.New("there is no file system to read it from"))
		return
	}
	if clean := slash.Clean(name); name != "" && fs.ValidPath(clean) {
		name = clean // ./x is x, in every file system
	}
	info, err := fs.Stat(l.fsys, name)
	if errors.Is(err, fs.ErrInvalid) && !fs.ValidPath(name) {
		l.diags = append(l.diags, (&lang.Diagnostic{Code: code.CannotRead, Cause: err}).
			Say("cannot read `%s`: a name is relative to the folder that the file system opens, and does not lead out of it", name))
		return
	}
	if err != nil {
		l.cannotRead(nil, lang.Span{}, name, err)
		return
	}
	if !info.IsDir() {
		l.file(name, nil, lang.Span{})
		return
	}
	entries, err := fs.ReadDir(l.fsys, name)
	if err != nil {
		l.cannotRead(nil, lang.Span{}, name, err)
		return
	}
	found := false
	for _, e := range entries {
		if !e.IsDir() && strings.HasSuffix(e.Name(), ".ctl") {
			l.file(slash.Join(name, e.Name()), nil, lang.Span{})
			found = true
		}
	}
	if !found {
		l.diags = append(l.diags, (&lang.Diagnostic{Code: code.CannotRead}).Say("the folder %s holds no *.ctl files", name))
	}
}

func (l *loader) file(name string, by *lang.Source, at lang.Span) {
	name = slash.Clean(name)
	if l.seen["file "+name] {
		return
	}
	l.seen["file "+name] = true
	data, ok := l.read(name, by, at)
	switch {
	case !ok:
	case bytes.HasPrefix(data, []byte(packedMagic)):
		l.unpack(name, data, l.alone && by == nil && l.packed == nil)
	case strings.HasSuffix(name, ".ctlc"):
		l.diags = append(l.diags, (&lang.Diagnostic{Code: code.CannotRead}).Say("cannot read %s: it is empty, cut short or no compiled rules: compile them again", name))
	default:
		if by == nil {
			l.roots = append(l.roots, name)
		}
		l.ruleFile(name, string(data), by, at)
	}
}

// ruleFile takes a file that is named, here by a `use`.
func (l *loader) ruleFile(name, text string, by *lang.Source, at lang.Span) {
	if !l.another() {
		return
	}
	f, ds := lang.ParseFile(l.ctx, name, text)
	for _, d := range ds {
		if f == nil {
			d.Source, d.Span = by, at
		}
	}
	l.diags = append(l.diags, ds...)
	if f != nil {
		l.dropUnfinished(f, ds)
		l.add(f, slash.Dir(name))
	}
}

func (l *loader) module(name string, by *lang.Source, at lang.Span) {
	if l.seen["module "+name] {
		return
	}
	l.seen["module "+name] = true
	text, ok := stdlib.Module(name)
	if !ok {
		d := &lang.Diagnostic{Code: code.UnknownModule, Source: by, Span: at}
		d.Say("there is no module `%s`; for a file of your own write its name in quotes", name)
		if near, found := lang.Nearest(name, stdlib.Modules()); found {
			d.Fix = &lang.Fix{Label: "did you mean `" + near + "`?", Span: at, Replacement: near}
		}
		l.diags = append(l.diags, d)
		return
	}
	f := parseModule(name, text)
	l.modules = append(l.modules, f)
	l.add(f, "")
}

// text takes one text.
func (l *loader) text(name, text, dir string) {
	if l.another() {
		f, ds := lang.Parse(l.ctx, name, text)
		l.diags = append(l.diags, ds...)
		l.dropUnfinished(f, ds)
		l.add(f, dir)
	}
}

// another counts a text of the program; false where there are too many.
func (l *loader) another() bool {
	if l.texts++; l.texts > l.options.Limits.Files {
		l.tooMuch(nil, lang.Span{}, "the program has more than %d files", l.options.Limits.Files)
		return false
	}
	return true
}

// add takes a parsed file into the program and loads what it uses.
func (l *loader) add(f *lang.File, dir string) {
	l.files = append(l.files, f)
	l.dirs = append(l.dirs, dir)
	for _, d := range f.Decls {
		u, ok := d.(*lang.Use)
		switch {
		case !ok:
		case u.Module != nil:
			l.module(u.Module.Text, f.Source, u.Module.Range())
		case u.Path != nil:
			l.file(relative(dir, u.Path.Value), f.Source, u.Path.Range())
		}
	}
}

// data reads the data file of a group.
func (l *loader) data(dir string, name *lang.String, src *lang.Source) ([]byte, bool) {
	data, ok := l.read(relative(dir, name.Value), src, name.Range())
	sum := sha256.Sum256(data)
	if l.dataSums == nil {
		l.dataSums = map[*lang.Source][]byte{}
	}
	l.dataSums[src] = append(l.dataSums[src], sum[:]...)
	return data, ok
}
