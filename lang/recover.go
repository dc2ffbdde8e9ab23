package lang

// skipToItem goes to where the next item of a body seems to begin, at least one
// token behind the start of the one that failed.
func (p *parser) skipToItem(start int) {
	if p.i == start {
		p.skipOne()
	}
	depth := 0
	for ; p.tok().kind != eofToken; p.i++ {
		switch p.tok().sym {
		case symLBrace:
			depth++
		case symRBrace:
			if depth == 0 {
				return
			}
			depth--
		}
		if p.declarationOnLine() || depth == 0 && p.itemSeemsToBegin() {
			return
		}
	}
}

// skipOne steps over a token, but not over the brace that ends the body.
func (p *parser) skipOne() {
	if !p.is(symRBrace) {
		p.next()
	}
}

// nextItemAt guesses, for an item that began at token start and seems to be unfinished,
// whether the next one, or a declaration, begins on the line of token i.
func (p *parser) nextItemAt(i, start int) bool {
	at := p.i
	p.i = i
	defer func() { p.i = at }()
	switch t := p.tok(); {
	case p.declarationOnLine(), p.itemOnLine(), p.isKeyword(symOtherwise), p.itemWordAt(), p.rulesFromAt(i):
		return true
	case t.kind != identToken || p.lineIndent(i) > p.lineIndent(start) || p.clauseAt() != noSymbol:
		return false
	case len(p.outcomes) > 0:
		return p.outcomes[p.slice(t)] || p.nearOutcome(p.slice(t))
	default:
		return p.sentencePart(p.ahead(1)) || p.ahead(1).newline
	}
}

// itemSeemsToBegin guesses, after a mistake: a label anywhere, or at the
// beginning of a line an outcome, a word that begins an item, or, where the
// outcomes are declared elsewhere, any word that is no clause.
func (p *parser) itemSeemsToBegin() bool {
	t := p.tok()
	if t.kind == identToken && p.ahead(1).sym == symColon {
		return true
	}
	if !t.newline {
		return false
	}
	if p.isKeyword(symOtherwise) || p.itemWordAt() || p.rulesFromAt(p.i) {
		return true
	}
	if t.kind != identToken || p.clauseAt() != noSymbol {
		return false
	}
	return len(p.outcomes) == 0 || p.outcomes[p.slice(t)] || p.nearOutcome(p.slice(t))
}

// longestHead is how many tokens a broken head may go on for before its brace.
const longestHead = 60

// skipToBrace goes to the brace that opens a body whose head is broken; false
// where the next declaration or item begins before one does, or none is near.
func (p *parser) skipToBrace() bool {
	for i := p.i; i < min(p.i+longestHead, len(p.tokens)); i++ {
		t := &p.tokens[i]
		switch {
		case t.sym == symLBrace:
			p.i = i
			return true
		case t.kind == eofToken, t.sym == symRBrace, t.newline && (p.declarationAt(i) || p.labelStands(i) || p.tokens[i].sym == symSection):
			return false
		}
	}
	return false
}

// skipToDeclaration goes to where the next declaration begins, at least one
// token behind the start of the one that failed.
func (p *parser) skipToDeclaration(start int) {
	if p.i == start {
		p.next()
	}
	for ; p.tok().kind != eofToken; p.i++ {
		if p.tok().newline && p.nextDeclarationAt(p.i) {
			return
		}
	}
}

// nextDeclarationAt guesses, after a mistake, whether a declaration begins on the line of token i.
func (p *parser) nextDeclarationAt(i int) bool {
	return p.declarationAt(i) || p.declarationAtMargin(i) || p.misspeltDeclarationAt(i) != noSymbol
}

// declarationAtMargin says whether a word that begins a declaration stands at
// the very beginning of a line, before a name or a text. After a mistake that is
// enough.
func (p *parser) declarationAtMargin(i int) bool {
	t := &p.tokens[i]
	return t.kind == identToken && t.sym >= symUse && t.sym <= symClaim && p.atMargin(i)
}

// atMargin says whether a token begins its line without white space before it
// and a name, a text or a preposition follows. What stands in a body is indented
// in most texts; a declaration is not.
func (p *parser) atMargin(i int) bool {
	t := &p.tokens[i]
	if t.start > 0 && byteClasses[p.text[t.start-1]] != lineByte {
		return false
	}
	next := &p.tokens[min(i+1, len(p.tokens)-1)]
	return next.kind == identToken || next.kind == stringToken || next.sym.preposition()
}

