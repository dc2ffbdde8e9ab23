package interp_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

// TestNoOtherFiles asks for files outside what the rules were given.
func TestNoOtherFiles(t *testing.T) {
	for _, text := range []string{
		`use "/etc/hostname"`, `use "../secret.ctl"`, `use "a/../../secret.ctl"`, `use "./../secret.ctl"`, `use "C:\secret.ctl"`,
		"kind P = text group G of P from \"/etc/hostname\"", "kind P = text group G of P from \"../../etc/hostname\"",
	} {
		if _, err := interp.LoadText(context.Background(), "rules/main.ctl", text); err == nil {
			t.Errorf("%s: a text was let read a file", text)
		}
		files := fstest.MapFS{"main.ctl": {Data: []byte(text)}, "secret.txt": {Data: []byte("x")}}
		if _, err := interp.Load(context.Background(), files, "main.ctl"); err == nil {
			t.Errorf("%s: a file outside was read", text)
		}
	}
}

// largeText is a policy whose diagrams take a while.
func largeText() string {
	var text strings.Builder
	text.WriteString("outcomes deny > permit\nkind Item {\n")
	const n = 22
	for i := range n {
		fmt.Fprintf(&text, "a%d: bool b%d: bool\n", i, i)
	}
	text.WriteString("}\nrole item: Item\npolicy p {\n")
	for i := range n {
		fmt.Fprintf(&text, "deny when item.a%d and item.b%d and item.a%d and item.b%d\n", i, (i*7+3)%n, (i*5+1)%n, (i*11+4)%n)
	}
	text.WriteString("otherwise permit }\n")
	return text.String()
}

// TestDeadlineWaits has one goroutine make diagrams at leisure, and another that
// needs them and has no time.
func TestDeadlineWaits(t *testing.T) {
	prog, err := interp.Options{Limits: interp.Limits{Nodes: 4_000_000}}.LoadText(context.Background(), "large.ctl", largeText())
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("p")
	leisure, hurry := make(chan error, 1), make(chan error, 1)
	slow, stop := context.WithCancel(t.Context())
	go func() { leisure <- p.WarmUp(slow, prog.LatestDate()) }()
	go func() {
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		_, err := p.Decide(ctx, prog.NewCase())
		hurry <- err
	}()
	if err := <-hurry; !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("in a hurry: got %v", err)
	}
	stop()
	if err := <-leisure; err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("at leisure: got %v", err)
	}
}

// BenchmarkStop measures how long a decision goes on after its context is done.
func BenchmarkStop(b *testing.B) {
	numbers := make([]int, 10_000)
	for _, row := range []struct {
		name, text, policy string
		facts              map[string]any
	}{
		{"quantifiers", strings.Replace(slowRules, "PATTERN", "x", 1), "nested", map[string]any{"item.numbers": numbers, "item.a": false}},
		{"pattern", strings.Replace(slowRules, "PATTERN", "*"+strings.Repeat("a", 30_000)+"b*", 1), "pattern", map[string]any{"item.name": strings.Repeat("a", 65_000), "item.a": false}},
		{"diagrams", largeText(), "p", nil},
	} {
		b.Run(row.name, func(b *testing.B) {
			prog, err := interp.Options{Limits: interp.Limits{Steps: math.MaxInt, Nodes: 4_000_000}}.LoadText(context.Background(), "slow.ctl", row.text)
			if err != nil {
				b.Fatal(err)
			}
			p, err := prog.Policy(row.policy)
			if err != nil {
				b.Fatal(err)
			}
			c := prog.NewCase()
			for name, v := range row.facts {
				if err := c.Set(name, v); err != nil {
					b.Fatal(err)
				}
			}
			var late, latest time.Duration
			for range b.N {
				ctx, cancel := context.WithCancel(b.Context())
				var done time.Time
				timer := time.AfterFunc(3*time.Millisecond, func() { done = time.Now(); cancel() })
				if _, err := p.Decide(ctx, c); !errors.Is(err, context.Canceled) {
					b.Fatalf("got %v", err)
				}
				timer.Stop()
				over := time.Since(done)
				late, latest = late+over, max(latest, over)
			}
			b.ReportMetric(float64(late.Microseconds())/float64(b.N), "µs-late")
			b.ReportMetric(float64(latest.Microseconds()), "µs-latest")
		})
	}
}

// FuzzLoad loads texts with small limits, and decides and explains under every policy that
// comes of it. An error is as good as an answer; a panic is not.
func FuzzLoad(f *testing.F) {
	mtcr, err := rules.Files.ReadFile(rules.MTCR)
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{string(mtcr), lending, gatherRules, memberRules, slowRules, functionRules} {
		f.Add(text)
	}
	options := interp.Options{
		Functions: ownFunctions,
		Groups:    map[string]interp.Members{"Denied": interp.MembersOf("x"), "Closed": interp.MembersOf()},
		Limits:    interp.Limits{Bytes: 1 << 16, Rules: 500, Nesting: 50, Members: 1_000, Nodes: 2_000, Steps: 5_000},
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, o := range []interp.Options{options, {Limits: options.Limits}} {
			prog, err := o.LoadText(context.Background(), "fuzz.ctl", text)
			if err != nil {
				continue
			}
			for _, p := range prog.Policies() {
				decideAll(prog, p)
			}
		}
	})
}

// decideAll decides the empty case and those of the program's tests.
func decideAll(prog *interp.Program, p *interp.Policy) {
	cases := []*interp.Case{prog.NewCase()}
	for _, test := range prog.Tests() {
		cases = append(cases, test.Given())
	}
	for _, c := range cases[:min(len(cases), 3)] {
		if _, err := p.Explain(context.Background(), c); err == nil {
			_, _ = p.Decide(context.Background(), c)
		}
		for _, o := range prog.Outcomes()[:min(len(prog.Outcomes()), 2)] {
			_, _ = p.WhyNot(context.Background(), c, o.Name)
		}
	}
}
