package interp

import (
	"context"
	"slices"
	"testing"
)

// TestExactTexts holds the possible answers about a known text, where another fact is
// missing, to those of the cases completed: for texts that rules name, for every member
// of a group whose members change, and for others.
func TestExactTexts(t *testing.T) {
	prog, err := LoadText(context.Background(), "x.ctl", `
outcomes o0 > o1 > o2
kind Party = text
kind Item { category: I | II | none  codes: set of text }
role item: Item
role with party: Party
group Denied of Party: "Zed", since 2005-01-01: "Acme", "Evil Inc", until 2001-01-01: "Old"
group Watched of Party: since 2010-01-01: Denied, "Zack"
policy p {
  o1 when party = "Bolt" or party in Denied or item.category = I
  o0 when item.category = I
}
policy q {
  o2 when (party in Watched and party != "Zed") or all of item.codes in ("b", "c")
  o1 when "a" in item.codes or item.category = II
}
`)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range prog.Policies() {
		for _, day := range []string{"1999-05-05", "2003-01-01", "2012-01-01"} {
			for _, who := range []string{"Bolt", "Acme", "Evil Inc", "Old", "Zed", "Zack", "X", "other", "A"} {
				for _, codes := range []string{"()", "(a)", "(b)", "(b, c)", "(x)", "(b, x)", "(A)"} {
					c := prog.NewCase()
					d, _ := ParseDate(day)
					c.SetDate(d)
					if err := c.Tell("party = "+who, "item.codes = "+codes); err != nil {
						t.Fatal(err)
					}
					var got, want []string
					open, err := p.Decide(t.Context(), c)
					if err != nil {
						t.Fatal(err)
					}
					for _, a := range open.Possible {
						got = append(got, a.Name())
					}
					if open.Status != Undetermined {
						got = []string{open.Answer()}
					}
					for _, category := range []string{"I", "II", "none"} {
						if err := c.Tell("item.category = " + category); err != nil {
							t.Fatal(err)
						}
						full, err := p.Decide(t.Context(), c)
						if err != nil {
							t.Fatal(err)
						}
						if !slices.Contains(want, full.Answer()) {
							want = append(want, full.Answer())
						}
					}
					slices.Sort(want)
					if slices.Sort(got); !slices.Equal(got, want) {
						t.Errorf("%s, %s, %s on %s: %v are possible, and not %v", p.Name, who, codes, day, want, got)
					}
				}
			}
		}
	}
}
