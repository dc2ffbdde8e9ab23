package interp

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/internal/num"
)

// randomJSON is the facts of a random case as JSON text, in one of several layouts.
func randomJSON(t *rapid.T, prog *Program) JSON {
	c, _ := randomCase(t, prog, 3)
	widen(t, c)
	facts := map[string]map[string]any{"item": {}, "recipient": {}}
	whole := map[string]any{}
	for _, f := range c.Facts() {
		var v any
		switch x := f.Value.(type) {
		case Bool:
			v = bool(x)
		case None:
			v = nil
		case Set:
			list := []string{}
			for _, e := range x {
				list = append(list, e.String())
			}
			v = list
		default:
			v = x.String()
		}
		switch names := splitName(f.Name); {
		case f.Name == "recipient":
			facts["recipient"]["id"] = v
		case facts[names[0]] != nil:
			facts[names[0]][names[1]] = v
		case len(names) == 1 && names[0] == "urgent":
			whole[f.Name] = v
		}
	}
	for name, members := range facts {
		whole[name] = members
	}
	deal := map[string]json.RawMessage{}
	for _, name := range keys(widerFacts) {
		if rapid.Bool().Draw(t, "told again") {
			deal[name] = json.RawMessage(rapid.SampledFrom(widerFacts[name]).Draw(t, name))
		}
	}
	whole["deal"] = deal
	if rapid.Bool().Draw(t, "dated") {
		whole["as_of"] = rapid.SampledFrom([]string{"1999-01-01", "2010-01-01", "2020-05-05", "2020-02-30"}).Draw(t, "as of")
	}
	whole["party"] = json.RawMessage(rapid.SampledFrom(append(widerParties, `{"rating": 0.50}`, `{"rating": 1e0}`, `"\u0041cme"`, `{"id": "Acme", "id": "Bolt"}`, `null`, `{"rating": 0.123456789012345678}`)).Draw(t, "party"))
	text, err := json.Marshal(whole)
	if rapid.Bool().Draw(t, "laid out") {
		text, err = json.MarshalIndent(whole, " ", "\t")
	}
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestBoundJSONEqualsReference holds the decisions on JSON texts to the reference
// evaluator's on what ReadJSON makes of them.
func TestBoundJSONEqualsReference(t *testing.T) {
	quick := 0
	rapid.Check(t, func(t *rapid.T) {
		text := widerPolicyOf(t, slices.Concat(randomAtoms, randomAtoms, widerAtoms))
		prog, err := LoadText(context.Background(), "random.ctl", text)
		if err != nil {
			t.Fatalf("%s\n%s", err, text)
		}
		p := prog.order.policies[0]
		b, err := Bind[JSON](p)
		if err != nil {
			t.Fatal(err)
		}
		for range 4 {
			facts := randomJSON(t, prog)
			if _, ok := b.b.query(context.Background(), &facts); ok {
				quick++
			}
			sameAsRead(t, p, b, facts, text)
		}
	})
	if quick == 0 && !testing.Short() { // a short run draws too few
		t.Error("no text is read at once")
	}
}

type fataler interface {
	Helper()
	Fatalf(string, ...any)
}

// sameAsRead compares the decision on a text with that on the case read from it.
func sameAsRead(t fataler, p *Policy, b *Bound[JSON], facts JSON, text string) {
	t.Helper()
	got, gotErr := b.Decide(&facts)
	c := p.prog.NewCase()
	if err := c.ReadJSON(context.Background(), "facts", facts); err != nil {
		if gotErr == nil && !json.Valid(facts) {
			t.Fatalf("%s is no JSON (%s), and decided", facts, err)
		}
		return // what the policy does not ask about is not checked
	}
	want, wantErr := p.decideByWalk(context.Background(), c)
	if fmt.Sprint(wantErr) != fmt.Sprint(gotErr) {
		t.Fatalf("the reference says %v, of JSON %v\n%s\n%s", wantErr, gotErr, facts, text)
	}
	if diff := cmp.Diff(brief(want), brief(got), sameDecision); diff != "" {
		t.Fatalf("of JSON: %s\n%s\nfacts %v\n%s", diff, facts, c.Facts(), text)
	}
}

// jsonVocabulary is a policy that asks for facts of every type that JSON texts have.
const jsonVocabulary = widerVocabulary + `
outcomes o0 > o1 > o2
policy p {
  o0 when item.range >= 300 km and recipient in Member
  o1 when deal.code = "9A1" or party in Denied or deal.made within 30 days before 2015-01-01
  o2 when party.rating >= 0.5 and (urgent or deal.term > 30 days) unless item.note < 100 km
  o0 CategoryI to Near
}
`

func FuzzBoundJSON(f *testing.F) {
	prog, err := LoadText(context.Background(), "fuzz.ctl", jsonVocabulary)
	if err != nil {
		f.Fatal(err)
	}
	p := prog.order.policies[0]
	b, err := Bind[JSON](p)
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{
		`{"item": {"range": "300 km", "category": "I", "note": null, "tags": ["a"]}, "recipient": "IN", "party": {"id": "Acme", "rating": -0.5}}`,
		`{"urgent":true,"deal":{"code":"9A1","made":"2014-12-15","term":"30 days","parts":[{"weight":"10 kg"}]},"as_of":"2020-01-01"}`,
		`{"recipient": {"id": "US", "vetted": false, "adherent": true}, "party": "Bolt"} `, "{}", "\ufeff{}", `{"party": {"rating": 00.5}}`, `{"item": {"range": "1e3 km"}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { sameAsRead(t, p, b, data, "") })
}

// TestShortDecimal holds the quick reading of numbers to the exact one.
func TestShortDecimal(t *testing.T) {
	for _, s := range []string{"0", "-0", "1", "0.5", "-12.25", "300", "123456789012345", "0.00000000000001", "0.1", "1.10", "99999.9999999999"} {
		f, n := shortDecimal(s + " km")
		if n != len(s) {
			t.Errorf("%s: %d characters are read", s, n)
		}
		want, err := num.ParseJSON(s)
		if got, err2 := num.Float(f, 64); err != nil || err2 != nil || !got.Equal(want) {
			t.Errorf("%s is read as %v", s, f)
		}
	}
	for _, s := range []string{"", "-", ".5", "5.", "007", "1234567890123456", "x", "-.1", "0.0000000000000001"} {
		if f, n := shortDecimal(s); n != 0 {
			t.Errorf("%q is read as %v", s, f)
		}
	}
}
