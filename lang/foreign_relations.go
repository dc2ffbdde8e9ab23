package lang

import (
	"strings"

	"github.com/ctl-lang/ctl/lang/code"
)

// foreignRelation is what somebody means who writes words for a sign.
type foreignRelation struct {
	op       Op     // the comparison
	in       bool   // one of: in
	between  bool   // between a and b: in a .. b
	contains bool   // x contains y: y in x
	call     string // starts with: starts_with(x, y)
	exists   bool   // x exists: has x
	sure     bool   // whatever follows on the line is the other side
}

var foreignRelations = func() map[string]foreignRelation {
	m := map[string]foreignRelation{
		"in": {in: true, sure: true}, "one of": {in: true, sure: true}, "any of": {in: true, sure: true}, "a member of": {in: true, sure: true},
		"member of": {in: true, sure: true}, "part of": {in: true, sure: true}, "among": {in: true, sure: true}, "belongs to": {in: true, sure: true}, "belong to": {in: true, sure: true}, "lies in": {in: true, sure: true},
		"between": {between: true, sure: true}, "in between": {between: true, sure: true},
		"contains": {contains: true}, "contain": {contains: true}, "containing": {contains: true}, "includes": {contains: true}, "include": {contains: true}, "has": {contains: true},
		"starts with": {call: "starts_with", sure: true}, "startswith": {call: "starts_with"}, "start with": {call: "starts_with", sure: true}, "begins with": {call: "starts_with", sure: true},
		"ends with": {call: "ends_with", sure: true}, "endswith": {call: "ends_with"}, "end with": {call: "ends_with", sure: true},
		"exists": {exists: true}, "exist": {exists: true},
	}
	for op, phrases := range map[Op]string{
		Gt: "more than|greater than|larger than|higher than|bigger than|longer than|later than|above|over|exceeds|exceed|after|gt",
		Lt: "less than|smaller than|lower than|fewer than|shorter than|earlier than|below|under|before|lt",
		Ge: "at least|no less than|greater than or equal to|greater or equal to|more than or equal to|equal to or greater than|equal or greater than|not less than|gte|ge",
		Le: "at most|no more than|less than or equal to|less or equal to|equal to or less than|equal or less than|up to|lte|le",
		Eq: "equals|equal to|equal|exactly|the same as|same as|eq",
		Ne: "different from|other than|anything but|unequal to|ne",
	} {
		for _, words := range strings.Split(phrases, "|") {
			m[words] = foreignRelation{op: op, sure: strings.Contains(words, " ")}
		}
	}
	return m
}()

// foreignFirst are the first words of foreignRelations, foreignClauses and exceptions: most texts need no
// further look.
var foreignFirst = func() map[string]bool {
	m := map[string]bool{}
	for words := range foreignRelations {
		first, _, _ := strings.Cut(words, " ")
		m[first] = true
	}
	for words := range foreignClauses {
		first, _, _ := strings.Cut(words, " ")
		m[first] = true
	}
	for _, words := range exceptions {
		first, _, _ := strings.Cut(words, " ")
		m[first] = true
	}
	return m
}()

// beginsForeign says whether a word, in any case, is one of foreignFirst. It is asked of nearly
// every word, and so allocates nothing.
func beginsForeign(word string) bool {
	var small [16]byte
	if len(word) > len(small) {
		return false
	}
	for i := range len(word) {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		small[i] = c
	}
	return foreignFirst[string(small[:len(word)])]
}

// mostRelationWords is how many words the longest of them has.
const mostRelationWords = 6

// lineWords are up to six words from the nth token on, in small letters, as far as they
// stand on its line.
func (p *parser) lineWords(n int) []string {
	var words []string
	for ; len(words) < mostRelationWords; n++ {
		t := p.ahead(n)
		if t.newline && len(words) > 0 || t.kind != identToken && t.kind != keywordToken {
			break
		}
		words = append(words, strings.ToLower(p.slice(t)))
	}
	return words
}

