package lang

import (
	"slices"

	"github.com/ctl-lang/ctl/lang/code"
)

// group reads a group; its members, which may be many, not by participle.
func (p *parser) group() Decl {
	g := production[Group](p, []string{"of", "from", "column", "external"})
	if g.From != nil {
		p.listClauses(g, "where", "since", "until", "screened")
	} else if g.External {
		p.listClauses(g, "screened")
	}
	if g.From != nil || g.External {
		return g
	}
	closes := p.memberBrackets()
	var head *Dates
	for {
		if d := p.dates(false); d != nil {
			p.colonBehind(d)
			head = d
		}
		m := p.member()
		m.Head = head
		g.Members = append(g.Members, m)
		if closes != noSymbol && p.accept(closes) || !p.anotherMember(m) {
			return g
		}
	}
}

// colonBehind consumes the colon between dates and the members for which they hold.
func (p *parser) colonBehind(d *Dates) {
	if p.accept(symColon) {
		return
	}
	if t := p.tok(); t.kind != badToken {
		diag := p.add(code.MalformedDeclaration, d.Span, "dates in front of names hold for all that follow, and have a colon behind them; a date of one name stands behind it, without a comma")
		if (t.kind == identToken || t.kind == stringToken || t.kind == literalToken) && !p.declarationOnLine() {
			diag.fix(Span{d.End, d.End}, ":", "did you mean `%s:`?", p.text[d.Start:d.End])
		}
	}
	p.bail()
}

// member reads a name or a text and its dates.
func (p *parser) member() Member {
	p.goOn()
	var m Member
	switch t := p.tok(); t.kind {
	case stringToken:
		s := p.str(code.MalformedDeclaration, "a member")
		m.Quote = &s
	case literalToken:
		p.i++
		m.Literal = &Literal{Span: t.span(), Text: p.slice(t)}
	case numberToken:
		p.unquoted(code.MalformedDeclaration, "a member that begins with a digit")
	default:
		m.Name = p.name(code.MalformedDeclaration, "a member of the group")
	}
	m.Dates = p.dates(true)
	return m
}

// dates reads since and until; nil where neither stands here. Behind a member, they are no
// names of others, even if the date is missing.
func (p *parser) dates(behind bool) *Dates {
	d := &Dates{Span: p.tok().span()}
	for _, end := range []struct {
		word symbol
		day  **Day
	}{{symSince, &d.Since}, {symUntil, &d.Until}} {
		p.misspeltSince()
		if p.isWord(end.word, dateToken) || p.is(end.word) && (p.ahead(1).kind == numberToken || behind && !p.tok().newline && p.lastOfLine()) {
			p.i++
			day := p.day()
			*end.day, d.End = &day, p.lastEnd()
		}
	}
	if d.Since == nil && d.Until == nil {
		return nil
	}
	return d
}

// misspeltSince reports a word before a date that is nearly since or until, and
// takes it for that.
func (p *parser) misspeltSince() {
	t := p.tok()
	if t.kind != identToken || p.ahead(1).kind != dateToken || t.sym == symSince || t.sym == symUntil {
		return
	}
	if near, ok := Nearest(p.slice(t), []string{"since", "until"}); ok {
		p.add(code.MisspeltWord, t.span(), "`%s` is no word of a group", p.slice(t)).fix(t.span(), near, "did you mean `%s`?", near)
		p.change(t)
		t.sym = wordSymbols[near]
	}
}

// day reads a day, as far as it is known: a date, a month, a year, or the first and the last
// that it may be.
func (p *parser) day() Day {
	first := p.someDay()
	if !p.is(symRange) {
		return first
	}
	p.i++
	last := p.someDay()
	return Day{Span{first.Start, last.End}, first.Text, last.Text}
}

// someDay reads a date, a month such as 1997-04 or a year.
func (p *parser) someDay() Day {
	year, dash, month := p.tok(), p.ahead(1), p.ahead(2)
	s := year.span()
	switch {
	case year.kind != numberToken || s.End-s.Start != 4:
		d := p.date(code.MalformedDeclaration)
		return Day{Span: d.Range(), Text: d.Text}
	case dash.sym == symMinus && month.kind == numberToken:
		s.End = month.end
		p.i += 3
		return Day{Span: s, Text: p.slice(year) + "-" + p.slice(month)}
	}
	p.i++
	return Day{Span: s, Text: p.slice(year)}
}

// listClauses reads what is said of the members that a file, or a program, gives; of the rows of a
// file behind its name and column.
func (p *parser) listClauses(g *Group, clauses ...string) {
	for {
		word := p.slice(p.tok())
		if p.tok().kind != identToken && !p.isKeyword(symWhen) || p.declarationOnLine() {
			return
		}
		if !slices.Contains(clauses, word) {
			p.misspeltListClause("a group", append(clauses, "column")...)
			return
		}
		switch word {
		case "where":
			p.onceIn(g.Where != nil)
			p.i++
			g.Where = p.condition()
		case "since":
			p.columnOf(&g.Since)
		case "until":
			p.columnOf(&g.Until)
		case "screened":
			p.onceIn(g.Screened != nil)
			p.i++
			g.Screened = p.threshold()
		}
	}
}

// threshold reads how much a name has to be like a member, behind screened.
func (p *parser) threshold() *Number {
	if !p.accept(symAt) {
		t := p.tok()
		p.fail(code.MalformedDeclaration, "behind `screened` there should be how much a name has to be like a member, such as `at 0.9`, not %s", p.describe(t))
	}
	t := p.tok()
	if t.kind != numberToken {
		p.fail(code.MalformedDeclaration, "a group is screened at a number such as 0.9, and not at %s", p.describe(t))
	}
	p.i++
	return &Number{Span: t.span(), Text: p.slice(t)}
}

// columnOf reads the heading behind since or until.
func (p *parser) columnOf(into **String) {
	p.onceIn(*into != nil)
	p.i++
	s := p.str(code.MalformedDeclaration, "the heading of the column with the dates")
	*into = &s
}

// onceIn reports a word that stands a second time.
func (p *parser) onceIn(again bool) {
	if again {
		p.fail(code.ClauseTwice, "`%s` stands once", p.slice(p.tok()))
	}
}

// misspeltListClause reports a word behind a file that is nearly one of its clauses, or
// column where that comes too late.
func (p *parser) misspeltListClause(of string, clauses ...string) {
	t := p.tok()
	if t.newline || t.kind != identToken && t.sym != symWhen {
		return
	}
	if p.isWord(symColumn, stringToken) {
		p.fail(code.MalformedDeclaration, "`column` stands once, right behind the file")
	}
	near, ok := Nearest(p.slice(t), clauses)
	if word := p.slice(t); word == "if" || word == "when" {
		near, ok = "where", slices.Contains(clauses, "where")
	}
	if ok {
		p.add(code.MisspeltWord, t.span(), "`%s` is no word of %s", p.slice(t), of).fix(t.span(), near, "did you mean `%s`?", near)
		p.bail()
	}
}
