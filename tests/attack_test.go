package tests

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

// strict are limits as docs/security.md has them for rules of strangers.
var strict = interp.Options{Limits: interp.Limits{
	Bytes: 1 << 20, Rules: 5_000, Members: 100_000, Nodes: 50_000, Steps: 100_000, JSON: 1 << 20, Facts: 20_000,
}}

// attackHead declares what the attacks are about.
const attackHead = `outcomes deny > permit
kind Party = text
kind Line { n: number  name: text }
kind Item { n: number  m: number  code: text  other: text  a: bool  b: bool  made: date  nums: list of number  names: list of text  tags: set of text  lines: list of Line }
role item: Item
role to buyer: Party
`

// attack is what a stranger may send. Begin prepares it, and gives what is then called with contexts.
type attack struct {
	name  string
	begin func(t testing.TB) func(ctx context.Context) error
	after time.Duration // that it is let work; 0 means attackTime
}

// rulesOf are n rules of a policy, written by f.
func rulesOf(n int, f func(b *strings.Builder, i int)) string {
	var b strings.Builder
	b.WriteString(attackHead + "policy p {\n")
	for i := range n {
		f(&b, i)
	}
	b.WriteString("otherwise permit\n}\n")
	return b.String()
}

func attacked(t testing.TB, text string) *interp.Policy {
	prog, err := strict.LoadText(context.Background(), "attack.ctl", text)
	if err != nil {
		t.Fatal(err)
	}
	p, err := prog.Policy("p")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// full is a case of which everything is known that the attacks ask for.
func full(t testing.TB, p *interp.Policy) *interp.Case {
	c := p.Program().NewCase()
	if err := c.ReadJSON(context.Background(), "full", []byte(fullFacts())); err != nil {
		t.Fatal(err)
	}
	return c
}

func fullFacts() string {
	numbers := strings.TrimSuffix(strings.Repeat("1, ", 9_000), ", ")
	return `{"item": {"n": 5, "m": 5, "code": "` + strings.Repeat("a b ", 16_300) + `", "other": "` + strings.Repeat("ab", 32_000) + `", "a": false, "b": false, "made": "2020-01-01",
		"nums": [` + numbers + `], "names": [` + strings.TrimSuffix(strings.Repeat(`"xy", `, 500), ", ") + `], "tags": ["q"], "lines": [{"n": 1, "name": "z"}]}, "buyer": "Acme"}`
}

// decides is the attack of deciding: on a full case, on an empty one, and the other questions about one.
func decides(name, text string) []attack {
	with := func(what string, ask func(ctx context.Context, p *interp.Policy, c *interp.Case) error, known bool) attack {
		return attack{name: name + ", " + what, begin: func(t testing.TB) func(ctx context.Context) error {
			p := attacked(t, text)
			c := p.Program().NewCase()
			if known {
				c = full(t, p)
			}
			return func(ctx context.Context) error { return ask(ctx, p, c) }
		}}
	}
	decide := func(ctx context.Context, p *interp.Policy, c *interp.Case) error {
		_, err := p.Decide(ctx, c)
		return err
	}
	return []attack{
		with("decide", decide, true),
		with("decide nothing", decide, false),
		with("explain", func(ctx context.Context, p *interp.Policy, c *interp.Case) error {
			_, err := p.Explain(ctx, c)
			return err
		}, true),
		with("explain nothing", func(ctx context.Context, p *interp.Policy, c *interp.Case) error {
			_, err := p.Explain(ctx, c)
			return err
		}, false),
		with("whynot", func(ctx context.Context, p *interp.Policy, c *interp.Case) error {
			_, err := p.WhyNot(ctx, c, "deny")
			return err
		}, true),
		with("flip", func(ctx context.Context, p *interp.Policy, c *interp.Case) error {
			_, err := p.Flip(ctx, c, "deny", interp.FlipOptions{Most: 5, All: true})
			return err
		}, true),
		with("warm up", func(ctx context.Context, p *interp.Policy, c *interp.Case) error {
			return p.WarmUp(ctx, c.Date())
		}, true),
		with("gather", func(ctx context.Context, p *interp.Policy, c *interp.Case) error {
			_, err := p.Gather(ctx, c, func(context.Context, interp.Need) (any, bool, error) { return nil, false, nil })
			return err
		}, false),
	}
}

// analyses is the attack of what asks about all cases.
func analysed(name, text string) []attack {
	with := func(what string, ask func(ctx context.Context, p *interp.Policy) error) attack {
		return attack{name: name + ", " + what, begin: func(t testing.TB) func(ctx context.Context) error {
			p := attacked(t, text)
			return func(ctx context.Context) error { return ask(ctx, p) }
		}}
	}
	return []attack{
		with("lint", func(ctx context.Context, p *interp.Policy) error {
			_, err := analysis.Lint(ctx, p.Program(), analysis.LintOptions{})
			return err
		}),
		with("diff", func(ctx context.Context, p *interp.Policy) error {
			q, err := p.Program().Policy("q")
			if err != nil {
				q = p
			}
			on := p.Program().LatestDate()
			_, err = analysis.Diff(ctx, interp.Dated{Policy: p, On: on}, interp.Dated{Policy: q, On: on}, analysis.DiffOptions{})
			return err
		}),
		with("dead rules", func(ctx context.Context, p *interp.Policy) error {
			_, err := analysis.DeadRules(ctx, interp.Dated{Policy: p, On: p.Program().LatestDate()})
			return err
		}),
		with("cover", func(ctx context.Context, p *interp.Policy) error {
			_, err := analysis.Cover(ctx, p.Program())
			return err
		}),
		with("mutate", func(ctx context.Context, p *interp.Policy) error {
			_, err := analysis.Mutate(ctx, p.Program())
			return err
		}),
	}
}

// loads is the attack of a text.
func loads(name string, o interp.Options, text string) attack {
	return attack{name: name, begin: func(testing.TB) func(ctx context.Context) error {
		return func(ctx context.Context) error { _, err := o.LoadText(ctx, "attack.ctl", text); return err }
	}}
}

// reads is the attack of facts in JSON.
func reads(name, facts string) attack {
	return attack{name: name, begin: func(t testing.TB) func(ctx context.Context) error {
		prog := attacked(t, attackHead+"policy p { deny when item.a }").Program()
		return func(ctx context.Context) error { return prog.NewCase().ReadJSON(ctx, "attack", []byte(facts)) }
	}}
}

func manyValues(rules, values int) string {
	return rulesOf(rules, func(b *strings.Builder, i int) {
		fmt.Fprintf(b, "r%d: deny when item.n in (", i)
		for j := range values {
			fmt.Fprintf(b, "%d, ", (j*7919+i*13)%100_000)
		}
		fmt.Fprintf(b, "1) and item.m in %d .. %d\n", i, i+50)
	})
}

func plainRules(n int) string {
	return rulesOf(n, func(b *strings.Builder, i int) {
		fmt.Fprintf(b, "deny when item.n > %d and item.m < %d and item.code = \"c%d\"\n", i, 2*i, i)
	})
}

func attacks() []attack {
	var all []attack
	all = append(all, decides("many values", manyValues(300, 400))...)
	all = append(all, decides("many rules", plainRules(4_900))...)
	all = append(all, decides("texts", rulesOf(2_000, func(b *strings.Builder, i int) {
		fmt.Fprintf(b, "deny when mentions(item.code, \"x%d y\") or upper(item.other) = \"Q%d\" or replace_text(item.code, \"a\", \"%d\") = \"x\"\n", i, i, i)
	}))...)
	all = append(all, decides("sums", rulesOf(2_000, func(b *strings.Builder, i int) {
		fmt.Fprintf(b, "deny when sum(item.nums) = %d or average(item.nums) = %d or largest(item.nums) > %d\n", i, i+2, i+2)
	}))...)
	all = append(all, decides("patterns", rulesOf(2_000, func(b *strings.Builder, i int) {
		fmt.Fprintf(b, "deny when item.code like \"*a*b*%d\" or item.other like \"*%d*\" or item.other like \"*abab?%dx*\"\n", i, i, i)
	}))...)
	all = append(all, decides("members", rulesOf(2_000, func(b *strings.Builder, i int) {
		fmt.Fprintf(b, "deny when \"z%d\" in item.names or some x in item.nums has x > %d or item.n in (item.m + %d, item.m + 1) or any of item.tags in item.names\n", i, i+2, i+3)
	}))...)
	all = append(all, decides("counts", rulesOf(4_900, func(b *strings.Builder, i int) {
		fmt.Fprintf(b, "deny when exactly 2 of (item.a, item.b, item.n > %d, item.m > %d, item.n < %d)\n", i, i, i)
	}))...)
	all = append(all, analysed("thousand rules", plainRules(1_000))...)
	all = append(all, analysed("equal rules", rulesOf(4_900, func(b *strings.Builder, i int) { b.WriteString("deny when item.a\n") }))...)
	all = append(all, analysed("values", manyValues(300, 400))...)
	all = append(all, analysed("patterns", rulesOf(400, func(b *strings.Builder, i int) { fmt.Fprintf(b, "deny when item.code like \"*a%d*b*\"\n", i) }))...)

	all = append(all,
		loads("load many values", strict, manyValues(300, 400)),
		loads("load misspelt names", strict, misspelt(3_000, 20)),
		loads("load long misspelt names", strict, misspelt(8, 60_000)),
		loads("load short misspelt names", strict, misspelt(30_000, 5)),
		loads("load a million rules", interp.Options{}, rulesOf(300_000, func(b *strings.Builder, i int) { b.WriteString("deny when item.a\n") })),
		loads("load many members", interp.Options{}, attackHead+"group G of Party: "+strings.Repeat("\"x\",\n", 200_000)+"\"y\"\npolicy p { deny to G }"),
		loads("load many choices", strict, "outcomes deny\nkind K = c"+choices(100_000)+"\nkind I { k: K }\nrole item: I\npolicy p { deny when item.k = c1 }"),
		loads("load many attributes", strict, attributes(40_000)),
		loads("load labels", strict, rulesOf(4_900, func(b *strings.Builder, i int) {
			fmt.Fprintf(b, "r%d: deny overrides r%d when item.a\n", i, max(0, i-1))
		})),
		loads("load one long condition", strict, attackHead+"policy p { deny when item.n in ("+strings.Repeat("1, 2, ", 100_000)+"3) }"),
		loads("load garbage", strict, strings.Repeat("deny )( when or ", 60_000)),
		loads("load open braces", strict, strings.Repeat("policy p {\n", 80_000)),
		loads("load quotes", strict, strings.Repeat("\"\\u{", 200_000)),
	)
	for name, text := range map[string]string{
		"rules":   rulesOf(300_000, func(b *strings.Builder, i int) { b.WriteString("deny when item.a\n") }),
		"a chain": chained(200_000), "repeals": repealed(100_000),
	} {
		for _, after := range []time.Duration{300 * time.Millisecond, 900 * time.Millisecond, 2700 * time.Millisecond} { // in several stages of loading
			a := loads(fmt.Sprintf("load many %s for %s", name, after), interp.Options{}, text)
			a.after = after
			all = append(all, a)
		}
	}
	for _, unknown := range []string{`"purpose%d": 1`, `"c%d": {"x": [1, 2]}`} {
		all = append(all, reads("read unknown keys "+unknown, `{"item": {`+listOf(40_000, unknown)+`}}`))
	}
	all = append(all,
		reads("read bad values", `{"item": {"lines": [`+listOf(60_000, `{"n": "x%d"}`)+`]}}`),
		reads("read a long list", `{"item": {"nums": [`+listOf(120_000, `%d`)+`]}}`),
		reads("read the same key", `{"item": {`+strings.TrimSuffix(strings.Repeat(`"a": true,`, 90_000), ",")+`}}`),
		reads("read a deep value", `{"item": `+strings.Repeat(`{"a":`, 100_000)+`1`+strings.Repeat(`}`, 100_000)+`}`),
		reads("read unknown roles", `{`+listOf(60_000, `"role%d": 1`)+`}`),
	)
	all = append(all, attack{name: "decide all", begin: func(t testing.TB) func(ctx context.Context) error {
		p := attacked(t, manyValues(300, 400))
		b, err := interp.Bind[interp.JSON](p)
		if err != nil {
			t.Fatal(err)
		}
		cases := slices.Repeat([]interp.JSON{interp.JSON(fullFacts())}, 20_000)
		return func(ctx context.Context) error { _, err := b.DecideAll(ctx, cases); return err }
	}}, attack{name: "decide in sequence", begin: func(t testing.TB) func(ctx context.Context) error {
		p := attacked(t, plainRules(2_000))
		b, err := interp.Bind[interp.JSON](p)
		if err != nil {
			t.Fatal(err)
		}
		var cases iter.Seq[interp.JSON] = func(yield func(interp.JSON) bool) {
			for range 20_000 {
				if !yield(interp.JSON(fullFacts())) {
					return
				}
			}
		}
		return func(ctx context.Context) error {
			for _, err := range b.DecideSeq(ctx, cases) {
				if err != nil && ctx.Err() != nil {
					return err
				}
			}
			return nil
		}
	}})
	return all
}

// chained are n rules, each of which but the first yields to the one before it.
func chained(n int) string {
	return rulesOf(n, func(b *strings.Builder, i int) {
		fmt.Fprintf(b, "r%d: deny when item.a", i)
		if i > 0 {
			fmt.Fprintf(b, " subject to r%d", i-1)
		}
		b.WriteString("\n")
	})
}

// repealed are n rules, and an amendment that repeals all of them, the last first.
func repealed(n int) string {
	var b strings.Builder
	b.WriteString(rulesOf(n, func(b *strings.Builder, i int) { fmt.Fprintf(b, "r%d: deny when item.a\n", i) }))
	b.WriteString("policy q amends p {\n")
	for i := range n {
		fmt.Fprintf(&b, "repeal r%d\n", n-1-i)
	}
	return b.String() + "permit\n}\n"
}

// misspelt are rules that speak of n attributes by names that are nearly theirs.
func misspelt(n, length int) string {
	var b strings.Builder
	b.WriteString("outcomes deny\nkind Item {\n")
	for i := range n {
		fmt.Fprintf(&b, "%s%d: bool\n", strings.Repeat("a", length), i)
	}
	b.WriteString("}\nrole item: Item\npolicy p {\n")
	for i := range n {
		fmt.Fprintf(&b, "deny when item.%sb%d\n", strings.Repeat("a", length-1), i)
	}
	return b.String() + "}\n"
}

func choices(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " | c%d", i)
	}
	return b.String()
}

