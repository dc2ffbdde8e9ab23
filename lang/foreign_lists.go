package lang

import (
	"strings"
	"unicode"

	"github.com/ctl-lang/ctl/lang/code"
)

// valuesBehindCommas reports x = a, b at the end of a rule's condition, where x in (a, b)
// is meant, and reads on behind it.
func (p *parser) valuesBehindCommas(r *Rule) bool {
	if !p.is(symComma) {
		return false
	}
	x, values, sign := p.lastRelation(r.When)
	if x == nil {
		x, values, sign = p.lastRelation(r.Unless)
	}
	if x == nil {
		return false
	}
	var all strings.Builder
	all.WriteString(values)
	n := 0
	for p.ahead(n).sym == symComma {
		value := n + 1
		if p.ahead(value).sym == symOr || p.ahead(value).sym == symAnd {
			value++
		}
		switch t := p.ahead(value); {
		case t.kind == identToken && p.ahead(value+1).sym != symDot && p.ahead(value+1).sym != symColon, t.kind == stringToken, t.kind == numberToken, t.kind == dateToken, t.kind == literalToken:
			all.WriteString(", " + p.slice(t))
		default:
			return false
		}
		n = value + 1
	}
	span := Span{x.Range().Start, p.ahead(n - 1).end}
	better := p.text[x.Range().Start:x.Range().End] + sign + "(" + all.String() + ")"
	p.add(code.MissingComma, span, "several values stand in parentheses behind `in`").fix(span, better, "did you mean `%s`?", better)
	p.i += n
	return true
}

// lastRelation is x, a and the sign that is meant for several values, where a condition
// that has just been read ends in x = a; nil where it does not.
func (p *parser) lastRelation(e Expr) (x Expr, value, sign string) {
	for e != nil && e.Range().End == p.lastEnd() {
		switch c := e.(type) {
		case *Binary:
			switch c.Op {
			case And, Or, Implies:
				e = c.Y
				continue
			case Eq:
				return c.X, p.text[c.Y.Range().Start:c.Y.Range().End], " in "
			case Ne:
				return c.X, p.text[c.Y.Range().Start:c.Y.Range().End], " not in "
			}
		case *Unary:
			if c.Op == Not {
				e = c.X
				continue
			}
		case *Is:
			if c.Not {
				return c.X, c.Term.Text, " not in "
			}
			return c.X, c.Term.Text, " in "
		case *In:
			if target, ok := c.Target.(*Ref); ok && c.X != nil {
				sign = " in "
				if c.Not {
					sign = " not in "
				}
				return c.X, FormatExpr(target), sign
			}
		}
		return nil, "", ""
	}
	return nil, "", ""
}

// bracesForList reports {a, b} and takes the braces for parentheses.
func (p *parser) bracesForList() {
	if !p.is(symLBrace) {
		return
	}
	open, n := p.tok(), 1
	for ; p.ahead(n).sym != symRBrace; n++ {
		if t := p.ahead(n); t.newline || t.sym == symLBrace || t.kind == eofToken {
			return
		}
	}
	closing := p.ahead(n)
	whole := Span{open.start, closing.end}
	better := "(" + strings.TrimSpace(p.text[open.end:closing.start]) + ")"
	p.add(code.ForeignOperator, whole, "a list stands in parentheses").fix(whole, better, "did you mean `%s`?", shortened(better))
	p.change(open)
	p.change(closing)
	open.sym, closing.sym = symLParen, symRParen
}

// memberBrackets reports a bracket before the members of a group, reads on behind it and
// gives the one that closes it; noSymbol where none stands there.
func (p *parser) memberBrackets() symbol {
	open, closes := p.tok(), symRParen
	switch open.sym {
	case symLBrace:
		closes = symRBrace
	case symLParen:
	default:
		return noSymbol
	}
	n := 1
	for ; p.ahead(n).sym != closes; n++ {
		if p.ahead(n).kind == eofToken || p.ahead(n).newline && p.declarationAt(p.i+n) {
			return noSymbol
		}
	}
	whole := Span{open.start, p.ahead(n).end}
	p.forget(func(d *Diagnostic) bool { // `[` and `]`, of which nothing else is to be said
		return d.Code == code.ForeignOperator && (d.Span.Start == whole.Start || d.Span.End == whole.End)
	})
	better := strings.TrimSpace(p.text[open.end:p.ahead(n).start])
	p.add(code.MissingComma, whole, "the members of a group stand without brackets").fix(whole, better, "did you mean `%s`?", shortened(better))
	p.i++
	return closes
}

// anotherMember says whether a further member of a group follows, behind a comma or, which
// is reported, behind something else or nothing.
func (p *parser) anotherMember(last Member) bool {
	t := p.tok()
	switch {
	case p.is(symComma):
		p.i++
		if next := p.tok(); next.kind == eofToken || next.newline && p.declarationAt(p.i) {
			p.trailingComma()
			return false
		}
		return true
	case t.sym == symScreened && p.ahead(1).sym == symAt:
		p.fail(code.MalformedDeclaration, "names are screened against the members of a file: put these into one, as in `from \"parties.csv\" column \"name\" screened at 0.9`")
		return false
	case t.newline:
		return false
	case p.isKeyword(symAnd), p.isKeyword(symOr), p.is(symBar):
		p.add(code.MissingComma, t.span(), "the members of a group have commas between them").fix(Span{p.lastEnd(), t.end}, ",", "did you mean `,`?")
		p.i++
		return true
	case t.kind == identToken && t.sym >= symUse && t.sym <= symClaim, t.kind != identToken && t.kind != stringToken && t.kind != literalToken, last.Name.Text == "" && last.Quote == nil && last.Literal == nil:
		return false
	}
	between := Span{p.lastEnd(), t.start}
	if p.sawSemicolon(between, "the members of a group have commas between them") {
		return true
	}
	if last.Quote != nil || last.Literal != nil || last.Dates != nil || t.kind != identToken || isCode(last.Name.Text) {
		p.add(code.MissingComma, t.span(), "the members of a group have commas between them").fix(between, ", ", "did you mean `, %s`?", p.slice(t))
		return true
	}
	n := 0
	for next := p.ahead(n + 1); next.kind == identToken && !next.newline && next.sym != symSince && next.sym != symUntil; next = p.ahead(n + 1) {
		n++
	}
	whole := Span{last.Name.Offset, p.ahead(n).end}
	quoted := Quote(p.text[whole.Start:whole.End])
	p.add(code.MissingComma, whole, "a name of several words stands in quotes, and the members of a group have commas between them").fix(whole, quoted, "did you mean `%s`?", quoted)
	p.i += n + 1
	p.bail()
	return false
}

// sawSemicolon says whether a semicolon has been reported in a span, and offers a comma in
// its place.
func (p *parser) sawSemicolon(between Span, message string) bool {
	for _, d := range p.list {
		if d.Code == code.Semicolon && d.Span.Start >= between.Start && d.Span.End <= between.End {
			d.Message = message
			d.fix(d.Span, ",", "did you mean `,`?")
			return true
		}
	}
	return false
}

// isCode says whether a name is a code, such as US, and no word.
func isCode(name string) bool {
	return len(name) <= 3 || strings.IndexFunc(name, unicode.IsLower) < 0
}
