package interp

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// boundFacts tells the facts of the random vocabulary in Go types of every sort.
type boundFacts struct {
	Item struct {
		Category category `ctl:"category"`
		Range    float64  `ctl:"range,unit=km,omitzero"`
		Heavy    *bool    `ctl:"heavy"`
		Note     *int16   `ctl:"note,unit=km"`
		Tags     []string `ctl:"tags"`
	} `ctl:"item"`
	Recipient *struct {
		ID       string `ctl:"id"`
		Vetted   *bool  `ctl:"vetted"`
		Adherent bool   `ctl:"adherent"`
	} `ctl:"recipient"`
	Urgent **bool `ctl:"urgent"`
	Deal   struct {
		Code string     `ctl:"code"`
		Made *time.Time `ctl:"made"`
	} `ctl:"deal"`
	Party *party `ctl:"party"`
	Other int    // no fact
}

type category string

type party struct {
	ID     string  `ctl:"id,omitzero"`
	Rating float32 `ctl:"rating"`
}

func randomFactsOf(t *rapid.T) *boundFacts {
	f := &boundFacts{}
	flag := func(name string) *bool {
		return rapid.SampledFrom([]*bool{nil, new(bool), ptr(true)}).Draw(t, name)
	}
	f.Item.Category = rapid.SampledFrom([]category{"I", "II", "none", "i", "III"}).Draw(t, "category")
	f.Item.Range = rapid.SampledFrom([]float64{0, 50, 99.9999999, 100, 200, 299.99999999999994, 300, 300.00000000000006, 400}).Draw(t, "range")
	f.Item.Heavy = flag("heavy")
	f.Item.Note = rapid.SampledFrom([]*int16{nil, ptr(int16(50)), ptr(int16(100)), ptr(int16(-3))}).Draw(t, "note")
	f.Item.Tags = rapid.SampledFrom([][]string{nil, {"a"}, {"a", "c"}}).Draw(t, "tags")
	if rapid.IntRange(0, 4).Draw(t, "recipient") > 0 {
		f.Recipient = &struct {
			ID       string `ctl:"id"`
			Vetted   *bool  `ctl:"vetted"`
			Adherent bool   `ctl:"adherent"`
		}{rapid.SampledFrom([]string{"US", "GB", "FR", "IN", "AE", "in"}).Draw(t, "id"), flag("vetted"), rapid.Bool().Draw(t, "adherent")}
	}
	if u := flag("urgent"); rapid.Bool().Draw(t, "told") {
		f.Urgent = &u
	}
	f.Deal.Code = rapid.SampledFrom([]string{"9A1", "code 7", "7B", "zzz", "", "\"9A1\"", " 9A1", "\xff"}).Draw(t, "code")
	if rapid.Bool().Draw(t, "made") {
		f.Deal.Made = ptr(time.Date(2000+rapid.IntRange(0, 20).Draw(t, "year"), 6, 1, 12, 0, 0, 0, time.UTC))
	}
	if rapid.Bool().Draw(t, "party") {
		f.Party = &party{rapid.SampledFrom([]string{"", "Acme", "Evil Inc", "Bolt", " Acme ", "Zed"}).Draw(t, "party"), rapid.SampledFrom([]float32{0, 0.5, -1, 0.1}).Draw(t, "rating")}
	}
	return f
}

func ptr[T any](v T) *T { return &v }

// brief is a decision as a Bound gives it: without what only Policy.Decide says of an
// undetermined case.
func brief(d *Decision) *Decision {
	if d == nil {
		return nil
	}
	b := *d
	if b.Status == Undetermined {
		b.Needs, b.Questions, b.Possible = nil, 0, slices.Clone(b.Possible)
		for i := range b.Possible {
			b.Possible[i].When, b.Possible[i].Parts, b.Possible[i].Any = "", nil, false
		}
	}
	return &b
}

// asksAbout says whether the policy reads a fact that an error names.
func asksAbout(b *binder, err error) bool {
	return slices.ContainsFunc(b.e.slots, func(s *slot) bool {
		return s.kind != conditionSlot && strings.Contains(err.Error(), "`"+s.name+"`")
	})
}

// TestBoundEqualsReference holds the decisions on structs, prepared or not, with facts
// fixed or not, to those of the reference evaluator on the same facts.
func TestBoundEqualsReference(t *testing.T) {
	quick, open := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		text := widerPolicyOf(t, slices.Concat(randomAtoms, randomAtoms, widerAtoms))
		prog, err := LoadText(context.Background(), "random.ctl", text)
		if err != nil {
			t.Fatalf("%s\n%s", err, text)
		}
		p := prog.order.policies[0]
		b, err := Bind[boundFacts](p)
		if err != nil {
			t.Fatalf("%s\n%s", err, text)
		}
		given, _ := randomCase(t, prog, 7)
		fixed, err := b.Given(given)
		if err != nil {
			t.Fatal(err)
		}
		for range 4 {
			f := randomFactsOf(t)
			c := prog.NewCase()
			err := c.ReadStruct(f)
			check := func(what string, c *Case, got *Decision, gotErr error) {
				t.Helper()
				if err != nil && gotErr == nil && !asksAbout(b.b, err) {
					return // what is wrong is not looked at
				}
				var want *Decision
				wantErr := err
				if wantErr == nil {
					want, wantErr = p.decideByWalk(t.Context(), c)
				}
				if fmt.Sprint(wantErr) != fmt.Sprint(gotErr) {
					t.Fatalf("%s: the reference says %v, the bound type %v\n%+v\n%s", what, wantErr, gotErr, f, text)
				}
				if diff := cmp.Diff(brief(want), brief(got), sameDecision); diff != "" {
					t.Fatalf("%s differs: %s\nfacts %v\n%s", what, diff, c.Facts(), text)
				}
			}
			got, gotErr := b.Decide(f)
			check("a struct", c, got, gotErr)
			if got != nil {
				quick++
				if got.Status == Undetermined {
					open++
				}
			}
			if prepared, err := b.Prepare(f); err == nil {
				got, gotErr = prepared.Decide()
				check("a prepared struct", c, got, gotErr)
			}
			if err == nil {
				both := c.Clone()
				for i, thing := range given.things {
					both.things[i].merge(thing.clone())
				}
				both.whole.merge(given.whole)
				both.SetDate(given.Date())
				got, gotErr = fixed.Decide(f)
				check("a struct with facts fixed", both, got, gotErr)
			}
		}
	})
	if (quick == 0 || open == 0) && !testing.Short() { // a short run draws too few
		t.Error("nothing is decided, or nothing undetermined")
	}
}
