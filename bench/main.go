// Command bench measures Ctl beside other engines in Go on the same policies and cases.
//
//	go run .                      everything
//	go run . -quick               smaller and shorter
//	go run . -only mtcr,expr      some workloads
package main

import (
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
	sizes, departments        []int
	rounds                    int
	each, limit               time.Duration
}

var (
	full = plan{cases: 10_000, requests: 1_000, accesses: 500, sizes: []int{10, 100, 1_000, 10_000, 100_000},
		departments: []int{1, 10, 100, 300}, rounds: 7, each: 200 * time.Millisecond, limit: time.Minute}
	quick = plan{cases: 2_000, requests: 200, accesses: 200, sizes: []int{10, 100, 1_000},
		departments: []int{1, 10}, rounds: 3, each: 50 * time.Millisecond, limit: 10 * time.Second}
)

// benchmarks are the workloads by name, in the order of the report.
var benchmarks = []struct {
	name string
	run  func(io.Writer, *plan) error
}{
	{"mtcr", runMTCR},
	{"eccn", runECCN},
	{"hospital", runHospital},
	{"expr", runPublished},
}

func main() {
	p := full
	short := flag.Bool("quick", false, "smaller and shorter")
	only := flag.String("only", "", "workloads, separated by commas: mtcr, eccn, hospital, expr")
	rounds := flag.Int("rounds", 0, "rounds, of which the median is taken")
	limit := flag.Duration("limit", 0, "how long an engine may take to load a policy, and to be checked")
	flag.Parse()
	if *short {
		p = quick
	}
	if *rounds > 0 {
		p.rounds = *rounds
	}
	if *limit > 0 {
		p.limit = *limit
	}
	if err := run(os.Stdout, &p, *only); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(w io.Writer, p *plan, only string) error {
	names := strings.Split(only, ",")
	for _, name := range names {
		if only != "" && !slices.ContainsFunc(benchmarks, func(b struct {
			name string
			run  func(io.Writer, *plan) error
		}) bool {
			return b.name == name
		}) {
			return fmt.Errorf("there is no workload %q", name)
		}
	}
	heading(w, p)
	for _, b := range benchmarks {
		if only != "" && !slices.Contains(names, b.name) {
			continue
		}
		if err := b.run(w, p); err != nil {
			return err
		}
	}
	return nil
}

// heading says with what it was measured.
func heading(w io.Writer, p *plan) {
	fmt.Fprintf(w, "%s on %s/%s with %d cores; one core is used where nothing else is said. Medians of %d rounds.\n\n",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), p.rounds)
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
	fmt.Fprintf(w, "%s.\n\n", strings.Join(peers, ", "))
}

// peerModules are named in the report with their versions.
var peerModules = []string{"cel.dev/cel-go", "github.com/expr-lang/expr", "github.com/cedar-policy/cedar-go",
	"github.com/open-policy-agent/opa", "github.com/casbin/casbin/v2", "github.com/valyala/fastjson"}
