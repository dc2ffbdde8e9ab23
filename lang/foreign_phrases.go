package lang

import (
	"strings"

	"github.com/ctl-lang/ctl/lang/code"
)

// wordInPhrase says whether the nth token is a further word of the line that belongs to
// nothing else: no clause, no outcome, no label and no declaration.
func (p *parser) wordInPhrase(n int) bool {
	t := p.ahead(n)
	if t.kind != identToken || t.newline || len(p.outcomes) == 0 || p.outcomes[p.slice(t)] || p.ahead(n+1).sym == symColon {
		return false
	}
	at := p.i
	p.i += n
	defer func() { p.i = at }()
	foreign, _ := p.foreignClause()
	_, near := Nearest(p.slice(t), clauseWords)
	_, exception := p.exceptionAt()
	return foreign == noSymbol && !exception && !near && p.clauseAt() == noSymbol && p.halfClause() == noSymbol && !p.itemWordAt() && comparisons[p.ahead(1).sym] == 0 && p.ahead(1).sym != symDot
}

// articleInPhrase reports `the` before a name, and reads on behind it.
func (p *parser) articleInPhrase() bool {
	t := p.tok()
	if word := p.slice(t); word != "the" && word != "a" && word != "an" || !p.wordInPhrase(1) {
		return false
	}
	p.add(code.MisspeltWord, t.span(), "a name has no article").fix(Span{t.start, p.ahead(1).start}, "", "did you mean `%s`?", p.slice(p.ahead(1)))
	p.i++
	return true
}

// nameBehindAny reports `any country`.
func (p *parser) nameBehindAny() {
	if after := p.ahead(1).kind; p.wordInPhrase(0) && !p.wordInPhrase(1) && after != dateToken && after != literalToken && after != numberToken && after != stringToken {
		t := p.tok()
		p.add(code.MisspeltWord, t.span(), "`any` stands alone").fix(Span{p.lastEnd(), t.end}, "", "did you mean `any`?")
		p.i++
	}
}

// nameOfWords reports a name of several words, which stands in quotes; nil where there is one word.
func (p *parser) nameOfWords(first *token) Expr {
	n := 0
	for n < mostLabelTokens && p.wordInPhrase(n) {
		n++
	}
	if n == 0 {
		return nil
	}
	whole := Span{first.start, p.ahead(n - 1).end}
	quoted := Quote(p.text[whole.Start:whole.End])
	p.add(code.MisspeltWord, whole, "a name of several words stands in quotes").fix(whole, quoted, "did you mean `%s`?", quoted)
	p.i += n
	p.bail()
	return nil
}

// exceptions are words for `and not`.
var exceptions = []string{"except for", "except", "but not", "but", "without", "excluding", "other than", "apart from", "save for", "save"}

// exceptionAt is how many words for `and not` stand here, before a name.
func (p *parser) exceptionAt() (words int, ok bool) {
	if t := p.tok(); t.kind != identToken || t.newline || !beginsForeign(p.slice(t)) || p.outcomes[p.slice(t)] {
		return 0, false
	}
	said := strings.Join(p.lineWords(0), " ") + " "
	for _, e := range exceptions {
		if !strings.HasPrefix(said, e+" ") {
			continue
		}
		n := strings.Count(e, " ") + 1
		next, after := p.ahead(n), p.ahead(n+1)
		name := next.kind == identToken && !next.newline && !p.outcomes[p.slice(next)] || next.kind == stringToken
		return n, name && after.sym != symDot && after.sym != symIs && after.sym != symIn && after.sym != symColon && comparisons[after.sym] == 0
	}
	return 0, false
}

// exception reports words for `and not` behind a phrase, with the names that they except.
// Behind an object `except` is left to be `unless`, which says the same of it.
func (p *parser) exception(x Expr, object bool) Expr {
	words, ok := p.exceptionAt()
	if !ok || object && strings.HasPrefix(p.slice(p.tok()), "except") {
		return x
	}
	start := p.tok().start
	said := p.text[start:p.ahead(words-1).end]
	p.i += words
	y := p.alternatives()
	not := p.text[y.Range().Start:y.Range().End]
	if level(y) < notLevel {
		not = "(" + not + ")"
	}
	whole := Span{start, y.Range().End}
	better := "and not " + not
	if _, any := x.(*Any); any {
		whole.Start, better = x.Range().Start, "not "+not
	} else if level(x) < andLevel {
		whole.Start, better = x.Range().Start, "("+p.text[x.Range().Start:x.Range().End]+") and not "+not
	}
	p.add(code.MisspeltWord, Span{start, start + uint32(len(said))}, "`%s` is written `and not`", said).fix(whole, better, "did you mean `%s`?", better)
	return binary(And, x, &Unary{Span: Span{start, whole.End}, Op: Not, X: y})
}

// spacedName reports the name of an attribute that has blanks in it, or stands in quotes.
func (p *parser) spacedName() {
	first, n := p.tok(), 0
	if first.kind != identToken && first.kind != stringToken {
		return
	}
	for p.ahead(n+1).kind == identToken && !p.ahead(n+1).newline && n < mostLabelTokens {
		n++
	}
	if p.ahead(n+1).sym != symColon || n == 0 && first.kind == identToken || n > 0 && first.kind == stringToken {
		return
	}
	whole := Span{first.start, p.ahead(n).end}
	if first.kind == stringToken { // see quotedName
		p.change(first)
		first.kind = identToken
		return
	}
	name := labelOf(p.text[whole.Start:whole.End])
	p.add(code.MalformedDeclaration, whole, "the name of an attribute is one word of letters, digits and `_`").fix(whole, name, "did you mean `%s`?", name)
	p.i += n
	p.change(p.tok())
	p.tok().kind = identToken
}

// outcomeItems reads the outcomes, and reports what stands between two of them that is no
// `>` and no comma.
func (p *parser) outcomeItems() Decl {
	o := production[Outcomes](p, nil)
	t, next := p.tok(), p.tok()
	if t.sym == symLt || t.sym == symBar || t.kind == keywordToken {
		next = p.ahead(1)
	}
	if t.newline || next.kind != identToken || next.newline || next.sym >= symUse && next.sym <= symClaim {
		return o
	}
	const ranked = "between outcomes stands `>`, the strictest first, or a comma where none ranks above the other"
	if d := p.add(code.MalformedDeclaration, t.span(), ranked); t.sym != symLt {
		d.fix(Span{p.lastEnd(), next.start}, " > ", "did you mean `> %s`?", p.slice(next))
	}
	p.bail()
	return nil
}
