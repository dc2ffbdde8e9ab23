package interp

import (
	"fmt"
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
	l.foldVersions()
	lost := &l.lost
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

// mostTwice is how many names two files may both declare before they are taken for two
// versions of one.
const mostTwice = 5

// foldVersions says of two files that declare the same things that they do, instead of
// each thing; what else is said of the second hardly means anything.
func (l *loader) foldVersions() {
	type pair struct{ first, second *lang.Source }
	twice := map[pair][]*lang.Diagnostic{}
	var pairs []pair
	for _, d := range l.diags {
		if d.Code == lang.Duplicate && len(d.Notes) > 0 && d.Notes[0].Source != nil && d.Notes[0].Source != d.Source {
			p := pair{d.Notes[0].Source, d.Source}
			if twice[p] == nil {
				pairs = append(pairs, p)
			}
			twice[p] = append(twice[p], d)
		}
	}
	folded := map[*lang.Source]bool{}
	for _, p := range pairs {
		ds := twice[p]
		if len(ds) < mostTwice || folded[p.second] {
			continue
		}
		folded[p.second] = true
		head := *slices.MinFunc(ds, func(a, b *lang.Diagnostic) int { return int(a.Span.Start) - int(b.Span.Start) })
		head.Message = fmt.Sprintf("this file declares %d names that %s declares too: load one of the two", len(ds), p.first.Name)
		head.Notes = append(slices.Clone(head.Notes[:1]), lang.Note{Text: "two versions are compared with: ctl diff --old " + p.first.Name + " " + p.second.Name})
		l.diags = slices.DeleteFunc(l.diags, func(d *lang.Diagnostic) bool {
			return d.Source == p.second && d.Code >= "E02"
		})
		l.diags = append(l.diags, &head)
	}
}

// lostWords is what was not read: modules, files, the words of the lines that were not
// understood, and what is of a kind or type that does not exist.
type lostWords struct {
	module, file bool // of a module or a file that could not be read
	words        map[string]bool
	names        map[string]bool // declared, of a kind or type that does not exist
}

func (w *lostWords) name(name string) {
	if w.names == nil {
		w.names = map[string]bool{}
	}
	w.names[name] = true
}

// role loses a role, and with it the preposition that reaches it or, where it has
// none, the object of every rule.
func (w *lostWords) role(r *lang.Role) {
	w.name(r.Name.Text)
	if r.Prep != nil {
		w.name(r.Prep.Text)
	} else {
		w.name("role")
	}
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
	case d.Source == nil:
		return false
	}
	text := d.Source.Slice(d.Span)
	if d.Code == lang.NoRole {
		return w.words["role"] || w.names["role"] || w.names[text]
	}
	return w.words[text] || d.Code != lang.UnknownType && slices.ContainsFunc(strings.Split(text, "."), func(name string) bool { return w.names[name] })
}
