package lang

import (
	"strings"

	"github.com/ctl-lang/ctl/lang/code"
)

// foreignAggregates are words for sum, min, max and average that people bring from elsewhere.
var foreignAggregates = map[string]Op{
	"total": SumOf, "avg": AverageOf, "mean": AverageOf,
	"minimum": MinOf, "smallest": MinOf, "lowest": MinOf, "least": MinOf, "earliest": MinOf, "shortest": MinOf,
	"maximum": MaxOf, "largest": MaxOf, "highest": MaxOf, "greatest": MaxOf, "biggest": MaxOf, "latest": MaxOf, "longest": MaxOf,
}

// foreignAggregate reports such a word before of, and reads what is meant; nil where none stands here.
func (p *parser) foreignAggregate() Expr {
	if !p.ofFollows() {
		return nil
	}
	t := p.tok()
	op := foreignAggregates[strings.ToLower(p.slice(t))]
	if op == 0 {
		return nil
	}
	word, _, _ := strings.Cut(op.String(), " ")
	p.foreignSign(t.span(), word)
	return p.aggregate(op)
}

// aggregateCall reads what follows the one argument of a call in which a variable is bound, as
// Python has it, and reports it: sum(p.weight for p in item.parts).
func (p *parser) aggregateCall(fun Name, open token, x Expr) Expr {
	word := strings.ToLower(fun.Text)
	op := foreignAggregates[word]
	for _, known := range []Op{SumOf, MinOf, MaxOf, AverageOf} {
		if known.String() == word+" of" {
			op = known
		}
	}
	if op == 0 || !p.isKeyword(symFor) {
		return nil
	}
	e := &Aggregate{Op: op, X: x}
	p.forMember(e)
	if p.whereOf() {
		e.Where = p.reach(symWhere)
	}
	p.closing(symRParen, open)
	p.leave()
	e.Span = Span{fun.Offset, p.lastEnd()}
	better := FormatExpr(e)
	if greedy(e) {
		better = "(" + better + ")"
	}
	p.add(code.MisspeltWord, e.Span, "what is computed of the members of a list stands without parentheses, behind `%s`", op).fix(e.Span, better, "did you mean `%s`?", better)
	return e
}

// forMember reads for p in l, or reports what stands in its place.
func (p *parser) forMember(e *Aggregate) {
	t := p.tok()
	if !p.isKeyword(symFor) {
		word := strings.ToLower(p.slice(t))
		if in := p.ahead(2); t.newline || word != "each" && word != "every" && word != "over" || p.ahead(1).kind != identToken || in.sym != symIn {
			p.fail(code.ConditionExpected, "after the value, there must be `for`, a name for the members, `in` and a list, as in `%s p.weight for p in item.parts`, not %s", e.Op, p.describe(t))
		}
		p.foreignSign(t.span(), "for")
	}
	p.i++
	if each := p.tok(); each.kind == identToken && p.ahead(1).kind == identToken && !p.ahead(1).newline {
		switch strings.ToLower(p.slice(each)) {
		case "each", "every", "all", "some":
			p.add(code.MisspeltWord, each.span(), "behind `for` stands the name for the members alone").fix(Span{each.start, p.ahead(1).start}, "", "remove it?")
			p.i++
		}
	}
	e.Var = p.name(code.ConditionExpected, "a name for the members of the list")
	if !p.isKeyword(symIn) {
		p.foreignOf()
	}
	if !p.isKeyword(symIn) {
		p.fail(code.ConditionExpected, "after the name for the members, there must be `in` and a list, not %s", p.describe(p.tok()))
	}
	p.i++
	e.List = p.path()
}

// foreignOf reports for p of list.
func (p *parser) foreignOf() {
	t := p.tok()
	if word := p.slice(t); (word == "of" || word == "among") && p.ahead(1).kind == identToken {
		p.foreignSign(t.span(), "in")
		p.change(t)
		t.kind, t.sym = keywordToken, symIn
	}
}

// whereOf reads the where of an aggregate, or what somebody wrote for it; false where none stands here.
func (p *parser) whereOf() bool {
	t, next := p.tok(), p.ahead(1)
	switch {
	case t.sym == symWhere && next.sym != symColon && !(t.newline && p.outcomes[p.slice(t)]):
		p.i++
		return true
	case t.newline || next.kind != identToken:
		return false
	}
	words := 1
	switch word := p.slice(t); {
	case word == "if" || word == "has" || word == "having" || word == "with":
	case word == "such" && p.slice(next) == "that":
		words = 2
	default:
		return false
	}
	all := Span{t.start, p.ahead(words - 1).end}
	p.foreignSign(all, "where")
	p.i += words
	return true
}
