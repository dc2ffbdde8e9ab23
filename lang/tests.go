package lang

import (
	"strings"

	"github.com/ctl-lang/ctl/lang/code"
)

// The grammar of tests. What stands in parentheses behind = is a list, unless a sum
// begins with it.
const testGrammar = `Test   = "test" String [ "under" Name { "," Name } ]
         "{" { "as" "of" Date | "given" Fact { "," Fact } | Expect } "}" .
Fact   = ( Path | Result ) "=" Value | Path "is" [ "not" ] Name | Path [ "not" ] "in" Name | [ "not" ] ( Path | Result ) .
Result = Name "(" [ Argument { "," Argument } ] ")" .
Value  = Sum | "(" [ Element { "," Element } ] ")" .
Expect = "expect" Outcome [ "between" Name { "," Name } ] [ "needing" Needed { "," Needed } ]
         [ "by" LabelRef { "," LabelRef } ] [ "requiring" String { "," String } ] .
Needed = Path | Path "in" Name | Result .
`

// test reads a test.
func (p *parser) test() Decl {
	t := production[Test](p, []string{"under"})
	open := p.brace("what is given and expected", []string{"under"})
	p.inTest = true
	defer func() { p.inTest = false }()
	var asOf token
	for !p.is(symRBrace) {
		if p.tok().kind == eofToken || p.declarationOnLine() {
			p.unclosed(open)
			return t
		}
		start, sofar, asOfSoFar := p.i, *t, asOf
		if !p.bounded(func() { *t, asOf = sofar, asOfSoFar; p.testItem(t, &asOf) }, func(i int) bool { return p.testItemAt(i) || p.declarationAt(i) }) {
			p.skipToTestItem(start)
		}
	}
	p.i++
	return t
}

// testItemAt says whether one of the items of a test seems to begin at token i.
func (p *parser) testItemAt(i int) bool {
	t, next := &p.tokens[i], &p.tokens[min(i+1, len(p.tokens)-1)]
	if t.kind != identToken || next.newline {
		return false
	}
	return (t.sym == symGiven || t.sym == symExpect) && (next.kind == identToken && next.sym == noSymbol || next.sym == symNot) || t.sym == symAs && next.sym == symOf
}

// testWords begin what stands in a test.
var testWords = []string{"as", "given", "expect"}

func (p *parser) testItem(t *Test, asOf *token) {
	w := p.tok()
	sym := w.sym
	if w.kind != identToken || sym != symAs && sym != symGiven && sym != symExpect {
		sym = p.misspeltTestItem()
		p.change(w)
		w.sym = sym
	}
	switch sym {
	case symAs:
		p.i++
		p.expect(code.MalformedTest, symOf, "after `as`, there must be `%s` and a date")
		d := p.date(code.MalformedTest)
		if asOf.end > 0 {
			p.add(code.ClauseTwice, w.span(), "a test has `as of` once").note(asOf.span(), "the first one is here")
		}
		t.AsOf, *asOf = &d, *w
	case symGiven:
		p.i++
		p.needlessColon("given")
		t.Given = append(t.Given, p.fact())
		for p.anotherFact() {
			p.i++
			t.Given = append(t.Given, p.fact())
		}
		p.fullStop()
	case symExpect:
		start := w.start
		if colon := p.ahead(1); colon.sym == symColon {
			p.i++
			p.needlessColon("expect")
			p.i--
			p.change(colon)
			*colon = *w
		}
		e := production[Expect](p, []string{"between", "needing", "by", "requiring"})
		e.setSpan(Span{start, p.lastEnd()})
		t.Expect = append(t.Expect, e)
		if p.is(symComma) {
			p.i++
			p.trailingComma()
		}
	}
}

// anotherFact says whether a further fact follows, behind a comma or, which is
// reported, behind `and`.
func (p *parser) anotherFact() bool {
	if p.is(symComma) {
		next := p.ahead(1)
		if next.sym != symRBrace && !((next.sym == symExpect || next.sym == symGiven) && p.ahead(2).kind == identToken && !p.ahead(2).newline) && !(next.sym == symAs && p.ahead(2).sym == symOf) {
			return true
		}
		p.i++
		p.trailingComma()
		return false
	}
	if t := p.tok(); t.kind == identToken && !t.newline && p.i > 0 && p.sawSemicolon(Span{p.lastEnd(), t.start}, "facts have commas between them") {
		p.i-- // where anotherFact's caller expects the comma
		return true
	}
	if !p.isKeyword(symAnd) {
		return false
	}
	p.add(code.MalformedTest, p.tok().span(), "facts have a comma between them").fix(Span{p.lastEnd(), p.tok().end}, ",", "did you mean `,`?")
	return true
}

