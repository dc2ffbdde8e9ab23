package lang

import (
	"context"
	"strings"

	"github.com/ctl-lang/ctl/lang/code"
)

// Parse reads a rule file. It always returns a tree: what could be read. The
// diagnostics are sorted; if none of them is an error, the tree is the whole
// file. Where the context is done before, the tree is empty, and the one diagnostic
// wraps the context's error.
func Parse(ctx context.Context, name, text string) (file *File, found Diagnostics) {
	src := NewSource(name, text)
	defer func() {
		if r := recover(); r != nil {
			if _, is := r.(abandoned); !is {
				panic(r)
			}
			file, found = &File{Source: src}, Diagnostics{Stopped(ctx)}
		}
	}()
	p := newParser(&problems{source: src, ctx: ctx})
	file = &File{Source: src}
	g := grammars.Get().(*grammar)
	g.parser, p.grammar = p, g
	p.outcomes = p.declaredOutcomes()
	file.Decls = p.declarations()
	g.parser = nil
	grammars.Put(g)
	return file, p.finish()
}

// Stopped is the problem of a text that was not read to its end because a context was done.
func Stopped(ctx context.Context) *Diagnostic {
	err := context.Cause(ctx)
	return &Diagnostic{Code: code.Stopped, Message: "the reading was stopped: " + err.Error(), Cause: err}
}

// ParseFile is Parse for a file that is known by its name alone. What is wrong in it is told,
// with its lines, if the name ends in .ctl or is - for standard input. Any other, such as a
// file of passwords, is refused by one diagnostic without a place that shows none of it, and
// the file is nil.
func ParseFile(ctx context.Context, name, text string) (*File, Diagnostics) {
	f, ds := Parse(ctx, name, text)
	if !ds.HasErrors() || ds[0].Code == code.Stopped || strings.HasSuffix(name, ".ctl") || name == "-" {
		return f, ds
	}
	return nil, Diagnostics{{Code: code.CannotRead,
		Message: name + " is no rule file: it does not read as one, and what is wrong is shown only of a file whose name ends in .ctl"}}
}

// ParseExpr reads one condition, as behind `when`. The expression is nil if it
// cannot be read.
func ParseExpr(name, text string) (Expr, *Source, Diagnostics) {
	return parseOne(name, text, "the condition", (*parser).condition)
}

// ParseFact reads one fact of a case: `item.range = 300 km`, `recipient is
// vetted`, `recipient is not vetted`, `item.production_facility`, `not
// item.production_facility`, `subject.roles = (admin, clerk)`. The expression is
// nil if it cannot be read.
func ParseFact(name, text string) (Expr, *Source, Diagnostics) {
	return parseOne(name, text, "the fact", (*parser).fact)
}

func parseOne(name, text, what string, read func(*parser) Expr) (Expr, *Source, Diagnostics) {
	p := newParser(&problems{source: NewSource(name, text)})
	var x Expr
	ok := p.attempt(func() {
		e := read(p)
		if p.tok().kind != eofToken {
			p.trailing(e, what)
		}
		x = e
	})
	if !ok {
		x = nil
	}
	return x, p.source, p.finish()
}

// trailing reports what stands behind a condition or a fact: for a fact most
// likely the rest of a text without its quotes.
func (p *parser) trailing(e Expr, what string) {
	d := p.report(code.TrailingText, "after %s comes %s, which does not belong to it", what, p.describe(p.tok()))
	if b, ok := e.(*Binary); ok && d != nil && b.Op == Eq {
		if value, ok := b.Y.(*Ref); ok && !strings.ContainsAny(p.text, `"\`) {
			rest := Span{value.Start, p.tokens[len(p.tokens)-2].end}
			quoted := Quote(p.text[rest.Start:rest.End])
			d.fix(rest, quoted, "did you mean `%s`?", quoted)
		}
	}
	p.bail()
}

// Comments are the spans of the comments of a text, in order, from their # to the
// end of their line.
func Comments(src *Source) []Span {
	return scan(src, &problems{source: src}).comments
}

func newParser(found *problems) *parser {
	s := scan(found.source, found)
	return &parser{problems: found, text: found.source.Text, tokens: s.tokens, comments: s.comments}
}

// declaredOutcomes are the names that the text declares with `outcomes`. The
// parser needs them before it reads rules: `deny permit` is one rule if permit
// is a term, and two if it is an outcome.
func (p *parser) declaredOutcomes() map[string]bool {
	names := map[string]bool{}
	depth := 0
	for i := range p.tokens {
		switch t := &p.tokens[i]; t.sym {
		case symLBrace:
			depth++
		case symRBrace:
			depth = max(0, depth-1)
		case symOutcomes:
			if t.kind == identToken && depth == 0 && (t.newline || i == 0) {
				p.outcomesFrom(i+1, names)
			}
		}
	}
	return names
}

// outcomesFrom collects the names of one declaration of outcomes.
func (p *parser) outcomesFrom(i int, names map[string]bool) {
	for p.tokens[i].kind == identToken && !p.declarationBegins(i) {
		names[p.slice(&p.tokens[i])] = true
		i++
		if p.tokens[i].kind == stringToken {
			i++
		}
		if p.tokens[i].sym != symGt && p.tokens[i].sym != symComma {
			return
		}
		i++
	}
}
