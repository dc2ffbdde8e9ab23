package lang

import (
	"strings"

	"github.com/ctl-lang/ctl/lang/code"
)

// The grammar of rules.
const ruleGrammar = `Rule     = [ Name ":" ] Sentence .
Sentence = Outcome [ Phrase ] { Preposition Phrase } { Clause } .
Outcome  = Name .
Clause   = "when" Cond
         | "unless" Cond
         | "notwithstanding" LabelRef { "," LabelRef }
         | "subject" "to" LabelRef { "," LabelRef }
         | Reason
         | "from" Date
         | "until" Date .
Reason   = "requiring" String { "," String }
         | "because" Wording
         | "source" String { "," String } .
LabelRef = Name [ "/" Digits ] .
`

// rule reads a rule with its label, if it has one.
func (p *parser) rule(kept *Item) {
	r := &Rule{}
	start := p.tok().start
	p.foreignLabel()
	if p.tok().kind == identToken && p.ahead(1).sym == symColon {
		label := p.name(code.RuleExpected, "a label")
		r.Label = &label
		p.i++
		*kept = r
	}
	p.outcome(r)
	*kept = r
	p.sentence(r)
	r.Span = Span{start, p.lastEnd()}
}

// outcome reads the outcome with which a rule begins behind its label.
func (p *parser) outcome(r *Rule) {
	p.rulesHaveNo()
	if p.tok().kind != identToken || r.Label != nil && p.tok().newline && (p.labelStands(p.i) || p.itemWordAt()) {
		p.noSentence(r.Label)
	}
	r.Outcome = p.name(code.RuleExpected, "an outcome")
}

// sentence reads a rule behind its outcome.
func (p *parser) sentence(r *Rule) {
	if p.objectFollows() {
		r.Object = p.exception(p.phrase(), true)
	}
	for p.phraseFollows() {
		prep := p.next()
		r.Phrases = append(r.Phrases, Phrase{Prep: Name{Text: p.slice(&prep), Offset: prep.start}, X: p.exception(p.phrase(), false)})
	}
	p.clauses(r)
}

// noSentence reports that no rule begins here.
func (p *parser) noSentence(label *Name) {
	t := p.tok()
	switch {
	case label != nil:
		p.fail(code.RuleExpected, "after the label `%s:`, there must be an outcome, not %s", label.Text, p.describe(t))
	case t.kind == keywordToken:
		p.fail(code.RuleExpected, "a rule begins with its label or its outcome, not with `%s`", p.slice(t))
	default:
		p.fail(code.RuleExpected, "here a rule should begin, with its label or its outcome; this is %s", p.describe(t))
	}
}

// objectFollows says whether the rule's object begins here, and not a
// preposition, a clause, the next rule or the end.
func (p *parser) objectFollows() bool {
	t, next := p.tok(), p.ahead(1)
	switch t.kind {
	case stringToken:
		return true
	case keywordToken:
		return t.sym == symAny || t.sym == symNot
	case punctToken:
		return t.sym == symLParen
	case identToken:
		foreign, _ := p.foreignClause()
		return next.sym != symColon && !p.outcomes[p.slice(t)] && !(t.newline && p.rulesFromAt(p.i)) && p.clauseAt() == noSymbol && foreign == noSymbol && !p.itemWordAt() && !p.declarationOnLine() &&
			!(p.halfClause() != noSymbol && p.valueOnLine())
	}
	return false
}

// itemWord says whether repeal, replace or section stands here, and is no outcome.
func (p *parser) itemWord() bool {
	t := p.tok()
	return (t.sym == symRepeal || t.sym == symReplace || t.sym == symSection) && t.kind == identToken && !p.outcomes[p.slice(t)]
}

// nothingBehind says whether a body or the text ends behind the token that stands here.
func (p *parser) nothingBehind() bool {
	next := p.ahead(1)
	return next.kind == eofToken || next.sym == symRBrace
}

// itemWordAt says whether repeal, replace or section begins an item here.
func (p *parser) itemWordAt() bool {
	return p.itemWord() && (p.ahead(1).kind == identToken || p.tok().newline && p.nothingBehind())
}

// itemWordBegins is itemWordAt where an item begins: there such a word stands for nothing else,
// also with nothing behind it and on the line of what stands before it.
func (p *parser) itemWordBegins() bool {
	return p.itemWord() && (p.ahead(1).kind == identToken || p.nothingBehind())
}

// declarationOnLine says whether a declaration begins a line here: what should
// have stood before it has been forgotten.
func (p *parser) declarationOnLine() bool {
	return p.declarationBegins(p.i)
}

// phraseFollows says whether a preposition and a phrase stand here. The one
// preposition that also begins a clause is from: a date shows which it is.
func (p *parser) phraseFollows() bool {
	t := p.tok()
	return t.kind == keywordToken && t.sym.preposition() && !(t.sym == symFrom && p.ahead(1).kind == dateToken)
}

