package rules_test

import (
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/interp"
)

// A Category I missile is denied to a country the day before it joins, and only
// presumed denied from the day it joins: so membership shows in decisions.
func TestMembershipByDate(t *testing.T) {
	prog := load(t)
	policy, err := prog.Policy("us1993")
	if err != nil {
		t.Fatal(err)
	}
	missile := prog.NewCase()
	if err := missile.Tell("item.category = I", "item.form = ballistic_missile", "program.purpose = military_missile"); err != nil {
		t.Fatal(err)
	}
	decide := func(country, date string) string {
		t.Helper()
		c := missile.Clone()
		day, err := interp.ParseDate(date)
		if err != nil {
			t.Fatal(err)
		}
		c.SetDate(day)
		if err := c.Tell("recipient = " + country); err != nil {
			t.Fatal(err)
		}
		d, err := policy.Decide(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		return d.Answer()
	}
	members := map[string]bool{}
	for _, p := range partners {
		for _, country := range strings.Fields(p.countries) {
			members[country] = true
			if got := decide(country, p.before); got != "deny" {
				t.Errorf("%s on %s, before it joined: %s, want deny", country, p.before, got)
			}
			if got := decide(country, p.joined); got != "presume_deny" {
				t.Errorf("%s on %s, the day it joined: %s, want presume_deny", country, p.joined, got)
			}
		}
	}
	if len(members) != 35 {
		t.Errorf("the table has %d partners, want 35", len(members))
	}
	var country *interp.Kind
	for _, k := range prog.Kinds() {
		if k.Name == "Country" {
			country = k
		}
	}
	for _, c := range country.Ids.Choices {
		want := "deny"
		if members[c.Name] {
			want = "presume_deny"
		}
		if got := decide(c.Name, "2024-12-31"); got != want {
			t.Errorf("%s at the end of 2024: %s, want %s", c.Name, got, want)
		}
	}
}
