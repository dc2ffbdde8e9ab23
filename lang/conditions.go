package lang

import (
	"regexp"

	"github.com/ctl-lang/ctl/lang/code"
)

// The grammar of conditions, from the loosest operator to the tightest. What
// begins with a parenthesis behind in is a Tuple, not a Range. Behind = and != a
// parenthesis is a list where it holds nothing or a comma of its own; of a set one in
// which a single value stands is one too.
const conditionGrammar = `Cond       = Or [ "implies" Cond ] .
Or         = And { "or" And } .
And        = Not { "and" Not } .
Not        = "not" Not | Relation .
Relation   = Sum [ Comparison Sum
                 | ( "=" | "!=" ) "(" [ Sum "," Sum { "," Sum } ] ")"
                 | [ "not" ] "in" Target
                 | [ "not" ] ( "like" | "under" ) String
                 | [ "not" ] "within" Number ( "before" | "after" | "of" ) Sum ]
           | Path "is" [ "not" ] Name
           | [ "not" ] "in" Target
           | ( "any" | "all" | "none" ) "of" Sum "in" Target .
Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=" .
Target     = Path | Tuple | Range | Network .
Tuple      = "(" Element { "," Element } ")" .
Element    = Sum | Range .
Range      = Sum ".." Sum .
Sum        = Product { ( "+" | "-" ) Product } .
Product    = Sign { ( "*" | "/" ) Sign } .
Sign       = "-" Sign | Operand .
`

// condition reads a whole condition.
func (p *parser) condition() Expr {
	p.depth, p.operators, p.reaching = 0, 0, ""
	return p.implication()
}

// reach reads the condition of a quantifier or an aggregate, which reaches as far as it can.
func (p *parser) reach(word symbol) Expr {
	outer := p.reaching
	p.reaching = word.String()
	x := p.implication()
	p.reaching = outer
	return x
}

func (p *parser) implication() Expr {
	x := p.disjunction()
	if !p.isOperator(symImplies) {
		return x
	}
	p.operator()
	p.enter()
	y := p.implication()
	p.leave()
	return binary(Implies, x, y)
}

func (p *parser) disjunction() Expr {
	x := p.conjunction()
	for p.isOperator(symOr) {
		p.operator()
		if y := p.sameSide(x); y != nil {
			x = binary(Or, x, y)
			continue
		}
		x = binary(Or, x, p.conjunction())
	}
	return x
}

func (p *parser) conjunction() Expr {
	x := p.negation()
	for p.isOperator(symAnd) {
		p.operator()
		if y := p.sameSide(x); y != nil {
			x = binary(And, x, y)
			continue
		}
		x = binary(And, x, p.negation())
	}
	return x
}

func binary(op Op, x, y Expr) Expr {
	return &Binary{Span: Span{x.Range().Start, y.Range().End}, Op: op, X: x, Y: y}
}

func (p *parser) negation() Expr {
	p.needlessWord()
	if x := p.neither(); x != nil {
		return x
	}
	if !p.isOperator(symNot) || p.ahead(1).sym == symIn && p.ahead(1).kind == keywordToken {
		return p.relation()
	}
	not := p.operator()
	p.enter()
	x := p.negation()
	p.leave()
	return &Unary{Span: Span{not.start, x.Range().End}, Op: Not, X: x}
}

// relation reads values and what is said about them.
func (p *parser) relation() Expr {
	if p.isKeyword(symIn) || p.isKeyword(symNot) {
		start := p.tok().start
		return p.membership(nil, start)
	}
	x := p.setQuant()
	if x == nil {
		x = p.sum()
	}
	r := p.relate(x)
	if r != x && comparisons[p.tok().sym] != 0 {
		p.chained(r)
	}
	return r
}

var comparisons = [len(symbolTexts)]Op{symEq: Eq, symNe: Ne, symLt: Lt, symLe: Le, symGt: Gt, symGe: Ge}

// relate reads what is said about x; x itself where nothing is.
func (p *parser) relate(x Expr) Expr {
	start := x.Range().Start
	t := p.tok()
	if op := comparisons[t.sym]; op != 0 && t.kind == punctToken {
		p.operator()
		if op == Eq || op == Ne {
			p.bracesForList()
			if p.listAhead() || p.is(symLParen) && p.ahead(1).sym == symRParen {
				return binary(op, x, p.tuple(0))
			}
		}
		return binary(op, x, p.sum())
	}
	about := t
	if p.isKeyword(symNot) {
		about = p.ahead(1)
	}
	switch {
	case about.sym == symIn && about.kind == keywordToken:
		return p.membership(x, start)
	case about.sym == symLike && about.kind == identToken && !p.labelAt(about):
		return p.like(x)
	case about.sym == symUnder && about.kind == identToken && !p.labelAt(about):
		return p.under(x)
	case about.sym == symWithin && about.kind == identToken && !p.labelAt(about):
		return p.within(x)
	}
	if r := p.foreignRelation(x); r != nil {
		return r
	}
	if p.isKeyword(symIs) {
		return p.isTerm(x)
	}
	return x
}

