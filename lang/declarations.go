package lang

import (
	"strings"

	"github.com/ctl-lang/ctl/lang/code"
)

// declarations reads a whole file.
func (p *parser) declarations() []Decl {
	var decls []Decl
	for p.tok().kind != eofToken {
		start := p.i
		var d Decl
		ok := p.bounded(func() { d, p.kept = nil, nil; d = p.declaration() }, p.nextDeclarationAt)
		if !ok {
			d = named(p.kept)
			p.unfinished(d, start)
		}
		if d != nil {
			p.finishDeclaration(d, start)
			decls = append(decls, d)
		}
		if !ok {
			p.skipToDeclaration(start)
		}
	}
	return decls
}

// named is the declaration that has been read in part, if it has got as far as a name.
func named(kept any) Decl {
	d, _ := kept.(Decl)
	name := ""
	switch d := d.(type) {
	case *Outcomes:
		if len(d.Items) > 0 {
			name = d.Items[0].Name.Text
		}
	case *Kind:
		name = d.Name.Text
	case *Unit:
		name = d.Name.Text
	case *NamedValue:
		name = d.Name.Text
	case *Role:
		name = d.Name.Text
	case *Group:
		name = d.Name.Text
	case *Function:
		name = d.Name.Text
	case *Term:
		name = d.Name.Text
	case *Constraint:
		name = d.Name.Text
	case *Policy:
		name = d.Name.Text
	case *Series:
		name = d.Name.Text
	case *Test:
		name = d.Name.Value
	case *Claim:
		name = d.Name.Value
	}
	if name == "" {
		return nil
	}
	return d
}

// finishDeclaration notes the place and the comments of a declaration.
func (p *parser) finishDeclaration(d Decl, start int) {
	n := d.(interface {
		setSpan(Span)
		setDoc(string)
	})
	n.setSpan(Span{p.tokens[start].start, max(p.lastEnd(), p.tokens[start].end)})
	n.setDoc(p.docBefore(start))
}

// declaration reads one declaration.
func (p *parser) declaration() Decl {
	t := p.tok()
	if p.is(symRBrace) || p.is(symRParen) {
		p.fail(code.StrayBracket, "this `%s` closes nothing", p.slice(t))
	}
	if t.kind != identToken {
		p.noDeclaration()
	}
	if t.sym < symUse || t.sym > symClaim {
		sym := p.misspeltDeclaration()
		if sym == noSymbol {
			p.noDeclaration()
		}
		p.change(t)
		t.sym = sym
	}
	switch t.sym {
	case symUse:
		return production[Use](p, nil)
	case symOutcomes:
		return p.outcomeItems()
	case symKind:
		return p.kind()
	case symUnit:
		return p.unit()
	case symValue:
		return p.namedValue()
	case symRole:
		return p.role()
	case symGroup:
		return p.group()
	case symFunction:
		return p.function()
	case symTerm, symOpen:
		return p.term()
	case symConstraint:
		return p.constraint()
	case symPolicy:
		return p.policy()
	case symSeries:
		return production[Series](p, nil)
	case symTest:
		return p.test()
	default:
		return p.claim()
	}
}

// noDeclaration reports what cannot begin a declaration.
func (p *parser) noDeclaration() {
	t := p.tok()
	if p.fullStop() {
		p.bail()
	}
	switch says := noDeclarations[strings.ToLower(p.slice(t))]; {
	case says != "" && t.kind == identToken && (p.ahead(1).kind == identToken || p.ahead(1).kind == stringToken):
		p.fail(code.DeclarationExpected, "`%s` begins no declaration: %s", p.slice(t), says)
	case p.outcomes[p.slice(t)] && t.kind == identToken || p.isKeyword(symOtherwise):
		p.fail(code.DeclarationExpected, "a rule belongs in a policy: `policy NAME { … }`")
	default:
		p.fail(code.DeclarationExpected, "here a declaration should begin (`policy`, `term`, `kind` and so on), not %s", p.describe(t))
	}
}

