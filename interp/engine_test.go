package interp

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/lang"
)

// sameDecision compares decisions of one policy: rules and outcomes by identity.
var sameDecision = cmp.Options{
	cmp.Comparer(func(a, b *Rule) bool { return a == b }),
	cmp.Comparer(func(a, b *Outcome) bool { return a == b }),
	cmp.Comparer(func(a, b *Policy) bool { return a == b }),
	cmp.Comparer(func(a, b *Otherwise) bool { return a == b }),
	cmpopts.EquateEmpty(),
}

// widerVocabulary adds what is outside the decidable fragment or of another type:
// texts and groups of them, dates, durations, things within things that may be
// none, lists, functions, terms about the whole case.
const widerVocabulary = randomVocabulary + `
kind Party = text { rating: number }
kind Part { weight: mass  grade: a | b }
kind Deal { code: text  made: date?  term: duration  parts: list of Part  broker: Party?  main: Part  spare: Part?  codes: set of text }
role for deal: Deal
role with party: Party
group Denied of Party: since 2005-01-01: "Acme", "Evil Inc"
group Watched of Party: Denied, "Bolt"
term Heavy of Part: weight >= 10 kg or grade = a
term Bad of Party: in Denied or rating < 0
term Odd: item.heavy and deal is Dated
term Dated of Deal: has made
`

var widerAtoms = []string{
	"deal.code = \"9A1\"", "deal.code != \"9A2\"", "deal.code in (\"9A1\", \"7B\")", "deal.code like \"9A*\"", "deal.code not like \"?A?\"",
	"deal.made >= 2010-06-01", "deal.made within 30 days before 2015-01-01", "deal.made not within 2 years after 2005-05-05", "has deal.made", "deal is Dated",
	"deal.made < as_of", "deal.term > 30 days", "deal.term <= 1 year", "party in Denied", "party not in Watched", "party = \"Bolt\"", "party is Bad", "party like \"A*\"",
	"party.rating >= -1", "party.rating = 0.5", "deal.broker in Denied", "deal.broker is Bad", "has deal.broker", "deal.broker.rating > 0", "deal.broker not in Watched",
	"(some x in deal.parts has x is Heavy)", "(every x in deal.parts has x.weight < 5 kg)", "(count x in deal.parts has (x.grade = a)) >= 2",
	"deal.main is Heavy", "deal.main.grade = b", "deal.spare is Heavy", "deal.spare.weight > 10 kg", "has deal.spare", "deal.spare is not Heavy",
	"\"x\" in deal.codes", "any of deal.codes in (\"x\", \"y\")", "item.range > 2 * 100 km", "item.range = item.note", "Odd", "party.rating * 2 > 1", "1 / party.rating > 1",
	"at most 1 of (deal.main is Heavy, party in Denied, urgent)", "at least 2 of (urgent, item.heavy)", "deal.made in 2001-01-01 .. 2012-12-31", "deal.main.weight in 1 kg .. 20 kg",
}

// widerPolicyOf draws a policy over the wider vocabulary; one of three has many rules.
func widerPolicyOf(t *rapid.T, atoms []string) string {
	text := randomPolicyOf(t, widerVocabulary, atoms)
	if rapid.IntRange(0, 2).Draw(t, "many") == 0 {
		text = withManyRules(text)
	}
	return text
}

// withManyRules gives a policy so many rules that its engine is a tree. Most say nothing.
func withManyRules(text string) string {
	var b strings.Builder
	for i := range 70 {
		fmt.Fprintf(&b, "o%d when deal.code = \"code %d\"\n", i%3, i)
	}
	head, rules, _ := strings.Cut(text, "policy p ")
	mode, rules, _ := strings.Cut(rules, "{\n")
	return head + "policy p " + mode + "{\n" + b.String() + rules
}

// widerFacts are facts of the wider vocabulary, as ReadJSON takes them.
var widerFacts = map[string][]string{
	"code": {`"code 7"`, `"9A1"`, `"9A2"`, `"7B"`, `"zzz"`, `""`}, "made": {`null`, `"2014-12-15"`, `"2010-06-01"`, `"2001-01-01"`, `"2030-01-01"`},
	"term": {`"30 days"`, `"1 year"`, `"1 day"`}, "parts": {`[]`, `[{"weight": "10 kg"}]`, `[{"weight": "1 kg", "grade": "b"}, {"grade": "a"}]`, `[{"weight": "4 kg", "grade": "a"}, {"weight": "12 kg", "grade": "a"}]`},
	"broker": {`null`, `"Acme"`, `{"id": "Bolt", "rating": 3}`, `{"rating": -2}`, `{}`}, "main": {`{"weight": "10 kg"}`, `{"weight": "1 kg", "grade": "a"}`, `{"grade": "b"}`},
	"spare": {`null`, `{"weight": "11 kg"}`, `{"weight": "2 kg", "grade": "b"}`, `{}`}, "codes": {`[]`, `["x"]`, `["y", "z"]`},
}

