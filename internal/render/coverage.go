package render

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/interp"
)

// WriteCoverage shows what tests exercise of the policies that they test, and what they
// leave out.
func WriteCoverage(w io.Writer, list []*analysis.Coverage, st Style) {
	for _, c := range list {
		fmt.Fprintf(w, "\n%s\n", st.paint(bold, c.Policy.Name+": "+plural(c.Tests, "test")))
		decide := 0
		for _, r := range c.Rules {
			if r.Decides > 0 {
				decide++
			}
		}
		both, clauses := 0, askingClauses(c)
		for _, k := range clauses {
			if k.True > 0 && k.False > 0 {
				both++
			}
		}
		fmt.Fprintf(w, "  rules    %d of %d decide in some test\n", decide, len(c.Rules))
		fmt.Fprintf(w, "  clauses  %d of %d hold in one test and not in another\n", both, len(clauses))
		fmt.Fprintf(w, "  answers  %d of %d are given in some test\n", len(c.Possible)-len(unreached(c)), len(c.Possible))
		if c.Paths > 0 {
			fmt.Fprintf(w, "  paths    %d of %d ways to an answer are taken\n", c.PathsReached, c.Paths)
		}
		for _, g := range gaps(c) {
			fmt.Fprint(w, st.Wrap("  ", "- ", g))
		}
	}
}

// askingClauses are the clauses that ask something of a case: `any` does not.
func askingClauses(c *analysis.Coverage) []analysis.ClauseCoverage {
	var out []analysis.ClauseCoverage
	for _, k := range c.Clauses {
		if strings.TrimPrefix(k.Clause.Text, string(k.Clause.Kind)+" ") != "any" {
			out = append(out, k)
		}
	}
	return out
}

// unreached are the answers that some case has, and no test.
func unreached(c *analysis.Coverage) []string {
	var out []string
	for _, a := range c.Possible {
		if !slices.Contains(c.Reached, a) {
			out = append(out, a)
		}
	}
	return out
}

// gaps says what the tests do not exercise.
func gaps(c *analysis.Coverage) []string {
	var out []string
	for _, r := range c.Rules {
		switch {
		case r.Applies == 0:
			out = append(out, r.Rule.Label+" applies in no test ("+r.Rule.Site().String()+")")
		case r.Decides == 0:
			out = append(out, r.Rule.Label+" decides in no test ("+r.Rule.Site().String()+")")
		}
	}
	for _, k := range askingClauses(c) {
		words := "`" + k.Clause.Text + "` of " + k.Clause.Rule.Label
		switch {
		case k.True == 0:
			out = append(out, words+" holds in no test ("+placeOf(k.Clause.Site)+")")
		case k.False == 0:
			out = append(out, words+" fails in no test ("+placeOf(k.Clause.Site)+")")
		}
	}
	for _, a := range unreached(c) {
		out = append(out, "no test ends with "+a)
	}
	return out
}

func placeOf(s interp.Site) string { return s.Source.Place(s.Span.Start) }

// WriteMutants shows the small changes of the rules that no test notices.
func WriteMutants(w io.Writer, m *analysis.MutationReport, st Style) {
	fmt.Fprintf(w, "\n%s\n", st.paint(bold, plural(m.Mutants, "small change")+" of the rules:"))
	fmt.Fprintf(w, "  %d noticed by a test\n  %d that change no answer\n  %d noticed by no test\n", m.Killed, m.Equivalent, len(m.Survivors))
	for _, s := range m.Survivors {
		fmt.Fprint(w, st.Wrap("  ", "- ", survivor(s)))
	}
	for _, n := range m.Notes {
		fmt.Fprint(w, st.Wrap("", "note: ", n))
	}
}

// survivor says a change: where it is made, and what it is.
func survivor(m *analysis.Mutant) string {
	where := m.Policy.Name
	if m.Rule != nil {
		where = m.Rule.Label
	}
	return where + ": " + m.Text + " (" + placeOf(m.Site) + ")"
}

// WriteSuggestions shows tests that would notice changes that none notices, as they can
// be put into a rule file, and says which of the changes they leave.
func WriteSuggestions(w io.Writer, m *analysis.MutationReport, list []analysis.Suggestion, st Style) {
	if len(m.Survivors) == 0 {
		fmt.Fprintln(w, "\nNo test is missing.")
		return
	}
	kills := map[*analysis.Mutant]bool{}
	for _, s := range list {
		for _, m := range s.Kills {
			kills[m] = true
		}
	}
	if len(list) > 0 {
		head := plural(len(list), "test") + " would notice " + strconv.Itoa(len(kills)) + " of them, if what the rules say now is right:"
		fmt.Fprintf(w, "\n%s\n", st.paint(bold, head))
	}
	for _, s := range list {
		fmt.Fprintln(w)
		for _, line := range strings.Split(strings.TrimRight(s.Test, "\n"), "\n") {
			fmt.Fprintln(w, plain.Line(line))
		}
	}
	if words := untested(m.Survivors, kills); words != "" {
		fmt.Fprint(w, "\n"+st.Wrap("", "", words))
	}
}

// untested says for how many of the changes that no test notices none could be built,
// and why; "" where there are none.
func untested(survivors []*analysis.Mutant, kills map[*analysis.Mutant]bool) string {
	left := 0
	var conditions []string
	for _, m := range survivors {
		if kills[m] {
			continue
		}
		left++
		for _, c := range m.HangsOn {
			if c = "`" + c + "`"; !slices.Contains(conditions, c) {
				conditions = append(conditions, c)
			}
		}
	}
	if left == 0 {
		return ""
	}
	text := "For " + strconv.Itoa(left) + " of them no test could be built"
	if len(conditions) > 0 {
		text += ", because they hang on conditions that the analysis cannot look into: " + strings.Join(conditions, ", ")
	}
	return text + "."
}
