package lang

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

// manyRules writes a policy of n rules of the kind that people write: objects
// and recipients under and, or, not; conditions; reasons; labels and comments.
func manyRules(n int) string {
	rng := rand.New(rand.NewPCG(1, 2))
	pick := func(words ...string) string { return words[rng.IntN(len(words))] }
	term := func() string { return pick("CategoryI", "CategoryII", "SLV", "BallisticMissile", "ProductionFacility") }
	place := func() string { return pick("nonMember", "Member", "FR, JP", "strong_controls", "US or GB") }
	var b strings.Builder
	b.WriteString("outcomes prohibit > deny > review > permit\n\npolicy p {\n")
	for i := range n {
		if i%10 == 0 {
			fmt.Fprintf(&b, "  # Paragraph %d.\n", i/10+1)
		}
		if i%3 == 0 {
			fmt.Fprintf(&b, "  r%d: ", i)
		} else {
			b.WriteString("  ")
		}
		fmt.Fprintf(&b, "%s %s to %s", pick("prohibit", "deny", "review", "permit"), term(), place())
		switch rng.IntN(5) {
		case 0:
			fmt.Fprintf(&b, " unless %s and vetted", term())
		case 1:
			fmt.Fprintf(&b, " when item.range >= %d km and (item.payload > %d kg or not %s)", rng.IntN(900), rng.IntN(900), term())
		case 2:
			fmt.Fprintf(&b, " when program.purpose = %s", pick("military_missile", "space_launch", "civil"))
		case 3:
			fmt.Fprintf(&b, "\n    because \"paragraph %d\"", i)
		}
		b.WriteString("\n")
	}
	b.WriteString("}\n")
	return b.String()
}

// BenchmarkParse reads 100,000 rules and reports, beside the speed, how many
// bytes of the heap the tree of one rule keeps.
func BenchmarkParse(b *testing.B) {
	const rules = 100_000
	text := manyRules(rules)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var file *File
	for b.Loop() {
		var ds Diagnostics
		if file, ds = Parse(context.Background(), "bench.ctl", text); len(ds) > 0 {
			b.Fatal(ds)
		}
	}
	b.StopTimer()
	runtime.GC()
	runtime.ReadMemStats(&after)
	if n := len(file.Decls[1].(*Policy).Items); n != rules {
		b.Fatalf("%d rules", n)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/rules, "retained-B/rule")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rules, "ns/rule")
}

// BenchmarkParseSmall reads a file as short as most are.
func BenchmarkParseSmall(b *testing.B) {
	text := manyRules(12)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, ds := Parse(context.Background(), "bench.ctl", text); len(ds) > 0 {
			b.Fatal(ds)
		}
	}
}

// BenchmarkParseMembers reads a group of 300,000 members.
func BenchmarkParseMembers(b *testing.B) {
	var t strings.Builder
	t.WriteString("group Denied of Party: \"first\"")
	for i := range 299_999 {
		fmt.Fprintf(&t, ",\n  \"Trading Company %d\"", i)
	}
	b.SetBytes(int64(t.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, ds := Parse(context.Background(), "bench.ctl", t.String()); len(ds) > 0 {
			b.Fatal(ds)
		}
	}
}

// BenchmarkParseKinds reads declarations that participle reads.
func BenchmarkParseKinds(b *testing.B) {
	var t strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&t, "kind K%d {\n  category: I | II | none\n  range: length?\n  payload: mass \"greatest payload\"\n  ready: bool = no\n}\nrole to r%d: K%d\nterm T%d of K%d: category = I and range >= 300 km\n", i, i, i, i, i)
	}
	b.SetBytes(int64(t.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, ds := Parse(context.Background(), "bench.ctl", t.String()); len(ds) > 0 {
			b.Fatal(ds)
		}
	}
}

func BenchmarkLexer(b *testing.B) {
	src := NewSource("bench.ctl", manyRules(100_000))
	b.SetBytes(int64(len(src.Text)))
	b.ReportAllocs()
	for b.Loop() {
		scan(src, &problems{source: src})
	}
}

func BenchmarkFormat(b *testing.B) {
	text := manyRules(100_000)
	file, _ := Parse(context.Background(), "bench.ctl", text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Format(file)
	}
}
