package lang

import (
	"slices"
	"strings"
	"unicode"

	"github.com/ctl-lang/ctl/lang/code"
)

const labelShape = "a label is a name of letters, digits and `_`, with a colon behind it"

// mostLabelTokens is how many tokens may seem to be a label.
const mostLabelTokens = 8

// foreignLabel reports what stands before an outcome and is no label, such as `1.`, `(a)` or
// a label without its colon, and reads on at the outcome.
func (p *parser) foreignLabel() {
	first := p.tok()
	if p.ahead(1).sym == symColon {
		first = p.ahead(2)
	}
	if slices.ContainsFunc(ruleWords, func(word string) bool { return strings.EqualFold(word, p.slice(first)) }) {
		return
	}
	n, marked := 0, false
	for ; ; n++ {
		t := p.ahead(n)
		switch {
		case n > 0 && t.newline, n > mostLabelTokens, t.kind == eofToken, t.kind == keywordToken, t.kind == dateToken, t.kind == literalToken, t.sym == symLBrace, t.sym == symRBrace, t.sym == symEq:
			return
		case t.kind == identToken && p.outcomes[p.slice(t)] && p.ahead(n+1).sym != symColon:
			if n == 0 || n == 2 && p.tok().kind == identToken && p.ahead(1).sym == symColon || n > 1 && !marked {
				return
			}
			p.reportLabel(n)
			return
		case t.kind != identToken:
			marked = true
		}
	}
}

// reportLabel reports the next n tokens as no label.
func (p *parser) reportLabel(n int) {
	span := Span{p.tok().start, p.ahead(n - 1).end}
	bad := false
	for i := range n {
		bad = bad || p.ahead(i).kind == badToken
	}
	written := p.text[span.Start:span.End]
	outcome := p.slice(p.ahead(n))
	p.i += n
	if bad {
		return
	}
	p.forget(func(d *Diagnostic) bool { // `[` and `]`, of which nothing else is to be said
		return d.Span.Start >= span.Start && d.Span.End <= span.End
	})
	label := labelOf(written)
	switch {
	case label == "":
		p.add(code.ForeignLabel, span, "a rule has no `%s` before it", shortened(written)).fix(Span{span.Start, p.tok().start}, "", "remove it?")
	case label == written:
		p.add(code.ForeignLabel, span, "there is no outcome `%s`; a label has a colon behind it", shortened(written)).fix(span, label+":", "did you mean `%s: %s`?", label, outcome)
	default:
		p.add(code.ForeignLabel, span, labelShape).fix(span, label+":", "did you mean `%s: %s`?", label, outcome)
	}
}

// labelOf makes a label of what somebody wrote for one; "" where it has no letter and no digit.
func labelOf(written string) string {
	words := strings.FieldsFunc(written, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) > 1 && (strings.EqualFold(words[0], "rule") && !unicode.IsDigit([]rune(words[1])[0])) {
		words = words[1:]
	}
	label := strings.Join(words, "_")
	if label != "" && (unicode.IsDigit([]rune(label)[0]) || wordSymbols[label].keyword()) {
		label = "r" + label
	}
	return label
}

// foreignLabelRef reports a reference to what is no label.
func (p *parser) foreignLabelRef() {
	t := p.tok()
	if t.kind != numberToken {
		return
	}
	label := labelOf(p.slice(t))
	p.add(code.ForeignLabel, t.span(), "there should be the label of a rule here, and a label is a name of letters, digits and `_`").fix(t.span(), label, "did you mean `%s`?", label)
	p.bail()
}
