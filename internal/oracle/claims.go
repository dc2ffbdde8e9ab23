package oracle

import (
	"maps"
	"slices"

	"github.com/ctl-lang/ctl/lang"
)

// Breaks says whether a full case, as of its date, is one in which a claim does not
// hold under some policy.
func (p *Program) Breaks(claim *lang.Claim, c *Case) (bool, error) {
	if claim.When != nil {
		in, err := p.truth(claim.When, c)
		if err != nil || !in {
			return false, err
		}
	}
	switch claim.Form {
	case lang.NeverStricter, lang.NeverLooser, lang.SameAs, lang.SameOutcomes, lang.RequiresNoMore:
		a, err := p.Decide(claim.A.Text, c)
		if err != nil || a.Status == "broken" {
			return false, err
		}
		b, err := p.Decide(claim.B.Text, c)
		return err == nil && p.breaksComparison(claim.Form, a, b), err
	}
	var under []lang.Name
	for _, name := range claim.Under {
		if s := p.series[name.Text]; s != nil {
			under = append(under, s.Policies...)
		} else {
			under = append(under, name)
		}
	}
	for _, name := range under {
		a, err := p.Decide(name.Text, c)
		if err != nil {
			return false, err
		}
		if a.Status == "broken" {
			continue
		}
		if claim.Form == lang.SameDecision {
			b, err := p.Decide(name.Text, p.swapped(claim.Swaps, c))
			if err != nil || b.Status != "broken" && p.breaksComparison(lang.SameAs, a, b) {
				return true, err
			}
		} else if breaksAlone(claim, a) {
			return true, nil
		}
	}
	return false, nil
}

func breaksAlone(claim *lang.Claim, a *Answer) bool {
	named := slices.ContainsFunc(claim.Outcomes, func(n lang.Name) bool { return n.Text == a.Outcome })
	switch claim.Form {
	case lang.Always:
		return !named
	case lang.Never:
		return named
	}
	return a.Status != "decided" // always decided
}

func (p *Program) breaksComparison(form lang.ClaimForm, a, b *Answer) bool {
	switch form {
	case lang.NeverStricter:
		return a.Outcome != "" && b.Outcome != "" && p.stricter(a.Outcome, b.Outcome)
	case lang.NeverLooser:
		return a.Outcome != "" && b.Outcome != "" && p.stricter(b.Outcome, a.Outcome)
	case lang.SameOutcomes:
		return a.Name() != b.Name()
	case lang.RequiresNoMore:
		return !among(a.Obligations, b.Obligations)
	}
	return a.Name() != b.Name() || !among(a.Obligations, b.Obligations) || !among(b.Obligations, a.Obligations)
}

// among says whether all of some texts are among others.
func among(some, others []string) bool {
	return !slices.ContainsFunc(some, func(t string) bool { return !slices.Contains(others, t) })
}

// swapped is the case with the values of all swaps exchanged.
func (p *Program) swapped(swaps []*lang.Swap, c *Case) *Case {
	out := &Case{c.on, maps.Clone(c.things)}
	for _, s := range swaps {
		at, _ := (&scope{run: &run{Program: p, c: c}}).path(s.Attr)
		other := map[string]string{s.V.Text: s.W.Text, s.W.Text: s.V.Text}
		if v, ok := plainValue(at.value()); ok && other[v] != "" {
			out.set(s.Attr.Path, other[v])
		}
	}
	return out
}

// plainValue is the word of an enumeration's value or of an identity.
func plainValue(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case *thing:
		return v.identity(), true
	case bool:
		return map[bool]string{true: "yes", false: "no"}[v], true
	}
	return "", false
}

// set puts a value in the place of another, in copies of the things on the way.
func (c *Case) set(path []lang.Name, word string) {
	t := *c.things[path[0].Text]
	c.things[path[0].Text] = &t
	at := &t
	for i, name := range path[1:] {
		at.attrs = maps.Clone(at.attrs)
		inner, isThing := at.attrs[name.Text].(*thing)
		if i == len(path)-2 && !isThing {
			var v any = word
			if word == "yes" || word == "no" {
				v = word == "yes"
			}
			at.attrs[name.Text] = v
			return
		}
		copied := *inner
		at.attrs[name.Text] = &copied
		at = &copied
	}
	at.id = &word
}
