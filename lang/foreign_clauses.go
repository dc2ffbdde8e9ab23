package lang

import (
	"strings"

	"github.com/ctl-lang/ctl/lang/code"
)

// foreignClauses are words that people bring from elsewhere for those that begin a clause.
var foreignClauses = func() map[string]symbol {
	m := map[string]symbol{}
	for sym, phrases := range map[symbol]string{
		symWhen: "if|where|provided|provided that|whenever|while|as long as|so long as|only if|only when|only where|in case|given|given that|assuming|" +
			"assuming that|in the event that|if and only if|on condition that",
		symUnless:          "except|except if|except when|except where|except that|unless if|save where|save when|but not if|but not when",
		symRequiring:       "require|requires|required|requirement|obligation|obligations|must",
		symBecause:         "reason|rationale|justification|since|as|why",
		symSource:          "see|per|cf|ref|reference|references|citing|cite|cites|cited|according to|pursuant to|under",
		symNotwithstanding: "overrides|override|overriding|overrules|despite|regardless of|irrespective of|in spite of|supersedes",
		symSubject:         "yields to|overridden by|overruled by|subordinate to|unless overridden by",
		symFrom:            "since|effective|effective from|starting|starting from|as of|as from|valid from",
		symUntil:           "till|expires|ending|valid until",
	} {
		for _, words := range strings.Split(phrases, "|") {
			m[words+followers[sym]] = sym
		}
	}
	return m
}()

// followers tell apart what may follow the clauses, since `since` can begin two of them.
var followers = map[symbol]string{symRequiring: ` "`, symBecause: ` "`, symSource: ` "`, symFrom: " 0", symUntil: " 0", symNotwithstanding: " label", symSubject: " label"}

// foreignClause is the symbol of the clause that seems to be meant by words of
// foreignClauses and what may follow them, as in `except if`, and how many words that are.
func (p *parser) foreignClause() (symbol, int) {
	t := p.tok()
	if t.kind != identToken && t.kind != keywordToken || t.sym == symWhen || p.outcomes[p.slice(t)] || t.newline && (len(p.outcomes) == 0 || p.slice(t) == "if") {
		return noSymbol, 0 // an `if` that begins a line begins a rule
	}
	if next := p.slice(p.ahead(1)); t.kind == keywordToken && t.sym == symUnless && next != "if" && next != "overridden" || !beginsForeign(p.slice(t)) {
		return noSymbol, 0
	}
	words := p.lineWords(0)
	for n := len(words); n > 0; n-- {
		next, said := p.ahead(n), strings.Join(words[:n], " ")
		switch {
		case next.kind == stringToken && foreignClauses[said+` "`] != noSymbol && !next.newline:
			return foreignClauses[said+` "`], n
		case next.kind == dateToken && foreignClauses[said+" 0"] != noSymbol:
			return foreignClauses[said+" 0"], n
		case next.kind == identToken && !next.newline && foreignClauses[said+" label"] != noSymbol:
			return foreignClauses[said+" label"], n
		case foreignClauses[said] != noSymbol && p.conditionFollows(n):
			return foreignClauses[said], n
		}
	}
	return noSymbol, 0
}

// conditionFollows says whether a condition may begin at the nth token.
func (p *parser) conditionFollows(n int) bool {
	next := p.ahead(n)
	p.i += n
	begins := p.clauseAt() != noSymbol || p.itemWordAt()
	p.i -= n
	if begins {
		return false // the words before it are names, as in `deny given` and a `repeal` below
	}
	return next.kind == identToken && next.sym != symUntil && !p.outcomes[p.slice(next)] && p.ahead(n+1).sym != symColon || next.sym == symNot || next.sym == symLParen
}

// takeForeignClause reports such words and takes the last of them for the clause.
func (p *parser) takeForeignClause() symbol {
	sym, words := p.foreignClause()
	if sym == noSymbol {
		return noSymbol
	}
	all := Span{p.tok().start, p.ahead(words - 1).end}
	better := sym.String()
	if sym == symSubject {
		better, words = "subject to", words-1
		to := p.ahead(words)
		p.change(to)
		to.kind, to.sym = keywordToken, symTo
	}
	p.foreignSign(all, better)
	p.i += words - 1
	p.change(p.tok())
	if p.tok().sym = sym; sym.keyword() {
		p.tok().kind = keywordToken
	}
	return sym
}

// commaBeforeClause reports a comma in front of a clause or a preposition, and reads on
// behind it.
func (p *parser) commaBeforeClause() bool {
	if !p.is(symComma) {
		return false
	}
	comma := p.next()
	sym, _ := p.foreignClause()
	if sym == noSymbol && p.clauseAt() == noSymbol && !p.phraseFollows() {
		p.i--
		return false
	}
	p.add(code.StrayComma, comma.span(), "no comma stands before `%s`", p.slice(p.tok())).fix(comma.span(), "", "remove it?")
	return true
}

