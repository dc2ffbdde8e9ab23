package lang

import "github.com/ctl-lang/ctl/lang/code"

// The grammar of what a rule's sentence speaks about.
const phraseGrammar = `Phrase      = PhraseOr { "," PhraseOr } .
PhraseOr    = PhraseAnd { "or" PhraseAnd } .
PhraseAnd   = PhraseNot { "and" PhraseNot } .
PhraseNot   = "not" PhraseNot | "any" | Name | String | "(" Phrase ")" .
Preposition = "to" | "from" | "for" | "by" | "via" | "at" | "on" | "with" | "into" .
`

// phrase reads a whole phrase. A comma means or and binds loosest.
func (p *parser) phrase() Expr {
	p.depth, p.operators = 0, 0
	return p.alternatives()
}

func (p *parser) alternatives() Expr {
	x := p.phraseOr()
	if p.commaBeforeClause() || !p.is(symComma) {
		return x
	}
	elems := []Expr{x}
	for !p.commaBeforeClause() && p.accept(symComma) {
		if p.isKeyword(symOr) || p.isKeyword(symAnd) {
			p.commaAndWord()
		}
		elems = append(elems, p.phraseOr())
	}
	return &Alternatives{Span: Span{x.Range().Start, p.lastEnd()}, Elems: elems}
}

// commaAndWord reports the Oxford comma and reads on.
func (p *parser) commaAndWord() {
	comma, word := p.tokens[p.i-1], p.next()
	d := p.add(code.StrayComma, Span{comma.start, word.end}, "a comma means `or`; write the comma or `%s`, not both", word.sym)
	if word.sym == symOr {
		d.fix(Span{comma.start, word.end}, ",", "did you mean `,`?")
	} else {
		d.fix(Span{comma.start, word.end}, " and", "did you mean `and`?")
	}
}

func (p *parser) phraseOr() Expr {
	x := p.phraseAnd()
	for p.isOperator(symOr) {
		p.operator()
		x = binary(Or, x, p.phraseAnd())
	}
	return x
}

func (p *parser) phraseAnd() Expr {
	x := p.phraseNot()
	for p.isOperator(symAnd) {
		p.operator()
		x = binary(And, x, p.phraseNot())
	}
	return x
}

func (p *parser) phraseNot() Expr {
	t := p.tok()
	switch {
	case p.isOperator(symNot):
		p.operator()
		p.enter()
		x := p.phraseNot()
		p.leave()
		return &Unary{Span: Span{t.start, x.Range().End}, Op: Not, X: x}
	case p.isKeyword(symAny):
		p.i++
		p.nameBehindAny()
		return &Any{t.span()}
	case t.kind == identToken && !p.itemOnLine():
		p.neitherInPhrase()
		if p.articleInPhrase() || p.needlessInPhrase() {
			return p.phraseNot()
		}
		p.i++
		p.conditionInPhrase()
		if text := p.nameOfWords(t); text != nil {
			return text
		}
		return &Ref{Span: t.span(), Path: []Name{{Text: p.slice(t), Offset: t.start}}}
	case t.kind == stringToken:
		p.i++
		return &Text{Span: t.span(), Value: unquote(p.text, *t)}
	case t.sym == symLParen:
		open := p.operator()
		p.enter()
		x := p.alternatives()
		p.closing(symRParen, open)
		p.leave()
		return &Paren{Span: Span{open.start, p.lastEnd()}, X: x}
	}
	p.noPhrase()
	return nil
}

// conditionInPhrase reports a comparison where only names may stand.
func (p *parser) conditionInPhrase() {
	t := p.tok()
	if t.kind == badToken || t.newline || comparisons[t.sym] == 0 && t.sym != symDot && t.sym != symIn && t.sym != symIs && t.sym != symRange || t.kind == identToken {
		return
	}
	at := p.tokens[p.i-1].span()
	for p.is(symDot) && p.ahead(1).kind == identToken {
		p.i += 2
	}
	at.End = p.lastEnd()
	cond := shortened(p.text[at.Start:at.End])
	if sign := p.tok(); sign.kind != eofToken {
		cond += " " + p.slice(sign)
	}
	p.add(code.ConditionInPhrase, at, "only names of terms, groups and things can be here; a condition such as `%s …` belongs after `when`", cond)
	p.bail()
}

// nextRule says whether an outcome of this text begins a line here, with what shows that it
// begins the next rule, so that what should have stood before it is missing.
func (p *parser) nextRule() bool {
	t, next := p.tok(), p.ahead(1)
	if !t.newline || t.kind != identToken || !p.outcomes[p.slice(t)] || next.sym == symColon {
		return false
	}
	if next.kind == eofToken || next.newline || next.sym == symRBrace || next.sym.preposition() || canBeginLine(next.sym) {
		return p.nothingElse()
	}
	switch next.kind {
	case identToken:
		return next.sym == noSymbol && !p.outcomes[p.slice(next)]
	case stringToken:
		return true
	case keywordToken:
		return next.sym == symAny || next.sym == symNot && p.ahead(2).kind == identToken && p.ahead(2).sym == noSymbol
	}
	return next.sym == symLParen && next.start > t.end
}

// nothingElse says whether the token before demands a term or a rule, of which hardly any is
// called as an outcome, rather than a value.
func (p *parser) nothingElse() bool {
	switch before := p.tokens[p.i-1]; before.sym {
	case symAnd, symOr, symNot, symImplies, symWhen, symUnless, symNotwithstanding:
		return before.kind == keywordToken
	default:
		return before.kind == keywordToken && before.sym.preposition()
	}
}

// noPhrase reports that no phrase begins here.
func (p *parser) noPhrase() {
	t := p.tok()
	if (t.kind == numberToken || t.kind == dateToken) && p.tokens[p.i-1].sym == symFrom {
		p.fail(code.PhraseExpected, "there should be a date such as 1993-09-27 or a name here, not %s", p.describe(t))
	}
	p.fail(code.PhraseExpected, "after `%s`, there must be the name of a term, a group or a thing, or `any`, not %s", shortened(p.slice(&p.tokens[p.i-1])), p.describe(t))
}
