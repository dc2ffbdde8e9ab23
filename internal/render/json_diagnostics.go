package render

import (
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// Problems is a list of diagnostics for JSON.
type Problems struct {
	Diagnostics []Problem `json:"diagnostics"`
	Errors      int       `json:"errors"`
	Warnings    int       `json:"warnings"`
}

// Problem is one diagnostic for JSON. Place is null where it has no place in a text.
type Problem struct {
	Code     code.Code `json:"code"`
	Severity string    `json:"severity"` // error or warning
	Message  string    `json:"message"`
	Place    *Place    `json:"place"`
	Notes    []Note    `json:"notes"`
	Fix      *Fix      `json:"fix"`
}

// Place is a span of a text: lines and columns from 1, columns in characters, the
// end being the first position behind the span.
type Place struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
}

// Note is a second thing to know of a problem.
type Note struct {
	Message string `json:"message"`
	Place   *Place `json:"place"`
}

// Fix is a change that would mend a problem: the replacement for what stands at the
// place. Place is null where the text to mend is not in a file.
type Fix struct {
	Label       string `json:"label"`
	Replacement string `json:"replacement"`
	Place       *Place `json:"place"`
}

// ProblemsJSON is diagnostics as JSON has them.
func ProblemsJSON(ds lang.Diagnostics) *Problems {
	out := &Problems{Diagnostics: []Problem{}}
	out.Errors, out.Warnings = count(ds)
	for _, d := range ds {
		word, _ := severity(d)
		p := Problem{Code: d.Code, Severity: word, Message: d.Message, Place: placeJSON(d.Source, d.Span), Notes: []Note{}}
		for _, n := range d.Notes {
			p.Notes = append(p.Notes, Note{n.Text, placeJSON(n.Source, n.Span)})
		}
		if d.Fix != nil {
			p.Fix = &Fix{d.Fix.Label, d.Fix.Replacement, placeJSON(d.Source, d.Fix.Span)}
		}
		out.Diagnostics = append(out.Diagnostics, p)
	}
	return out
}

func placeJSON(src *lang.Source, span lang.Span) *Place {
	if src == nil {
		return nil
	}
	p := &Place{File: src.Name}
	p.Line, p.Column = src.Position(span.Start)
	p.EndLine, p.EndColumn = src.Position(span.End)
	return p
}