// labelAt says whether a word is a name because a colon follows it.
func (p *parser) labelAt(t *token) bool {
	for n := 0; n <= 1; n++ {
		if p.ahead(n) == t {
			return p.ahead(n+1).sym == symColon
		}
	}
	return false
}

// chained reports a < b < c.
func (p *parser) chained(r Expr) {
	d := p.report(code.ComparisonChain, "a comparison has two sides; a third cannot follow with `%s`", p.slice(p.tok()))
	b, ok := r.(*Binary)
	switch {
	case !ok || d == nil:
	case p.reaching != "":
		d.hint("the condition behind `%s` reaches as far as it can: parentheses end it, `(… %s %s) %s …`", p.reaching, p.reaching, FormatExpr(r), p.tok().sym)
	default:
		d.hint("write `%s and %s %s …`", FormatExpr(r), FormatExpr(b.Y), p.tok().sym)
	}
	p.bail()
}

// membership reads [not] in and its target.
func (p *parser) membership(x Expr, start uint32) Expr {
	not := p.accept(symNot)
	in := p.operator()
	if p.inNot(in) {
		not = !not
	}
	target := p.target()
	return &In{Span: Span{start, target.Range().End}, X: x, Not: not, Target: target}
}

// target reads a group, a set, a list (a, b) or a range a .. b.
func (p *parser) target() Expr {
	p.bracesForList()
	if p.is(symLParen) {
		return p.tuple(1)
	}
	at := p.i
	lo := p.sum()
	if p.is(symRange) {
		return p.interval(lo)
	}
	if l, ok := lo.(*Literal); ok && l.Form() == NetworkLiteral {
		return l
	}
	if _, ok := lo.(*Ref); !ok {
		d := p.add(code.NoTarget, lo.Range(), "after `in`, there must be a group, a list `(a, b)` or a range `a .. b`, not %s", p.describe(&p.tokens[at]))
		if text, ok := lo.(*Text); ok && IsNetwork(text.Value) {
			d.Message = "a network is written without quotes"
			d.hint(NetworkAdvice)
		} else if p.i == at+1 {
			value := p.slice(&p.tokens[at])
			d.fix(lo.Range(), "("+value+")", "did you mean `(%s)`?", value)
		}
		p.bail()
	}
	return lo
}

var network = regexp.MustCompile(`^[0-9a-fA-F]*[.:][0-9a-fA-F.:]*/[0-9]{1,3}$`)

// IsNetwork says whether a text is that of a network of addresses, such as 10.0.0.0/8, into which
// nothing that is said of texts can look.
func IsNetwork(text string) bool { return network.MatchString(text) }

// NetworkAdvice says what is to be done about addresses in networks.
const NetworkAdvice = "whether an address lies in a network is asked of an attribute of the type `address`, and the network stands without quotes: `x in 10.0.0.0/8`"

func (p *parser) interval(lo Expr) Expr {
	p.operator()
	hi := p.sum()
	return &Interval{Span: Span{lo.Range().Start, hi.Range().End}, Lo: lo, Hi: hi}
}

