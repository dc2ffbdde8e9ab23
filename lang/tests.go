package lang

// The grammar of tests. What begins with a parenthesis behind = is a list.
const testGrammar = `Test   = "test" String [ "under" Name { "," Name } ]
         "{" { "as" "of" Date | "given" Fact { "," Fact } | Expect } "}" .
Fact   = Path "=" Value | Path "is" [ "not" ] Name | [ "not" ] Path .
Value  = Sum | "(" [ Element { "," Element } ] ")" .
Expect = "expect" Outcome [ "between" Name { "," Name } ] [ "needing" Path { "," Path } ]
         [ "by" LabelRef { "," LabelRef } ] [ "requiring" String { "," String } ] .
`

// test reads a test.
func (p *parser) test() Decl {
	t := production[Test](p, []string{"under"})
	open := p.brace("what is given and expected", []string{"under"})
	var asOf token
	for !p.is(symRBrace) {
		if p.tok().kind == eofToken || p.declarationOnLine() {
			p.unclosed(open)
			return t
		}
		start := p.i
		if !p.attempt(func() { p.testItem(t, &asOf) }) {
			p.skipToTestItem(start)
		}
	}
	p.i++
	return t
}

// testWords begin what stands in a test.
var testWords = []string{"as", "given", "expect"}

func (p *parser) testItem(t *Test, asOf *token) {
	w := p.tok()
	sym := w.sym
	if w.kind != identToken || sym != symAs && sym != symGiven && sym != symExpect {
		sym = p.misspeltTestItem()
		w.sym = sym
	}
	switch sym {
	case symAs:
		p.i++
		p.expect(MalformedTest, symOf, "after `as`, there must be `%s` and a date")
		d := p.date(MalformedTest)
		if asOf.end > 0 {
			p.add(ClauseTwice, w.span(), "a test has `as of` once").note(asOf.span(), "the first one is here")
		}
		t.AsOf, *asOf = &d, *w
	case symGiven:
		p.i++
		t.Given = append(t.Given, p.fact())
		for p.anotherFact() {
			p.i++
			t.Given = append(t.Given, p.fact())
		}
	case symExpect:
		start := w.start
		e := production[Expect](p, []string{"between", "needing", "by", "requiring"})
		e.setSpan(Span{start, p.lastEnd()})
		t.Expect = append(t.Expect, e)
	}
}

// anotherFact says whether a further fact follows, behind a comma or, which is
// reported, behind `and`.
func (p *parser) anotherFact() bool {
	if !p.isKeyword(symAnd) {
		return p.is(symComma)
	}
	p.add(MalformedTest, p.tok().span(), "facts have a comma between them").fix(Span{p.lastEnd(), p.tok().end}, ",", "did you mean `,`?")
	return true
}

// misspeltTestItem reports what begins no item of a test.
func (p *parser) misspeltTestItem() symbol {
	t := p.tok()
	if near, ok := Nearest(p.slice(t), testWords); ok && t.kind == identToken {
		p.add(MisspeltWord, t.span(), "`%s` begins nothing in a test", p.slice(t)).fix(t.span(), near, "did you mean `%s`?", near)
		return wordSymbols[near]
	}
	p.fail(MalformedTest, "in a test stand `as of`, `given` and `expect`, not %s", p.describe(t))
	return noSymbol
}

// skipToTestItem goes on at the next word that begins one.
func (p *parser) skipToTestItem(start int) {
	if p.i == start {
		p.skipOne()
	}
	for ; p.tok().kind != eofToken && !p.is(symRBrace) && !p.declarationOnLine(); p.i++ {
		t := p.tok()
		if t.kind == identToken && (t.sym == symGiven || t.sym == symExpect || t.sym == symAs && p.ahead(1).sym == symOf) && p.ahead(1).kind == identToken {
			return
		}
		if _, near := Nearest(p.slice(t), testWords); near && t.newline && t.kind == identToken && p.ahead(1).kind == identToken {
			return
		}
	}
}

// fact reads what a fact of a case may be.
func (p *parser) fact() Expr {
	p.depth, p.operators = 0, 0
	start := p.tok()
	if p.isKeyword(symNot) {
		p.i++
		x := p.factPath()
		return &Unary{Span: Span{start.start, x.End}, Op: Not, X: x}
	}
	x := p.factPath()
	switch {
	case p.isKeyword(symIs):
		return p.isTerm(x)
	case p.is(symEq):
		p.i++
		var value Expr
		if p.is(symLParen) {
			value = p.tuple(0)
		} else {
			value = p.sum()
		}
		if p.thousands() {
			p.bail()
		}
		return binary(Eq, x, value)
	case p.is(symColon):
		p.add(MalformedFact, p.tok().span(), "a fact is written with `=`, not with a colon").fix(p.tok().span(), " =", "did you mean `=`?")
		p.bail()
	case comparisons[p.tok().sym] != 0 && p.tok().kind == punctToken:
		p.fail(MalformedFact, "a fact says what something is: `path = value`; `%s` cannot stand here", p.slice(p.tok()))
	}
	return x
}

func (p *parser) factPath() *Ref {
	if t := p.tok(); t.kind != identToken {
		if t.kind == keywordToken {
			p.reserved(t, "the name of a fact")
		}
		p.fail(MalformedFact, "there should be a fact such as `item.range = 300 km` or `recipient is vetted` here, not %s", p.describe(t))
	}
	return p.path()
}
