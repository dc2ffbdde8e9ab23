package interp_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/internal/namefold"
	"github.com/ctl-lang/ctl/interp"
)

// A name is one however it is written, whichever way a case comes, before and after the engine is
// made; and one of which nothing is left is refused by each.
func TestNamesByEveryDoor(t *testing.T) {
	prog, p := loadText(t, `outcomes listed > near > plain
kind Party = name
kind Item { maker: name  also: set of name }
role item: Item
role to buyer: Party
group Denied of Party: "Orion Marine Co., Ltd.", "Łódź"
policy p {
  a: listed any when buyer in Denied or item.maker = "Straße & Co" or "y" in item.also
  b: near any when item.maker like "acme*inc."
  otherwise plain
}`)
	type item struct {
		Item struct {
			Maker string   `ctl:"maker"`
			Also  []string `ctl:"also,nilempty"`
		} `ctl:"item"`
		Buyer string `ctl:"buyer"`
	}
	bound, err := interp.Bind[item](p)
	if err != nil {
		t.Fatal(err)
	}
	for range 12 {
		for _, x := range []struct{ buyer, maker, also, want string }{
			{"ORION MARINE CO LTD", "x", "n", "listed"}, {"orionmarinecoltd", "x", "n", "listed"}, {"ＯＲＩＯＮ marine co. ltd", "x", "n", "listed"},
			{"LODZ", "x", "n", "listed"}, {"L\u0301o\u0301dz\u0301", "x", "n", "listed"}, {"Orion Marine", "x", "n", "plain"},
			{"x", "STRASSE&CO", "n", "listed"}, {"x", "Strasse Co", "n", "plain"}, {"x", "Ácme (Overseas) Inc", "n", "near"}, {"x", "x", "Ý", "listed"},
			{"...", "x", "n", ""}, {"x", "...", "n", ""}, {"x", "x", "...", ""}, {"\u00a0", "x", "n", ""},
		} {
			var s item
			s.Buyer, s.Item.Maker, s.Item.Also = x.buyer, x.maker, []string{x.also}
			d, err := bound.Decide(&s)
			if x.want == "" && err == nil || x.want != "" && (err != nil || d.Outcome.Name != x.want) {
				t.Errorf("the struct of %q: %v, %v", x, d, err)
			}
			for i, c := range []func(c *interp.Case) error{
				func(c *interp.Case) error { return c.ReadStruct(s) },
				func(c *interp.Case) error {
					return c.ReadJSON(t.Context(), "case.json", fmt.Appendf(nil, `{"item": {"maker": %q, "also": [%q]}, "buyer": {"id": %q}}`, x.maker, x.also, x.buyer))
				},
				func(c *interp.Case) error {
					return c.ReadMap(map[string]any{"item": map[string]any{"maker": x.maker, "also": []any{x.also}}, "buyer": x.buyer})
				},
				func(c *interp.Case) error {
					return c.Tell(`item.maker = "`+x.maker+`"`, `buyer = "`+x.buyer+`"`, `item.also = ("`+x.also+`")`)
				},
			} {
				cs := prog.NewCase()
				if err := c(cs); (err != nil) != (x.want == "") {
					t.Fatalf("door %d, %q: %v", i, x, err)
				} else if err != nil {
					continue
				}
				if d, err := p.Decide(t.Context(), cs); err != nil || d.Outcome.Name != x.want {
					t.Errorf("the case of %q by door %d: %v, %v", x, i, d, err)
				}
			}
		}
	}
}

// nameGlob is a pattern of names: what it is in rules, and what it means.
func nameGlob(pieces []string) *regexp.Regexp {
	var b, piece strings.Builder
	b.WriteString("(?s)^")
	fold := func() { b.WriteString(regexp.QuoteMeta(namefold.Fold(piece.String()))); piece.Reset() }
	for _, p := range pieces {
		switch p {
		case "*":
			fold()
			b.WriteString(".*")
		case "?":
			fold()
			b.WriteString(".")
		default:
			piece.WriteString(p)
		}
	}
	fold()
	return regexp.MustCompile(b.String() + "$")
}

