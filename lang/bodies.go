package lang

import "github.com/ctl-lang/ctl/lang/code"

// The grammar of what stands in the braces of a policy or a section.
const bodyGrammar = `Body      = "{" { Item } "}" .
Item      = Rule | Otherwise | Repeal | Replace | ReplaceValue | Section | RulesFrom .
Otherwise = "otherwise" Outcome { Reason } .
Repeal    = "repeal" LabelRef { "," LabelRef } .
Replace   = "replace" LabelRef ":" Sentence .
ReplaceValue = "replace" NamedValue .
RulesFrom = "rules" "from" String .
Section   = "section" Name [ Wording ] [ "decides" "by" Name ] [ "when" Cond ] Body .
`

// items reads a body up to and including its closing brace. After a mistake it
// goes on at the next item, so that every mistake is reported.
func (p *parser) items(open token) []Item {
	p.braces++
	defer func() { p.braces-- }()
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
		ok := p.bounded(func() { p.item(&item) }, func(i int) bool { return p.nextItemAt(i, start) })
		if item != nil {
			items = append(items, item)
		}
		if !ok {
			p.unfinished(item, start)
			p.skipToItem(start)
		}
	}
}

// unfinished marks what has been kept of an item, nil if nothing has.
func (p *parser) unfinished(n Node, start int) {
	if part, ok := n.(interface{ breakOff(Span) }); ok {
		part.breakOff(Span{p.tokens[start].start, max(p.lastEnd(), p.tokens[start].end)})
	}
}

// shrunk gives back what a slice has too much, as it lives as long as the tree.
func shrunk(items []Item) []Item {
	if cap(items) > len(items)+len(items)/4 {
		return append(make([]Item, 0, len(items)), items...)
	}
	return items
}

// unclosed reports a brace without its partner, where that should stand.
func (p *parser) unclosed(open token) {
	for _, d := range p.list {
		if d.Span.End == p.lastEnd() {
			return // something else is missing first
		}
	}
	p.add(code.Unclosed, Span{p.lastEnd(), p.lastEnd()}, "there should be `}` here, before %s", p.describe(p.tok())).
		note(open.span(), "it closes this `{`")
}

// item reads an item. What is kept of it, if it is unfinished, stands in kept.
func (p *parser) item(kept *Item) {
	*kept = nil
	p.misspeltItem()
	t := p.tok()
	switch {
	case p.isKeyword(symOtherwise):
		p.otherwise(kept)
	case p.itemWordBegins() && t.sym == symRepeal:
		p.repeal(kept)
	case p.itemWordBegins() && t.sym == symReplace:
		p.replace(kept)
	case p.itemWordBegins() && t.sym == symSection:
		p.section(kept)
	case p.rulesFromAt(p.i):
		p.rulesFrom(kept)
	default:
		p.rule(kept)
	}
}

// misspeltItem reports a word that is no outcome but nearly one that begins an
// item, and takes it for that.
func (p *parser) misspeltItem() {
	t := p.tok()
	word := p.slice(t)
	if t.kind != identToken || t.sym != noSymbol || len(p.outcomes) == 0 || p.outcomes[word] || p.ahead(1).kind != identToken || p.nearOutcome(word) {
		return
	}
	if near, ok := Nearest(word, itemWords); ok {
		p.add(code.MisspeltWord, t.span(), "`%s` is no outcome, and begins nothing else in a policy", word).fix(t.span(), near, "did you mean `%s`?", near)
		p.change(t)
		if t.sym = wordSymbols[near]; t.sym == symOtherwise {
			t.kind = keywordToken
		}
	}
}

func (p *parser) repeal(kept *Item) {
	r := &Repeal{}
	start := p.next().start
	r.Labels = []LabelRef{p.labelOfRule()}
	*kept = r
	for p.accept(symComma) {
		r.Labels = append(r.Labels, p.labelOfRule())
	}
	r.Span = Span{start, p.lastEnd()}
}

