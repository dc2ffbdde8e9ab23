package lang

import (
	"strings"

	"github.com/ctl-lang/ctl/lang/code"
)

// What is left out, or said twice in one, beside `and`, `or` and `not`.

// sameSide reads x > 1 and < 2, of which the second part has no left side: that of the first
// is offered. Nil where no sign, or words for one, stand here.
func (p *parser) sameSide(before Expr) Expr {
	t := p.tok()
	op, instead, n := comparisons[t.sym], Span{t.start, t.start}, 1
	if op == 0 || t.kind != punctToken {
		r, k := p.foreignRelationAt(0)
		if r.op == 0 || strings.EqualFold(p.slice(p.ahead(k+1)), "of") || k == 1 && strings.HasPrefix(p.text[t.end:], "(") { // before(x) is a call
			return nil
		}
		op, instead, n = r.op, Span{t.start, p.ahead(k - 1).end}, k
	}
	for {
		b, ok := before.(*Binary)
		switch {
		case !ok:
			return nil
		case b.Op == And || b.Op == Or:
			before = b.Y
			continue
		}
		side := b.X
		switch side.(type) {
		case *Number, *DateLit, *Literal, *Text:
			side = b.Y
		}
		text := p.text[side.Range().Start:side.Range().End]
		better := text + " "
		if instead.Start < instead.End {
			better += opTexts[op]
		}
		p.add(code.ConditionExpected, t.span(), "on both sides of `and` and `or` stands what is compared").fix(instead, better, "did you mean `%s %s …`?", text, opTexts[op])
		p.operator()
		p.i += n - 1
		return binary(op, side, p.sum())
	}
}

// bareNot reports x not Member; nil where a name does not follow.
func (p *parser) bareNot(x Expr) Expr {
	not, name := p.tok(), p.ahead(1)
	if _, ok := x.(*Ref); ok && !name.newline && (name.kind == numberToken || name.kind == dateToken || name.kind == literalToken || name.kind == stringToken) {
		p.operator()
		p.foreignSign(not.span(), "!=")
		return binary(Ne, x, p.sum())
	}
	if _, ok := x.(*Ref); !ok || not.newline || name.kind != identToken || name.newline || p.outcomes[p.slice(name)] || name.sym == symIn || name.sym == symLike || name.sym == symUnder || name.sym == symWithin || p.ahead(2).sym == symColon {
		return nil
	}
	p.operator()
	if isCode(p.slice(name)) {
		p.foreignSign(not.span(), "!=")
		return binary(Ne, x, p.sum())
	}
	p.foreignSign(not.span(), "not in")
	target := p.target()
	return &In{Span: Span{x.Range().Start, target.Range().End}, X: x, Not: true, Target: target}
}

// inNot reports x in not G, behind its `in`.
func (p *parser) inNot(in token) bool {
	if !p.isKeyword(symNot) {
		return false
	}
	p.foreignSign(Span{in.start, p.tok().end}, "not in")
	p.i++
	return true
}

// neither reads neither A nor B, of conditions; nil where nothing of the kind stands here.
func (p *parser) neither() Expr {
	t := p.tok()
	if t.kind != identToken || !strings.EqualFold(p.slice(t), "neither") || !p.valueFollows(1, true) {
		return nil
	}
	p.i++
	x := p.relation()
	if !p.norFollows() {
		return nil
	}
	y := p.relation()
	whole := Span{t.start, y.Range().End}
	better := "not " + p.text[x.Range().Start:x.Range().End] + " and not " + p.text[y.Range().Start:y.Range().End]
	p.add(code.MisspeltWord, whole, "that neither of two holds is written `not a and not b`").fix(whole, better, "did you mean `%s`?", better)
	return binary(And, &Unary{Span: x.Range(), Op: Not, X: x}, &Unary{Span: y.Range(), Op: Not, X: y})
}

