package lang

import (
	"strings"

	"github.com/ctl-lang/ctl/lang/code"
)

// The grammar of what operators connect. Name and Path are dotted words; the
// words some, every, no, count, sum, min, max, average, has and exactly are names wherever
// what follows them is not what stands here.
const operandGrammar = `Operand    = Number | Date | Literal | String | Path
           | Name "(" [ Argument { "," Argument } ] ")"
           | "(" Cond ")"
           | "has" Path
           | ( "some" | "every" | "no" | "count" ) Name "in" Path "has" Cond
           | ( "sum" | "min" | "max" | "average" ) "of" Sum "for" Name "in" Path [ "where" Cond ]
           | ( "at" "least" | "at" "most" | "exactly" ) Digits "of" "(" Cond { "," Cond } ")" .
Argument   = Sum | "(" Sum "," Sum { "," Sum } ")" .
Path       = Name { "." Name } .
Number     = Decimal [ UnitName ] .
UnitName   = Name [ "/" Name ] | "%" .
`

// operand reads one value, or one condition that ends by itself.
func (p *parser) operand() Expr {
	t := p.tok()
	switch t.kind {
	case numberToken:
		return p.quantity()
	case dateToken:
		p.i++
		return &DateLit{Span: t.span(), Text: p.slice(t)}
	case literalToken:
		p.i++
		return &Literal{Span: t.span(), Text: p.slice(t)}
	case stringToken:
		p.i++
		return &Text{Span: t.span(), Value: unquote(p.text, *t)}
	case identToken:
		return p.word()
	case keywordToken:
		if e := p.keywordOperand(); e != nil {
			return e
		}
	case punctToken:
		if t.sym == symLParen {
			return p.paren()
		}
	}
	p.noOperand()
	return nil
}

// paren reads ( cond ).
func (p *parser) paren() Expr {
	open := p.operator()
	p.enter()
	outer := p.reaching
	p.reaching = ""
	x := p.implication()
	p.reaching = outer
	switch {
	case p.is(symComma) && p.inValue:
		p.fail(code.ConditionExpected, "a value with a name is one value, no list")
	case p.is(symComma):
		p.fail(code.ConditionExpected, "a list in parentheses needs `in` before it, as in `x in (a, b)`")
	}
	p.closing(symRParen, open)
	p.leave()
	return &Paren{Span: Span{open.start, p.lastEnd()}, X: x}
}

// keywordOperand reads at least and at most, and what a quantifier of another language
// means; nil where none stands here.
func (p *parser) keywordOperand() Expr {
	next := p.ahead(1).sym
	switch {
	case p.is(symAt) && next == symLeast:
		p.i++
		return p.atLeast(Least, p.tokens[p.i-1].start)
	case p.is(symAt) && next == symMost:
		p.i++
		return p.atLeast(Most, p.tokens[p.i-1].start)
	}
	if role := p.roleByPreposition(); role != nil {
		return role
	}
	return p.foreignQuant()
}

// word reads what begins with a word that is not reserved.
func (p *parser) word() Expr {
	t, next := p.tok(), p.ahead(1)
	if p.nothingGoesOn(p.i) || p.itemOnLine() {
		p.fail(code.ConditionExpected, "%s is missing before %s", p.missing(), p.describe(t))
	}
	switch t.sym {
	case symSome, symEvery, symNo, symCount:
		p.foreignIn()
		if in := p.ahead(2); next.kind == identToken && in.sym == symIn && in.kind == keywordToken {
			return p.quant(quantOps[t.sym])
		}
	case symSum, symMin, symMax, symAverage:
		if p.ofFollows() {
			return p.aggregate(aggregateOps[t.sym])
		}
	case symExactly:
		if next.kind == numberToken {
			return p.atLeast(Exactly, t.start)
		}
	case symHas:
		if next.kind == identToken && p.ahead(2).sym != symColon {
			p.operator()
			path := p.path()
			return &Has{Span: Span{t.start, path.End}, X: path}
		}
	}
	if x := p.foreignQuant(); x != nil {
		return x
	}
	if x := p.foreignAggregate(); x != nil {
		return x
	}
	if next.sym == symLParen && p.slice(next) != "[" {
		return p.call()
	}
	if next.kind == numberToken && !next.newline && p.unitBefore() {
		return p.unitFirst()
	}
	return p.path()
}

var quantOps = [len(symbolTexts)]Op{symSome: Some, symEvery: Every, symNo: No, symCount: Count}

// path reads a.b.c.
func (p *parser) path() *Ref {
	first := p.name(code.ConditionExpected, "a name")
	n := 1
	for p.ahead(2*n-2).sym == symDot && p.ahead(2*n-1).kind == identToken {
		n++
	}
	names := make([]Name, 1, n)
	names[0] = first
	for p.is(symDot) && !p.fullStopAt(0) {
		if p.operators++; p.operators > maxOperators {
			p.fail(code.ConditionTooLong, "this path has too many steps")
		}
		p.i++
		names = append(names, p.step())
	}
	ref := &Ref{Span: Span{first.Offset, p.lastEnd()}, Path: names}
	p.subscript(ref)
	return ref
}