// Members of a set that are one, however they are written, count once, whichever way they come.
func TestSetsOfNames(t *testing.T) {
	prog, p := loadText(t, `outcomes many > one
kind Party = name
kind Code = code
kind Deal { names: set of name  codes: set of code  parties: set of Party  marks: set of Code }
role deal: Deal
policy p {
  many: many any when count(deal.names) > 1 or count(deal.codes) > 1 or count(deal.parties) > 1 or count(deal.marks) > 1
  otherwise one
}`)
	type request struct {
		Deal struct {
			Names   []string `ctl:"names"`
			Codes   []string `ctl:"codes"`
			Parties []string `ctl:"parties"`
			Marks   []string `ctl:"marks"`
		} `ctl:"deal"`
	}
	in := request{}
	in.Deal.Names, in.Deal.Codes, in.Deal.Parties, in.Deal.Marks = []string{"Zoë", "ZOE"}, []string{"2B 001", "2b001"}, []string{"Straße Co", "STRASSE CO."}, []string{"x 1", "X1"}
	for name, tell := range map[string]func(*interp.Case) error{
		"words": func(c *interp.Case) error {
			return c.Tell(`deal.names = ("Zoë", "ZOE")`, `deal.codes = ("2B 001", "2b001")`, `deal.parties = ("Straße Co", "STRASSE CO.")`, `deal.marks = ("x 1", "X1")`)
		},
		"JSON": func(c *interp.Case) error {
			return c.ReadJSON(t.Context(), "facts", []byte(`{"deal": {"names": ["Zoë", "ZOE"], "codes": ["2B 001", "2b001"], "parties": ["Straße Co", "STRASSE CO."], "marks": ["x 1", "X1"]}}`))
		},
		"a struct": func(c *interp.Case) error { return c.ReadStruct(in) },
	} {
		c := prog.NewCase()
		if err := tell(c); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if d, err := p.Decide(t.Context(), c); err != nil || d.Answer() != "one" {
			t.Errorf("%s: %v, %v: %v", name, d.Answer(), err, c.Facts())
		}
	}
}

// Patterns of names are those of what is left of a name, and what is said of a case of which the
// name is not told holds of the names that have the answer.
func TestPatternsOfNames(t *testing.T) {
	letters := []string{"a", "é", "e", "E", ".", "ß", "가", "각", "\u1100", "\u1161", "\u11A8", "か", "\u3099", "が", "\u0E38", "\u0E48"}
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]string{"name", "Party"}).Draw(t, "kind")
		var globs []*regexp.Regexp
		var rules strings.Builder
		for i := range rapid.IntRange(1, 3).Draw(t, "how many") {
			pieces := rapid.SliceOfN(rapid.SampledFrom(append([]string{"*", "*", "?"}, letters...)), 1, 4).Draw(t, "pattern")
			if nameGlob(pieces).String() == "(?s)^$" {
				continue
			}
			globs = append(globs, nameGlob(pieces))
			fmt.Fprintf(&rules, "  o%d any when item.t like %q\n", i, strings.Join(pieces, ""))
		}
		if rules.Len() == 0 {
			return
		}
		prog, p := loadText(t, "outcomes o0 > o1 > o2 > none_of_them\nkind Party = name\nkind Item { t: "+kind+" }\nrole item: Item\npolicy p {\n"+rules.String()+"  otherwise none_of_them\n}")
		open, err := p.Decide(t.Context(), prog.NewCase())
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			name := strings.Join(rapid.SliceOfN(rapid.SampledFrom(letters), 1, 5).Draw(t, "name"), "")
			if namefold.Fold(name) == "" {
				continue
			}
			matched := false
			for _, g := range globs {
				matched = matched || g.MatchString(namefold.Fold(name))
			}
			c := prog.NewCase()
			if err := c.Set("item.t", name); err != nil {
				t.Fatal(err)
			}
			d, err := p.Decide(t.Context(), c)
			if err != nil || (d.Outcome.Name != "none_of_them") != matched {
				t.Fatalf("%+q: %v %v, matched %v\n%s", name, d.Outcome, err, matched, rules.String())
			}
			foreseen := open.Status != interp.Undetermined && open.Outcome.Name == d.Outcome.Name
			for _, o := range open.Possible {
				foreseen = foreseen || o.Outcome.Name == d.Outcome.Name
			}
			if !foreseen {
				t.Fatalf("%+q is %s, which was not possible\n%s", name, d.Outcome.Name, rules.String())
			}
		}
	})
}
