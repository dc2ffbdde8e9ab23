package lang

import (
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/lang/code"
)

// isOperator says whether and, or, not or implies stands here. In capitals, as SQL has it,
// it is reported and taken for the word that is meant; so is `but` for and.
func (p *parser) isOperator(sym symbol) bool {
	if p.isKeyword(sym) {
		return true
	}
	t := p.tok()
	if t.kind != identToken || t.sym != noSymbol || p.outcomes[p.slice(t)] || t.newline && sym != symNot {
		return false
	}
	word := p.slice(t)
	if !strings.EqualFold(word, sym.String()) && !(sym == symAnd && word == "but" && p.ahead(1).sym == symNot) {
		return false
	}
	if next := p.ahead(1); !p.valueFollows(1, true) && next.sym != symNot && next.sym != symAny {
		return false
	}
	p.foreignSign(t.span(), sym.String())
	p.change(t)
	t.kind, t.sym = keywordToken, sym
	return true
}

// needlessWord reports `either` or `both` before a condition and reads on behind it.
func (p *parser) needlessWord() {
	t := p.tok()
	if word := p.slice(t); t.kind == identToken && (word == "either" || word == "both") && p.ahead(1).kind == identToken && p.valueFollows(1, true) {
		p.add(code.MisspeltWord, t.span(), "a condition has no `%s`", word).fix(Span{t.start, p.ahead(1).start}, "", "remove it?")
		p.i++
	}
}

// foreignWords are what is said of words that mean nothing between two conditions.
var foreignWords = map[string]string{
	"xor":  "that one of two holds and not the other is written `exactly 1 of (a, b)`",
	"nor":  "that neither holds is written `not a and not b`",
	"then": "a rule begins with its outcome and says `when` behind it, and of two conditions it is written `a implies b`",
	"mod":  "the rest of a division is written `remainder(a, b)`",
}

// foreignQuants are words for some, every, no and has that people bring from elsewhere.
var foreignQuants = map[string]Op{
	"any": Some, "exists": Some, "exist": Some, "there is": Some, "there exists": Some, "there is a": Some, "there is some": Some, "one": Some,
	"all": Every, "each": Every, "forall": Every, "for all": Every, "for each": Every, "for every": Every,
	"none": No, "there is no": No,
}

// foreignQuant reports such words before `p in list`, or before a path whose value is
// asked for, and reads what is meant; nil where none stand here.
func (p *parser) foreignQuant() Expr {
	words := p.lineWords(0)
	for k := min(len(words), 3); k > 0; k-- {
		op := foreignQuants[strings.Join(words[:k], " ")]
		if op == 0 || p.ahead(k).kind != identToken {
			continue
		}
		all := Span{p.tok().start, p.ahead(k - 1).end}
		switch in := p.ahead(k + 1); {
		case in.sym == symIn && in.kind == keywordToken:
			p.foreignSign(all, op.String())
			p.i += k - 1
			return p.quant(op)
		case in.sym == symDot && (words[0] == "exists" || words[0] == "there"):
			p.i += k
			x := p.path()
			p.add(code.MisspeltWord, Span{all.Start, x.End}, "whether a fact has a value is asked with `has`").fix(all, "has", "did you mean `has %s`?", FormatExpr(x))
			return &Has{Span: Span{all.Start, x.End}, X: x}
		}
	}
	if t, next := p.tok(), p.ahead(1); t.sym == symNo && next.kind == identToken && p.ahead(2).sym == symDot {
		p.i++
		x := p.path()
		p.add(code.MisspeltWord, Span{t.start, x.End}, "whether a fact has a value is asked with `has`").fix(t.span(), "not has", "did you mean `not has %s`?", FormatExpr(x))
		return &Has{Span: Span{t.start, x.End}, X: x}
	}
	return nil
}

// foreignIn reports some p of list.
func (p *parser) foreignIn() {
	name, of := p.ahead(1), p.ahead(2)
	if word := p.slice(of); name.kind == identToken && of.kind == identToken && p.ahead(3).kind == identToken && (word == "of" || word == "among") {
		p.foreignSign(of.span(), "in")
		p.change(of)
		of.kind, of.sym = keywordToken, symIn
	}
}

// hasOf reads the `has` of a quantifier, or reports what stands in its place.
func (p *parser) hasOf() {
	t := p.tok()
	words := 1
	if p.slice(t) == "such" && p.slice(p.ahead(1)) == "that" {
		words = 2
	}
	switch word := p.slice(t); {
	case p.is(symHas):
		p.i++
	case word == "where" || word == "have" || word == "having" || word == "satisfies" || word == "with" || words == 2 || t.sym == symColon || t.sym == symBar:
		all := Span{t.start, p.ahead(words - 1).end}
		better := "has"
		if t.sym == symColon {
			better = " has"
		}
		p.add(code.MisspeltWord, all, "`%s` is written `has`", p.text[all.Start:all.End]).fix(all, better, "did you mean `has`?")
		p.i += words
	case t.kind == identToken && !t.newline && p.ahead(1).sym == symDot:
		p.add(code.ConditionExpected, t.span(), "after the list, there must be `has` and a condition").fix(Span{t.start, t.start}, "has ", "did you mean `has %s`?", p.slice(t))
	default:
		p.expect(code.ConditionExpected, symHas, "after the list, there must be `%s` and a condition")
	}
}

// foreignTally reports any of (a, b) with conditions in it; nil where `in` follows the
// parentheses.
func (p *parser) foreignTally(op Op) Expr {
	if p.ahead(2).sym != symLParen {
		return nil
	}
	depth, n, of := 0, 2, 1
	for ; p.ahead(n).kind != eofToken; n++ {
		switch p.ahead(n).sym {
		case symLParen:
			depth++
		case symRParen:
			depth--
		case symComma:
			if depth == 1 {
				of++
			}
		}
		if depth == 0 {
			break
		}
	}
	if p.ahead(n+1).sym == symIn || of == 1 {
		return nil
	}
	least := 1
	better := "at least 1"
	switch op {
	case AllOf:
		least = of
		better = "at least " + strconv.Itoa(of)
	case NoneOf:
		least = 0
		better = "exactly 0"
	}
	t := p.next()
	p.add(code.MisspeltWord, t.span(), "how many of some conditions hold is asked with `at least`, `at most` or `exactly` and a number").fix(t.span(), better, "did you mean `%s of`?", better)
	p.i++ // of
	tuple := &AtLeast{Op: Least, N: Number{Span: t.span(), Text: strconv.Itoa(least)}}
	p.next()
	for {
		tuple.Of = append(tuple.Of, p.implication())
		if !p.accept(symComma) {
			break
		}
	}
	p.expect(code.ConditionExpected, symRParen, "after the conditions, there must be `%s`")
	tuple.Span = Span{t.start, p.lastEnd()}
	return tuple
}

var smallNumbers = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}

// spelledNumber reports a number that is written as a word, and takes it for the number.
func (p *parser) spelledNumber() {
	t := p.tok()
	for n, word := range smallNumbers {
		if t.kind == identToken && strings.EqualFold(p.slice(t), word) {
			p.add(code.ForeignNumber, t.span(), "a number is written in digits").fix(t.span(), strconv.Itoa(n), "did you mean `%d`?", n)
			p.bail()
		}
	}
}
