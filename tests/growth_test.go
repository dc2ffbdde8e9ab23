package tests

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/record"
)

// looking is a context that counts how often it is looked at, which whoever works does once for
// so many pieces of it.
type looking struct {
	context.Context
	looks atomic.Int64
}

func (l *looking) Err() error { l.looks.Add(1); return nil }

// cost is what a call took: looks at the context, and bytes of memory.
type cost struct{ looks, bytes float64 }

func costOf(call func(ctx context.Context)) cost {
	ctx := &looking{Context: context.Background()}
	var before, after runtime.MemStats
	runtime.GC() // twice: what is kept to be used again survives one
	runtime.GC()
	runtime.ReadMemStats(&before)
	call(ctx)
	runtime.ReadMemStats(&after)
	return cost{float64(ctx.looks.Load()), float64(after.TotalAlloc - before.TotalAlloc)}
}

// mostGrowth is how much more work twice the input may take, beside some that it takes anyway.
const (
	mostGrowth  = 2.2
	looksAnyway = 40
	bytesAnyway = 1 << 18
)

// doors are the ways by which input comes in. Each gets so many pieces, and gives what is then measured.
var doors = []struct {
	name  string
	n     int
	begin func(t testing.TB, n int) func(ctx context.Context)
}{
	{"rules", 4_000, loading(plainRules)},
	{"equal rules", 4_000, loading(func(n int) string {
		return rulesOf(n, func(b *strings.Builder, i int) { b.WriteString("deny when item.a\n") })
	})},
	{"rules that yield to one another", 4_000, loading(func(n int) string { return chained(n) })},
	{"repeals", 4_000, loading(repealed)},
	{"sections", 4_000, loading(func(n int) string {
		return rulesOf(n, func(b *strings.Builder, i int) {
			fmt.Fprintf(b, "section s%d decides by first { deny when item.a }\n", i)
		})
	})},
	{"misspelt names", 2_000, loading(func(n int) string { return misspelt(n, 12) })},
	{"long misspelt names", 2_000, loading(func(n int) string { return misspelt(20, n) })},
	{"values of one rule", 20_000, loading(func(n int) string { return manyValues(2, n) })},
	{"members", 20_000, loading(func(n int) string {
		return attackHead + "group G of Party: " + listOf(n, "\"party %d\"") + "\npolicy p { deny to G }"
	})},
	{"garbage", 30_000, loading(func(n int) string { return strings.Repeat("deny )( when or ", n) })},
	{"open braces", 2_000, loading(func(n int) string { return strings.Repeat("policy p {\n", n) })},
	{"CSV", 20_000, func(t testing.TB, n int) func(ctx context.Context) {
		files := fstest.MapFS{"main.ctl": {Data: []byte(attackHead + "group G of Party from \"g.csv\"\npolicy p { deny to G }")},
			"g.csv": {Data: []byte("id\n" + strings.ReplaceAll(listOf(n, "party %d"), ", ", "\n"))}}
		return func(ctx context.Context) {
			mustLoad(t, func() (*interp.Program, error) { return interp.Load(ctx, files, "main.ctl") })
		}
	}},
	{"CSV of bad lines", 20_000, func(t testing.TB, n int) func(ctx context.Context) {
		files := fstest.MapFS{"main.ctl": {Data: []byte(attackHead + "group G of Party from \"g.csv\"\npolicy p { deny to G }")},
			"g.csv": {Data: []byte("id,since\n" + strings.ReplaceAll(listOf(n, "party %d,x"), ", ", "\n"))}}
		return func(ctx context.Context) { _, _ = interp.Load(ctx, files, "main.ctl") }
	}},
	{"compiled form", 4_000, func(t testing.TB, n int) func(ctx context.Context) {
		var form bytes.Buffer
		if err := (interp.Options{}).Compile(context.Background(), &form, fstest.MapFS{"main.ctl": {Data: []byte(plainRules(n))}}, "main.ctl"); err != nil {
			t.Fatal(err)
		}
		files := fstest.MapFS{"main.ctlc": {Data: form.Bytes()}}
		return func(ctx context.Context) {
			mustLoad(t, func() (*interp.Program, error) { return interp.Load(ctx, files, "main.ctlc") })
		}
	}},
	{"JSON", 3_000, reading(func(n int) string { return `{"item": {"lines": [` + listOf(n, `{"n": %d, "name": "x"}`) + `]}}` })},
	{"unknown keys in JSON", 3_000, reading(func(n int) string { return `{"item": {` + listOf(n, `"purpose%d": 1`) + `}}` })},
	{"bad values in JSON", 3_000, reading(func(n int) string { return `{"item": {"lines": [` + listOf(n, `{"n": "x%d"}`) + `]}}` })},
	{"words", 2_000, func(t testing.TB, n int) func(ctx context.Context) {
		c := mustLoad(t, func() (*interp.Program, error) {
			return interp.LoadText(context.Background(), "x", attackHead+"policy p { deny when item.a }")
		}).NewCase()
		fact := "item.nums = (" + listOf(n, "%d") + ")"
		return func(context.Context) { must(t, c.Tell(fact)) }
	}},
	{"many facts in words", 1_000, func(t testing.TB, n int) func(ctx context.Context) {
		prog := mustLoad(t, func() (*interp.Program, error) { return interp.LoadText(context.Background(), "x", attributes(n)) })
		facts := strings.Split(listOf(n, "item.a%d = x"), ", ")
		return func(context.Context) { must(t, prog.NewCase().Tell(facts...)) }
	}},
	{"misspelt facts in words", 1_000, func(t testing.TB, n int) func(ctx context.Context) {
		prog := mustLoad(t, func() (*interp.Program, error) { return interp.LoadText(context.Background(), "x", attributes(n)) })
		facts := strings.Split(listOf(n, "item.b%d = x"), ", ")
		return func(context.Context) { _ = prog.NewCase().Tell(facts...) }
	}},
	{"a struct", 2_000, func(t testing.TB, n int) func(ctx context.Context) {
		c := mustLoad(t, func() (*interp.Program, error) {
			return interp.LoadText(context.Background(), "x", attackHead+"policy p { deny when item.a }")
		}).NewCase()
		type item struct {
			Nums []int    `ctl:"nums"`
			Tags []string `ctl:"tags"`
		}
		v := struct {
			Item item `ctl:"item"`
		}{item{make([]int, n), strings.Split(listOf(n, "t%d"), ", ")}}
		return func(context.Context) { must(t, c.ReadStruct(&v)) }
	}},
	{"a map", 2_000, func(t testing.TB, n int) func(ctx context.Context) {
		c := mustLoad(t, func() (*interp.Program, error) {
			return interp.LoadText(context.Background(), "x", attackHead+"policy p { deny when item.a }")
		}).NewCase()
		m := map[string]any{"item": map[string]any{"nums": make([]int, n), "tags": strings.Split(listOf(n, "t%d"), ", ")}}
		return func(context.Context) { must(t, c.ReadMap(m)) }
	}},
	{"records", 500, func(t testing.TB, n int) func(ctx context.Context) {
		p, err := mustLoad(t, func() (*interp.Program, error) {
			return interp.LoadText(context.Background(), "x", attackHead+"policy p { deny when item.a otherwise permit }")
		}).Policy("p")
		must(t, err)
		c := p.Program().NewCase()
		must(t, c.Tell("item.a"))
		d, err := p.Decide(context.Background(), c)
		must(t, err)
		var out bytes.Buffer
		w := record.NewWriter(&out, record.Options{})
		for i := range n {
			must(t, w.Decided(fmt.Sprint(i), c, d))
		}
		return func(context.Context) {
			for _, err := range record.Read(bytes.NewReader(out.Bytes())) {
				must(t, err)
			}
		}
	}},
	{"the first decisions", 1_000, deciding(plainRules)},
	{"the first decisions on values of one rule", 4_000, deciding(func(n int) string { return manyValues(2, n) })},
	{"the first decisions on values of many rules", 20, deciding(func(n int) string { return manyValues(n, 400) })},
	{"the first decisions on alternatives", 1_000, deciding(func(n int) string {
		return attackHead + "policy p { deny when " + strings.ReplaceAll(listOf(n, "item.n = %d"), ", ", " or ") + " otherwise permit }"
	})},
	{"looking at names that are alike", 2_000, func(t testing.TB, n int) func(ctx context.Context) {
		prog := mustLoad(t, func() (*interp.Program, error) {
			return interp.LoadText(context.Background(), "x", attackHead+"group G of Party: "+listOf(n, "\"Acme %d\", \"\u0410cme %[1]d\"")+"\npolicy p { deny to G }")
		})
		return func(ctx context.Context) { _, err := analysis.Lint(ctx, prog, analysis.LintOptions{}); must(t, err) }
	}},
	{"looking at equal rules", 500, func(t testing.TB, n int) func(ctx context.Context) {
		prog := mustLoad(t, func() (*interp.Program, error) {
			return interp.LoadText(context.Background(), "x", rulesOf(n, func(b *strings.Builder, i int) { b.WriteString("deny when item.a\n") }))
		})
		return func(ctx context.Context) { _, err := analysis.Lint(ctx, prog, analysis.LintOptions{}); must(t, err) }
	}},
}