// clauseAt is the symbol of the clause that begins here, noSymbol if none does.
func (p *parser) clauseAt() symbol {
	t, next := p.tok(), p.ahead(1)
	switch t.sym {
	case symWhen, symUnless, symNotwithstanding:
		if t.kind == keywordToken {
			return t.sym
		}
	case symFrom:
		if t.kind == keywordToken && next.kind == dateToken {
			return t.sym
		}
	case symUntil:
		if t.kind == identToken && next.kind == dateToken {
			return t.sym
		}
	case symSubject:
		if t.kind == identToken && next.sym == symTo && next.kind == keywordToken {
			return t.sym
		}
	case symRequiring, symBecause, symSource:
		if t.kind == identToken && next.kind == stringToken {
			return t.sym
		}
	}
	return noSymbol
}

// halfClause is the symbol of a clause whose word stands here without what must
// follow it, as in `because reason`, if that is certain enough.
func (p *parser) halfClause() symbol {
	t, next := p.tok(), p.ahead(1)
	switch t.sym {
	case symRequiring, symBecause, symSource, symUntil, symSubject:
		if t.kind != identToken || t.newline || next.sym == symColon || p.outcomes[p.slice(t)] {
			return noSymbol
		}
		if len(p.outcomes) > 0 || p.lastOfLine() || next.kind == numberToken || next.kind == dateToken {
			return t.sym
		}
	}
	return noSymbol
}

// lastOfLine says whether nothing follows the token here on its line or in its body.
func (p *parser) lastOfLine() bool {
	next := p.ahead(1)
	return next.newline || next.kind == eofToken || next.sym == symRBrace
}

// valueOnLine says whether a number, a date or a name that begins no clause
// follows on this line.
func (p *parser) valueOnLine() bool {
	next := p.ahead(1)
	switch next.kind {
	case identToken:
		return !next.newline && next.sym == noSymbol && !p.outcomes[p.slice(next)]
	case numberToken, dateToken, literalToken:
		return !next.newline
	}
	return false
}

// clauses reads the clauses of a rule, in any order.
func (p *parser) clauses(r *Rule) {
	var seen [5]token // the first of each clause that stands once
	for {
		p.commaBeforeClause()
		p.colonBehindClause()
		sym := p.clauseAt()
		if sym == noSymbol {
			sym = p.halfClause()
		}
		if sym == noSymbol {
			sym = p.misspeltClause()
		}
		if sym == noSymbol {
			if p.thousands() || p.valuesBehindCommas(r) {
				p.bail()
			}
			if !p.fullStop() {
				p.phraseTooLate()
			}
			return
		}
		word := p.next()
		if n := onlyOnce(sym); n >= 0 {
			if seen[n].end > 0 {
				p.twice(word, seen[n])
			} else {
				seen[n] = word
			}
		}
		p.clause(r, sym)
	}
}

// onlyOnce numbers the clauses that stand once in a rule; -1 for the others.
func onlyOnce(sym symbol) int {
	switch sym {
	case symWhen:
		return 0
	case symUnless:
		return 1
	case symBecause:
		return 2
	case symFrom:
		return 3
	case symUntil:
		return 4
	}
	return -1
}

// twice reports a second clause of a kind that stands once; it is read all the same.
func (p *parser) twice(word, first token) {
	d := p.add(code.ClauseTwice, word.span(), "a rule has `%s` once", word.sym).note(first.span(), "the first one is here")
	if word.sym == symUnless || word.sym == symWhen {
		d.hint("join the two conditions with `and` or `or`, or write a further rule `notwithstanding` this one")
	}
}

// clause reads what follows the word that begins a clause.
func (p *parser) clause(r *Rule, sym symbol) {
	switch sym {
	case symWhen:
		r.When = p.condition()
	case symUnless:
		r.Unless = p.condition()
	case symNotwithstanding:
		r.Notwithstanding = p.labels(r.Notwithstanding)
	case symSubject:
		p.expect(code.RuleExpected, symTo, "after `subject`, there must be `%s` and the label of a rule")
		r.SubjectTo = p.labels(r.SubjectTo)
	case symRequiring:
		r.Requiring = p.texts(r.Requiring, "an obligation")
	case symBecause:
		r.Because = p.wording(code.RuleExpected, "the reason")
	case symSource:
		r.Source = p.texts(r.Source, "a citation")
	case symFrom:
		d := p.date(code.RuleExpected)
		r.From = &d
	case symUntil:
		d := p.date(code.RuleExpected)
		r.Until = &d
	}
}

func (p *parser) texts(list []String, what string) []String {
	list = append(list, p.str(code.RuleExpected, what))
	for p.is(symComma) {
		p.i++
		list = append(list, p.str(code.RuleExpected, what))
	}
	return list
}

func (p *parser) labels(list []LabelRef) []LabelRef {
	list = append(list, p.labelOfRule())
	for p.is(symComma) {
		p.i++
		list = append(list, p.labelOfRule())
	}
	return list
}