// declarationBegins says whether a declaration begins a line at token i. Behind
// a bar a name with a title stands, whatever it is called.
func (p *parser) declarationBegins(i int) bool {
	if !p.tokens[i].newline || !p.declarationAt(i) {
		return false
	}
	if i == 0 || p.tokens[i-1].sym != symBar || p.tokens[i+1].kind != stringToken {
		return true
	}
	behind := &p.tokens[i+2]
	return behind.sym == symColon || behind.sym == symUnder && !behind.newline
}

// nothingGoesOn says whether what begins at token i cannot belong to what is read.
func (p *parser) nothingGoesOn(i int) bool {
	return p.declarationBegins(i) || p.inTest && p.tokens[i].newline && p.testItemAt(i) || p.sectionAt(i) || p.tokens[i].newline && (p.rulesFromAt(i) || p.inAttr && p.quotedNameAt(i))
}

// quotedNameAt says whether a text at token i stands as the name of an attribute.
func (p *parser) quotedNameAt(i int) bool {
	return p.tokens[i].kind == stringToken && i+1 < len(p.tokens) && p.tokens[i+1].sym == symColon
}

// sectionAt says whether a section begins at token i, on a line of its own: its word is a name
// too.
func (p *parser) sectionAt(i int) bool {
	if t := &p.tokens[i]; t.sym != symSection || !t.newline || i+2 >= len(p.tokens) {
		return false
	}
	name, behind := &p.tokens[i+1], &p.tokens[i+2]
	return name.kind == identToken && !name.newline && behind.sym == symLBrace && !behind.newline
}

// declarationAt says whether the tokens from i on are the beginning of a
// declaration, judged strictly: the words that begin one are also names.
func (p *parser) declarationAt(i int) bool {
	t := &p.tokens[i]
	if t.kind != identToken || t.sym < symUse || t.sym > symClaim || p.outcomes[p.slice(t)] {
		return false
	}
	at := func(n int) *token { return &p.tokens[min(i+n, len(p.tokens)-1)] }
	a, b := at(1), at(2)
	if a.newline {
		return false
	}
	named := a.kind == identToken
	// Two words on a line are, in a body, too short to be told from a rule whose outcome
	// stands in another file.
	short := (named && a.sym != symLike && a.sym != symUnder && a.sym != symWithin || a.kind == stringToken) && (b.newline || b.kind == eofToken) &&
		(p.braces == 0 || len(p.outcomes) > 0 && a.sym == noSymbol && !p.outcomes[p.slice(a)])
	switch t.sym {
	case symUse:
		return short
	case symOutcomes:
		return named && (b.sym == symGt || b.sym == symComma || b.kind == stringToken || b.newline)
	case symKind:
		return named && (b.sym == symLBrace || b.sym == symEq || b.sym == symFrom || short)
	case symValue:
		return named && b.sym == symEq
	case symUnit:
		return named && (b.sym == symEq || b.sym == symOf)
	case symRole:
		return named && b.sym == symColon || a.sym.preposition() && at(3).sym == symColon
	case symGroup:
		return named && b.sym == symOf
	case symFunction:
		return named && b.sym == symLParen
	case symTerm:
		return named && (b.sym == symColon || b.sym == symOf)
	case symOpen:
		return a.sym == symTerm && b.kind == identToken
	case symConstraint, symSeries:
		return named && b.sym == symColon
	case symPolicy:
		return named && (b.kind == stringToken || b.sym == symLBrace || b.sym == symAmends || b.sym == symFrom || b.sym == symUntil || b.sym == symDecides || b.sym == symSource)
	case symTest, symClaim:
		return a.kind == stringToken
	}
	return false
}

// misspeltDeclarationAt is the declaration that a misspelt word at i seems to begin.
func (p *parser) misspeltDeclarationAt(i int) symbol {
	t := &p.tokens[i]
	if t.kind != identToken || t.sym >= symUse && t.sym <= symClaim {
		return noSymbol
	}
	if !p.atMargin(i) {
		return noSymbol
	}
	near, ok := Nearest(p.slice(t), declarationWords)
	if !ok {
		return noSymbol
	}
	return wordSymbols[near]
}
