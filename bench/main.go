// Command bench measures Ctl beside other engines in Go on the same policies and cases.
//
//	go run .                      everything
//	go run . -quick               smaller and shorter
//	go run . -only mtcr,expr      some workloads
//	go run . -o RESULTS.md        into a file as well
//	go run . -show DIR            the texts of the policies into a folder, too
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// plan says how much to do.
type plan struct {
	cases, requests, accesses int
	batchCases, lines         int
	sizes, departments        []int
	rounds                    int
	each, limit               time.Duration
}

var (
	full = plan{cases: 10_000, requests: 1_000, accesses: 500, batchCases: 1_000_000, lines: 100_000,
		sizes: []int{10, 100, 1_000, 10_000, 100_000}, departments: []int{1, 10, 100, 300},
		rounds: 7, each: 200 * time.Millisecond, limit: time.Minute}
	quick = plan{cases: 2_000, requests: 200, accesses: 200, batchCases: 100_000, lines: 10_000,
		sizes: []int{10, 100, 1_000}, departments: []int{1, 10},
		rounds: 3, each: 50 * time.Millisecond, limit: 10 * time.Second}
)

// benchmarks are the workloads by name, in the order of the report.
var benchmarks = []struct {
	name string
	run  func(*bench) error
}{
	{"mtcr", (*bench).mtcr},
	{"open", (*bench).open},
	{"eccn", (*bench).eccn},
	{"hospital", (*bench).hospital},
	{"expr", (*bench).expr},
	{"batch", (*bench).batch},
	{"json", (*bench).json},
}

func main() {
	b := &bench{plan: full, w: os.Stdout}
	short := flag.Bool("quick", false, "smaller and shorter")
	only := flag.String("only", "", "workloads, separated by commas: "+strings.Join(workloads(), ", "))
	rounds := flag.Int("rounds", 0, "rounds, of which the median is taken")
	limit := flag.Duration("limit", 0, "how long an engine may take to load a policy, and to be checked")
	output := flag.String("o", "", "a file for the report, which is printed as well")
	flag.StringVar(&b.show, "show", "", "a folder for the texts of the policies, of the smallest size of each workload")
	flag.Parse()
	if *short {
		b.plan = quick
	}
	if *rounds > 0 {
		b.rounds = *rounds
	}
	if *limit > 0 {
		b.limit = *limit
	}
	if err := b.runInto(*output, *only); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// runInto keeps the report in a file, if one is named.
func (b *bench) runInto(file, only string) error {
	var report bytes.Buffer
	if file != "" {
		b.w = io.MultiWriter(b.w, &report)
	}
	if err := b.run(only); err != nil || file == "" {
		return err
	}
	return os.WriteFile(file, report.Bytes(), 0o666)
}

func workloads() []string {
	names := make([]string, len(benchmarks))
	for i, w := range benchmarks {
		names[i] = w.name
	}
	return names
}

// run runs the workloads that are named, or all.
func (b *bench) run(only string) error {
	names := workloads()
	if only != "" {
		names = strings.Split(only, ",")
	}
	for _, name := range names {
		if !slices.Contains(workloads(), name) {
			return fmt.Errorf("there is no workload %q: there are %s", name, strings.Join(workloads(), ", "))
		}
	}
	b.preface()
	for _, w := range benchmarks {
		if !slices.Contains(names, w.name) {
			continue
		}
		if err := w.run(b); err != nil {
			return err
		}
	}
	b.reportAims()
	return nil
}

// preface says with what it was measured.
func (b *bench) preface() {
	fmt.Fprintf(b.w, "# Ctl beside other engines\n\n%s on %s/%s, %d cores%s. One core decides where nothing else is said. "+
		"Times of decisions are those of the core at work, times of loading those of the clock. All figures are medians; the engines take turns in %d rounds, after having decided every case once to be checked and %d times more, or for %s.\n\n",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), processor(), b.rounds, warmPasses, warmRounds*b.each)
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return
	}
	var peers []string
	for _, m := range info.Deps {
		if slices.Contains(peerModules, m.Path) {
			peers = append(peers, m.Path+" "+m.Version)
		}
	}
	fmt.Fprintf(b.w, "%s.\n\n", strings.Join(peers, ", "))
}

// peerModules are named in the report with their versions.
var peerModules = []string{"cel.dev/cel-go", "github.com/expr-lang/expr", "github.com/cedar-policy/cedar-go",
	"github.com/open-policy-agent/opa", "github.com/casbin/casbin/v2", "github.com/valyala/fastjson"}

// processor is the model of the processor, where the system has a file that tells it.
func processor() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		if name, model, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return " of " + strings.TrimSpace(model)
		}
	}
	return ""
}
