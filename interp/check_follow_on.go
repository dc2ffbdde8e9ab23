package interp

import (
	"slices"
	"strings"
	"unicode"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// What a missing declaration brings with it: moduleNames are about what stdlib's
// modules declare, fileNames about what a file may.
var (
	moduleNames = map[code.Code]bool{
		code.UnknownName: true, code.UnknownAttribute: true, code.UnknownType: true, code.UnknownValue: true, code.UnknownFact: true,
		code.NoRole: true, code.BadIdentities: true, code.UnknownIdentity: true,
	}
	fileNames = map[code.Code]bool{
		code.UnknownOutcome: true, code.UnknownPolicy: true, code.UnknownUnit: true, code.NothingThere: true, code.WhichPolicy: true,
	}
)

// dropFollowOn leaves out what only follows from another problem: names that stood
// in a file which could not be read, or in a declaration that was not understood.
func (l *input) dropFollowOn() {
	l.foldVersions()
	lost := &l.lost
	for _, d := range l.diags {
		switch {
		case d.Code == code.CannotRead, d.Code == code.TooMuch:
			lost.module, lost.file = true, true
		case d.Code == code.UnknownModule:
			lost.module = true
		case strings.HasPrefix(string(d.Code), "E00"), strings.HasPrefix(string(d.Code), "E01"):
			lost.addLines(d.Source, d.Span)
		}
	}
	kept := l.diags[:0]
	better := l.retold()
	for _, d := range l.diags {
		if !lost.explains(d) && !better[d] {
			kept = append(kept, d)
		}
	}
	l.diags = kept
}

// retold are the problems of which another problem of the same place says more: words of
// elsewhere whose facts are then of another type than they asked for, and a value that could not be read twice.
func (l *input) retold() map[*lang.Diagnostic]bool {
	type place struct {
		src  *lang.Source
		span lang.Span
	}
	at := map[place]*lang.Diagnostic{}
	for _, d := range l.diags {
		if d.Code == code.MisspeltWord || d.Code == code.ForeignDate || d.Code == code.ForeignNumber {
			at[place{d.Source, d.Span}] = d
		}
	}
	out := map[*lang.Diagnostic]bool{}
	if len(at) == 0 {
		return out
	}
	for _, d := range l.diags {
		first := at[place{d.Source, d.Span}]
		switch {
		case first == nil || first == d:
		case d.Code == code.NotAList:
			out[first] = true
		case d.Code == code.BadDefault || d.Code == code.NoSuchDay && first.Code == code.ForeignDate || d.Code >= "E07":
			out[d] = true
		}
	}
	return out
}

// mostTwice is how many names two files may both declare before they are taken for two
// versions of one.
const mostTwice = 5

// foldVersions says of two files that declare the same things that they do, instead of
// each thing; what else is said of the second hardly means anything.
func (l *input) foldVersions() {
	type pair struct{ first, second *lang.Source }
	twice := map[pair][]*lang.Diagnostic{}
	var pairs []pair
	for _, d := range l.diags {
		if d.Code == code.Duplicate && len(d.Notes) > 0 && d.Notes[0].Source != nil && d.Notes[0].Source != d.Source {
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
		head.Say("this file declares %d names that %s declares too: load one of the two", len(ds), p.first.Name)
		head.Notes = append(slices.Clone(head.Notes[:1]), lang.Note{Text: "two versions are compared with: ctl diff --old " + p.first.Name + " " + p.second.Name})
		l.diags = slices.DeleteFunc(l.diags, func(d *lang.Diagnostic) bool {
			return d.Source == p.second && d.Code >= "E02"
		})
		l.diags = append(l.diags, &head)
	}
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

// addLines loses the words of the lines of a span.
func (w *lostWords) addLines(src *lang.Source, span lang.Span) {
	if src == nil {
		return
	}
	if w.words == nil {
		w.words, w.lines = map[string]bool{}, map[lineOf]bool{}
	}
	first, _ := src.Position(span.Start)
	last, _ := src.Position(span.End)
	for line := first; line <= min(last, first+100); line++ {
		if w.lines[lineOf{src, line}] {
			continue
		}
		w.lines[lineOf{src, line}] = true
		for _, word := range strings.FieldsFunc(src.Line(line), func(r rune) bool {
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
	case d.Code == code.SeriesOverlap || d.Code == code.SeriesHole: // of policies whose dates were not understood
		return slices.ContainsFunc(strings.Split(d.Message, "`"), func(name string) bool { return w.words[name] })
	case !byFile && d.Code != code.UnknownLabel:
		return false
	case d.Source == nil:
		return false
	}
	text := d.Source.Slice(d.Span)
	if d.Code == code.NoRole {
		return w.words["role"] || w.names["role"] || w.names[text]
	}
	return w.words[text] || d.Code != code.UnknownType && slices.ContainsFunc(strings.Split(text, "."), func(name string) bool { return w.names[name] })
}
