package lang

import (
	"bytes"
	"encoding/json"

	"github.com/ctl-lang/ctl/lang/code"
)

// place is a span of a text: lines and columns from 1, columns in characters, the end being the
// first position behind the span.
type place struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
}

type noteJSON struct {
	Message string `json:"message"`
	Place   *place `json:"place"`
}

type fixJSON struct {
	Label       string `json:"label"`
	Replacement string `json:"replacement"`
	Place       *place `json:"place"`
}

type diagnosticJSON struct {
	Code     code.Code  `json:"code"`
	Severity string     `json:"severity"`
	Message  string     `json:"message"`
	Template string     `json:"template"`
	Args     []string   `json:"args"`
	Place    *place     `json:"place"`
	Notes    []noteJSON `json:"notes"`
	Fix      *fixJSON   `json:"fix"`
}

// MarshalJSON is an object with code, severity (error or warning), message, its template and args, place, notes and fix,
// as ctl check --json prints it: the places by line and column, and not the text of the rules. A
// place is null where there is none.
func (d *Diagnostic) MarshalJSON() ([]byte, error) {
	out := diagnosticJSON{Code: d.Code, Severity: "error", Message: d.Message, Place: placeOf(d.Source, d.Span), Notes: []noteJSON{}}
	if d.Code.Severity() == code.Warning {
		out.Severity = "warning"
	}
	out.Template, out.Args = d.Template()
	if out.Args == nil {
		out.Args = []string{}
	}
	for _, n := range d.Notes {
		out.Notes = append(out.Notes, noteJSON{n.Text, placeOf(n.Source, n.Span)})
	}
	if d.Fix != nil {
		out.Fix = &fixJSON{d.Fix.Label, d.Fix.Replacement, placeOf(d.Source, d.Fix.Span)}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // whoever marshals the whole escapes where that is wanted
	err := enc.Encode(out)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// placeOf is a span by its lines and columns; nil without a text.
func placeOf(src *Source, span Span) *place {
	if src == nil {
		return nil
	}
	p := &place{File: src.Name}
	p.Line, p.Column = src.Position(span.Start)
	p.EndLine, p.EndColumn = src.Position(span.End)
	return p
}