// step reads the name behind a dot, where every word is one.
func (p *parser) step() Name {
	t := p.tok()
	if t.kind != identToken {
		p.fail(code.ConditionExpected, "after the dot, there must be the name of an attribute, not %s", p.describe(t))
	}
	p.i++
	return Name{Text: p.slice(t), Offset: t.start}
}

// call reads f(a, b).
func (p *parser) call() Expr {
	fun := p.name(code.ConditionExpected, "the name of a function")
	open := p.operator()
	p.enter()
	var args []Expr
	for !p.is(symRParen) {
		args = append(args, p.argument())
		if p.isKeyword(symFor) && len(args) == 1 {
			if e := p.aggregateCall(fun, open, args[0]); e != nil {
				return e
			}
		}
		if !p.accept(symComma) {
			break
		}
		if p.is(symRParen) {
			p.trailingComma()
		}
	}
	p.closing(symRParen, open)
	p.leave()
	return &Call{Span: Span{fun.Offset, p.lastEnd()}, Fun: fun, Args: args}
}

// argument reads a value, or a list written out: count((7, 7, 9)).
func (p *parser) argument() Expr {
	if !p.listAhead() {
		return p.sum()
	}
	open := p.operator()
	p.enter()
	var elems []Expr
	for {
		elems = append(elems, p.sum())
		if !p.accept(symComma) {
			break
		}
		if p.is(symRParen) {
			p.trailingComma()
		}
	}
	p.closing(symRParen, open)
	p.leave()
	return &Tuple{Span: Span{open.start, p.lastEnd()}, Elems: elems}
}

// listAhead says whether a parenthesis opens here that has a comma of its own.
func (p *parser) listAhead() bool {
	if !p.is(symLParen) {
		return false
	}
	depth := 0
	for n := 0; n < len(p.tokens)-p.i; n++ {
		switch t := p.ahead(n); {
		case t.kind == eofToken:
			return false
		case t.sym == symLParen:
			depth++
		case t.sym == symRParen:
			if depth--; depth == 0 {
				return false
			}
		case t.sym == symComma && depth == 1:
			return true
		}
	}
	return false
}

// quantity reads 300, 300 km or 900 km/h.
func (p *parser) quantity() *Number {
	if p.divided() {
		p.unquoted(code.ConditionExpected, "a text that begins with a digit")
	}
	t := p.next()
	n := &Number{Span: t.span(), Text: p.slice(&t)}
	if sign := p.tok(); sign.sym == symPercent {
		p.i++
		n.Unit, n.UnitSpan, n.End = "%", sign.span(), sign.end
		return n
	}
	if p.bareWholeNumber(t) || p.exponent(n) || !p.unitFollows() {
		return n
	}
	u := p.next()
	slash, second := p.tok(), p.ahead(1)
	if slash.sym == symSlash && slash.start == u.end && second.kind == identToken && second.start == slash.end {
		if after := p.ahead(2); after.start != second.end || after.sym != symDot && after.sym != symLParen {
			p.i += 2
		}
	}
	n.UnitSpan = Span{u.start, p.lastEnd()}
	n.Unit = p.text[u.start:n.UnitSpan.End]
	n.End = n.UnitSpan.End
	return n
}

// divided says whether a number, a word and something behind a dot stand together without
// blanks, as in 9A515.a: that is no quantity.
func (p *parser) divided() bool {
	t, word, dot, last := p.tok(), p.ahead(1), p.ahead(2), p.ahead(3)
	return word.kind == identToken && word.start == t.end && dot.sym == symDot && dot.start == word.end &&
		(last.kind == identToken || last.kind == numberToken) && last.start == dot.end
}

// unitFollows says whether the word behind a number is its unit. It is not if
// it stands on another line, is a label, names an outcome, or is a word of the
// grammar in a place where the token after it shows that.
func (p *parser) unitFollows() bool {
	t, next := p.tok(), p.ahead(1)
	if t.kind != identToken || t.newline || next.sym == symColon || next.sym == symDot || p.outcomes[p.slice(t)] {
		return false
	}
	if sym, _ := p.foreignClause(); sym != noSymbol {
		return false
	}
	switch t.sym {
	case symBecause, symSource, symRequiring, symJSON:
		return next.kind != stringToken
	case symSubject:
		return next.sym != symTo
	case symUntil, symSince:
		return next.kind != dateToken
	case symDecides:
		return next.sym != symBy
	case symAmends:
		return next.kind != identToken
	case symScreened:
		return next.sym != symAt
	case symSensitive:
		return !p.inAttr
	case symAs, symOpen, symLike, symUnder, symWithin, symHas, symBefore, symAfter, symOf:
		return false
	case symRules:
		return !p.rulesFromAt(p.i)
	case symExpect, symGiven, symRepeal, symReplace, symSection:
		return next.kind != identToken
	}
	return !p.declarationAt(p.i)
}