// misspeltDeclaration reports a word that is nearly one that begins a
// declaration, and returns that one.
func (p *parser) misspeltDeclaration() symbol {
	t, next := p.tok(), p.ahead(1)
	if next.kind != identToken && next.kind != stringToken && !next.sym.preposition() {
		return noSymbol
	}
	near, ok := Nearest(p.slice(t), declarationWords)
	if noDeclarations[strings.ToLower(p.slice(t))] != "" {
		return noSymbol
	}
	if word := foreignDeclarations[strings.ToLower(p.slice(t))]; word != "" {
		near, ok = word, true
	}
	if !ok {
		return noSymbol
	}
	p.add(code.MisspeltWord, t.span(), "`%s` begins no declaration", shortened(p.slice(t))).fix(t.span(), near, "did you mean `%s`?", near)
	return wordSymbols[near]
}

// kind reads a kind, one attribute at a time.
func (p *parser) kind() Decl {
	k := production[Kind](p, []string{"from", "column", "open", "also"})
	if k.Also && (k.Text || k.Code || k.ByName) {
		p.add(code.MalformedDeclaration, k.Name.Range(), "`also` adds identities to those of `%s`, which are listed behind it", k.Name.Text)
		p.bail()
	}
	p.openOnLine(k)
	p.fileBesideIdentities(k)
	if k.From != nil && !k.Open {
		p.misspeltListClause("a kind", "column", "open")
	}
	if !p.is(symLBrace) {
		return k
	}
	open := p.next()
	for !p.is(symRBrace) {
		if p.tok().kind == eofToken || p.declarationOnLine() {
			p.unclosed(open)
			return k
		}
		start := p.i
		var a *Attr
		if p.bounded(func() { a, p.kept = nil, nil; a = p.attr() }, p.nextAttrAt) {
			k.Attrs = append(k.Attrs, a)
			if p.isKeyword(symOr) || p.is(symSlash) {
				p.choicesBehindCommas(a)
			} else if p.is(symComma) && !p.choicesBehindCommas(a) {
				p.add(code.StrayComma, p.tok().span(), "there is no comma between attributes").fix(p.tok().span(), "", "remove it?")
				p.i++
			}
			continue
		}
		if a, _ := p.kept.(*Attr); a != nil && a.Name.Text != "" {
			p.unfinished(a, start)
			k.Attrs = append(k.Attrs, a)
		}
		p.skipToItem(start)
	}
	p.i++
	return k
}

// openOnLine takes an open behind a file for the kind's where a term begins on the next line: it
// is no open term.
func (p *parser) openOnLine(k *Kind) {
	if t := p.tok(); k.From != nil && !k.Open && t.sym == symOpen && !t.newline && p.ahead(1).newline {
		p.i++
		k.Open, k.End = true, t.end
	}
}

// fileBesideIdentities reports a file of identities behind those that a kind has already.
func (p *parser) fileBesideIdentities(k *Kind) {
	switch {
	case k.From == nil || !k.Text && len(k.Ids) == 0:
		return
	case k.Text:
		p.add(code.DeclarationExpected, k.From.Span, "`= text` lets every text be an identity, and a file lists which there are: write `kind %s from` without it, with `open` behind the file if there are others", k.Name.Text)
	default:
		p.add(code.DeclarationExpected, k.From.Span, "the identities of `%s` stand here already: a file cannot add to them", k.Name.Text)
	}
	k.From, k.Column, k.Open = nil, nil, false
}

// nextAttrAt says whether the next attribute, or a declaration, begins at token i.
func (p *parser) nextAttrAt(i int) bool { return p.labelStands(i) || p.declarationAt(i) }

