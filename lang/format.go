package lang

import (
	"reflect"
	"strings"
)

const indentWidth = 2

// Format writes a file in its one layout: the clauses of a rule in the order of
// the specification, lines of at most 100 columns where they can be broken,
// comments where they stood, and at most one empty line where the author left
// some. Formatting formatted text changes nothing, and the text that Format
// writes reads as the tree that it was written from.
//
// The file must have been parsed without errors: what could not be read is not
// in the tree and would be lost. A tree that was built by hand (without a
// Source) is written without comments.
func Format(file *File) string {
	f := formatter{printer: &printer{}, remarks: newRemarks(file)}
	for i, d := range file.Decls {
		f.hard(i > 0 && f.blankBetween(file.Decls[i-1], d))
		f.declaration(d)
		f.flush()
	}
	f.endOfFile()
	return f.String()
}

// formatter turns the tree into pieces of layout. While it does, it counts the
// tokens of the source along, to find the comments that hang on them.
type formatter struct {
	*printer
	*remarks
	next int       // the token of the source that should be written next
	lost []comment // from words that are not written, for the next token
}

// blankBetween says whether an empty line separates two declarations.
func (f *formatter) blankBetween(above, below Decl) bool {
	if hasBody(above) || hasBody(below) {
		return true
	}
	if f.remarks == nil {
		return reflect.TypeOf(above) != reflect.TypeOf(below)
	}
	return f.blankBefore(below.Range().Start)
}

// hasBody says whether a declaration has lines of its own behind the first.
func hasBody(d Decl) bool {
	switch d := d.(type) {
	case *Policy, *Test:
		return true
	case *Kind:
		return len(d.Attrs) > 0 || titled(d.Ids)
	case *Outcomes:
		return titledOutcomes(d)
	}
	return false
}

func titled(choices []*Choice) bool {
	for _, c := range choices {
		if len(c.Titles) > 0 {
			return true
		}
	}
	return false
}

// endOfFile writes the comments behind the last declaration.
func (f *formatter) endOfFile() {
	if f.remarks == nil {
		return
	}
	end := len(f.tokens) - 1
	h := f.of[end]
	if h == nil || len(h.before) == 0 {
		return
	}
	f.hard(h.before[0].blank)
	f.add(piece{kind: textPiece, comments: &hanging{before: h.before}})
}

// seek makes the token at the beginning of a span the next one.
func (f *formatter) seek(span Span) {
	if f.remarks != nil && f.tokens[f.next].start != span.Start {
		f.next = f.index(span.Start)
	}
}

// put writes one token and takes along the comments of the one in the source.
func (f *formatter) put(p piece) {
	if f.remarks != nil {
		if t := f.tokens[f.next]; t.kind == stringToken && p.text[0] == '"' || f.textOf(t) == p.text {
			if len(f.of) > 0 && f.of[f.next] != nil && !f.done[f.next] {
				p.comments = f.of[f.next]
				f.done[f.next] = true
			}
			if t.kind != eofToken {
				f.next++
			}
		}
	}
	if len(f.lost) > 0 {
		h := &hanging{before: f.lost}
		if p.comments != nil {
			h.before = append(h.before, p.comments.before...)
			h.behind, h.blankAfter = p.comments.behind, p.comments.blankAfter
		}
		p.comments, f.lost = h, nil
	}
	f.add(p)
}

// textOf is what a token of the source says.
func (r *remarks) textOf(t token) string { return r.text[t.start:t.end] }

// word writes one token.
func (f *formatter) word(text string) { f.put(piece{text: text}) }

// glue writes one token that may follow a text whose comment ends the line.
func (f *formatter) glue(text string) { f.put(piece{text: text, glued: true}) }

func (f *formatter) sp() { f.space(1) }

// words writes tokens separated by spaces, with a space before or behind them
// where the text has one.
func (f *formatter) words(text string) {
	for i, w := range strings.Split(text, " ") {
		if i > 0 {
			f.sp()
		}
		if w != "" {
			f.word(w)
		}
	}
}

func (f *formatter) name(n Name) {
	f.seek(n.Range())
	f.word(n.Text)
}

func (f *formatter) str(s String) {
	f.seek(s.Span)
	f.word(Quote(s.Value))
}

func (f *formatter) date(d Date) {
	f.seek(d.Range())
	f.word(d.Text)
}

// title writes a space and a title, if there is one.
func (f *formatter) title(w *Wording) {
	if w != nil {
		f.sp()
		f.wording(w.String, w.In)
	}
}

// unitName writes km or km/h, in the source one token or three.
func (f *formatter) unitName(unit string) {
	for i, part := range strings.Split(unit, "/") {
		if i > 0 {
			f.glue("/")
		}
		f.word(part)
	}
}

// unit writes something that begins a line. The comments on words that are not
// written again stand above it.
func (f *formatter) unit(span Span, write func()) {
	first := len(f.pieces)
	f.seek(span)
	write()
	lost := f.forgotten(span)
	if len(lost) == 0 {
		return
	}
	for i := first; i < len(f.pieces); i++ {
		p := &f.pieces[i]
		if p.kind != textPiece {
			continue
		}
		h := &hanging{}
		if p.comments != nil {
			*h = *p.comments
		}
		h.before = append(h.before[:len(h.before):len(h.before)], lost...)
		p.comments = h
		return
	}
}

// inherit gives the comments on words that begin a clause a second time, and are
// not written again, to what followed them: thing i of the clause, at span.
func (f *formatter) inherit(i int, span Span, words ...symbol) {
	if i == 0 || f.remarks == nil || len(f.of) == 0 {
		return
	}
	first := f.index(span.Start) - len(words)
	for n, w := range words {
		if t := first + n; t < 0 || f.tokens[t].sym != w || f.done[t] {
			return
		}
	}
	f.lost = append(f.lost, f.forgotten(Span{f.tokens[first].start, span.Start})...)
}

// names writes a list of names.
func (f *formatter) names(list []Name) {
	f.list(len(list), func(i int) { f.name(list[i]) })
}

// texts writes the texts of a clause that begins with a word.
func (f *formatter) texts(word symbol, list []String) {
	f.list(len(list), func(i int) {
		f.inherit(i, list[i].Span, word)
		f.str(list[i])
	})
}

// labels writes the labels of a clause that begins with some words.
func (f *formatter) labels(list []LabelRef, words ...symbol) {
	f.list(len(list), func(i int) {
		f.inherit(i, list[i].Span, words...)
		f.label(list[i])
	})
}

// label writes a label, or policy/3.
func (f *formatter) label(l LabelRef) {
	f.seek(l.Span)
	f.unitName(l.Text)
}