// atLeast reads [at] least 2 of (a, b).
func (p *parser) atLeast(op Op, start uint32) Expr {
	word := p.operator()
	p.spelledNumber()
	t := p.tok()
	if t.kind != numberToken {
		p.fail(code.ConditionExpected, "after `%s`, there must be a number and `of (…)`, not %s", p.slice(&word), p.describe(t))
	}
	p.wholeNumber()
	p.i++
	n := Number{Span: t.span(), Text: p.slice(t)}
	p.expect(code.ConditionExpected, symOf, "after the number, there must be `%s` and a list in parentheses")
	if !p.is(symLParen) {
		p.fail(code.ConditionExpected, "after `of`, there must be a list of conditions in parentheses, not %s", p.describe(p.tok()))
	}
	open := p.next()
	p.enter()
	var of []Expr
	for {
		of = append(of, p.implication())
		if !p.accept(symComma) {
			break
		}
		if p.is(symRParen) {
			p.trailingComma()
			break
		}
	}
	p.closing(symRParen, open)
	p.leave()
	return &AtLeast{Span: Span{start, p.lastEnd()}, Op: op, N: n, Of: of}
}

// wholeNumber gives up where the number here has a fraction.
func (p *parser) wholeNumber() {
	if strings.Contains(p.slice(p.tok()), ".") {
		p.fail(code.ConditionExpected, "there should be a whole number here, not %s", p.slice(p.tok()))
	}
}

// setQuant reads any of s in t; nil where no such thing stands here.
func (p *parser) setQuant() Expr {
	t, of := p.tok(), p.ahead(1)
	op := setOps[t.sym]
	if op == 0 || of.sym != symOf || of.kind != identToken {
		return nil
	}
	if x := p.foreignTally(op); x != nil {
		return x
	}
	p.operator()
	p.i++ // of
	p.enter()
	x := p.sum()
	if !p.isKeyword(symIn) {
		p.fail(code.ConditionExpected, "there should be `in` and a group, a set or a list here, not %s", p.describe(p.tok()))
	}
	p.operator()
	target := p.target()
	p.leave()
	return &SetQuant{Span: Span{t.start, target.Range().End}, Op: op, X: x, Target: target}
}

var setOps = [len(symbolTexts)]Op{symAny: AnyOf, symAll: AllOf, symNone: NoneOf}

// quant reads some p in l has c.
func (p *parser) quant(op Op) Expr {
	start := p.operator().start
	v := p.name(code.ConditionExpected, "a name")
	p.i++ // in
	list := p.path()
	p.hasOf()
	p.enter()
	c := p.reach(symHas)
	p.leave()
	return &Quant{Span: Span{start, c.Range().End}, Op: op, Var: v, List: list, Cond: c}
}

var aggregateOps = [len(symbolTexts)]Op{symSum: SumOf, symMin: MinOf, symMax: MaxOf, symAverage: AverageOf}

// ofFollows says whether the next word is the of of an aggregate, and begins no rule.
func (p *parser) ofFollows() bool {
	of := p.ahead(1)
	return of.sym == symOf && p.ahead(2).sym != symColon && !(of.newline && p.outcomes[of.sym.String()])
}

// aggregate reads sum of v for p in l where c, at the word before of.
func (p *parser) aggregate(op Op) Expr {
	start := p.operator().start
	p.i++ // of
	p.enter()
	e := &Aggregate{Op: op, X: p.sum()}
	p.forMember(e)
	e.Span = Span{start, p.lastEnd()}
	if p.whereOf() {
		e.Where = p.reach(symWhere)
		e.End = e.Where.Range().End
	}
	p.leave()
	return e
}

// noOperand reports that no value begins here.
func (p *parser) noOperand() {
	t := p.tok()
	switch {
	case t.sym == symDot && p.ahead(1).kind == numberToken && p.ahead(1).start == t.end:
		whole := Span{t.start, p.ahead(1).end}
		p.foreignNumber(whole)
		p.bail()
	case t.kind == keywordToken && p.i > 0 && p.operatorBefore():
		p.fail(code.ConditionExpected, "after `%s` a condition should follow, not `%s`", p.slice(&p.tokens[p.i-1]), p.slice(t))
	case t.kind == keywordToken:
		p.reserved(t, "a value or a condition")
	case t.sym == symLBrace || t.sym == symRBrace || t.kind == eofToken:
		p.fail(code.ConditionExpected, "%s is missing before %s", p.missing(), p.describe(t))
	default:
		p.fail(code.ConditionExpected, "there should be a value or a condition here, not %s", p.describe(t))
	}
}

// missing is what should follow the last token: behind a sign between values another value.
func (p *parser) missing() string {
	if p.inValue {
		return "a value"
	}
	if p.i > 0 {
		switch sign := p.tokens[p.i-1].sym; sign {
		case symPlus, symMinus, symStar, symSlash:
			return "a value"
		default:
			if comparisons[sign] != 0 {
				return "a value"
			}
		}
	}
	return "a condition"
}

// operatorBefore says whether the last token was one that a condition must follow.
func (p *parser) operatorBefore() bool {
	t := p.tokens[p.i-1]
	return t.kind == keywordToken && !t.sym.preposition() && t.sym != symAny
}
