package session

import (
	"context"
	"path"
	"slices"
	"strconv"
	"sync"

	"github.com/ctl-lang/ctl/interp"
)

// program is a loaded program together with the declarations of the session that it
// was loaded with. It never changes.
type program struct {
	*interp.Program
	own   *ownText
	files *reading

	once  sync.Once
	words *index
}

// index is what completion and suggestions look words up in, built when first asked for.
func (p *program) index() *index {
	p.once.Do(func() { p.words = newIndex(p) })
	return p.words
}

// source is where a session's programs come from: the files of the command line.
type source struct {
	files []string
	with  interp.Options
	name  string // of the session's own text among them
}

func newSource(opts Options) *source {
	s := &source{files: opts.Files, with: opts.With, name: "session"}
	for n := 2; slices.ContainsFunc(opts.Files, func(f string) bool { return path.Clean(f) == s.name }); n++ {
		s.name = "session" + strconv.Itoa(n)
	}
	s.with.Draft = s.name
	return s
}

// load loads the files, as they were read, together with the session's own text. The
// error is a lang.Diagnostics.
func (s *source) load(own *ownText, read *reading) (*program, error) {
	f := &overlay{FS: read, name: s.name, text: own.text()}
	files := slices.Clone(s.files)
	if f.text != "" {
		files = append(files, s.name)
	}
	prog, err := s.with.Load(context.Background(), f, files...)
	if err != nil {
		return nil, err
	}
	return &program{Program: prog, own: own, files: read}, nil
}

// names says whether a policy or a series has a name.
func (p *program) names(name string) bool {
	for _, x := range p.Policies() {
		if x.Name == name {
			return true
		}
	}
	for _, x := range p.AllSeries() {
		if x.Name == name {
			return true
		}
	}
	return false
}