// labelOfRule reads a label behind notwithstanding or subject to. It fails where the next
// item begins instead, so that the item keeps its first word.
func (p *parser) labelOfRule() LabelRef {
	t, next := p.tok(), p.ahead(1)
	if t.newline && (p.itemWordAt() || p.labelStands(p.i) || p.outcomes[p.slice(t)] && next.sym != symComma && !next.newline) {
		p.fail(code.RuleExpected, "there should be the label of a rule here, not %s", p.describe(p.tok()))
	}
	return p.labelRef()
}

// labelRef reads a label, or policy/3 for a rule without one.
func (p *parser) labelRef() LabelRef {
	p.foreignLabelRef()
	name := p.name(code.RuleExpected, "the label of a rule")
	if p.is(symSlash) {
		p.i++
		if p.tok().kind != numberToken {
			p.fail(code.RuleExpected, "after `%s/`, there must be the number of a rule, not %s", name.Text, p.describe(p.tok()))
		}
		p.wholeNumber()
		number := p.next()
		return LabelRef{Span: Span{name.Offset, number.end}, Text: name.Text + "/" + p.slice(&number)}
	}
	return LabelRef{Span: name.Range(), Text: name.Text}
}

// misspeltClause reports a word that stands where a clause may begin and is
// nearly one of theirs. It is taken for the one it is near to, so that the rest
// of the rule is read.
func (p *parser) misspeltClause() symbol {
	t := p.tok()
	if sym := p.takeForeignClause(); sym != noSymbol {
		return sym
	}
	if t.kind != identToken || p.outcomes[p.slice(t)] || p.ahead(1).sym == symColon || p.declarationAt(p.i) || p.rulesFromAt(p.i) {
		return noSymbol
	}
	last := !t.newline && p.lastOfLine()
	if t.newline && len(p.outcomes) == 0 || !p.sentencePart(p.ahead(1)) && !last {
		return noSymbol
	}
	word := p.slice(t)
	if said := foreignWords[strings.ToLower(word)]; said != "" && !t.newline {
		p.add(code.MisspeltWord, t.span(), "there is no `%s`: %s", word, said)
		p.bail()
	}
	near, ok := Nearest(word, clauseWords)
	if !ok {
		return noSymbol
	}
	sym := wordSymbols[near]
	if t.newline && (!canBeginLine(sym) || p.nearOutcome(word)) {
		return noSymbol
	}
	p.add(code.MisspeltWord, t.span(), "`%s` is no word of a rule", word).fix(t.span(), near, "did you mean `%s`?", near)
	if !canBeginLine(sym) || last {
		p.bail()
	}
	p.change(t)
	t.sym = sym
	if (sym == symRequiring || sym == symBecause || sym == symSource) && p.ahead(1).kind != stringToken ||
		sym == symSubject && p.ahead(1).sym != symTo || sym == symUntil && p.ahead(1).kind != dateToken {
		p.bail()
	}
	return sym
}

// nearOutcome says whether a word is more likely a misspelt outcome.
func (p *parser) nearOutcome(word string) bool {
	if len(p.outcomes) > 1000 {
		return false // nobody ranks so many; looking for the nearest would take too long
	}
	names := make([]string, 0, len(p.outcomes))
	for o := range p.outcomes {
		names = append(names, o)
	}
	_, ok := Nearest(word, names)
	return ok
}

func canBeginLine(sym symbol) bool {
	switch sym {
	case symWhen, symUnless, symNotwithstanding, symSubject, symRequiring, symBecause, symSource, symUntil:
		return true
	}
	return false
}

// sentencePart says whether a token may follow a word that begins a clause.
func (p *parser) sentencePart(t *token) bool {
	switch t.kind {
	case identToken, stringToken, dateToken, literalToken, numberToken:
		return true
	case keywordToken:
		return t.sym == symNot || t.sym == symAny || t.sym == symTo
	}
	return t.sym == symLParen
}

// phraseTooLate reports a phrase behind the clauses, and what cannot follow a rule.
func (p *parser) phraseTooLate() {
	t := p.tok()
	switch {
	case t.kind == eofToken || t.kind == badToken || t.sym == symRBrace || t.kind == identToken || p.isKeyword(symOtherwise):
		return
	case p.phraseFollows():
		p.fail(code.PhraseTooLate, "`%s …` must stand before the rule's clauses (`when`, `unless` and so on)", p.slice(t))
	case comparisons[t.sym] != 0 || t.sym == symIn || t.sym == symIs:
		p.fail(code.ConditionInPhrase, "a condition belongs after `when` or `unless`; `%s` cannot follow here", p.slice(t))
	case t.sym == symLBrace && p.i > 0:
		p.fail(code.RuleExpected, "a rule is one sentence; it has no `{`")
	}
	p.fail(code.RuleExpected, "%s cannot follow here: the rule is complete", p.describe(t))
}
