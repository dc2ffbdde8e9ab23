package analysis

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/ctl-lang/ctl/interp"
)

// CaseDifference is what a change of policy does to recorded cases.
type CaseDifference struct {
	Cases    int // looked at
	Same     int // answered alike
	Failed   int // those that one of the policies could not decide
	Counts   []CaseCount
	Changed  []ChangedCase
	Failures []FailedCase
}

// CaseCount is how many cases went from one answer to another. Undetermined is an
// answer here: a recorded case may lack facts.
type CaseCount struct {
	From, To  string
	Direction Direction
	Cases     int
}

// ChangedCase is a case that the two policies answer differently.
type ChangedCase struct {
	Index    int // among the cases, from 0
	Case     *interp.Case
	Old, New *interp.Decision
}

// FailedCase is a case that could not be decided: one that breaks a constraint, say.
type FailedCase struct {
	Index int
	Err   error
}

// DiffCases decides recorded cases under two policies. A case that has a date of its
// own is decided as of that date under both, unless onDates says to take the policies'.
func DiffCases(ctx context.Context, old, new interp.Dated, cases []*interp.Case, onDates bool) (*CaseDifference, error) {
	out := &CaseDifference{Cases: len(cases)}
	counts := map[[2]string]*CaseCount{}
	for i, c := range cases {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		before, after := c, c
		if onDates {
			before, after = c.Clone(), c.Clone()
			before.SetDate(old.On)
			after.SetDate(new.On)
		}
		a, err := old.Policy.Decide(before)
		var b *interp.Decision
		if err == nil {
			b, err = new.Policy.Decide(after)
		}
		switch {
		case err != nil:
			out.Failed++
			out.Failures = append(out.Failures, FailedCase{i, err})
		case a.Answer() == b.Answer() && sameChoice(a, b):
			out.Same++
		default:
			out.Changed = append(out.Changed, ChangedCase{i, c, a, b})
			key := [2]string{a.Answer(), b.Answer()}
			if counts[key] == nil {
				from, to := interp.Possibility{Status: a.Status, Outcome: a.Outcome}, interp.Possibility{Status: b.Status, Outcome: b.Outcome}
				counts[key] = &CaseCount{From: key[0], To: key[1], Direction: direction(from, to)}
			}
			counts[key].Cases++
		}
	}
	for _, n := range counts {
		out.Counts = append(out.Counts, *n)
	}
	slices.SortFunc(out.Counts, func(x, y CaseCount) int {
		if x.Cases != y.Cases {
			return y.Cases - x.Cases
		}
		return bytes.Compare([]byte(x.From+"\x00"+x.To), []byte(y.From+"\x00"+y.To))
	})
	return out, nil
}

// sameChoice says whether two undetermined answers leave the same open.
func sameChoice(a, b *interp.Decision) bool {
	names := func(d *interp.Decision) []string {
		var out []string
		for _, p := range d.Possible {
			out = append(out, p.Name())
		}
		slices.Sort(out)
		return out
	}
	return a.Status != interp.Undetermined || slices.Equal(names(a), names(b))
}

// maxLine bounds a recorded case.
const maxLine = 16 << 20

// ReadCases reads recorded cases, one JSON object of facts a line; empty lines are
// passed over. The error names the line and is a lang.Diagnostics where the facts
// are not in order.
func ReadCases(ctx context.Context, prog *interp.Program, name string, r io.Reader) ([]*interp.Case, error) {
	var out []*interp.Case
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		c := prog.NewCase()
		if err := c.ReadJSON(fmt.Sprintf("%s, line %d", name, n), line); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}
