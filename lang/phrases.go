package lang

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
	if !p.is(symComma) {
		return x
	}
	elems := []Expr{x}
	for p.accept(symComma) {
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
	d := p.add(StrayComma, Span{comma.start, word.end}, "a comma means `or`; write the comma or `%s`, not both", word.sym)
	if word.sym == symOr {
		d.fix(Span{comma.start, word.end}, ",", "did you mean `,`?")
	} else {
		d.fix(Span{comma.start, word.end}, " and", "did you mean `and`?")
	}
}

func (p *parser) phraseOr() Expr {
	x := p.phraseAnd()
	for p.isKeyword(symOr) {
		p.operator()
		x = binary(Or, x, p.phraseAnd())
	}
	return x
}

func (p *parser) phraseAnd() Expr {
	x := p.phraseNot()
	for p.isKeyword(symAnd) {
		p.operator()
		x = binary(And, x, p.phraseNot())
	}
	return x
}

func (p *parser) phraseNot() Expr {
	t := p.tok()
	switch {
	case p.isKeyword(symNot):
		p.operator()
		p.enter()
		x := p.phraseNot()
		p.leave()
		return &Unary{Span: Span{t.start, x.Range().End}, Op: Not, X: x}
	case p.isKeyword(symAny):
		p.i++
		return &Any{t.span()}
	case t.kind == identToken && !p.nextRule():
		p.i++
		p.conditionInPhrase()
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
	p.add(ConditionInPhrase, at, "only names of terms, groups and things can be here; a condition such as `%s %s …` belongs after `when`",
		shortened(p.text[at.Start:at.End]), p.slice(p.tok()))
	p.bail()
}

// nextRule says whether the word at the beginning of this line is an outcome with
// its object, so that what should have stood before it is missing.
func (p *parser) nextRule() bool {
	t, next := p.tok(), p.ahead(1)
	return t.newline && p.outcomes[p.slice(t)] && next.kind == identToken && next.sym == noSymbol && !next.newline
}

// noPhrase reports that no phrase begins here.
func (p *parser) noPhrase() {
	t := p.tok()
	if (t.kind == numberToken || t.kind == dateToken) && p.tokens[p.i-1].sym == symFrom {
		p.fail(PhraseExpected, "there should be a date such as 1993-09-27 or a name here, not %s", p.describe(t))
	}
	p.fail(PhraseExpected, "after `%s`, there must be the name of a term, a group or a thing, or `any`, not %s", shortened(p.slice(&p.tokens[p.i-1])), p.describe(t))
}
