package repl

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// program is a loaded program together with the declarations of the session that it
// was loaded with. It never changes.
type program struct {
	*interp.Program
	own    *ownText
	stamps map[string]stamp // of every file read

	once  sync.Once
	words *index
}

// index is what completion and suggestions look words up in, built when first asked for.
func (p *program) index() *index {
	p.once.Do(func() { p.words = newIndex(p) })
	return p.words
}

// stamp tells one version of a file from another.
type stamp struct {
	size int64
	mod  time.Time
}

// source is where a session's programs come from: the files of the command line.
type source struct {
	fsys  fs.FS
	files []string
	with  interp.Options
	name  string // of the session's own text among them
}

func newSource(opts Options) *source {
	s := &source{fsys: opts.FS, files: opts.Files, with: interp.Options{GroupFiles: opts.Groups}, name: "session"}
	for n := 2; slices.ContainsFunc(opts.Files, func(f string) bool { return path.Clean(f) == s.name }); n++ {
		s.name = "session" + strconv.Itoa(n)
	}
	return s
}

// load loads the files together with the session's own text. The error is a
// lang.Diagnostics; what it says of the own text has the places of its entries.
func (s *source) load(own *ownText) (*program, error) {
	f := &overlay{FS: s.fsys, name: s.name, text: own.text(), stamps: map[string]stamp{}}
	files := slices.Clone(s.files)
	if f.text != "" {
		files = append(files, s.name)
	}
	prog, err := s.with.Load(f, files...)
	if err != nil {
		return nil, err
	}
	return &program{Program: prog, own: own, stamps: f.stamps}, nil
}

// changed lists the files of a program that are no longer as they were read.
func (s *source) changed(p *program) []string {
	var out []string
	for name, old := range p.stamps {
		info, err := fs.Stat(s.fsys, name)
		if err != nil || info.Size() != old.size || !info.ModTime().Equal(old.mod) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// overlay is a file system with one more file, which notes what is read of it.
type overlay struct {
	fs.FS
	name, text string
	stamps     map[string]stamp
}

var (
	_ fs.StatFS     = (*overlay)(nil)
	_ fs.ReadDirFS  = (*overlay)(nil)
	_ fs.ReadFileFS = (*overlay)(nil)
)

// Open opens a file.
func (o *overlay) Open(name string) (fs.File, error) {
	if name == o.name {
		return &textFile{Reader: bytes.NewReader([]byte(o.text)), info: textInfo{o.name, int64(len(o.text))}}, nil
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

// ReadFile reads a file whole.
func (o *overlay) ReadFile(name string) ([]byte, error) {
	if name == o.name {
		return []byte(o.text), nil
	}
	if info, err := fs.Stat(o.FS, name); err == nil {
		o.stamps[name] = stamp{info.Size(), info.ModTime()}
	}
	return fs.ReadFile(o.FS, name)
}

// textFile is the session's own text as an open file.
type textFile struct {
	*bytes.Reader
	info textInfo
}

// Stat describes it.
func (f *textFile) Stat() (fs.FileInfo, error) { return f.info, nil }

// Close does nothing.
func (f *textFile) Close() error { return nil }

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

// ownText is what the user has declared in the session, in the order typed. It never
// changes; a change makes a new one.
type ownText struct {
	entries []entry
}

// entry is one declaration, or one rule with the policy that it amends.
type entry struct {
	text  string
	base  string // of a rule: the policy that is amended
	label string // of a rule, if it has one; of a declaration its name
	item  bool   // a rule or another item of a policy
	// starts is the offset of text within the whole; set by layout.
	starts int
}

// draftOf is the name of the policy that holds the session's rules for a policy.
func draftOf(policy string) string { return policy + "_draft" }

// text is the whole as a rule file.
func (o *ownText) text() string {
	text, _ := o.layout()
	return text
}

// layout writes the declarations and then one policy for each that is amended, and
// says where each entry begins.
func (o *ownText) layout() (string, []entry) {
	var b strings.Builder
	placed := slices.Clone(o.entries)
	var bases []string
	for i := range placed {
		if e := &placed[i]; !e.item {
			e.starts = b.Len()
			b.WriteString(e.text + "\n\n")
		} else if !slices.Contains(bases, e.base) {
			bases = append(bases, e.base)
		}
	}
	for _, base := range bases {
		b.WriteString("policy " + draftOf(base) + " " + lang.Quote(base+" with the rules of this session") + " amends " + base + " {\n")
		for i := range placed {
			if e := &placed[i]; e.item && e.base == base {
				b.WriteString("  ")
				e.starts = b.Len()
				b.WriteString(e.text + "\n")
			}
		}
		b.WriteString("}\n\n")
	}
	return strings.TrimRight(b.String(), "\n") + strings.Repeat("\n", min(1, b.Len())), placed
}

// with adds an entry, or puts it in the place of one that has the same label.
func (o *ownText) with(e entry) *ownText {
	out := &ownText{entries: slices.Clone(o.entries)}
	for i, old := range out.entries {
		if e.label != "" && old.item == e.item && old.base == e.base && old.label == e.label {
			out.entries[i] = e
			return out
		}
	}
	out.entries = append(out.entries, e)
	return out
}

// without drops the entry with a label; nil where there is none.
func (o *ownText) without(label, base string) *ownText {
	i := slices.IndexFunc(o.entries, func(e entry) bool { return e.item && e.base == base && e.label == label })
	if i < 0 {
		return nil
	}
	return &ownText{entries: slices.Delete(slices.Clone(o.entries), i, i+1)}
}

// asTyped gives problems with the session's own text the places that they have in the
// input they come from.
func (s *source) asTyped(ds lang.Diagnostics, own *ownText) lang.Diagnostics {
	_, placed := own.layout()
	out := make(lang.Diagnostics, len(ds))
	for i, d := range ds {
		c := *d
		c.Source, c.Span = s.typed(d.Source, d.Span, placed)
		if d.Fix != nil {
			f := *d.Fix
			if _, span := s.typed(d.Source, d.Fix.Span, placed); c.Source != d.Source {
				f.Span = span
			}
			c.Fix = &f
		}
		c.Notes = slices.Clone(d.Notes)
		for j, n := range d.Notes {
			c.Notes[j].Source, c.Notes[j].Span = s.typed(n.Source, n.Span, placed)
		}
		out[i] = &c
	}
	return out
}

// typed is a place in the session's own text as a place in one of its entries.
func (s *source) typed(src *lang.Source, span lang.Span, placed []entry) (*lang.Source, lang.Span) {
	if src == nil || src.Name != s.name {
		return src, span
	}
	for _, e := range placed {
		if int(span.Start) >= e.starts && int(span.Start) <= e.starts+len(e.text) {
			what := "declaration"
			if e.item {
				what = "rule"
			}
			from := uint32(e.starts)
			return lang.NewSource(what, e.text), lang.Span{Start: span.Start - from, End: min(max(span.End, span.Start)-from, uint32(len(e.text)))}
		}
	}
	return src, span
}