func (p *parser) otherwise(kept *Item) {
	start := p.next().start
	if p.itemOnLine() || p.tok().newline && p.itemWordAt() {
		p.fail(code.RuleExpected, "there should be an outcome here, not %s", p.describe(p.tok()))
	}
	o := &Otherwise{Outcome: p.name(code.RuleExpected, "an outcome")}
	*kept = o
	var because token
	for {
		sym := p.clauseAt()
		if sym == noSymbol {
			sym = p.halfClause()
		}
		switch sym {
		case symRequiring:
			p.i++
			o.Requiring = p.texts(o.Requiring, "an obligation")
		case symBecause:
			word := p.next()
			if because.end > 0 {
				p.twice(word, because)
			}
			because = word
			o.Because = p.wording(code.RuleExpected, "the reason")
		case symSource:
			p.i++
			o.Source = p.texts(o.Source, "a citation")
		case noSymbol:
			o.Span = Span{start, p.lastEnd()}
			return
		default:
			p.fail(code.RuleExpected, "`otherwise` holds where no rule applies; `%s` cannot follow it", sym)
		}
	}
}

func (p *parser) replace(kept *Item) {
	start := p.next().start
	if p.is(symValue) && p.ahead(1).kind == identToken {
		p.replaceValue(start, kept)
		return
	}
	r := &Replace{Label: p.labelRef(), Rule: &Rule{}}
	*kept = r
	p.expect(code.RuleExpected, symColon, "after the label of the rule to replace, there must be `%s`")
	at := p.tok().start
	p.outcome(r.Rule)
	defer func() { r.Rule.Span = Span{at, p.lastEnd()} }()
	p.sentence(r.Rule)
	r.Span = Span{start, p.lastEnd()}
}

func (p *parser) replaceValue(start uint32, kept *Item) {
	r := &ReplaceValue{}
	at := p.tok().start
	r.Value = p.namedValue().(*NamedValue)
	*kept = r
	r.Value.Span = Span{at, p.lastEnd()}
	r.Span = Span{start, p.lastEnd()}
}

func (p *parser) section(kept *Item) {
	s := &Section{}
	start := p.next().start
	if !p.attempt(func() { p.sectionHead(s, kept) }) && !p.skipToBrace() {
		p.bail()
	}
	*kept = s
	s.Items = p.items(p.next())
	s.Span = Span{start, p.lastEnd()}
}

// rulesFromAt says whether `rules from` and a text stand at token i: the word is a name too.
func (p *parser) rulesFromAt(i int) bool {
	t := &p.tokens[i]
	return t.sym == symRules && t.kind == identToken && i+2 < len(p.tokens) && p.tokens[i+1].sym == symFrom && p.tokens[i+2].kind == stringToken && !p.outcomes[p.slice(t)]
}

func (p *parser) rulesFrom(kept *Item) {
	r := &RulesFrom{}
	start := p.next().start
	p.i++
	r.File = p.str(code.RuleExpected, "the name of a file")
	*kept = r
	r.Span = Span{start, p.lastEnd()}
}

func (p *parser) sectionHead(s *Section, kept *Item) {
	if p.tok().newline && p.itemWordAt() {
		p.fail(code.RuleExpected, "there should be the section's name here, not %s", p.describe(p.tok()))
	}
	s.Name = p.name(code.RuleExpected, "the section's name")
	*kept = s
	if p.tok().kind == stringToken {
		s.Title = p.wording(code.RuleExpected, "a title")
	}
	if p.is(symDecides) {
		p.i++
		p.expect(code.RuleExpected, symBy, "after `decides`, there must be `%s`")
		by := p.name(code.RuleExpected, "`strictest`, `loosest` or `first`")
		s.Decides = &by
	}
	if p.isKeyword(symWhen) {
		p.i++
		s.When = p.condition()
	}
	if !p.is(symLBrace) {
		p.fail(code.RuleExpected, "there should be `{` and the rules of the section here, not %s", p.describe(p.tok()))
	}
}
