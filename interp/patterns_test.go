package interp_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/interp"
)

// failer is a test, drawn or not.
type failer interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

func loadText(tb failer, text string) (*interp.Program, *interp.Policy) {
	tb.Helper()
	prog, err := interp.Load(context.Background(), fstest.MapFS{"p.ctl": {Data: []byte(text)}}, "p.ctl")
	if err != nil {
		tb.Fatalf("%v\n%s", err, text)
	}
	p, err := prog.Policy("p")
	if err != nil {
		tb.Fatal(err)
	}
	return prog, p
}

// textQuestion is a condition on item.t, and what it means.
type textQuestion struct {
	words string
	holds func(text string) bool
}

// drawQuestion draws a comparison, a pattern, a part or a parent.
func drawQuestion(t *rapid.T, isCode bool) textQuestion {
	piece := rapid.SampledFrom([]string{"a", "b", "."})
	text := strings.Join(rapid.SliceOfN(piece, 1, 2).Draw(t, "text"), "")
	kinds := []string{"like", "=", "in", "group"}
	if isCode {
		kinds = append(kinds, "under", "under")
	} else {
		kinds = append(kinds, "starts_with", "ends_with", "contains")
	}
	switch kind := rapid.SampledFrom(kinds).Draw(t, "kind"); kind {
	case "like":
		glob := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", ".", "*", "*", "?"}), 1, 3).Draw(t, "pattern")
		return textQuestion{`item.t like "` + strings.Join(glob, "") + `"`, func(text string) bool { return globMatches(text, glob) }}
	case "=":
		return textQuestion{`item.t = "` + text + `"`, func(t string) bool { return t == text }}
	case "in":
		return textQuestion{`item.t in ("` + text + `", "b.a")`, func(t string) bool { return t == text || t == "b.a" }}
	case "group":
		return textQuestion{`item.t in G`, func(t string) bool { return slices.Contains([]string{"a", "a.b", "b.a"}, t) }}
	case "under":
		text = strings.TrimRight(text, ".")
		if text == "" {
			text = "a"
		}
		return textQuestion{`item.t under "` + text + `"`, func(t string) bool {
			return t == text || strings.HasPrefix(t, text+".")
		}}
	default:
		f := map[string]func(s, part string) bool{"starts_with": strings.HasPrefix, "ends_with": strings.HasSuffix, "contains": strings.Contains}[kind]
		return textQuestion{kind + `(item.t, "` + text + `")`, func(t string) bool { return f(t, text) }}
	}
}

func globMatches(text string, glob []string) bool {
	switch {
	case len(glob) == 0:
		return text == ""
	case glob[0] == "*":
		return globMatches(text, glob[1:]) || text != "" && globMatches(text[1:], glob)
	}
	return text != "" && (glob[0] == "?" || text[:1] == glob[0]) && globMatches(text[1:], glob[1:])
}

// shortTexts are all texts of some characters up to a length, but the empty one.
func shortTexts(of string, n int) []string {
	out, last := []string{}, []string{""}
	for range n {
		var next []string
		for _, s := range last {
			for _, c := range of {
				next = append(next, s+string(c))
			}
		}
		out, last = append(out, next...), next
	}
	return out
}

