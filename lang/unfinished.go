package lang

// Unfinished says whether a text breaks off in the middle of something, so that
// a session should ask for a further line before it complains: a bracket is
// open, or the last word is one that something must follow (an operator, `when`,
// a comma, a colon), or a declaration has begun whose body is still to come.
// Quotes that are not closed do not count, as a text ends on its line: no further
// line could mend it.
func Unfinished(text string) bool {
	p := newParser(&problems{source: NewSource("", text)})
	if len(p.tokens) == 1 || len(text) > maxSource {
		return false
	}
	depth := 0
	for i := range p.tokens {
		switch p.tokens[i].sym {
		case symLBrace, symLParen:
			depth++
		case symRBrace, symRParen:
			depth--
		}
	}
	return depth > 0 || depth == 0 && (p.dangling() || p.headOnly())
}

// dangling says whether something must follow the last token.
func (p *parser) dangling() bool {
	last := len(p.tokens) - 2
	t := &p.tokens[last]
	switch t.kind {
	case punctToken:
		return t.sym != symRBrace && t.sym != symRParen && t.sym != symQuestion
	case keywordToken:
		return t.sym != symAny
	case identToken:
		return p.wordDangles(last)
	}
	return false
}

// wordDangles says whether a word that is not reserved, at the end of a text, is
// more than a name: it stands behind something that is complete.
func (p *parser) wordDangles(i int) bool {
	t := &p.tokens[i]
	if t.sym >= symUse && t.sym <= symClaim {
		return i == 0
	}
	switch t.sym {
	case symHas, symLike, symWithin, symBecause, symSource, symRequiring, symSubject, symUntil, symSince, symUnder, symGiven, symExpect, symAmends,
		symDecides, symOf, symLeast, symMost, symExactly, symBetween, symNeeding, symSwaps, symThan, symStricter, symLooser, symMore, symRequires:
	default:
		return false
	}
	if i == 0 {
		return false
	}
	switch before := &p.tokens[i-1]; before.kind {
	case identToken, stringToken, numberToken, dateToken:
		return true
	case punctToken:
		return before.sym == symRParen
	case keywordToken:
		return before.sym == symAt
	}
	return false
}

// headOnly says whether the text is the head of a declaration that needs more.
func (p *parser) headOnly() bool {
	if !p.declarationAt(0) && !p.declarationAtMargin(0) {
		return false
	}
	has := func(sym symbol) bool {
		for i := range p.tokens {
			if p.tokens[i].sym == sym {
				return true
			}
		}
		return false
	}
	switch p.tokens[0].sym {
	case symPolicy, symTest:
		return !has(symLBrace)
	case symTerm, symConstraint, symSeries, symClaim, symRole:
		return !has(symColon)
	case symGroup:
		return !has(symColon) && !has(symFrom) && !has(symExternal)
	case symUnit:
		return !has(symEq) && !has(symOf)
	case symUse, symKind, symOutcomes, symOpen:
		return len(p.tokens) == 2
	}
	return false
}
