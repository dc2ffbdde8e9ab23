package interp_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ctl-lang/ctl/interp"
)

// heap is the live heap in bytes.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestRuleMemory holds a loaded rule, its text and tree included, under 2 KiB.
func TestRuleMemory(t *testing.T) {
	const n = 10_000
	text := manyRules(n)
	before := heap()
	prog, err := interp.LoadText(context.Background(), "many.ctl", text)
	if err != nil {
		t.Fatal(err)
	}
	per := (heap() - before + uint64(len(text))) / n
	t.Logf("%d bytes a rule", per)
	if per > 2048 {
		t.Errorf("a rule takes %d bytes", per)
	}
	runtime.KeepAlive(prog)
}

// bigGroup is a file with a group of n names from a CSV file.
func bigGroup(n int) fstest.MapFS {
	var b strings.Builder
	b.WriteString("id,since\n")
	for i := range n {
		fmt.Fprintf(&b, "\"Party Number %d, Ltd\",\n", i)
	}
	return fstest.MapFS{
		"p.ctl": {Data: []byte("outcomes deny > permit\nkind Party = text\nrole to party: Party\n" +
			"group Denied of Party from \"denied.csv\"\npolicy p { deny to Denied otherwise permit }\n")},
		"denied.csv": {Data: []byte(b.String())},
	}
}

func BenchmarkLoadGroup300k(b *testing.B) {
	files := bigGroup(300_000)
	for b.Loop() {
		if _, err := interp.Load(context.Background(), files, "p.ctl"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLookupGroup300k(b *testing.B) { benchLookup(b, 300_000) }
func BenchmarkLookupGroup300(b *testing.B)  { benchLookup(b, 300) }

func benchLookup(b *testing.B, n int) {
	prog, err := interp.Load(context.Background(), bigGroup(n), "p.ctl")
	if err != nil {
		b.Fatal(err)
	}
	p, err := prog.Policy("p")
	if err != nil {
		b.Fatal(err)
	}
	c := prog.NewCase()
	if err := c.Tell("party = Party Number 123, Ltd"); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if d, err := p.Decide(b.Context(), c); err != nil || d.Answer() != "deny" {
			b.Fatal(d, err)
		}
	}
}
