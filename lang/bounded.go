package lang

// changedToken is a token as it was before it was taken for another.
type changedToken struct {
	at  *token
	was token
}

// change is called before a token is changed.
func (p *parser) change(t *token) { p.changed = append(p.changed, changedToken{t, *t}) }

// state is where a parser was, to go back to.
type state struct{ i, reported, dropped, removed, changed int }

func (p *parser) state() state { return state{p.i, len(p.list), p.dropped, p.removed, len(p.changed)} }

// back undoes what has been done since s: what was read, what was reported of it, and what
// tokens were taken for.
func (p *parser) back(s state) {
	p.i = s.i
	p.list, p.dropped = p.list[:s.reported-(p.removed-s.removed)], s.dropped
	p.undoChanges(s)
	p.changed = p.changed[:s.changed]
}

// undoChanges makes the tokens what they were at s; redo takes that back.
func (p *parser) undoChanges(s state) (redo func()) {
	changes := p.changed[s.changed:]
	is := make([]token, len(changes))
	for n := len(changes) - 1; n >= 0; n-- {
		is[n] = *changes[n].at
		*changes[n].at = changes[n].was
	}
	return func() {
		for n, c := range changes {
			*c.at = is[n]
		}
	}
}

// silentSince says whether nothing has been reported since s.
func (p *parser) silentSince(s state) bool {
	return len(p.list)+p.removed == s.reported+s.removed && p.dropped == s.dropped
}

// bounded runs read, which reads an item, and says whether it got to its end. Where there is
// something to complain of and the next item seems to begin on a line that has been reached,
// the item is most likely one that somebody is still writing. It is then read again as if
// the text ended there: what is missing is told in its place, and the next item is not lost.
// Well-formed texts are read once, so that begins, which is asked for the index of a token,
// may guess.
func (p *parser) bounded(read func(), begins func(i int) bool) bool {
	p.goOn()
	s := p.state()
	ok := p.attempt(read)
	complete := ok && (p.silentSince(s) || p.tokens[p.i-1].sym == symRBrace)
	end := 0
	if !complete {
		redo := p.undoChanges(s)
		if end = p.boundary(s.i, ok, begins); end == 0 {
			redo()
		}
	}
	if end == 0 {
		p.changed = p.changed[:s.changed]
		return ok
	}
	p.back(s)
	tokens, cut, outer := p.tokens, p.tokens[end], p.cut
	before := tokens[end-1].end
	p.tokens, p.cut = tokens[:end+1], &cut
	p.tokens[end] = token{start: before, end: before}
	ok = p.attempt(read)
	tokens[end] = cut
	p.tokens, p.cut = tokens, outer
	p.changed = p.changed[:s.changed]
	return ok
}

// boundary is the first token behind start, and not behind what has been reached, with which
// the next item seems to begin or that closes the body; 0 if there is none.
func (p *parser) boundary(start int, ok bool, begins func(i int) bool) int {
	reached := p.i
	if ok {
		reached-- // what was read must go on behind it
	}
	depth := 0
	for i := start + 1; i <= min(reached, len(p.tokens)-2); i++ {
		t := &p.tokens[i]
		switch t.sym {
		case symLBrace:
			depth++
		case symRBrace:
			if depth--; depth < 0 {
				return i
			}
		}
		if t.newline && begins(i) {
			return i
		}
	}
	return 0
}

// lineIndent is how far the line of a token is indented.
func (p *parser) lineIndent(i int) int {
	for i > 0 && !p.tokens[i].newline {
		i--
	}
	end := int(p.tokens[i].start)
	from := end
	for from > 0 && (p.text[from-1] == ' ' || p.text[from-1] == '\t') {
		from--
	}
	return end - from
}

// itemOnLine says whether an item begins a line here, although something else should
// stand here. What may be a name as well is taken for one.
func (p *parser) itemOnLine() bool {
	t := p.tok()
	return t.newline && (p.labelStands(p.i) || p.itemWordAt() && p.ahead(1).sym == noSymbol && p.ahead(1).kind == identToken || p.nextRule())
}

// labelStands says whether a name and a colon stand at token i.
func (p *parser) labelStands(i int) bool {
	return p.tokens[i].kind == identToken && p.tokens[min(i+1, len(p.tokens)-1)].sym == symColon
}