// What is said of one text is exact: an answer is possible if some text has it, and the condition
// that is told of it holds of just these texts. So it is of a text, a code and an identity.
func TestPatternsAreExact(t *testing.T) {
	texts := shortTexts("abx.", 6)
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]string{"text", "code", "Name", "Code"}).Draw(t, "kind")
		isCode := strings.EqualFold(kind, "code")
		var qs []textQuestion
		for range rapid.IntRange(1, 3).Draw(t, "how many") {
			q := drawQuestion(t, isCode)
			if strings.Contains(q.words, " G") && kind == strings.ToLower(kind) {
				continue // a group is of a kind
			}
			qs = append(qs, q)
		}
		var rules strings.Builder
		drawn := append(slices.Clone(qs), textQuestion{"yes", func(string) bool { return true }})
		for i, q := range qs {
			not := rapid.SampledFrom([]string{"", "not "}).Draw(t, "not")
			also := rapid.SampledFrom(drawn).Draw(t, "and")
			fmt.Fprintf(&rules, "  r%d: o%d any when %s(%s) and %s\n", i, i%3, not, q.words, also.words)
			first := q.holds
			qs[i].holds = func(text string) bool { return first(text) != (not != "") && also.holds(text) }
		}
		group := strings.ReplaceAll(`group G of K: "a", "a.b", "b.a"`, "K", kind)
		if kind == strings.ToLower(kind) {
			group = ""
		}
		prog, p := loadText(t, `outcomes o0 > o1 > o2 > none_of_them
kind Name = text
kind Code = code
kind Item { t: `+kind+` }
role item: Item
`+group+`
policy p {
`+rules.String()+`  otherwise none_of_them
}`)
		answer := func(text string) string {
			for strict := range 3 {
				for i, q := range qs {
					if i%3 == strict && q.holds(text) {
						return fmt.Sprintf("o%d", strict)
					}
				}
			}
			return "none_of_them"
		}
		open := prog.NewCase()
		d, err := p.Decide(t.Context(), open)
		if err != nil || !d.Exact {
			t.Fatalf("%v, exact %v: %v\n%s", err, d != nil && d.Exact, d.Notes, rules.String())
		}
		said := map[string]*interp.Cond{}
		for _, o := range d.Possible {
			cond, err := prog.Condition(cmp.Or(o.When, "yes"))
			if err != nil {
				t.Fatalf("%q: %v", o.When, err)
			}
			said[o.Outcome.Name] = cond
		}
		if d.Status != interp.Undetermined {
			said[d.Outcome.Name], _ = prog.Condition("yes")
		}
		seen := map[string]bool{}
		if kind == strings.ToLower(kind) { // an identity is not empty
			seen[answer("")] = true
		}
		for i, text := range texts {
			want := answer(text)
			seen[want] = true
			if i > 100 && i%13 != 0 {
				continue
			}
			c := prog.NewCase()
			c.SetDate(prog.LatestDate())
			if isCode && i%2 == 0 {
				text = " " + strings.ToUpper(text)
			}
			if err := c.Set("item.t", text); err != nil {
				t.Fatal(err)
			}
			got, err := p.Decide(t.Context(), c)
			if err != nil || got.Outcome.Name != want {
				t.Fatalf("%q: %v %v, not %s\n%s", text, got, err, want, rules.String())
			}
			for name, cond := range said {
				if truth, err := cond.Truth(c); err != nil || (truth == interp.True) != (name == want) {
					t.Fatalf("%q is %s, and it is said to be %s when %q\n%s", text, want, name, cond, rules.String())
				}
			}
		}
		if len(seen) != len(said) {
			t.Fatalf("the answers are %v, and said are %d of them\n%s", seen, len(said), rules.String())
		}
	})
}

// A code is one however it is written, whichever way a case comes, before and after the engine is made.
func TestCodesByEveryDoor(t *testing.T) {
	prog, p := loadText(t, `outcomes listed > under > plain
kind Eccn = code
kind Item { eccn: Eccn  hs: code  also: set of code }
role item: Item
group Listed of Eccn: "2b 001", "9A004"
policy p {
  a: listed any when item.eccn in Listed or item.hs = "x 1" or "y" in item.also
  b: under any when item.eccn under "9a515" or item.hs like "85*"
  otherwise plain
}`)
	type item struct {
		Item struct {
			Eccn string   `ctl:"eccn"`
			HS   string   `ctl:"hs"`
			Also []string `ctl:"also,nilempty"`
		} `ctl:"item"`
	}
	bound, err := interp.Bind[item](p)
	if err != nil {
		t.Fatal(err)
	}
	for range 12 {
		for _, x := range []struct{ eccn, hs, also, want string }{
			{"2B001", "0", "n", "listed"}, {"2b001", "0", "n", "listed"}, {"2B 001", "0", "n", "listed"}, {"2B\u00a0001", "0", "n", "listed"}, {"9a 004", "0", "n", "listed"},
			{"2B001.a", "0", "n", "plain"}, {"9A515.A", "0", "n", "under"}, {"9a515", "0", "n", "under"}, {"9A5150", "0", "n", "plain"},
			{"1", "X1", "n", "listed"}, {"1", "x 1", "n", "listed"}, {"1", "8 5.1", "n", "under"}, {"1", "0", "Y", "listed"}, {"1", "0", " y", "listed"},
		} {
			var s item
			s.Item.Eccn, s.Item.HS, s.Item.Also = x.eccn, x.hs, []string{x.also}
			d, err := bound.Decide(&s)
			if err != nil || d.Outcome.Name != x.want {
				t.Errorf("the struct of %v: %v, %v", x, d, err)
			}
			for _, c := range []func(c *interp.Case) error{
				func(c *interp.Case) error { return c.ReadStruct(s) },
				func(c *interp.Case) error {
					return c.ReadJSON(t.Context(), "case.json", fmt.Appendf(nil, `{"item": {"eccn": {"id": %q}, "hs": %q, "also": [%q]}}`, x.eccn, x.hs, x.also))
				},
				func(c *interp.Case) error {
					return c.ReadMap(map[string]any{"item": map[string]any{"eccn": x.eccn, "hs": x.hs, "also": []any{x.also}}})
				},
				func(c *interp.Case) error {
					return c.Tell(`item.eccn = "`+x.eccn+`"`, `item.hs = "`+x.hs+`"`, `item.also = ("`+x.also+`")`)
				},
			} {
				cs := prog.NewCase()
				if err := c(cs); err != nil {
					t.Fatal(err)
				}
				if d, err := p.Decide(t.Context(), cs); err != nil || d.Outcome.Name != x.want {
					t.Errorf("the case of %v: %v, %v", x, d, err)
				}
			}
		}
	}
}