// choicesBehindCommas reports the choices of an enumeration with commas between them,
// and reads them.
func (p *parser) choicesBehindCommas(a *Attr) bool {
	choices := a.Type.Choices
	if a.Type.Name != nil {
		choices = []*Choice{{Name: *a.Type.Name}}
	}
	if len(choices) == 0 || a.Default != nil || a.Title != nil || !p.choiceFollows() {
		return false
	}
	bar := Span{p.lastEnd(), p.tok().end}
	if word := p.slice(p.ahead(1)); p.is(symOr) && (word == "none" || word == "null" || word == "nothing") {
		whole := Span{p.lastEnd(), p.ahead(1).end}
		p.add(code.MalformedDeclaration, whole, "what may be none has a question mark behind its type").fix(whole, "?", "did you mean `?`?")
		p.i += 2
		return true
	}
	p.add(code.StrayComma, p.tok().span(), "the choices of an attribute have `|` between them, not `%s`", p.slice(p.tok())).
		fix(bar, " |", "did you mean `%s | %s`?", choices[len(choices)-1].Name.Text, p.slice(p.ahead(1)))
	for (p.is(symComma) || p.is(symBar) || p.is(symOr) || p.is(symSlash)) && p.choiceFollows() {
		p.i++
		choices = append(choices, &Choice{Name: p.name(code.MalformedDeclaration, "a choice")})
	}
	a.Type.Name, a.Type.Choices, a.Type.End = nil, choices, p.lastEnd()
	a.setSpan(Span{a.Start, p.lastEnd()})
	p.accept(symComma) // the last of them is not told again
	return true
}

// choiceFollows says whether a name of this line that is no further attribute follows.
func (p *parser) choiceFollows() bool {
	next := p.ahead(1)
	return next.kind == identToken && !next.newline && p.ahead(2).sym != symColon
}

// attr reads one attribute. Its default is a value, not a condition.
func (p *parser) attr() *Attr {
	start := p.tok().start
	p.spacedName()
	p.foreignType()
	if p.tok().kind != identToken {
		p.fail(code.MalformedDeclaration, "there should be the name of an attribute here, not %s", p.describe(p.tok()))
	}
	p.inAttr = true
	defer func() { p.inAttr = false }()
	a := production[Attr](p, []string{"from", "column", "value", "marks", "marked", "split"})
	p.columnOfKind(a.Given)
	p.misspeltSensitive(a)
	p.quotedName(a, start)
	a.setSpan(Span{start, p.lastEnd()})
	a.titleBehindChoices()
	return a
}

// quotedName reports a name in quotes, as which the data have it: it stands behind json, and the
// attribute has a name of the language besides.
func (p *parser) quotedName(a *Attr, start uint32) {
	written := p.text[start:a.Name.Range().End]
	if !strings.HasPrefix(written, `"`) {
		return
	}
	called := strings.Trim(written, `"`)
	a.Name.Text = labelOf(called)
	at := a.Type.Range().End
	choices := a.Type.enumeration()
	if a.Sensitive || a.Given != nil || a.Default != nil || a.JSON != nil || len(choices) > 0 && len(choices[len(choices)-1].Titles) > 0 {
		at = 0 // a person puts it there
	}
	if a.Name.Text == called {
		p.add(code.MalformedDeclaration, Span{start, start + uint32(len(written))}, "the name of an attribute stands without quotes").
			fix(Span{start, start + uint32(len(written))}, called, "did you mean `%s`?", called)
		return
	}
	d := p.add(code.MalformedDeclaration, Span{start, start + uint32(len(written))}, "in the rules the name of an attribute is one word of letters, digits and `_`; what data call it stands behind `json`")
	if at == 0 {
		d.hint("it is written: %s: text json %s", a.Name.Text, Quote(called))
		return
	}
	better := a.Name.Text + p.text[start+uint32(len(written)):at] + " json " + Quote(called)
	d.fix(Span{start, at}, better, "did you mean `%s`?", better)
}