// colonBehindClause reports because: "..." and reads it as the clause.
func (p *parser) colonBehindClause() {
	t, colon := p.tok(), p.ahead(1)
	if colon.sym != symColon || t.newline || t.kind != identToken || t.sym == noSymbol && !strings.EqualFold(p.slice(t), "when") {
		return
	}
	text := p.ahead(2).kind == stringToken && (t.sym == symBecause || t.sym == symSource || t.sym == symRequiring)
	if !text && t.sym != symWhen && t.sym != symUnless {
		return
	}
	p.add(code.MisspeltWord, colon.span(), "no colon stands behind `%s`", p.slice(t)).fix(colon.span(), "", "remove it?")
	p.change(t)
	p.change(colon)
	if t.sym.keyword() {
		t.kind = keywordToken
	}
	colon.start, colon.end, colon.kind, colon.sym = t.start, t.end, t.kind, t.sym
	p.i++
}

// ruleWords are what rulesHaveNo is about.
var ruleWords = []string{"if", "when", "else", "elseif", "elsif", "elif", "default"}

// rulesHaveNo reports if, else and their like where a rule should begin.
func (p *parser) rulesHaveNo() {
	t := p.tok()
	word := strings.ToLower(p.slice(t))
	if t.kind != identToken && t.sym != symWhen || p.outcomes[p.slice(t)] || p.ahead(1).sym == symColon {
		return
	}
	switch word {
	case "if", "when":
		p.ifThen()
	case "else", "elseif", "elsif", "elif", "default":
		if word == "default" && !p.outcomes[p.slice(p.ahead(1))] {
			return
		}
		p.report(code.RulesHaveNoIf, "rules have no `%s`: write a further rule, or `otherwise` and the outcome that holds when no rule applies", p.slice(t)).
			fix(t.span(), "otherwise", "did you mean `otherwise`?")
	default:
		return
	}
	p.bail()
}

// ifThen reports a rule that begins with its condition, and offers it in the right order.
func (p *parser) ifThen() {
	t := p.tok()
	d := p.report(code.RulesHaveNoIf, "a rule begins with its outcome and says `when` behind it: `deny Item when …`, not `%s … deny`", p.slice(t))
	depth, n := 0, 1
	for ; depth > 0 || !p.outcomes[p.slice(p.ahead(n))]; n++ {
		switch sym := p.ahead(n).sym; {
		case sym == symLParen:
			depth++
		case sym == symRParen:
			depth--
		case sym == symLBrace, sym == symRBrace, p.ahead(n).kind == eofToken, p.ahead(n).kind == badToken, n > longestHead:
			return
		}
	}
	last := n - 1 // of the condition
	for ; last > 1; last-- {
		if word := strings.ToLower(p.slice(p.ahead(last))); p.ahead(last).sym != symComma && p.ahead(last).sym != symColon && word != "then" {
			break
		}
	}
	end := n
	for next := p.ahead(end + 1); !next.newline && next.kind != eofToken && next.sym != symRBrace && next.sym != symOtherwise && p.slice(next) != "else"; next = p.ahead(end + 1) {
		end++
	}
	rule := p.text[p.ahead(n).start:p.ahead(end).end] + " when " + p.text[p.ahead(1).start:p.ahead(last).end]
	d.fix(Span{t.start, p.ahead(end).end}, rule, "did you mean `%s`?", shortened(rule))
	p.i += end + 1
}

// fullStop reports a point at the end of a rule, and reads on behind it.
func (p *parser) fullStop() bool {
	if !p.fullStopAt(0) {
		return false
	}
	p.add(code.UnexpectedCharacter, p.tok().span(), "a sentence of the language ends without a full stop").fix(p.tok().span(), "", "remove it?")
	p.i++
	p.wordAgain()
	return true
}

// fullStopAt says whether the nth token is a point behind which no further step of a path
// can follow. One that could is left to be looked up, since lines mean nothing.
func (p *parser) fullStopAt(n int) bool {
	next := p.ahead(n + 1)
	return p.ahead(n).sym == symDot && (next.kind == eofToken || next.sym == symRBrace || next.newline && (next.kind != identToken || p.ahead(n+2).sym == symColon || p.nothingGoesOn(p.i+n+1) || p.itemBehindPoint(n+1)))
}

// itemBehindPoint says whether repeal, replace or section begins an item at the nth token,
// where a step of a path could stand.
func (p *parser) itemBehindPoint(n int) bool {
	t, next := p.ahead(n), p.ahead(n+1)
	return (t.sym == symRepeal || t.sym == symReplace || t.sym == symSection) && len(p.outcomes) > 0 &&
		next.kind == identToken && next.sym == noSymbol && !p.outcomes[p.slice(next)]
}
