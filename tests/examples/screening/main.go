// Screening decides a night's shipments, one JSON object a line, on all cores:
//
//	screening --as-of 2025-06-01 < shipments.jsonl > answers.jsonl
//
// Answers come in the order of the shipments. A line that is no shipment has its error
// for an answer, and the others are decided all the same.
package main

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/ctl-lang/ctl/interp"
)

//go:embed screening.ctl
var rules string

func main() {
	asOf := flag.String("as-of", "", "the date of the shipments, YYYY-MM-DD")
	flag.Parse()
	counts, err := screen(context.Background(), os.Stdin, os.Stdout, *asOf)
	if err != nil {
		fmt.Fprintln(os.Stderr, "screening:", err)
		os.Exit(1)
	}
	fmt.Fprintln(os.Stderr, counts)
}

// answer is what is said of one shipment.
type answer struct {
	Line   int      `json:"line"`
	Answer string   `json:"answer"` // the outcome, undetermined, or error
	Rules  []string `json:"rules,omitempty"`
	Error  string   `json:"error,omitempty"`
}

// screen decides every line, and counts the answers.
func screen(ctx context.Context, in io.Reader, out io.Writer, asOf string) (map[string]int, error) {
	bound, err := bind(asOf)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	written := bufio.NewWriter(out)
	lines := &lines{in: bufio.NewReader(in)}
	n := 0
	for d, err := range bound.DecideSeq(ctx, lines.all()) {
		if ctx.Err() != nil {
			return counts, ctx.Err()
		}
		n++
		a := describe(n, d, err)
		counts[a.Answer]++
		if err := json.NewEncoder(written).Encode(a); err != nil {
			return counts, err
		}
	}
	return counts, errors.Join(lines.err, written.Flush())
}

// bind gets the policy ready for shipments as they come, in JSON.
func bind(asOf string) (*interp.Bound[interp.JSON], error) {
	prog, err := interp.LoadText(context.Background(), "screening.ctl", rules)
	if err != nil {
		return nil, err
	}
	policy, err := prog.Policy("night")
	if err != nil {
		return nil, err
	}
	bound, err := interp.Bind[interp.JSON](policy)
	if err != nil || asOf == "" {
		return bound, err
	}
	day, err := interp.ParseDate(asOf)
	if err != nil {
		return nil, err
	}
	return bound.On(day)
}

func describe(line int, d *interp.Decision, err error) answer {
	if err != nil {
		return answer{Line: line, Answer: "error", Error: err.Error()}
	}
	a := answer{Line: line, Answer: d.Answer()}
	for _, r := range d.Rules {
		a.Rules = append(a.Rules, r.Label)
	}
	return a
}

// lines are the lines of a text, and why they ended, if not at its end.
type lines struct {
	in  *bufio.Reader
	err error
}

func (l *lines) all() iter.Seq[interp.JSON] {
	return func(yield func(interp.JSON) bool) {
		for {
			line, err := l.in.ReadBytes('\n')
			if len(line) > 0 && !yield(interp.JSON(line)) {
				return
			}
			if err != nil {
				if !errors.Is(err, io.EOF) {
					l.err = err
				}
				return
			}
		}
	}
}