// columnOfKind reports a column that is named otherwise than it should: one with marks, as in
// `column "NATO" marked "X"`, and one of the kind's own file, as in `from value "Area"`.
func (p *parser) columnOfKind(g *Given) {
	if g == nil {
		return
	}
	column := g.Column
	if column == nil {
		column = g.Value
	}
	t := p.tok()
	switch {
	case column == nil:
	case t.sym == symMarked && !t.newline && p.ahead(1).kind == stringToken:
		g.Marked, g.Column, g.Value = column, nil, nil
		words := "marked " + Quote(column.Value)
		p.add(code.MalformedDeclaration, t.span(), "`marked` stands in front of the column that has the marks").
			fix(Span{p.ahead(-2).start, p.ahead(1).end}, words, "did you mean `%s`?", words)
		p.i += 2
	case g.File == nil && g.Value != nil:
		g.Column, g.Value = column, nil
		word := p.ahead(-1)
		for i := -1; word.start >= column.Start; i-- {
			word = p.ahead(i)
		}
		p.add(code.MalformedDeclaration, column.Range(), "in the kind's own file `column` names where values stand").
			fix(word.span(), "column", "did you mean `column %s`?", Quote(column.Value))
	}
}

// misspeltSensitive reports a word behind an attribute that is nearly sensitive, or is
// it and stands twice or behind the title, and takes it for that.
func (p *parser) misspeltSensitive(a *Attr) {
	t, next := p.tok(), p.ahead(1)
	if t.kind != identToken || t.newline || next.sym == symColon {
		return
	}
	near, ok := Nearest(p.slice(t), []string{"sensitive"})
	switch {
	case t.sym == symJSON && next.kind == stringToken:
		said := "`json` stands once"
		if a.JSON == nil {
			said = "`json` stands in front of the title of an attribute, not behind it, and behind `sensitive`"
		}
		p.add(code.MalformedDeclaration, t.span(), "%s", said)
		p.i += 2
		return
	case t.sym == symSensitive && a.Sensitive:
		p.add(code.ClauseTwice, t.span(), "`sensitive` stands once")
	case t.sym == symSensitive && a.JSON != nil && a.Title == nil:
		p.add(code.MalformedDeclaration, t.span(), "`sensitive` stands in front of `json`, not behind it")
	case t.sym == symSensitive:
		p.add(code.MalformedDeclaration, t.span(), "`sensitive` stands in front of the title of an attribute, not behind it")
	case !ok:
		return
	default:
		p.add(code.MisspeltWord, t.span(), "`%s` is no word of an attribute", p.slice(t)).fix(t.span(), near, "did you mean `%s`?", near)
	}
	p.i++
	a.Sensitive = true
	if a.Title == nil && p.tok().kind == stringToken {
		a.Title = p.wording(code.MalformedDeclaration, "a title")
	}
}

// titleBehindChoices settles whose title the text in `form: missile | rocket
// "what the item is"` is: the attribute's, unless another choice has a title too.
func (a *Attr) titleBehindChoices() {
	if a.Default == nil && a.Given == nil && !a.Sensitive && a.JSON == nil && a.Title == nil {
		a.Title = a.Type.titleBehindChoices()
	}
}

// titleBehindChoices takes the text behind the last choice off a type, if it is the only one.
func (t *Type) titleBehindChoices() *Wording {
	choices := t.enumeration()
	n := len(choices)
	if n == 0 || t.Optional || titled(choices[:n-1]) || len(choices[n-1].Titles) != 1 {
		return nil
	}
	last := choices[n-1]
	title := &Wording{last.Titles[0], last.In}
	last.Titles, last.In = nil, nil
	end := last.end()
	for t != nil {
		t.End = end
		if t.SetOf != nil {
			t = t.SetOf
		} else {
			t = t.ListOf
		}
	}
	return title
}

// function reads the signature of a function.
func (p *parser) function() Decl {
	p.functionBody()
	f := production[Function](p, nil)
	if f.Title == nil {
		f.Title = f.Result.titleBehindChoices()
	}
	return f
}

