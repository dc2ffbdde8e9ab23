package interp_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

const openRules = `outcomes deny > permit
kind Country = US | IN
kind Party = text { home: Country?  trades: set of Country }
role to buyer: Party
group Denied of Party external
group Barred of Party: Denied, "Mr Bad"
group Closed of Country external
policy plain { deny to Denied  otherwise permit }
policy outer { deny to Barred  otherwise permit }
policy far { deny when buyer.home not in Closed  otherwise permit }
policy trade { deny when none of buyer.trades in Closed  otherwise permit }
policy all_trade { deny when all of buyer.trades in Closed  otherwise permit }
`

// What is not known of a group is not known of a case, until the case says it.
func TestOpenGroups(t *testing.T) {
	prog, err := interp.Options{OpenGroups: true}.LoadText(context.Background(), "open.ctl", openRules)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range prog.Groups() {
		if !g.Open() {
			t.Errorf("%s is taken for a group whose members are known", g.Name)
		}
	}
	for _, x := range []struct{ policy, facts, want string }{
		{"plain", `{"buyer": "Acme"}`, "undetermined"},
		{"plain", `{"buyer": {"id": "Acme", "in Denied": true}}`, "deny"},
		{"plain", `{"buyer": {"id": "Acme", "in Denied": false}}`, "permit"},
		{"outer", `{"buyer": "Mr Bad"}`, "deny"}, // whoever else is in it
		{"outer", `{"buyer": "Acme"}`, "undetermined"},
		{"outer", `{"buyer": {"id": "Acme", "in Denied": true}}`, "deny"},
		{"outer", `{"buyer": {"id": "Acme", "in Denied": false}}`, "permit"},
		{"far", `{"buyer": {"home": "US"}}`, "undetermined"},
		{"far", `{"buyer": {"home": {"id": "US", "in Closed": true}}}`, "permit"},
		{"far", `{"buyer": {"home": {"id": "US", "in Closed": false}}}`, "deny"},
		{"far", `{"buyer": {"home": null}}`, "permit"}, // where there is nothing, `not in` does not hold
		{"trade", `{"buyer": {"trades": ["US"]}}`, "undetermined"},
		{"trade", `{"buyer": {"trades": []}}`, "deny"},
		{"all_trade", `{"buyer": {"trades": ["US"]}}`, "undetermined"},
		{"all_trade", `{"buyer": {"trades": []}}`, "deny"},
	} {
		c := prog.NewCase()
		if err := c.ReadJSON(context.Background(), "facts", []byte(x.facts)); err != nil {
			t.Fatal(err)
		}
		p, err := prog.Policy(x.policy)
		if err != nil {
			t.Fatal(err)
		}
		d, err := p.Decide(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		got := string(d.Status)
		if d.Outcome != nil {
			got = d.Outcome.Name
		}
		if got != x.want {
			t.Errorf("%s of %s: %s, want %s", x.policy, x.facts, got, x.want)
		}
	}
}

// Members that are given are known, with the option too.
func TestOpenGroupsThatAreGiven(t *testing.T) {
	prog, err := interp.Options{OpenGroups: true, Groups: map[string]interp.Members{"Denied": interp.MembersOf("Acme")}}.LoadText(context.Background(), "open.ctl", openRules)
	if err != nil {
		t.Fatal(err)
	}
	var open []string
	for _, g := range prog.Groups() {
		if g.Open() {
			open = append(open, g.Name)
		}
	}
	if got := strings.Join(open, " "); got != "Closed" {
		t.Errorf("open are %s", got)
	}
	p, err := prog.Policy("outer")
	if err != nil {
		t.Fatal(err)
	}
	c := prog.NewCase()
	if err := c.Tell("buyer = Acme"); err != nil {
		t.Fatal(err)
	}
	if d, err := p.Decide(t.Context(), c); err != nil || d.Outcome == nil || d.Outcome.Name != "deny" {
		t.Errorf("%v, %v", d, err)
	}
}

// Whether what a function gives is in an open group is nothing that a case can say.
func TestOpenGroupsOfWhatIsComputed(t *testing.T) {
	home := interp.Function{Name: "home_of", Params: []string{"Party"}, Result: "Country", Go: func(string) string { return "US" }}
	_, err := interp.Options{OpenGroups: true, Functions: []interp.Function{home}}.LoadText(context.Background(), "open.ctl", openRules+
		"policy computed { deny when home_of(buyer) in Closed  otherwise permit }\n")
	var ds lang.Diagnostics
	if errors.As(err, &ds) {
		ds = slices.DeleteFunc(ds, func(d *lang.Diagnostic) bool { return d.Code.Severity() != code.Error })
	}
	if len(ds) != 1 || ds[0].Code != code.NoMembers || ds[0].Source.Slice(ds[0].Span) != "home_of(buyer) in Closed" {
		t.Errorf("loading gives %v", err)
	}
}

// TestKnownBesideOpen has groups that hold one whose members nobody gives: of those who are known
// to be in them nothing is open, however the dates of the other are known.
func TestKnownBesideOpen(t *testing.T) {
	for _, inner := range []string{"E", "E since 2018-01-01", "E since 2018"} {
		prog, err := interp.Options{OpenGroups: true}.LoadText(t.Context(), "open.ctl", `outcomes deny > permit
kind Party = text
role to buyer: Party
group E of Party external
group G of Party: `+inner+`, "Cid"
policy p { deny to G  otherwise permit }
`)
		if err != nil {
			t.Fatal(err)
		}
		for buyer, want := range map[string]string{"Cid": "deny", "Dan": "undetermined"} {
			c := prog.NewCase()
			if err := c.Tell("buyer = " + buyer); err != nil {
				t.Fatal(err)
			}
			c.SetDate(*day(t, "2018-06-01"))
			d, err := prog.Policies()[0].Decide(t.Context(), c)
			if err != nil || d.Answer() != want {
				t.Errorf("%s, %s: %s (%v), want %s", inner, buyer, d.Answer(), err, want)
			}
		}
	}
}
