package lang

// The grammar of what stands in the braces of a policy or a section.
const bodyGrammar = `Body      = "{" { Item } "}" .
Item      = Rule | Otherwise | Repeal | Replace | Section .
Otherwise = "otherwise" Outcome { Reason } .
Repeal    = "repeal" LabelRef { "," LabelRef } .
Replace   = "replace" LabelRef ":" Sentence .
Section   = "section" Name [ String ] [ "decides" "by" Name ] [ "when" Cond ] Body .
`

// items reads a body up to and including its closing brace. After a mistake it
// goes on at the next item, so that every mistake is reported.
func (p *parser) items(open token) []Item {
	items := make([]Item, 0, 8)
	for {
		switch {
		case p.is(symRBrace):
			p.i++
			return shrunk(items)
		case p.tok().kind == eofToken || p.declarationOnLine():
			p.unclosed(open)
			return shrunk(items)
		}
		start := p.i
		var item Item
		if p.attempt(func() { item = p.item() }) {
			items = append(items, item)
			continue
		}
		p.skipToItem(start)
	}
}

// shrunk gives back what a slice has too much, as it lives as long as the tree.
func shrunk(items []Item) []Item {
	if cap(items) > len(items)+len(items)/4 {
		return append(make([]Item, 0, len(items)), items...)
	}
	return items
}

// unclosed reports a brace without its partner, where it was opened.
func (p *parser) unclosed(open token) {
	d := p.add(Unclosed, open.span(), "this `{` is never closed")
	if t := p.tok(); t.kind != eofToken {
		d.note(t.span(), "`}` is missing before this")
	}
}

func (p *parser) item() Item {
	p.misspeltItem()
	t := p.tok()
	switch {
	case p.isKeyword(symOtherwise):
		return p.otherwise()
	case p.itemWordAt() && t.sym == symRepeal:
		p.i++
		labels := p.labels(nil)
		return &Repeal{Span: Span{t.start, p.lastEnd()}, Labels: labels}
	case p.itemWordAt() && t.sym == symReplace:
		return p.replace()
	case p.itemWordAt() && t.sym == symSection:
		return p.section()
	}
	return p.rule()
}

// itemWords begin the items of a body that are no rules.
var itemWords = []string{"repeal", "replace", "section", "otherwise"}

// misspeltItem reports a word that is no outcome but nearly one that begins an
// item, and takes it for that.
func (p *parser) misspeltItem() {
	t := p.tok()
	word := p.slice(t)
	if t.kind != identToken || t.sym != noSymbol || len(p.outcomes) == 0 || p.outcomes[word] || p.ahead(1).kind != identToken || p.nearOutcome(word) {
		return
	}
	if near, ok := Nearest(word, itemWords); ok {
		p.add(MisspeltWord, t.span(), "`%s` is no outcome, and begins nothing else in a policy", word).fix(t.span(), near, "did you mean `%s`?", near)
		if t.sym = wordSymbols[near]; t.sym == symOtherwise {
			t.kind = keywordToken
		}
	}
}

func (p *parser) otherwise() Item {
	start := p.next().start
	o := &Otherwise{Outcome: p.name(RuleExpected, "an outcome")}
	var because token
	for {
		switch sym := p.clauseAt(); sym {
		case symRequiring:
			p.i++
			o.Requiring = p.texts(o.Requiring, "an obligation")
		case symBecause:
			word := p.next()
			if because.end > 0 {
				p.twice(word, because)
			}
			because = word
			s := p.str(RuleExpected, "the reason")
			o.Because = &s
		case symSource:
			p.i++
			o.Source = p.texts(o.Source, "a citation")
		case noSymbol:
			o.Span = Span{start, p.lastEnd()}
			return o
		default:
			p.fail(RuleExpected, "`otherwise` holds where no rule applies; `%s` cannot follow it", sym)
		}
	}
}

func (p *parser) replace() Item {
	start := p.next().start
	r := &Replace{Label: p.labelRef(), Rule: &Rule{}}
	p.expect(RuleExpected, symColon, "after the label of the rule to replace, there must be `%s`")
	at := p.tok().start
	p.sentence(r.Rule)
	r.Rule.Span = Span{at, p.lastEnd()}
	r.Span = Span{start, p.lastEnd()}
	return r
}

func (p *parser) section() Item {
	s := &Section{}
	start := p.next().start
	if !p.attempt(func() { p.sectionHead(s) }) && !p.skipToBrace() {
		p.bail()
	}
	s.Items = p.items(p.next())
	s.Span = Span{start, p.lastEnd()}
	return s
}

func (p *parser) sectionHead(s *Section) {
	s.Name = p.name(RuleExpected, "the section's name")
	if p.tok().kind == stringToken {
		title := p.str(RuleExpected, "a title")
		s.Title = &title
	}
	if p.is(symDecides) {
		p.i++
		p.expect(RuleExpected, symBy, "after `decides`, there must be `%s`")
		by := p.name(RuleExpected, "`strictest`, `loosest` or `first`")
		s.Decides = &by
	}
	if p.isKeyword(symWhen) {
		p.i++
		s.When = p.condition()
	}
	if !p.is(symLBrace) {
		p.fail(RuleExpected, "there should be `{` and the rules of the section here, not %s", p.describe(p.tok()))
	}
}