// functionBody reports a function with a body, and one that says otherwise what it gives.
func (p *parser) functionBody() {
	n := 1
	for p.ahead(n).sym != symRParen && p.ahead(n).kind != eofToken && !p.ahead(n).newline {
		n++
	}
	switch t := p.ahead(n + 1); {
	case p.ahead(n).sym != symRParen:
	case t.sym == symColon:
		p.add(code.MalformedDeclaration, t.span(), "what a function gives stands behind an arrow").fix(t.span(), "->", "did you mean `->`?")
		p.change(t)
		t.sym = symArrow
	case t.sym == symEq || t.sym == symLBrace:
		p.i += n + 1
		p.malformed("function risk(text) -> number", "a function has no body in the rules, which say what it takes and gives: the program around them brings it; a condition with a name is a `term`")
	}
}

func (p *parser) unit() Decl {
	u := production[Unit](p, []string{"of"})
	for _, n := range []*Number{u.Value, u.Plus} {
		if n != nil && n.Unit == "" {
			p.add(code.MalformedDeclaration, n.Span, "a unit is defined as a number of another unit, whose name must follow %s", n.Text).
				hint("it is written: unit mi = 1609.344 m")
			p.bail()
		}
	}
	return u
}

// namedValue reads the name of a value, and what it is since when.
func (p *parser) namedValue() Decl {
	const shape = "value large = 10_000 eur"
	if name, sign := p.ahead(1), p.ahead(2); name.kind == identToken && sign.sym == symColon && !sign.newline {
		p.add(code.MalformedDeclaration, sign.span(), "what a value is stands behind `=`").fix(sign.span(), " =", "did you mean `=`?").
			hint("it is written: %s", shape)
		p.change(sign)
		sign.sym = symEq
	}
	p.inValue = true
	defer func() { p.inValue = false }()
	v := production[NamedValue](p, []string{"since"})
	p.noDays()
	return v
}

// noDays reports what stands behind a value as if it said on which days it holds, and what makes
// a range or a condition of it.
func (p *parser) noDays() {
	const shape = "value rate = 0.16 since 2020-07-01, 0.19 since 2021-01-01"
	t, dated := p.tok(), p.ahead(1).kind == dateToken
	switch {
	case t.kind == numberToken && p.i > 0 && p.slice(&p.tokens[p.i-1]) == "since":
		p.malformed(shape, "a value holds since a day, written year-month-day, and not since %s", p.describe(t))
	case p.slice(t) == "from" && dated:
		p.add(code.MalformedDeclaration, t.span(), "the day from which on a value holds stands behind `since`").fix(t.span(), "since", "did you mean `since`?").
			hint("it is written: %s", shape)
		p.bail()
	case p.slice(t) == "until" && dated:
		p.malformed(shape, "a value holds until the day on which the next one begins, and the last one for ever: it has no `until`")
	case p.is(symRange):
		p.malformed(shape, "a value is no range: give both of its ends a name, and write `in a .. b` where the range is asked for")
	case comparisons[t.sym] != 0 && !t.newline, p.isKeyword(symAnd), p.isKeyword(symOr), p.isKeyword(symIn), p.isKeyword(symIs), p.isKeyword(symNot), p.isKeyword(symImplies):
		p.malformed("term large of Item: price > 10_000 eur", "a condition with a name is a `term`: a value is a number, a quantity, a date, a duration or a text")
	case t.kind == stringToken:
		p.malformed(shape, "a value has no title: say what it is in a comment above it")
	}
}

func (p *parser) role() Decl {
	prep := p.ahead(1)
	r := production[Role](p, nil)
	if prep.kind == keywordToken {
		r.Prep = &Name{Text: p.slice(prep), Offset: prep.start}
	}
	return r
}

func (p *parser) term() Decl {
	t := production[Term](p, []string{"of", "term"})
	const shape = "term SLV of Item: form = space_launch_vehicle"
	switch {
	case t.Open && t.Cond != nil:
		p.add(code.MalformedDeclaration, t.Cond.Range(), "an open term is decided by a person and has no condition").
			hint("a term with a condition is written without `open`; an open term may have a title in quotes")
	case !t.Open && t.Cond == nil && t.Title != nil:
		p.add(code.MalformedDeclaration, t.Title.Span, "a term has a condition behind a colon, not a title").
			hint("it is written: %s; a term that a person decides begins with `open`", shape)
	case !t.Open && t.Cond == nil:
		p.colonOfTerm(t)
		p.malformed(shape+"; a term that a person decides begins with `open`", "there should be `:` and the condition of the term `%s` here, not %s", t.Name.Text, p.describe(p.tok()))
	}
	return t
}

