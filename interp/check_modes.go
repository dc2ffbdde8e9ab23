package interp

import (
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// word is how an author writes a mode.
func (m Mode) word() string {
	for word, n := range modes {
		if n == m {
			return word
		}
	}
	return ""
}

// silentModes refuses sections that do not say how they decide inside what decides
// otherwise than by strictest: a reader would expect the one, and gets the other.
func (k *checker) silentModes(p *Policy, in *Section) {
	for _, it := range in.items {
		s := it.section
		if s == nil {
			continue
		}
		if in.Mode != ByStrictest && s.decl.Decides == nil {
			k.silentMode(p, in, s)
		}
		k.silentModes(p, s)
	}
}

// silentMode reports a section that does not say how it decides. One that an amendment
// inherits was told of where it stands, unless it is the amendment that decides otherwise.
func (k *checker) silentMode(p *Policy, in, s *Section) {
	encloser := "the section `" + in.Name + "`"
	if in == p.root {
		encloser = "`" + p.Name + "`"
	}
	words := "the section `%s` does not say how it decides, and %s, in which it stands, decides by %s"
	note := "`decides by strictest`, written here, is what a section that says nothing does: the strictest of its outcomes counts"
	end := s.decl.Name.Range().End
	if s.decl.Title != nil {
		end = s.decl.Title.Range().End
	}
	at := lang.Span{Start: end, End: end}
	if s.src != k.src || !p.declares(s) {
		if p.decl.Decides == nil || in != p.root {
			return
		}
		d := k.errorf(code.SilentMode, p.decl.Decides, words, s.Name, encloser, in.Mode.word())
		d.Notes = append(d.Notes, lang.Note{Source: s.src, Span: at, Text: "write `decides by " + in.Mode.word() + "` or `decides by strictest` here"})
		return
	}
	d := k.errorf(code.SilentMode, s.decl.Name, words, s.Name, encloser, in.Mode.word())
	d.Fix = &lang.Fix{Label: "did you mean `decides by " + in.Mode.word() + "` behind its name?", Span: at, Replacement: " decides by " + in.Mode.word()}
	d.Notes = append(d.Notes, lang.Note{Source: s.src, Span: at, Text: note})
}

// declares says whether a section is written in the policy's own text.
func (p *Policy) declares(s *Section) bool {
	return s.src == p.src && s.decl.Start >= p.decl.Start && s.decl.End <= p.decl.End
}
