// Command sizes measures the analyses on generated policies of growing size.
//
//	go run ./sizes                   lints of 300 and 1,000 rules, and a difference of one rule
//	go run ./sizes -rules 300,700    of other sizes
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

func main() {
	rules := flag.String("rules", "300,1000", "numbers of rules, separated by commas")
	limit := flag.Duration("limit", time.Minute, "how long one analysis may take")
	flag.Parse()
	fmt.Println("| rules | decided by | analysis | time | most memory | result |\n|---|---|---|---|---|---|")
	for _, size := range strings.Split(*rules, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		for _, k := range kinds {
			for _, mode := range []string{"strictest", "first"} {
				for _, a := range []struct {
					name string
					do   func(context.Context) (string, error)
				}{{"lints", k.lints(n, mode)}, {"a difference of one rule", k.difference(n, mode)}} {
					took, most, result := measured(*limit, a.do)
					fmt.Printf("| %d %s | %s | %s | %.2f s | %d MB | %s |\n", n, k.name, mode, a.name, took.Seconds(), most>>20, result)
				}
			}
		}
	}
}

// measured says how long an analysis takes, how much memory the program has at most meanwhile, and what comes of it.
func measured(limit time.Duration, do func(context.Context) (string, error)) (took time.Duration, most uint64, result string) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	runtime.GC()
	var peak atomic.Uint64
	done, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak.Store(max(peak.Load(), m.HeapInuse))
			select {
			case <-done:
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}()
	begin := time.Now()
	result, err := do(ctx)
	took = time.Since(begin)
	close(done)
	<-stopped
	if err != nil {
		result = err.Error()
	}
	return took, peak.Load(), result
}

// lints loads a policy of n rules and looks for all that is to be told of it.
func (k kind) lints(n int, mode string) func(context.Context) (string, error) {
	text := k.text(n, mode, -1)
	return func(ctx context.Context) (string, error) {
		prog, err := interp.LoadText(ctx, "rules.ctl", text)
		if err != nil {
			return "", err
		}
		r, err := analysis.Lint(ctx, prog, analysis.LintOptions{})
		if err != nil {
			return "", err
		}
		complete := "complete"
		if len(r.Notes) > 0 {
			complete = strings.Join(r.Notes, "; ")
		}
		return fmt.Sprintf("%d findings, %s", len(r.Findings), complete), nil
	}
}

// difference loads two versions, of which one rule differs, and looks for the cases that do.
func (k kind) difference(n int, mode string) func(context.Context) (string, error) {
	was, is := k.text(n, mode, -1), k.text(n, mode, n/2)
	return func(ctx context.Context) (string, error) {
		var of [2]*interp.Policy
		for i, text := range []string{was, is} {
			prog, err := interp.LoadText(ctx, "rules.ctl", text)
			if err != nil {
				return "", err
			}
			if of[i], err = prog.Policy("p"); err != nil {
				return "", err
			}
		}
		old, err := of[1].Program().Rebase(of[0])
		if err != nil {
			return "", err
		}
		on := of[1].Program().LatestDate()
		d, err := analysis.Diff(ctx, interp.Dated{Policy: old.Policy, On: on}, interp.Dated{Policy: of[1], On: on}, analysis.DiffOptions{Groups: 20})
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%d changes", len(d.Changes)), nil
	}
}