// neitherOf reads x [is] neither a nor b, up to whose `neither` are n tokens; nil where
// nothing of the kind stands here.
func (p *parser) neitherOf(x Expr, n int) Expr {
	if !strings.EqualFold(p.slice(p.ahead(n)), "neither") || !strings.EqualFold(p.slice(p.ahead(n+2)), "nor") {
		return nil
	}
	start := p.tok().start
	p.i += n + 1
	a := p.sum()
	p.i++
	b := p.sum()
	whole := Span{start, b.Range().End}
	better := "not in (" + p.text[a.Range().Start:a.Range().End] + ", " + p.text[b.Range().Start:b.Range().End] + ")"
	p.add(code.MisspeltWord, whole, "that something is neither of two is written `not in (a, b)`").fix(whole, better, "did you mean `%s`?", better)
	return &In{Span: Span{x.Range().Start, whole.End}, X: x, Not: true, Target: &Tuple{Span: Span{a.Range().Start, whole.End}, Elems: []Expr{a, b}}}
}

func (p *parser) norFollows() bool {
	if t := p.tok(); t.kind != identToken || !strings.EqualFold(p.slice(t), "nor") {
		return false
	}
	p.i++
	return true
}

// neitherInPhrase reports neither US nor GB among the names of a rule.
func (p *parser) neitherInPhrase() {
	t, a, nor, b := p.tok(), p.ahead(1), p.ahead(2), p.ahead(3)
	if !strings.EqualFold(p.slice(t), "neither") || !strings.EqualFold(p.slice(nor), "nor") || b.newline {
		return
	}
	whole := Span{t.start, b.end}
	better := "not (" + p.slice(a) + " or " + p.slice(b) + ")"
	p.add(code.MisspeltWord, whole, "that something is neither of two is written `not (a or b)`").fix(whole, better, "did you mean `%s`?", better)
	p.i += 4
	p.bail()
}

// needlessInPhrase reports `either` and `both` before a name, and reads on behind it.
func (p *parser) needlessInPhrase() bool {
	t, next := p.tok(), p.ahead(1)
	if word := strings.ToLower(p.slice(t)); t.kind != identToken || word != "either" && word != "both" && word != "group" || !p.wordInPhrase(1) {
		return false
	}
	p.add(code.MisspeltWord, t.span(), "names have no `%s` before them", p.slice(t)).fix(Span{t.start, next.start}, "", "remove it?")
	p.i++
	return true
}

// roleByPreposition reports `to = US` in a condition, where the role has a name; nil where no
// such role is declared in the file.
func (p *parser) roleByPreposition() *Ref {
	t, next := p.tok(), p.ahead(1)
	if !t.sym.preposition() || comparisons[next.sym] == 0 && next.sym != symDot && next.sym != symIn && next.sym != symIs && next.sym != symNot {
		return nil
	}
	for i := 0; i+2 < len(p.tokens); i++ {
		if p.tokens[i].sym != symRole || p.tokens[i+1].sym != t.sym || p.tokens[i+2].kind != identToken {
			continue
		}
		role := p.slice(&p.tokens[i+2])
		p.add(code.MisspeltWord, t.span(), "`%s` stands in front of names; in a condition its role is called `%s`", p.slice(t), role).fix(t.span(), role, "did you mean `%s`?", role)
		p.i++
		ref := &Ref{Span: t.span(), Path: []Name{{Text: role, Offset: t.start}}}
		for p.is(symDot) {
			p.i++
			ref.Path = append(ref.Path, p.step())
			ref.End = p.lastEnd()
		}
		return ref
	}
	return nil
}

// subscript reports item[range] or a number in its place, behind a path.
func (p *parser) subscript(ref *Ref) {
	open, key, closing := p.tok(), p.ahead(1), p.ahead(2)
	if p.slice(open) != "[" || open.newline || closing.sym != symRParen {
		return
	}
	whole := Span{ref.Start, closing.end}
	p.forget(func(d *Diagnostic) bool { // `[` and `]`, of which nothing else is to be said
		return d.Span.Start >= open.start && d.Span.End <= closing.end
	})
	p.i += 3
	switch key.kind {
	case identToken, stringToken:
		name := labelOf(p.slice(key))
		better := FormatExpr(ref) + "." + name
		p.add(code.ForeignOperator, whole, "an attribute stands behind a dot").fix(whole, better, "did you mean `%s`?", better)
		ref.Path, ref.End = append(ref.Path, Name{Text: name, Offset: key.start}), closing.end
	default:
		p.add(code.ForeignOperator, whole, "the elements of a list have no numbers: `some x in %s has …` asks whether there is one of which something holds", FormatExpr(ref))
		p.bail()
	}
}
