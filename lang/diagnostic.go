package lang

import (
	"fmt"
	"sort"
	"strings"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/lang/code"
)

// Diagnostic is one problem in a text: what, where and, where there is one, the fix.
type Diagnostic struct {
	Code    code.Code
	Source  *Source // nil where the problem has no place in a text
	Span    Span
	Message string // one sentence in the author's words, without code and place
	Notes   []Note
	Fix     *Fix
	Cause   error // what a file system or another program gave, if that is the problem

	said said
}

// Note points at a second place that belongs to the problem. Source may be nil.
type Note struct {
	Source *Source
	Span   Span
	Text   string
}

// Fix is a change of the text that would mend the problem.
type Fix struct {
	Label       string // what to do, as a question: "did you mean `nonMember`?"
	Span        Span   // in the diagnostic's Source
	Replacement string
}

// Error is the problem on one line: file:line:col: sentence [code].
func (d *Diagnostic) Error() string {
	where := ""
	if d.Source != nil {
		where = d.Source.Place(d.Span.Start) + ": "
	}
	fix := ""
	if d.Fix != nil {
		fix = " (" + d.Fix.Label + ")"
	}
	return plain.Line(fmt.Sprintf("%s%s%s [%s]", where, d.Message, fix, d.Code))
}

// Below says in a note below which heading a problem stands, if it stands in a table.
func (d *Diagnostic) Below() *Diagnostic {
	if d.Source == nil {
		return d
	}
	fields := d.Source.below
	i := sort.Search(len(fields), func(i int) bool { return fields[i].Start > d.Span.Start })
	if i > 0 && fields[i-1].Heading != "" && (i == len(fields) || d.Span.End <= fields[i].Start) { // in one field
		d.Notes = append(d.Notes, Note{Text: "this stands below the heading `" + fields[i-1].Heading + "`"})
	}
	return d
}

// Unwrap is the cause, for errors.Is and errors.As.
func (d *Diagnostic) Unwrap() error { return d.Cause }

// Diagnostics is a list of problems. As an error it prints every one of them.
type Diagnostics []*Diagnostic

// Sort orders by file, place and code, and drops exact repetitions.
func (ds *Diagnostics) Sort() {
	list := *ds
	sort.SliceStable(list, func(i, j int) bool {
		a, b := list[i], list[j]
		an, bn := "", ""
		if a.Source != nil {
			an = a.Source.Name
		}
		if b.Source != nil {
			bn = b.Source.Name
		}
		switch {
		case an != bn:
			return an < bn
		case a.Span.Start != b.Span.Start:
			return a.Span.Start < b.Span.Start
		default:
			return a.Code < b.Code
		}
	})
	out := list[:0]
	for i, d := range list {
		if i > 0 && d.Source == list[i-1].Source && d.Span == list[i-1].Span && d.Code == list[i-1].Code && d.Message == list[i-1].Message {
			continue
		}
		out = append(out, d)
	}
	*ds = out
}

// HasErrors says whether any problem is worse than a warning.
func (ds Diagnostics) HasErrors() bool {
	for _, d := range ds {
		if d.Code.Severity() == code.Error {
			return true
		}
	}
	return false
}

// Err is the list as an error, or nil where it holds no error.
func (ds Diagnostics) Err() error {
	if !ds.HasErrors() {
		return nil
	}
	return ds
}

// Unwrap is every problem, for errors.Is and errors.As.
func (ds Diagnostics) Unwrap() []error {
	errs := make([]error, len(ds))
	for i, d := range ds {
		errs[i] = d
	}
	return errs
}

// Error prints every problem, a line each.
func (ds Diagnostics) Error() string {
	lines := make([]string, len(ds))
	for i, d := range ds {
		lines[i] = d.Error()
	}
	return strings.Join(lines, "\n")
}