func must(t testing.TB, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

func mustLoad(t testing.TB, load func() (*interp.Program, error)) *interp.Program {
	prog, err := load()
	must(t, err)
	return prog
}

// loading measures a text being loaded, whether or not something is wrong with it; reading facts in
// JSON; deciding the decisions up to the one that compiles the policy.
func loading(text func(n int) string) func(testing.TB, int) func(context.Context) {
	return func(_ testing.TB, n int) func(context.Context) {
		written := text(n)
		return func(ctx context.Context) { _, _ = interp.LoadText(ctx, "growth.ctl", written) }
	}
}

func reading(facts func(n int) string) func(testing.TB, int) func(context.Context) {
	return func(t testing.TB, n int) func(context.Context) {
		prog := mustLoad(t, func() (*interp.Program, error) {
			return interp.LoadText(context.Background(), "x", attackHead+"policy p { deny when item.a }")
		})
		data := []byte(facts(n))
		return func(ctx context.Context) {
			if err := prog.NewCase().ReadJSON(ctx, "facts", data); err != nil {
				_ = err.Error()
			}
		}
	}
}

func deciding(text func(n int) string) func(testing.TB, int) func(context.Context) {
	return func(t testing.TB, n int) func(context.Context) {
		prog := mustLoad(t, func() (*interp.Program, error) { return interp.LoadText(context.Background(), "growth.ctl", text(n)) })
		p, err := prog.Policy("p")
		must(t, err)
		c := prog.NewCase()
		must(t, c.Tell("item.n = 5", "item.m = 5", "item.code = c3"))
		return func(ctx context.Context) {
			for range 9 {
				if _, err := p.Decide(ctx, c); err != nil && !errors.Is(err, context.Canceled) {
					t.Fatal(err)
				}
			}
		}
	}
}

// TestTwiceTheInput holds that twice the input takes about twice the work, at every door. What
// the processors did meanwhile, and what the collector of memory threw away, changes the bytes
// a little: the least of some measures counts.
func TestTwiceTheInput(t *testing.T) {
	for _, d := range doors {
		t.Run(d.name, func(t *testing.T) {
			d.begin(t, d.n)(context.Background()) // and whatever is made once
			once, twice := costOf(d.begin(t, d.n)), costOf(d.begin(t, 2*d.n))
			for range 9 {
				if grows(once, twice) == "" {
					return
				}
				again := costOf(d.begin(t, 2*d.n))
				twice = cost{min(twice.looks, again.looks), min(twice.bytes, again.bytes)}
			}
			if what := grows(once, twice); what != "" {
				t.Errorf("%s of %d: %v; of %d: %v", what, d.n, once, 2*d.n, twice)
			}
		})
	}
}

// grows says what twice the input took too much of; "" where it did not.
func grows(once, twice cost) string {
	switch {
	case twice.looks > mostGrowth*once.looks+looksAnyway:
		return "looks at the context"
	case twice.bytes > mostGrowth*once.bytes+bytesAnyway:
		return "bytes"
	}
	return ""
}

// Rules of which few apply together are looked at in time that grows as they do, whichever way the
// policy decides. (Memory grows a little faster: the cells of a fact are as many as the rules.)
func TestManyRulesAreLookedAt(t *testing.T) {
	for _, mode := range []string{"strictest", "loosest", "first"} {
		looks := func(n int) float64 {
			text := rulesOf(n, func(b *strings.Builder, i int) {
				fmt.Fprintf(b, "%s when item.n = %d and item.m < %d\n", []string{"deny", "permit"}[i%2], i/3, i%7)
			})
			prog := mustLoad(t, func() (*interp.Program, error) {
				return interp.LoadText(context.Background(), "x", strings.Replace(text, "policy p {", "policy p decides by "+mode+" {", 1))
			})
			return costOf(func(ctx context.Context) { _, err := analysis.Lint(ctx, prog, analysis.LintOptions{}); must(t, err) }).looks
		}
		if once, twice := looks(400), looks(800); twice > mostGrowth*once {
			t.Errorf("%s: %.0f looks at the context, of twice the rules %.0f", mode, once, twice)
		}
	}
}