// Patterns that are too many to be put together are evaluated one by one, and the answer says
// that it is not exact where it hangs on them.
func TestTooManyPatterns(t *testing.T) {
	var conds []string
	for i := range 24 {
		conds = append(conds, fmt.Sprintf(`item.t like "*%c*"`, 'a'+rune(i)))
	}
	prog, p := loadText(t, `outcomes deny > permit
kind Item { t: text }
role item: Item
policy p { deny any when `+strings.Join(conds, " and ")+`  otherwise permit }`)
	d, err := p.Decide(t.Context(), prog.NewCase())
	if err != nil || d.Exact || !strings.Contains(strings.Join(d.Notes, " "), "not exact") {
		t.Errorf("%v, exact %v: %v", err, d.Exact, d.Notes)
	}
	for range 20 {
		for text, want := range map[string]string{"abcdefghijklmnopqrstuvwxyz": "deny", "abcdefghijklmnopqrstuvw": "permit", "": "permit"} {
			c := prog.NewCase()
			if err := c.Set("item.t", text); err != nil {
				t.Fatal(err)
			}
			if d, err := p.Decide(t.Context(), c); err != nil || d.Outcome.Name != want {
				t.Errorf("%q: %v %v", text, d, err)
			}
		}
	}
}

// BenchmarkCodes decides over 600 codes, told apart by five groups, or by five patterns.
func BenchmarkCodes(b *testing.B) {
	var codes []string
	members := make([][]string, 5)
	for i := range 600 {
		code := fmt.Sprintf("%d%c%03d.%c", i%10, 'A'+rune(i/10%5), i/50, 'a'+rune(i%7))
		codes = append(codes, code)
		if i%10 < 5 {
			members[i%10] = append(members[i%10], `"`+code+`"`)
		}
	}
	for _, by := range []string{"groups", "like", "under"} {
		b.Run(by, func(b *testing.B) {
			var groups, rules strings.Builder
			for i, m := range members {
				cond := map[string]string{"groups": fmt.Sprintf("item.code in G%d", i), "like": fmt.Sprintf(`item.code like "%d*"`, i), "under": fmt.Sprintf(`item.code under "%dA%03d"`, i, i)}[by]
				if by == "groups" {
					fmt.Fprintf(&groups, "group G%d of Code: %s\n", i, strings.Join(m, ", "))
				}
				fmt.Fprintf(&rules, "  o%d any when %s\n", i, cond)
			}
			kind := map[string]string{"groups": "text", "like": "text", "under": "code"}[by]
			_, p := loadText(b, "outcomes o0 > o1 > o2 > o3 > o4 > no\nkind Code = "+kind+"\nkind Item { code: Code }\nrole item: Item\n"+groups.String()+"policy p {\n"+rules.String()+"  otherwise no\n}")
			type item struct {
				Item struct {
					Code string `ctl:"code"`
				} `ctl:"item"`
			}
			bound, err := interp.Bind[item](p)
			if err != nil {
				b.Fatal(err)
			}
			cases := make([]item, len(codes))
			for i, code := range codes {
				cases[i].Item.Code = code
			}
			for i := 0; b.Loop(); i++ {
				if _, err := bound.Decide(&cases[i%len(cases)]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