func attributes(n int) string {
	var b strings.Builder
	b.WriteString("outcomes deny\nkind Item {\n")
	for i := range n {
		fmt.Fprintf(&b, "a%d: x | y | z\n", i)
	}
	return b.String() + "}\nrole item: Item\npolicy p { deny when item.a1 = x }"
}

// listOf is n times a piece with its number in it, with commas between.
func listOf(n int, piece string) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, piece, i)
	}
	return b.String()
}

// attackTime is how long the attacks are let work, and mostLate how much later they may come back.
const (
	attackTime = 20 * time.Millisecond
	mostLate   = 20 * time.Millisecond
)

// lateness is how long after its context was done a call came back, at worst of some. Where
// others keep the processors busy, only what this process worked since counts.
func lateness(a attack, t testing.TB) (latest time.Duration) {
	call := a.begin(t)
	for range 12 { // from the ninth decision on, a policy is compiled
		latest = max(latest, late(call, cmp.Or(a.after, attackTime)))
		if latest > 10*mostLate || a.after > 0 {
			break
		}
	}
	return latest
}

func late(call func(context.Context) error, after time.Duration) time.Duration {
	type moment struct {
		at     time.Time
		worked time.Duration
	}
	now := func() moment { return moment{time.Now(), processorTime()} }
	done := make(chan moment, 1)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	timer := time.AfterFunc(after, func() { cancel(); done <- now() })
	_ = call(ctx)
	end := now()
	if timer.Stop() {
		return 0
	}
	was := <-done
	return min(end.at.Sub(was.at), end.worked-was.worked)
}

// TestDeadlineIsKept sends every attack with little time. What goes on after it is found by
// half a second, which no busy machine makes; how late the rest is, BenchmarkLateness tells.
func TestDeadlineIsKept(t *testing.T) {
	for _, a := range attacks() {
		t.Run(a.name, func(t *testing.T) {
			var late [3]time.Duration
			for i := range late {
				if late[i] = lateness(a, t); late[i] <= 25*mostLate {
					return
				}
			}
			t.Errorf("late by %v", late)
		})
	}
}

// BenchmarkLateness prints the latest of all attacks, and of those of each door.
func BenchmarkLateness(b *testing.B) {
	by := map[string]time.Duration{}
	for range b.N {
		for _, a := range attacks() {
			door, _, _ := strings.Cut(a.name, " ")
			if _, question, is := strings.Cut(a.name, ", "); is {
				door, _, _ = strings.Cut(question, " ")
			}
			by[door] = max(by[door], lateness(a, b))
		}
	}
	worst := time.Duration(0)
	for door, late := range by {
		worst = max(worst, late)
		b.ReportMetric(float64(late.Microseconds())/1000, door+"-ms-late")
	}
	b.ReportMetric(float64(worst.Microseconds())/1000, "ms-latest")
}