// constraint reads a constraint, which has a name and no if.
func (p *parser) constraint() Decl {
	const shape = "constraint missile_class: item is MissileClass implies item.category = I"
	name, colon, first := p.ahead(1), p.ahead(2), p.ahead(3)
	switch {
	case name.kind == identToken && colon.kind != eofToken && colon.sym != symColon && colon.kind != identToken:
		p.i++
		p.malformed(shape, "there should be a name and `:` before the condition of the constraint")
	case colon.sym == symColon && p.slice(first) == "if" && p.ahead(4).kind == identToken:
		p.i += 3
		p.malformed(shape, "a condition has no `if`: write `A implies B` for `if A then B`")
	}
	return production[Constraint](p, nil)
}

// policy reads a policy. If its head is broken, its rules are read all the same.
func (p *parser) policy() Decl {
	words := []string{"amends", "from", "until", "decides", "source", "when"}
	start := p.i
	pol := &Policy{}
	var open token
	if p.attempt(func() {
		pol = production[Policy](p, words)
		p.headOnce(start)
		open = p.brace("the rules of the policy", words)
	}) {
		pol.Items = p.items(open)
		return pol
	}
	if !p.skipToBrace() {
		p.bail()
	}
	if name := p.tokens[start+1]; name.kind == identToken {
		pol.Name = Name{Text: p.slice(&name), Offset: name.start}
	}
	pol.Items = p.items(p.next())
	return pol
}

// headOnce reports what stands twice in the head of a policy that ends here.
func (p *parser) headOnce(start int) {
	var seen [len(symbolTexts)]token
	for i := start + 2; i < p.i; i++ {
		t, next := p.tokens[i], p.tokens[i+1]
		clause := t.sym == symAmends && next.kind == identToken || t.sym == symDecides && next.sym == symBy ||
			(t.sym == symFrom || t.sym == symUntil) && next.kind == dateToken || t.sym == symWhen && t.kind == keywordToken
		if !clause {
			continue
		}
		if first := seen[t.sym]; first.end > 0 {
			p.add(code.ClauseTwice, t.span(), "a policy has `%s` once", t.sym).note(first.span(), "the first one is here")
		}
		seen[t.sym] = t
		i++
	}
}

// docBefore is the text of the comments directly above the token.
func (p *parser) docBefore(at int) string {
	limit := uint32(0) // the end of the token before
	if at > 0 {
		limit = p.tokens[at-1].end
	}
	var lines []string
	below := p.tokens[at].start
	for i := p.commentsBefore(below) - 1; i >= 0; i-- {
		c := p.comments[i]
		if c.Start < limit || lineBreaks(p.text[c.End:below]) != 1 || limit > 0 && !hasLineBreak(p.text[limit:c.Start]) {
			break
		}
		line := strings.TrimRight(strings.TrimPrefix(p.text[c.Start:c.End], "#"), " \t")
		lines = append(lines, strings.ToValidUTF8(strings.TrimPrefix(line, " "), "\uFFFD"))
		below = c.Start
	}
	for i, j := 0, len(lines)-1; i < j; i, j = i+1, j-1 {
		lines[i], lines[j] = lines[j], lines[i]
	}
	return strings.Join(lines, "\n")
}

// commentsBefore is how many comments begin before an offset.
func (p *parser) commentsBefore(offset uint32) int {
	lo, hi := 0, len(p.comments)
	for lo < hi {
		if mid := (lo + hi) / 2; p.comments[mid].Start < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// hasLineBreak says whether a stretch of text has a line end.
func hasLineBreak(text string) bool { return strings.ContainsAny(text, "\r\n") }

// lineBreaks counts the line ends in a stretch of text.
func lineBreaks(text string) int {
	n := 0
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' || text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			n++
		}
	}
	return n
}
