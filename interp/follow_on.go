package interp

import (
	"slices"
	"strings"
	"unicode"

	"github.com/ctl-lang/ctl/lang"
)

// What a missing declaration brings with it: moduleNames are about what stdlib's
// modules declare, fileNames about what a file may.
var (
	moduleNames = map[lang.Code]bool{
		lang.UnknownName: true, lang.UnknownAttribute: true, lang.UnknownType: true, lang.UnknownValue: true, lang.UnknownFact: true,
		lang.NoRole: true, lang.BadIdentities: true, lang.UnknownIdentity: true,
	}
	fileNames = map[lang.Code]bool{
		lang.UnknownOutcome: true, lang.UnknownPolicy: true, lang.UnknownUnit: true, lang.NothingThere: true, lang.WhichPolicy: true,
	}
)

// dropFollowOn leaves out what only follows from another problem: names that stood
// in a file which could not be read, or in a declaration that was not understood.
func (l *loader) dropFollowOn() {
	lost := lostWords{}
	for _, d := range l.diags {
		switch {
		case d.Code == lang.CannotRead, d.Code == lang.TooMuch:
			lost.module, lost.file = true, true
		case d.Code == lang.UnknownModule:
			lost.module = true
		case strings.HasPrefix(string(d.Code), "E00"), strings.HasPrefix(string(d.Code), "E01"):
			lost.addLine(d)
		}
	}
	kept := l.diags[:0]
	for _, d := range l.diags {
		if !lost.explains(d) {
			kept = append(kept, d)
		}
	}
	l.diags = kept
}

// lostWords is what was not read: modules, files, and the words of the lines that
// were not understood.
type lostWords struct {
	module, file bool // of a module or a file that could not be read
	words        map[string]bool
}

func (w *lostWords) addLine(d *lang.Diagnostic) {
	if d.Source == nil {
		return
	}
	if w.words == nil {
		w.words = map[string]bool{}
	}
	first, _ := d.Source.Position(d.Span.Start)
	last, _ := d.Source.Position(d.Span.End)
	for line := first; line <= min(last, first+100); line++ {
		for _, word := range strings.FieldsFunc(d.Source.Line(line), func(r rune) bool {
			return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}) {
			w.words[word] = true
		}
	}
}

// explains says whether a problem is about a name that was lost. No role being
// there follows from a line about one.
func (w *lostWords) explains(d *lang.Diagnostic) bool {
	byModule, byFile := moduleNames[d.Code], moduleNames[d.Code] || fileNames[d.Code]
	if d.Fix == nil && (w.module && byModule || w.file && byFile) { // a misspelt name has its own fix
		return true
	}
	switch {
	case d.Code == lang.SeriesOverlap || d.Code == lang.SeriesHole: // of policies whose dates were not understood
		return slices.ContainsFunc(strings.Split(d.Message, "`"), func(name string) bool { return w.words[name] })
	case !byFile && d.Code != lang.UnknownLabel:
		return false
	case d.Code == lang.NoRole:
		return w.words["role"]
	}
	return d.Source != nil && w.words[d.Source.Slice(d.Span)]
}
