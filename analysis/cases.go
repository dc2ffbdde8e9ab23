package analysis

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

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

// CaseCount is how many cases went from one answer to another, or to other obligations
// with the same answer. Undetermined is an answer here: a recorded case may lack facts.
type CaseCount struct {
	From, To  string
	Direction Direction
	Cases     int
}

// ChangedCase is a case that the two policies answer differently, or with other obligations.
type ChangedCase struct {
	Index        int // among the cases, from 0
	Case         *interp.Case
	Old, New     *interp.Decision
	Direction    Direction
	Lost, Gained []string // the obligations that are no longer required, and those that are added
}

// FailedCase is a case that could not be decided: one that breaks a constraint, say.
type FailedCase struct {
	Index int
	Err   error
}

// DiffCases decides recorded cases under two policies. A case that has a date of its
// own is decided as of that date under both, unless onDates says to take the policies'.
func DiffCases(ctx context.Context, old, new interp.Dated, cases []*interp.Case, onDates bool) (_ *CaseDifference, err error) {
	defer giveUp(ctx, &err)
	out := &CaseDifference{Cases: len(cases)}
	counts := map[CaseCount]int{}
	for i, c := range cases {
		if ctx.Err() != nil {
			break
		}
		before, after := c, c
		if onDates {
			before, after = c.Clone(), c.Clone()
			before.SetDate(old.On)
			after.SetDate(new.On)
		}
		a, err := old.Policy.Unobserved(ctx, before)
		var b *interp.Decision
		if err == nil {
			b, err = new.Policy.Unobserved(ctx, after)
		}
		switch {
		case err != nil:
			out.Failed++
			out.Failures = append(out.Failures, FailedCase{i, err})
		default:
			x, same := changedCase(i, c, a, b)
			if same {
				out.Same++
				continue
			}
			out.Changed = append(out.Changed, x)
			counts[CaseCount{From: a.Answer(), To: b.Answer(), Direction: x.Direction}]++
		}
	}
	for n, cases := range counts {
		n.Cases = cases
		out.Counts = append(out.Counts, n)
	}
	slices.SortFunc(out.Counts, func(x, y CaseCount) int {
		if x.Cases != y.Cases {
			return y.Cases - x.Cases
		}
		return strings.Compare(x.From+"\x00"+x.To+"\x00"+string(x.Direction), y.From+"\x00"+y.To+"\x00"+string(y.Direction))
	})
	return out, nil
}

// changedCase compares two decisions on a case.
func changedCase(i int, c *interp.Case, a, b *interp.Decision) (x ChangedCase, same bool) {
	x = ChangedCase{Index: i, Case: c, Old: a, New: b}
	x.Lost, x.Gained = missing(a.Obligations, b.Obligations), missing(b.Obligations, a.Obligations)
	switch {
	case a.Answer() != b.Answer() || !sameChoice(a, b):
		x.Direction = direction(interp.Possibility{Status: a.Status, Outcome: a.Outcome}, interp.Possibility{Status: b.Status, Outcome: b.Outcome})
	case len(x.Lost)+len(x.Gained) > 0 || !sameTexts(a.MayOblige, b.MayOblige):
		x.Direction = Obligations
	default:
		return x, true
	}
	return x, false
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
		if err := c.ReadJSON(ctx, fmt.Sprintf("%s, line %d", name, n), line); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}
