package lang

import (
	"context"
	"fmt"
	"slices"

	"github.com/ctl-lang/ctl/lang/code"
)

// mostProblems is how many problems of one text are shown. A text with more is
// most likely no rule file at all.
const mostProblems = 100

// problems collects the diagnostics of one text.
type problems struct {
	source  *Source
	ctx     context.Context // of whoever reads the text; nil: nobody waits
	looks   int             // at the context, the next one included
	list    Diagnostics
	dropped int
	removed int // by forget
}

// abandoned ends the reading of a text whose reader waits no longer; Parse catches it.
type abandoned struct{}

// piecesAtOnce is how many tokens or items are read between two looks at the context.
const piecesAtOnce = 1_024

// goOn is called for every piece of a text, and ends the reading where the context is done.
func (p *problems) goOn() {
	if p.looks++; p.looks%piecesAtOnce == 0 {
		p.look()
	}
}

// look ends the reading where the context is done.
func (p *problems) look() {
	if p.ctx != nil && p.ctx.Err() != nil {
		panic(abandoned{})
	}
}

// forget removes problems of which something better is said.
func (p *problems) forget(which func(*Diagnostic) bool) {
	n := len(p.list)
	p.list = slices.DeleteFunc(p.list, which)
	p.removed += n - len(p.list)
}

// add reports a problem. The message is a sentence in the author's words.
func (p *problems) add(c code.Code, span Span, format string, args ...any) *Diagnostic {
	d := &Diagnostic{Code: c, Source: p.source, Span: span, Message: format}
	if len(args) > 0 {
		d.Say(format, args...)
	}
	// The parser reports while the lexer's list is already full, and a problem
	// further up is worth more than one further down: keep some in reserve.
	if len(p.list) >= 2*mostProblems {
		p.dropped++
		return d
	}
	p.list = append(p.list, d)
	return d
}

// finish sorts the problems and cuts the list to what a person can read.
func (p *problems) finish() Diagnostics {
	p.list.Sort()
	if n := len(p.list) - mostProblems; n > 0 {
		p.list = p.list[:mostProblems:mostProblems]
		last := p.list[mostProblems-1]
		last.Notes = append(last.Notes, Note{Text: fmt.Sprintf("%d more problems in this file are not shown", n+p.dropped)})
	}
	return p.list
}

// fix offers a change that would mend the problem.
func (d *Diagnostic) fix(span Span, replacement, format string, args ...any) *Diagnostic {
	d.Fix = &Fix{Label: fmt.Sprintf(format, args...), Span: span, Replacement: replacement}
	return d
}

// note points at a second place of the same text.
func (d *Diagnostic) note(span Span, format string, args ...any) *Diagnostic {
	d.Notes = append(d.Notes, Note{Source: d.Source, Span: span, Text: fmt.Sprintf(format, args...)})
	return d
}

// hint adds a sentence without a place.
func (d *Diagnostic) hint(format string, args ...any) *Diagnostic {
	d.Notes = append(d.Notes, Note{Text: fmt.Sprintf(format, args...)})
	return d
}