// tuple reads a list in parentheses of at least so many elements.
func (p *parser) tuple(least int) Expr {
	open := p.next()
	p.enter()
	var elems []Expr
	for !p.is(symRParen) || len(elems) < least {
		e := p.sum()
		if p.is(symRange) {
			e = p.interval(e)
		}
		elems = append(elems, e)
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

// trailingComma reports a comma before a closing bracket; reading goes on.
func (p *parser) trailingComma() {
	comma := p.tokens[p.i-1]
	p.add(code.StrayComma, comma.span(), "nothing follows this comma").fix(comma.span(), "", "remove it?")
}

// like reads [not] like "pattern".
func (p *parser) like(x Expr) Expr {
	not := p.accept(symNot)
	p.operator()
	t := p.tok()
	s := p.str(code.ConditionExpected, "a pattern")
	s.Value = unquotePattern(p.text, *t)
	return &Like{Span: Span{x.Range().Start, s.End}, X: x, Not: not, Pattern: Text(s)}
}

// under reads [not] under "code".
func (p *parser) under(x Expr) Expr {
	not := p.accept(symNot)
	p.operator()
	switch t := p.tok(); {
	case t.kind == numberToken, t.kind == identToken:
		p.unquoted(code.ConditionExpected, "a code")
	case t.sym == symLParen:
		p.fail(code.ConditionExpected, "`under` asks of one code: several are asked as `x under \"a\" or x under \"b\"`")
	}
	s := p.str(code.ConditionExpected, "a code")
	return &Under{Span: Span{x.Range().Start, s.End}, X: x, Not: not, Code: Text(s)}
}

// within reads [not] within 90 days before y.
func (p *parser) within(x Expr) Expr {
	not := p.accept(symNot)
	p.operator()
	if p.tok().kind != numberToken {
		p.fail(code.ConditionExpected, "after `within`, there must be a duration such as `90 days`, not %s", p.describe(p.tok()))
	}
	amount := p.quantity()
	if from := p.tok(); (from.sym == symFrom || from.sym == symSince) && p.valueFollows(1, true) {
		p.foreignSign(from.span(), "after")
		p.change(from)
		from.kind, from.sym = identToken, symAfter
	}
	switch p.tok().sym {
	case symBefore, symAfter, symOf:
	default:
		d := p.report(code.ConditionExpected, "after `within %s`, there must be `before`, `after` or `of` and a date, not %s", FormatExpr(amount), p.describe(p.tok()))
		if ago := p.slice(p.tok()) == "ago"; d != nil && (ago || !p.valueFollows(0, true)) {
			span := Span{p.lastEnd(), p.lastEnd()}
			if ago {
				span.End = p.tok().end
			}
			d.fix(span, " before as_of", "did you mean `within %s before as_of`?", FormatExpr(amount))
		}
		p.bail()
	}
	dir := p.name(code.ConditionExpected, "`before`")
	y := p.sum()
	return &Within{Span: Span{x.Range().Start, y.Range().End}, X: x, Not: not, Amount: amount, Dir: dir, Y: y}
}

// isTerm reads is [not] Term.
func (p *parser) isTerm(x Expr) Expr {
	ref, ok := x.(*Ref)
	if !ok {
		p.fail(code.ConditionExpected, "before `is`, there must be the name of a thing, as in `recipient is vetted`; values are compared with `=`")
	}
	isToken := p.operator()
	not := p.accept(symNot)
	if k := p.tok().kind; k == numberToken || k == stringToken || k == dateToken || k == literalToken || p.is(symLParen) {
		is := Span{isToken.start, p.lastEnd()}
		d := p.report(code.ConditionExpected, "after `is`, there must be the name of a term, not %s; values are compared with `=`", p.describe(p.tok()))
		switch {
		case d == nil:
		case not:
			d.fix(is, "!=", "did you mean `!=`?")
		default:
			d.fix(is, "=", "did you mean `=`?")
		}
		p.bail()
	}
	p.article()
	term := p.name(code.ConditionExpected, "the name of a term")
	return &Is{Span: Span{ref.Start, term.Range().End}, X: ref, Not: not, Term: term}
}

// article reports `is a Term` and reads on behind the article. A term may be called so.
func (p *parser) article() {
	t, next := p.tok(), p.ahead(1)
	if word := p.slice(t); t.kind != identToken || word != "a" && word != "an" || next.kind != identToken || next.newline || p.outcomes[p.slice(next)] {
		return
	}
	p.i++
	if p.clauseAt() != noSymbol || p.ahead(1).sym == symColon {
		p.i--
		return
	}
	p.add(code.MisspeltWord, t.span(), "after `is`, there must be the name of a term, without an article").
		fix(Span{t.start, next.start}, "", "did you mean `%s`?", p.slice(next))
}

func (p *parser) sum() Expr {
	p.goOn()
	x := p.product()
	for p.is(symPlus) || p.is(symMinus) {
		op := Add
		if p.operator().sym == symMinus {
			op = Sub
		}
		x = binary(op, x, p.product())
	}
	return x
}

func (p *parser) product() Expr {
	x := p.sign()
	for p.is(symStar) || p.is(symSlash) {
		op := Mul
		if p.operator().sym == symSlash {
			op = Div
		}
		x = binary(op, x, p.sign())
	}
	return x
}

func (p *parser) sign() Expr {
	p.needlessPlus()
	if !p.is(symMinus) {
		return p.operand()
	}
	minus := p.operator()
	p.enter()
	x := p.sign()
	p.leave()
	return &Unary{Span: Span{minus.start, x.Range().End}, Op: Sub, X: x}
}