// foreignRelationAt finds the longest words for a relation behind the nth token, and how
// many they are.
func (p *parser) foreignRelationAt(n int) (foreignRelation, int) {
	if !beginsForeign(p.slice(p.ahead(n))) {
		return foreignRelation{}, 0
	}
	words := p.lineWords(n)
	for k := len(words); k > 0; k-- {
		r, known := foreignRelations[strings.Join(words[:k], " ")]
		if known && (r.exists || p.valueFollows(n+k, r.sure)) {
			return r, k
		}
	}
	return foreignRelation{}, 0
}

// valueFollows says whether a value begins at the nth token: for certain, where a name
// could begin the next rule.
func (p *parser) valueFollows(n int, sure bool) bool {
	t := p.ahead(n)
	switch t.kind {
	case numberToken, dateToken, literalToken, stringToken:
		return !t.newline
	case identToken:
		return !t.newline && (sure || p.ahead(n+1).sym == symDot || p.ahead(n+1).sym == symLParen)
	}
	return t.sym == symLParen || t.sym == symMinus || t.kind == badToken || sure && t.sym == symLBrace
}

// foreignRelation reports words for a sign behind x, such as `is more than`, and reads the
// relation that is meant; nil where none stand here.
func (p *parser) foreignRelation(x Expr) Expr {
	first := p.tok()
	if first.newline || first.kind != identToken && first.kind != keywordToken || p.outcomes[p.slice(first)] {
		return nil
	}
	n, not := 0, false
	switch strings.ToLower(p.slice(first)) {
	case "is", "are", "was", "does", "do", "be", "must", "should":
		n++
	}
	if n > 0 && p.ahead(n).sym == symNot || strings.EqualFold(p.slice(p.ahead(n)), "not") && !p.ahead(n).newline {
		n, not = n+1, true
	}
	if p.slice(p.ahead(n)) == "be" {
		n++
	}
	if in := p.neitherOf(x, n); in != nil {
		return in
	}
	r, k := p.foreignRelationAt(n)
	if sign := p.ahead(n); n > 0 && k == 0 && sign.kind == punctToken && comparisons[sign.sym] != 0 { // is =, not =
		r, k = foreignRelation{op: comparisons[sign.sym]}, 1
	}
	switch {
	case k == 0 && n == 1 && not && p.isKeyword(symNot):
		return p.bareNot(x)
	case k == 0:
		return nil
	}
	words := Span{first.start, p.ahead(n + k - 1).end}
	p.i += n + k
	p.operators++
	switch {
	case r.exists:
		return p.foreignHas(x, words, not)
	case r.between:
		return p.foreignBetween(x, words, not)
	case r.in:
		sign := "in"
		if not {
			sign = "not in"
		}
		p.foreignSign(words, sign)
		target := p.target()
		return &In{Span: Span{x.Range().Start, target.Range().End}, X: x, Not: not, Target: target}
	case r.op != 0:
		if not {
			r.op = opposite[r.op]
		}
		y := p.sum()
		if both := p.foreignEnds(x, r.op, y, words); both != nil {
			return both
		}
		p.foreignSign(words, opTexts[r.op])
		return binary(r.op, x, y)
	}
	y := p.sum()
	whole := Span{x.Range().Start, y.Range().End}
	xText, yText := p.text[x.Range().Start:x.Range().End], p.text[y.Range().Start:y.Range().End]
	better, meant := r.call+"("+xText+", "+yText+")", Expr(&Call{Span: whole, Fun: Name{Text: r.call, Offset: whole.Start}, Args: []Expr{x, y}})
	switch {
	case r.contains && not:
		better, meant, not = yText+" not in "+xText, &In{Span: whole, X: y, Not: true, Target: x}, false
	case r.contains:
		better, meant = yText+" in "+xText, &In{Span: whole, X: y, Target: x}
	}
	if not {
		better = "not " + better
	}
	p.add(code.MisspeltWord, whole, "`%s` is no relation of the language", p.text[words.Start:words.End]).fix(whole, better, "did you mean `%s`?", better)
	return meant
}