// needlessColon reports a colon behind a word of a test.
func (p *parser) needlessColon(word string) {
	if colon := p.tok(); colon.sym == symColon {
		p.add(code.MisspeltWord, colon.span(), "no colon stands behind `%s`", word).fix(colon.span(), "", "remove it?")
		p.i++
	}
}

// foreignTestWords are words for those that begin what stands in a test.
var foreignTestWords = map[string]string{"when": "given", "if": "given", "with": "given", "where": "given", "then": "expect", "assert": "expect", "should": "expect", "as_of": "as of", "on": "as of", "date": "as of"}

// misspeltTestItem reports what begins no item of a test.
func (p *parser) misspeltTestItem() symbol {
	t := p.tok()
	if near, ok := Nearest(p.slice(t), testWords); ok && t.kind == identToken {
		p.add(code.MisspeltWord, t.span(), "`%s` begins nothing in a test", p.slice(t)).fix(t.span(), near, "did you mean `%s`?", near)
		return wordSymbols[near]
	}
	if word := foreignTestWords[strings.ToLower(p.slice(t))]; word != "" && (word != "as of" || p.ahead(1).kind == dateToken) {
		p.foreignSign(t.span(), word)
		p.bail()
	}
	p.fail(code.MalformedTest, "in a test stand `as of`, `given` and `expect`, not %s", p.describe(t))
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
		x := p.factSubject()
		return &Unary{Span: Span{start.start, x.Range().End}, Op: Not, X: x}
	}
	x := p.factSubject()
	path, isPath := x.(*Ref)
	switch {
	case p.isKeyword(symIs) && isPath:
		return p.isTerm(path)
	case isPath && (p.isKeyword(symIn) || p.isKeyword(symNot) && p.ahead(1).sym == symIn):
		return p.inGroup(path)
	case p.is(symEq):
		p.i++
		value := p.value()
		if p.thousands() {
			p.bail()
		}
		return binary(Eq, x, value)
	case p.is(symColon):
		p.add(code.MalformedFact, p.tok().span(), "a fact is written with `=`, not with a colon").fix(p.tok().span(), " =", "did you mean `=`?")
		p.bail()
	case comparisons[p.tok().sym] != 0 && p.tok().kind == punctToken:
		p.fail(code.MalformedFact, "a fact says what something is: `path = value`; `%s` cannot stand here", p.slice(p.tok()))
	}
	return x
}

// inGroup reads which group a thing is in, or is not in.
func (p *parser) inGroup(x *Ref) Expr {
	not := p.accept(symNot)
	p.i++
	group := p.name(code.MalformedFact, "the name of a group")
	ref := &Ref{Span: group.Range(), Path: []Name{group}}
	return &In{Span: Span{x.Start, ref.End}, X: x, Not: not, Target: ref}
}

// value reads the value of a fact or of a default: a list in parentheses, or a sum, which
// may begin with one.
func (p *parser) value() Expr {
	if p.is(symLParen) && !p.sumBehindParen() {
		return p.tuple(0)
	}
	return p.sum()
}

// sumBehindParen says whether the parenthesis that opens here closes in front of an
// operator of a sum.
func (p *parser) sumBehindParen() bool {
	depth := 0
	for n := 0; p.ahead(n).kind != eofToken; n++ {
		switch p.ahead(n).sym {
		case symLParen:
			depth++
		case symRParen:
			depth--
		}
		if depth == 0 {
			switch p.ahead(n + 1).sym {
			case symPlus, symMinus, symStar, symSlash:
				return true
			}
			return false
		}
	}
	return false
}

// factSubject reads what a fact is about: a path, or what a function gives.
func (p *parser) factSubject() Expr {
	if p.tok().kind == identToken && p.slice(p.ahead(1)) == "(" {
		return p.call()
	}
	return p.factPath()
}

func (p *parser) factPath() *Ref {
	if t := p.tok(); t.kind != identToken {
		if role := p.roleByPreposition(); role != nil {
			return role
		}
		if t.kind == keywordToken {
			p.reserved(t, "the name of a fact")
		}
		p.fail(code.MalformedFact, "there should be a fact such as `item.range = 300 km` or `recipient is vetted` here, not %s", p.describe(t))
	}
	return p.path()
}
