package lang

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/lang/code"
)

var (
	groupedNumber = regexp.MustCompile(`^-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$|^-?[0-9]{1,3}(?:[ '_][0-9]{3})+(?:[.,][0-9]+)?$|^-?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+$`)
	commaNumber   = regexp.MustCompile(`^-?[0-9]+,[0-9]+$`)
	percentNumber = regexp.MustCompile(`^(-?[0-9]+(?:[.,][0-9]+)?) ?(?:percent|per cent|pct)$|^(-?[0-9]+,[0-9]+) ?%$`)
	underscored   = regexp.MustCompile(`^-?[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]+)?$`)
	powerNumber   = regexp.MustCompile(`^(-?[0-9]+(?:\.[0-9]+)?)[eE]\+?([0-9]{1,2})$`)
)

// PlainNumber is a number as the language writes it, for one that is written as elsewhere:
// 1500 for 1,500, 6.5 for 6,5, 80 % for 80 percent, 1000 for 1e3, 0.5 for .5; not ok for what is none. What is
// wrong with it is told as a sentence.
func PlainNumber(text string) (plain, wrong string, ok bool) {
	text = strings.TrimSpace(text)
	switch m := percentNumber.FindStringSubmatch(text); {
	case m != nil:
		return strings.ReplaceAll(m[1]+m[2], ",", ".") + " %", wrongShare(text), true
	case groupedNumber.MatchString(text):
		whole, fraction := text, ""
		if i := strings.LastIndexAny(text, ".,"); i > 0 && (len(text)-i != 4 || strings.Count(text, text[i:i+1]) == 1 && strings.ContainsAny(text[:i], ".,'_ ")) {
			whole, fraction = text[:i], "."+text[i+1:]
		}
		return strings.NewReplacer(",", "", ".", "", " ", "", "'", "", "_", "").Replace(whole) + fraction, "a number has no separators of thousands", true
	case underscored.MatchString(text):
		return strings.ReplaceAll(text, "_", ""), "`_` stands between groups of three digits, before the point", true
	case commaNumber.MatchString(text):
		return strings.Replace(text, ",", ".", 1), "a number has a decimal point, not a comma", true
	}
	if m := powerNumber.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[2])
		return movePoint(m[1], n), "a number has no exponent", true
	}
	for _, begun := range []struct{ before, better, wrong string }{
		{"+", "", "a number has no plus before it"}, {".", "0.", "a number has a digit before its point"}, {"-.", "-0.", "a number has a digit before its point"},
	} {
		if rest, found := strings.CutPrefix(text, begun.before); found && rest != "" && strings.Trim(rest, "0123456789.") == "" {
			return begun.better + rest, begun.wrong, true
		}
	}
	return "", "", false
}

var oneGroup = regexp.MustCompile(`^[1-9][0-9]{0,2}\.[0-9]{3}$`)

// Thousands is, of a number whose point sets thousands apart in many countries, the number that
// is then meant: 100_000 of 100.000; "" of all others.
func Thousands(number string) string {
	if !oneGroup.MatchString(number) {
		return ""
	}
	return strings.Replace(number, ".", "_", 1)
}

// wrongShare is what is wrong with a share.
func wrongShare(text string) string {
	if strings.HasSuffix(text, "%") {
		return "a number has a decimal point, not a comma"
	}
	return "a share has the sign `%` behind its number"
}