// foreignEnds reports a further relation in words to the same x, as in at least 3 and at
// most 5, of which the first has been read; nil where none follows.
func (p *parser) foreignEnds(x Expr, op Op, y Expr, words Span) Expr {
	link := p.tok()
	if !p.isOperator(symAnd) && !p.isOperator(symOr) {
		return nil
	}
	n := 1
	if p.ahead(n).sym == symIs {
		n++
	}
	r, k := p.foreignRelationAt(n)
	if r.op == 0 || strings.EqualFold(p.slice(p.ahead(n+k+1)), "of") {
		return nil
	}
	p.operator()
	p.i += n + k - 1
	z := p.sum()
	whole := Span{x.Range().Start, z.Range().End}
	xText, yText, zText := p.text[x.Range().Start:x.Range().End], p.text[y.Range().Start:y.Range().End], p.text[z.Range().Start:z.Range().End]
	better := xText + " " + opTexts[op] + " " + yText + " " + link.sym.String() + " " + xText + " " + opTexts[r.op] + " " + zText
	both := binary(And, binary(op, x, y), binary(r.op, x, z))
	switch {
	case link.sym == symOr:
		better, both = "("+better+")", binary(Or, binary(op, x, y), binary(r.op, x, z))
	case op == Ge && r.op == Le:
		better = xText + " in " + yText + " .. " + zText
	case p.behindNot(x):
		better = "(" + better + ")"
	}
	p.add(code.MisspeltWord, Span{words.Start, whole.End}, "relations are written with signs, and each with both sides").fix(whole, better, "did you mean `%s`?", better)
	return both
}

// behindNot says whether `not` stands in front of what has been read.
func (p *parser) behindNot(x Expr) bool {
	i := p.i
	for i > 0 && p.tokens[i].start > x.Range().Start {
		i--
	}
	return i > 0 && p.tokens[i-1].sym == symNot
}

var opposite = map[Op]Op{Eq: Ne, Ne: Eq, Lt: Ge, Ge: Lt, Gt: Le, Le: Gt}

// foreignSign reports words for a sign.
func (p *parser) foreignSign(words Span, sign string) {
	p.add(code.MisspeltWord, words, "`%s` is written `%s`", p.text[words.Start:words.End], sign).fix(words, sign, "did you mean `%s`?", sign)
}

// foreignBetween reads between a and b, whose words have been read.
func (p *parser) foreignBetween(x Expr, words Span, not bool) Expr {
	lo := p.sum()
	if !p.isKeyword(symAnd) && !p.is(symRange) {
		p.add(code.MisspeltWord, words, "what lies between two values is written `in a .. b`")
		p.bail()
	}
	p.i++
	hi := p.sum()
	span := Span{words.Start, hi.Range().End}
	better := "in " + p.text[lo.Range().Start:lo.Range().End] + " .. " + p.text[hi.Range().Start:hi.Range().End]
	if not {
		better = "not " + better
	}
	p.add(code.MisspeltWord, words, "what lies between two values is written `in a .. b`, and both ends belong to it").fix(span, better, "did you mean `%s`?", better)
	return &In{Span: Span{x.Range().Start, span.End}, X: x, Not: not, Target: &Interval{Span: Span{lo.Range().Start, span.End}, Lo: lo, Hi: hi}}
}

// foreignHas reads x exists, whose word has been read.
func (p *parser) foreignHas(x Expr, words Span, not bool) Expr {
	whole := Span{x.Range().Start, words.End}
	better := "has " + p.text[x.Range().Start:x.Range().End]
	if not {
		better = "not " + better
	}
	p.add(code.MisspeltWord, whole, "whether a fact has a value is asked with `has`").fix(whole, better, "did you mean `%s`?", better)
	ref, ok := x.(*Ref)
	if !ok {
		p.bail()
	}
	has := &Has{Span: whole, X: ref}
	if not {
		return &Unary{Span: whole, Op: Not, X: has}
	}
	return has
}
