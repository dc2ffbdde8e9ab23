package lang

import "github.com/ctl-lang/ctl/lang/code"

// The grammar of claims.
const claimGrammar = `Claim     = "claim" String [ "under" Name { "," Name } ] [ "as" "of" Date ] ":" ClaimBody .
ClaimBody = ( "always" "decided" | ( "always" | "never" ) Outcome { "or" Outcome } ) [ "when" Cond ]
          | Name ( "never" ( "stricter" | "looser" ) "than" | "same" [ "outcomes" ] "as"
            | "requires" "no" "more" "than" ) Name [ "when" Cond ]
          | "same" "decision" "when" Swap { "and" Swap } [ "when" Cond ] .
Swap      = Path "swaps" Name "," Name .
`

// claim reads a claim.
func (p *parser) claim() Decl {
	p.claimWithoutName()
	c := production[Claim](p, []string{"under"})
	first, second := p.tok(), p.ahead(1)
	if first.kind != identToken {
		p.noClaim()
	}
	switch {
	case second.sym == symNever && second.kind == identToken,
		second.sym == symSame && second.kind == identToken && (p.ahead(2).sym == symAs || p.ahead(2).sym == symOutcomes),
		second.sym == symRequires && second.kind == identToken:
		p.comparison(c)
	case first.sym == symAlways && second.sym == symDecided:
		p.i += 2
		c.Form = AlwaysDecided
	case first.sym == symAlways:
		p.i++
		c.Form = Always
		c.Outcomes = p.outcomeList()
	case first.sym == symNever:
		p.i++
		c.Form = Never
		c.Outcomes = p.outcomeList()
	case first.sym == symSame && second.sym == symDecision:
		p.swaps(c)
	default:
		p.noClaim()
	}
	if p.isKeyword(symWhen) || p.takeForeignClause() == symWhen {
		p.i++
		c.When = p.condition()
	}
	return c
}

// claimWithoutName reports a claim that begins with its sentence.
func (p *parser) claimWithoutName() {
	t := p.ahead(1)
	if t.kind != identToken || t.sym != symAlways && t.sym != symNever && t.sym != symSame || t.newline {
		return
	}
	n := 1
	for next := p.ahead(n + 1); !next.newline && next.kind != eofToken && next.sym != symWhen; next = p.ahead(n + 1) {
		n++
	}
	name := Quote(p.text[t.start:p.ahead(n).end]) + ": "
	p.add(code.MalformedDeclaration, t.span(), "a claim has a name in double quotes and a colon before its sentence").fix(Span{t.start, t.start}, name, "did you mean `claim %s%s`?", name, p.text[t.start:p.ahead(n).end])
	p.i++
	p.skipToDeclaration(p.i - 1)
	p.bail()
}

// noClaim reports what is no claim's sentence.
func (p *parser) noClaim() {
	d := p.report(code.MalformedClaim, "there should be what the claim says here, not %s", p.describe(p.tok()))
	if d != nil {
		d.hint("a claim says `always OUTCOME`, `never OUTCOME`, `always decided`, `P never stricter than Q`, `P never looser than Q`, `P same as Q`, `P same outcomes as Q`, `P requires no more than Q` or `same decision when PATH swaps A, B`")
		if near, ok := Nearest(p.slice(p.tok()), []string{"always", "never", "same"}); ok && p.tok().kind == identToken {
			d.fix(p.tok().span(), near, "did you mean `%s`?", near)
		}
	}
	p.bail()
}

func (p *parser) outcomeList() []Name {
	list := []Name{p.name(code.MalformedClaim, "an outcome")}
	for p.isKeyword(symOr) {
		p.i++
		list = append(list, p.name(code.MalformedClaim, "an outcome"))
	}
	return list
}

// comparison reads a never stricter than b, and its like.
func (p *parser) comparison(c *Claim) {
	a := p.name(code.MalformedClaim, "a policy")
	switch {
	case p.is(symSame) && p.ahead(1).sym == symAs:
		p.i += 2
		c.Form = SameAs
	case p.is(symSame):
		p.i += 2
		c.Form = SameOutcomes
		p.expect(code.MalformedClaim, symAs, "after `same outcomes`, there must be `%s` and a policy")
	case p.is(symRequires):
		p.i++
		c.Form = RequiresNoMore
		for _, word := range []symbol{symNo, symMore, symThan} {
			p.expect(code.MalformedClaim, word, "after `requires`, there must be `no more than` and a policy: `%s` is missing")
		}
	case p.ahead(1).sym == symStricter || p.ahead(1).sym == symLooser:
		c.Form = NeverStricter
		if p.ahead(1).sym == symLooser {
			c.Form = NeverLooser
		}
		p.i += 2
		p.expect(code.MalformedClaim, symThan, "after `stricter` or `looser`, there must be `%s` and a policy")
	default:
		p.i++
		p.fail(code.MalformedClaim, "after `never`, there must be `stricter than` or `looser than`, not %s", p.describe(p.tok()))
	}
	b := p.name(code.MalformedClaim, "a policy")
	c.A, c.B = &a, &b
}

// swaps reads same decision when a swaps v, w.
func (p *parser) swaps(c *Claim) {
	p.i += 2
	c.Form = SameDecision
	if !p.isKeyword(symWhen) {
		p.fail(code.MalformedClaim, "after `same decision`, there must be `when` and what is swapped, not %s", p.describe(p.tok()))
	}
	p.next()
	for {
		p.depth, p.operators = 0, 0
		path := p.path()
		p.expect(code.MalformedClaim, symSwaps, "after what is swapped, there must be `%s` and two values")
		v := p.name(code.MalformedClaim, "a value")
		p.expect(code.MalformedClaim, symComma, "between the two values, there must be `%s`")
		w := p.name(code.MalformedClaim, "a value")
		c.Swaps = append(c.Swaps, &Swap{Attr: path, V: v, W: w})
		if !p.isKeyword(symAnd) {
			return
		}
		p.i++
	}
}
