package render

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/interp"
)

// TestRun is how one test, or one row of a table of cases, came out.
type TestRun struct {
	Name      string
	Place     string // file:line:col
	Given     *interp.Case
	Decisions []*interp.Decision
	Failures  []string
	Took      time.Duration
}

// Passed says whether every expectation was met.
func (t *TestRun) Passed() bool { return len(t.Failures) == 0 }

// WriteTests shows the tests that failed, each with what was given, and the count.
func WriteTests(w io.Writer, runs []*TestRun, st Style) {
	failed := 0
	for _, t := range runs {
		if !t.Passed() {
			failed++
			writeFailure(w, t, st)
		}
	}
	fmt.Fprintf(w, "%d passed, %d failed\n", len(runs)-failed, failed)
}

func writeFailure(w io.Writer, t *TestRun, st Style) {
	fmt.Fprintf(w, "%s %s %s\n", st.paint(red, "FAIL"), st.paint(bold, plain.Line(t.Name)), st.paint(dim, "("+t.Place+")"))
	for _, f := range t.Failures {
		for i, line := range strings.Split(f, "\n") {
			lead := "- "
			if i > 0 {
				lead = "  "
			}
			fmt.Fprint(w, st.Wrap("  ", lead, line))
		}
	}
	if t.Given != nil {
		fmt.Fprint(w, st.Wrap("  ", "given ", facts(t.Given)))
	}
}

// facts is a case in one sentence.
func facts(c *interp.Case) string {
	var parts []string
	for _, f := range c.Facts() {
		parts = append(parts, f.String())
	}
	if len(parts) == 0 {
		parts = []string{"no facts"}
	}
	if c.Date() != interp.NoDate {
		parts = append(parts, asOf(c.Date()))
	}
	return strings.Join(parts, ", ")
}

// Tests is a run of tests for JSON.
type Tests struct {
	Tests  []Test `json:"tests"`
	Passed int    `json:"passed"`
	Failed int    `json:"failed"`
}

// Test is one test of a run for JSON.
type Test struct {
	Name      string           `json:"name"`
	At        string           `json:"at"`
	Passed    bool             `json:"passed"`
	Failures  []string         `json:"failures"`
	Decisions []json.Marshaler `json:"decisions"`
}

// TestsJSON is a run of tests as JSON has it.
func TestsJSON(runs []*TestRun) *Tests {
	out := &Tests{Tests: []Test{}}
	for _, t := range runs {
		j := Test{Name: t.Name, At: t.Place, Passed: t.Passed(), Failures: texts(t.Failures), Decisions: []json.Marshaler{}}
		for _, d := range t.Decisions {
			j.Decisions = append(j.Decisions, d.About(t.Given))
		}
		out.Tests = append(out.Tests, j)
		if j.Passed {
			out.Passed++
		} else {
			out.Failed++
		}
	}
	return out
}
