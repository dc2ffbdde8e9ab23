package lang

import "github.com/ctl-lang/ctl/lang/code"

// Cell is a piece of a text that is read by itself: a cell of a table whose rows are rules. What
// is read has its places in the whole text.
type Cell struct {
	Source *Source
	Span   Span
}

// Text is what the cell holds.
func (c Cell) Text() string { return c.Source.Slice(c.Span) }

// Condition reads a whole condition, as behind `when`; nil where it cannot be read.
func (c Cell) Condition() (Expr, Diagnostics) {
	return readCell(c, "the condition", (*parser).condition)
}

// Phrase reads what stands behind a preposition; nil where it cannot be read.
func (c Cell) Phrase() (Expr, Diagnostics) {
	return readCell(c, "the phrase", (*parser).phrase)
}

// Path reads the name of a fact; nil where it cannot be read.
func (c Cell) Path() (*Ref, Diagnostics) {
	return readCell(c, "the fact", (*parser).path)
}

// Test reads what is said of a fact: I, or I, II, or not III, or >= 5000 eur, or 1 km .. 5 km. It
// is nil where it cannot be read.
func (c Cell) Test(of *Ref) (Expr, Diagnostics) {
	return readCell(c, "the condition", func(p *parser) Expr { return p.cell(of) })
}

// Labels reads the labels of rules.
func (c Cell) Labels() ([]LabelRef, Diagnostics) {
	return readCell(c, "the labels", func(p *parser) []LabelRef { return p.labels(nil) })
}

// Date reads a date; nil where it cannot be read.
func (c Cell) Date() (*Date, Diagnostics) {
	return readCell(c, "the date", func(p *parser) *Date { d := p.date(code.RuleExpected); return &d })
}

func readCell[T any](c Cell, what string, read func(*parser) T) (out T, ds Diagnostics) {
	found := &problems{source: c.Source}
	s := &scanner{problems: found, text: c.Source.Text[:c.Span.End], pos: int(c.Span.Start), newline: true}
	for s.next() {
		s.goOn()
	}
	before := token{start: c.Span.Start, end: c.Span.Start, kind: punctToken, newline: true} // as within a file something stands before what is read
	p := &parser{problems: found, text: c.Source.Text, tokens: append([]token{before}, s.tokens...), comments: s.comments, i: 1}
	p.attempt(func() {
		x := read(p)
		if p.tok().kind != eofToken {
			p.fail(code.TrailingText, "after %s comes %s, which does not belong to it", what, p.describe(p.tok()))
		}
		out = x
	})
	if len(p.comments) > 0 {
		p.add(code.TrailingText, p.comments[0], "a cell has no comments: what stands behind `#` would not be read")
	}
	ds = p.finish()
	if ds.HasErrors() {
		var nothing T
		return nothing, ds
	}
	return out, ds
}

// cell reads what a cell under the name of a fact says:
//
//	Cell = [ "not" ] And { ( "," | "or" ) And } .
//	And  = Test { "and" Test } .
//
// where a Test is a value, a range, or what stands behind a fact in a condition. Not stands before all
// of them.
func (p *parser) cell(of *Ref) Expr {
	not := p.isKeyword(symNot) && !p.relationAt(1)
	start := p.tok().start
	if not {
		p.operator()
	}
	var tests, values []Expr
	for {
		x, value := p.cellAnd(of)
		if tests = append(tests, x); value != nil {
			values = append(values, value)
		}
		if !p.accept(symComma) && !p.accept(symOr) {
			break
		}
	}
	return OneOf(of, Span{start, p.lastEnd()}, not, tests, values)
}

// OneOf is the condition that one of some tests of a fact holds, or none of them. Those that name a
// value, or a range of them, are told with it in values, in their order.
func OneOf(of *Ref, span Span, not bool, tests, values []Expr) Expr {
	_, interval := tests[0].(*In)
	switch {
	case len(values) < len(tests):
		x := tests[0]
		for _, y := range tests[1:] {
			x = binary(Or, x, y)
		}
		if not {
			x = &Unary{Span: span, Op: Not, X: &Paren{Span: span, X: x}}
		}
		return x
	case len(values) == 1 && interval:
		return &In{Span: span, X: of, Not: not, Target: values[0]}
	case len(values) == 1 && not:
		return &Binary{Span: span, Op: Ne, X: of, Y: values[0]}
	case len(values) == 1:
		return tests[0]
	}
	return &In{Span: span, X: of, Not: not, Target: &Tuple{Span: span, Elems: values}}
}

// relationAt says whether what is said of a fact begins with a word at the nth token.
func (p *parser) relationAt(n int) bool {
	switch p.ahead(n).sym {
	case symIn, symIs, symLike, symUnder, symWithin:
		return true
	}
	return false
}

// cellAnd reads tests that all hold; value is the one of a test that names no more than it.
func (p *parser) cellAnd(of *Ref) (x, value Expr) {
	x, value = p.cellTest(of)
	for p.isKeyword(symAnd) {
		p.operator()
		y, _ := p.cellTest(of)
		x, value = binary(And, x, y), nil
	}
	return x, value
}

func (p *parser) cellTest(of *Ref) (x, value Expr) {
	t := p.tok()
	relation := comparisons[t.sym] != 0 && t.kind == punctToken || p.relationAt(0) || p.isKeyword(symNot) && p.relationAt(1)
	if relation {
		if x = p.relate(of); x != of {
			return x, nil
		}
	}
	if p.isKeyword(symNot) {
		p.fail(code.ConditionExpected, "`not` stands before all that a cell says, and not within it")
	}
	value = p.sum()
	if p.is(symRange) {
		value = p.interval(value)
		return &In{Span: value.Range(), X: of, Target: value}, value
	}
	if l, ok := value.(*Literal); ok && l.Form() == NetworkLiteral {
		return &In{Span: l.Span, X: of, Target: l}, value
	}
	return &Binary{Span: value.Range(), Op: Eq, X: of, Y: value}, value
}

// Name reads a name; what says of what.
func (c Cell) Name(what string, as code.Code) (Name, Diagnostics) {
	return readCell(c, what, func(p *parser) Name { return p.name(as, what) })
}