// movePoint is a decimal number times ten to the n.
func movePoint(number string, n int) string {
	sign := ""
	if rest, negative := strings.CutPrefix(number, "-"); negative {
		sign, number = "-", rest
	}
	whole, fraction, _ := strings.Cut(number, ".")
	for ; n > 0; n-- {
		if fraction == "" {
			fraction = "0"
		}
		whole, fraction = whole+fraction[:1], fraction[1:]
	}
	for ; n < 0; n++ {
		if whole == "" {
			whole = "0"
		}
		whole, fraction = whole[:len(whole)-1], whole[len(whole)-1:]+fraction
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}

// thousands reports commas within a number, as in 1,500 and 6,5, and reads behind it.
func (p *parser) thousands() bool {
	if p.i == 0 || p.tokens[p.i-1].kind != numberToken {
		return false
	}
	first, n := p.tokens[p.i-1], 0
	for end := first.end; ; n += 2 {
		comma, rest := p.ahead(n), p.ahead(n+1)
		if comma.sym != symComma || rest.kind != numberToken || comma.start != end || rest.start != comma.end {
			break
		}
		end = rest.end
	}
	if n == 0 {
		return false
	}
	whole := Span{first.start, p.ahead(n - 1).end}
	p.foreignNumber(whole)
	p.i += n
	return true
}

// foreignNumber reports a number that is written as elsewhere.
func (p *parser) foreignNumber(whole Span) {
	plain, wrong, ok := PlainNumber(p.text[whole.Start:whole.End])
	if !ok {
		p.add(code.ForeignNumber, whole, "a number has digits, and at most one decimal point between them")
		return
	}
	p.add(code.ForeignNumber, whole, "%s", wrong).fix(whole, plain, "did you mean `%s`?", plain)
}

// needlessPlus reports a plus before a number and reads on behind it.
func (p *parser) needlessPlus() {
	plus, number := p.tok(), p.ahead(1)
	if plus.sym == symPlus && number.kind == numberToken {
		p.foreignNumber(Span{plus.start, number.end})
		p.i++
	}
}

// bareWholeNumber reports a point behind the last digit of a number, as at the end of an
// English sentence.
func (p *parser) bareWholeNumber(number token) bool {
	point := p.tok()
	if point.sym != symDot || point.start != number.end || !p.ahead(1).newline && p.ahead(1).start == point.end {
		return false
	}
	p.add(code.ForeignNumber, point.span(), "no point stands behind a number").fix(point.span(), "", "remove it?")
	p.i++
	p.wordAgain()
	return true
}

// wordAgain takes the word behind a point that means nothing for the keyword that it is
// elsewhere.
func (p *parser) wordAgain() {
	if t := p.tok(); t.kind == identToken && t.sym.keyword() && p.ahead(1).sym != symColon {
		p.change(t)
		t.kind = keywordToken
	}
}

// exponent reports 1e3.
func (p *parser) exponent(n *Number) bool {
	e := p.tok()
	whole := Span{n.Start, e.end}
	if e.kind != identToken || e.start != n.End || !powerNumber.MatchString(p.text[whole.Start:whole.End]) {
		return false
	}
	p.foreignNumber(whole)
	p.i++
	return true
}

// unitBefore says whether the word before a number seems to be its unit: one that is declared,
// or a word as short as most units are.
func (p *parser) unitBefore() bool {
	word := p.slice(p.tok())
	return len(word) <= 4 || p.declaredUnit(word) != word
}

// unitFirst reports a quantity whose unit stands before its number: EUR 5000.
func (p *parser) unitFirst() Expr {
	unit := p.next()
	number := p.next()
	p.thousands()
	value := p.text[number.start:p.lastEnd()]
	if plain, _, ok := PlainNumber(value); ok {
		value = plain
		p.list = p.list[:len(p.list)-1] // told together with the unit
	}
	n := &Number{Span: Span{unit.start, p.lastEnd()}, Text: value, Unit: p.declaredUnit(p.slice(&unit)), UnitSpan: unit.span()}
	better := n.Text + " " + n.Unit
	p.add(code.ForeignNumber, n.Span, "a unit stands behind its number").fix(n.Span, better, "did you mean `%s`?", better)
	return n
}

// declaredUnit is the unit of this text that a word names but for the case of its letters,
// and else the word.
func (p *parser) declaredUnit(word string) string {
	if len(p.list) > mostProblems { // nobody reads so many
		return word
	}
	for i := range p.tokens[:len(p.tokens)-1] {
		name := &p.tokens[i+1]
		if t := &p.tokens[i]; t.sym == symUnit && t.newline && name.kind == identToken && strings.EqualFold(p.slice(name), word) {
			return p.slice(name)
		}
	}
	return word
}