var widerParties = []string{`"Acme"`, `"Evil Inc"`, `"Bolt"`, `"Else"`, `{"rating": 1}`, `{"id": "Acme", "rating": 0}`, `{"id": "Z", "rating": -0.5}`}

// widen tells some of the wider facts.
func widen(t *rapid.T, c *Case) {
	var facts []string
	for _, name := range keys(widerFacts) {
		if rapid.IntRange(0, 4).Draw(t, "told") > 0 {
			facts = append(facts, fmt.Sprintf("%q: %s", name, rapid.SampledFrom(widerFacts[name]).Draw(t, name)))
		}
	}
	text := `{"deal": {` + strings.Join(facts, ", ") + `}`
	if rapid.IntRange(0, 4).Draw(t, "party") > 0 {
		text += `, "party": ` + rapid.SampledFrom(widerParties).Draw(t, "party")
	}
	if err := c.ReadJSON(context.Background(), "facts", []byte(text+"}")); err != nil {
		t.Fatalf("%s: %s", text, err)
	}
}

// TestEngineEqualsReference holds the compiled engine to the reference evaluator: on
// every case, full or partial, the truth of every rule is the same, and so the
// decision with all that it says.
func TestEngineEqualsReference(t *testing.T) {
	decided, classed := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		text := widerPolicyOf(t, slices.Concat(randomAtoms, widerAtoms))
		prog, err := LoadText(context.Background(), "random.ctl", text)
		if err != nil {
			t.Fatalf("%s\n%s", err, text)
		}
		p := prog.order.policies[0]
		p.engines().asked.Store(worthCompiling)
		for range 8 {
			c, _ := randomCase(t, prog, 3)
			widen(t, c)
			checkTruths(t, p, c, text)
			want, wantErr := p.decideByWalk(t.Context(), c)
			got, gotErr := p.Decide(t.Context(), c)
			if (wantErr == nil) != (gotErr == nil) {
				t.Fatalf("the reference says %v, the engine %v\nfacts %v\n%s", wantErr, gotErr, c.Facts(), text)
			}
			if diff := cmp.Diff(want, got, sameDecision); diff != "" {
				t.Fatalf("the reference and the engine differ: %s\nfacts %v as of %s\n%s", diff, c.Facts(), c.Date(), text)
			}
			if p.recall(t.Context(), c) != nil {
				decided++
			}
			if e, err := p.engineOn(t.Context(), c.day()); err == nil && e.x.Classes() > 0 {
				classed++
			}
		}
	})
	if (decided == 0 || classed == 0) && !testing.Short() { // a short run draws too few
		t.Error("the engine never decides by itself, or never knows classes")
	}
}

// checkTruths compares whether each rule and section applies.
func checkTruths(t *rapid.T, p *Policy, c *Case, text string) {
	e, err := p.engineOn(t.Context(), c.day())
	if err != nil {
		t.Fatal(err)
	}
	ref, err := p.evaluate(t.Context(), c)
	var broken lang.Diagnostics
	if errors.As(err, &broken) {
		return
	}
	pt := make(match.Point, e.x.Width())
	open, ok := e.point(t.Context(), c, c.day(), pt)
	if !ok {
		return
	}
	got := make([]Truth, len(p.nodes))
	for i, n := range p.nodes {
		if n.rule == nil && n.section.when == nil {
			got[i] = True
		}
	}
	var sure, maybe []uint32
	for _, h := range e.find(pt, open, nil) {
		sure, maybe = e.x.Cubes(h, sure, maybe)
	}
	for _, q := range maybe {
		if e.about[q] >= 0 {
			got[e.about[q]] = max(got[e.about[q]], Unknown)
		}
	}
	for _, q := range sure {
		if e.about[q] >= 0 {
			got[e.about[q]] = True
		}
	}
	if diff := cmp.Diff(ref.applies, got); diff != "" {
		t.Fatalf("what applies differs: %s\nfacts %v as of %s\n%s", diff, c.Facts(), c.Date(), text)
	}
}
