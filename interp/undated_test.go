package interp_test

import (
	"bytes"
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/ctl-lang/ctl/interp"
)

const undatedRules = `
use iso3166
outcomes deny > permit
role recipient: Country
role item: Item
kind Item { big: bool = no  born: date?  made: date }
group Member of Country: US, IN since 2030-01-01
policy export {
  watched: deny when recipient not in Member
  large:   deny when item.big from 2020-01-01 requiring "a seal"
  otherwise permit
}
policy ages { deny when has item.born and item.born + 18 years > as_of otherwise permit }
policy years { deny when years_between(item.made, as_of) < 18 otherwise permit }
policy plain { deny when recipient = FR otherwise permit }
policy late from 2025-01-01 { deny when recipient not in Member otherwise permit }
`

func dayOf(t testing.TB, s string) interp.Date {
	t.Helper()
	d, err := interp.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A date that nobody told is a fact that nobody told.
func TestUndatedCases(t *testing.T) {
	prog, err := interp.LoadText(t.Context(), "undated.ctl", undatedRules)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		policy string
		facts  []string
		answer string
		when   string
		needs  string
	}{
		{"export", []string{"recipient = IN"}, "undetermined", "deny when as_of < 2030-01-01; permit when as_of >= 2030-01-01", "as_of"},
		{"export", []string{"recipient = US"}, "permit", "", ""},
		{"export", []string{"recipient = FR"}, "deny", "", ""},
		{"export", []string{"recipient = US", "item.big"}, "undetermined", "deny when as_of >= 2020-01-01; permit when as_of < 2020-01-01", "as_of"},
		{"late", []string{"recipient = IN"}, "undetermined", "deny when as_of < 2030-01-01; permit when as_of >= 2030-01-01", "as_of"},
		{"ages", []string{"item.born = 2000-02-29"}, "undetermined", "deny when as_of < 2018-02-28; permit when as_of >= 2018-02-28", "as_of"},
		{"ages", []string{"item.born = none"}, "permit", "", ""},
		{"plain", []string{"recipient = US"}, "permit", "", ""},
		{"plain", nil, "undetermined", "deny when recipient = FR; permit when recipient != FR", "recipient"},
	} {
		p, err := prog.Policy(row.policy)
		if err != nil {
			t.Fatal(err)
		}
		c := prog.NewCase()
		if err := c.Tell(row.facts...); err != nil {
			t.Fatal(err)
		}
		d, err := p.Decide(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		var when, needs []string
		for _, q := range d.Possible {
			when = append(when, q.Name()+" when "+q.When)
		}
		for _, n := range d.Needs {
			needs = append(needs, n.Fact)
		}
		if d.Answer() != row.answer || strings.Join(when, "; ") != row.when || strings.Join(needs, " ") != row.needs || d.AsOf != interp.NoDate || !d.Exact {
			t.Errorf("%s, %v: %s, %q, needs %v, as of %s, exact %v", row.policy, row.facts, d.Answer(), when, needs, d.AsOf, d.Exact)
		}
		if d.Answer() == "deny" && (len(d.Rules) != 1 || d.Rules[0].Label != "watched") {
			t.Errorf("%s, %v: by %v", row.policy, row.facts, d.Rules)
		}
	}
}

// The compiled form, and members that a program or a file gives, hang on the date as the rules
// themselves do.
func TestUndatedByEveryDoor(t *testing.T) {
	const text = `
use iso3166
outcomes deny > permit
role recipient: Country
group Member of Country external
policy export { deny when recipient not in Member otherwise permit }
`
	since := dayOf(t, "2030-01-01")
	files := fstest.MapFS{
		"rules.ctl":    {Data: []byte(text)},
		"members.csv":  {Data: []byte("id,since\nUS,\nIN,2030-01-01\n")},
		"compiled.ctl": {Data: []byte("use iso3166\noutcomes deny > permit\nrole recipient: Country\ngroup Member of Country: US, since 2030-01-01: IN\npolicy export { deny when recipient not in Member otherwise permit }\n")},
	}
	var form bytes.Buffer
	if err := (interp.Options{}).Compile(t.Context(), &form, files, "compiled.ctl"); err != nil {
		t.Fatal(err)
	}
	files["compiled.ctlc"] = &fstest.MapFile{Data: form.Bytes()}
	members := interp.Members(func(yield func(interp.Member, error) bool) {
		_ = yield(interp.Member{ID: "US"}, nil) && yield(interp.Member{ID: "IN", Since: &since}, nil)
	})
	for _, row := range []struct {
		name string
		opts interp.Options
	}{
		{"rules.ctl", interp.Options{Groups: map[string]interp.Members{"Member": members}}},
		{"rules.ctl", interp.Options{GroupFiles: map[string]interp.GroupFile{"Member": {Name: "members.csv"}}}},
		{"compiled.ctlc", interp.Options{}},
	} {
		prog, err := row.opts.Load(t.Context(), files, row.name)
		if err != nil {
			t.Fatal(err)
		}
		p, _ := prog.Policy("export")
		for range 12 { // from the ninth on a policy is compiled
			for facts, want := range map[string]string{"recipient = US": "permit", "recipient = FR": "deny", "recipient = IN": "undetermined"} {
				c := prog.NewCase()
				if err := c.Tell(facts); err != nil {
					t.Fatal(err)
				}
				if d, err := p.Decide(t.Context(), c); err != nil || d.Answer() != want {
					t.Fatalf("%s, %s: %v, %v", row.name, facts, d, err)
				}
			}
		}
	}
}

// Where rules reckon with the date in ways that are not looked into, no answer is said to
// hold on all days.
func TestUndatedIsNeverTooSure(t *testing.T) {
	prog, err := interp.LoadText(t.Context(), "undated.ctl", undatedRules)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("years")
	c := prog.NewCase()
	if err := c.Tell("item.made = 1500-01-01"); err != nil {
		t.Fatal(err)
	}
	d, err := p.Decide(t.Context(), c)
	if err != nil || d.Status != interp.Undetermined || len(d.Possible) != 2 {
		t.Errorf("%+v, %v", d, err)
	}
	if _, err := p.Flip(t.Context(), c, "deny", interp.FlipOptions{}); err == nil || !strings.Contains(err.Error(), "nobody told it") {
		t.Errorf("Flip: %v", err)
	}
	if err := p.WarmUp(t.Context(), interp.NoDate); err == nil {
		t.Error("a policy is warmed up for no date")
	}
}

// A source that knows the date is asked for it.
func TestGatherFetchesTheDate(t *testing.T) {
	prog, err := interp.LoadText(t.Context(), "undated.ctl", undatedRules)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("export")
	c := prog.NewCase()
	if err := c.Tell("recipient = IN"); err != nil {
		t.Fatal(err)
	}
	d, err := p.Gather(t.Context(), c, func(_ context.Context, n interp.Need) (any, bool, error) {
		return "2031-05-01", n.Fact == "as_of", nil
	})
	if err != nil || d.Answer() != "permit" || c.Date() != dayOf(t, "2031-05-01") {
		t.Errorf("%+v, %v", d, err)
	}
}

type undatedRequest struct {
	Recipient string `ctl:"recipient"`
}

// A Bound answers as Decide does, with a clock, with a date or with none.
func TestUndatedBound(t *testing.T) {
	var now atomic.Int32
	now.Store(int32(dayOf(t, "2029-12-31")))
	for _, clock := range []func() interp.Date{nil, func() interp.Date { return interp.Date(now.Load()) }} {
		prog, err := interp.Options{Clock: clock}.LoadText(t.Context(), "undated.ctl", undatedRules)
		if err != nil {
			t.Fatal(err)
		}
		p, _ := prog.Policy("export")
		structs, err := interp.Bind[undatedRequest](p)
		if err != nil {
			t.Fatal(err)
		}
		jsons, err := interp.Bind[interp.JSON](p)
		if err != nil {
			t.Fatal(err)
		}
		for _, today := range []string{"2029-12-31", "2030-01-01", "2029-12-31"} {
			now.Store(int32(dayOf(t, today)))
			want := map[bool]string{true: "undetermined", false: map[string]string{"2029-12-31": "deny", "2030-01-01": "permit"}[today]}[clock == nil]
			for range 12 { // from the ninth on a policy is compiled
				c := prog.NewCase()
				if err := c.Tell("recipient = IN"); err != nil {
					t.Fatal(err)
				}
				check := func(door string, d *interp.Decision, err error) {
					t.Helper()
					if err != nil || d.Answer() != want {
						t.Errorf("%s on %s: %v, %v; it should be %s", door, today, d, err, want)
					}
				}
				d, err := p.Decide(t.Context(), c)
				check("Decide", d, err)
				d, err = structs.Decide(&undatedRequest{"IN"})
				check("a struct", d, err)
				text := interp.JSON(`{"recipient": "IN"}`)
				d, err = jsons.Decide(&text)
				check("JSON", d, err)
				prepared, err := structs.Prepare(&undatedRequest{"IN"})
				if err != nil {
					t.Fatal(err)
				}
				d, err = prepared.Decide()
				check("a prepared struct", d, err)
			}
		}
		dated := interp.JSON(`{"recipient": "IN", "as_of": "2031-01-01"}`)
		if d, err := jsons.Decide(&dated); err != nil || d.Answer() != "permit" {
			t.Errorf("JSON that tells its date: %v, %v", d, err)
		}
		on, err := structs.On(dayOf(t, "2031-01-01"))
		if err != nil {
			t.Fatal(err)
		}
		if d, err := on.Decide(&undatedRequest{"IN"}); err != nil || d.Answer() != "permit" {
			t.Errorf("On: %v, %v", d, err)
		}
	}
}

// A test without a date holds on every day on which its policy is in force.
func TestUndatedTest(t *testing.T) {
	prog, err := interp.LoadText(t.Context(), "undated.ctl", undatedRules+`
test "always" under export { given recipient = US expect permit }
test "not yet" under export { given recipient = IN expect deny }
test "it hangs on the day" under export { given recipient = IN expect undetermined between deny, permit needing as_of }
test "on a day" under export { as of 2026-01-01 given recipient = IN expect deny }
`)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", "expected deny, and the answer is undetermined between deny, permit (it needs as_of): the test tells no date, as `as of 2025-06-01` does", "", ""} {
		r := prog.Tests()[i].Run(t.Context())
		if got := strings.Join(r.Failures, "; "); !strings.HasSuffix(got, want) || want == "" && got != "" {
			t.Errorf("%s: %s", r.Test.Name, got)
		}
	}
}

// What is missing for a constraint may hang on the date of every member.
func TestUndatedConstraint(t *testing.T) {
	prog, err := interp.LoadText(t.Context(), "undated.ctl", `
outcomes deny > permit
kind Firm = text
kind Item { maker: Firm? }
role item: Item
group Listed of Firm: "A" since 2010-01-01, "B" until 2020-06-01
constraint k: item.maker in ("A", "B") and item.maker not in Listed
policy p until 2020-06-01 { deny any until 2020-06-01 otherwise permit }
`)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("p")
	d, err := p.Decide(t.Context(), prog.NewCase())
	if err != nil || d.Answer() != "deny" {
		t.Errorf("%v, %v", d, err)
	}
}
