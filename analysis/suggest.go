package analysis

import (
	"context"
	"fmt"
	"math/bits"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
)

// Suggestion is a test that is missing: what the policy says of a case that some
// mutants would answer otherwise.
type Suggestion struct {
	Case     *interp.Case
	Decision *interp.Decision
	Kills    []*Mutant
	Test     string // for the rule file
}

// Suggest finds new tests that notice the survivors of a mutation: as few cases as
// will do for each policy and day, each checked by the interpreter. Mutants that no
// case with a certain answer shows are left out: those survive without a test.
func Suggest(ctx context.Context, prog *interp.Program, report *MutationReport) (_ []Suggestion, err error) {
	defer giveUp(ctx, &err)
	m := &mutation{ctx: ctx, prog: prog, out: report}
	open := slices.Clone(report.Survivors)
	var out []Suggestion
	for _, s := range m.stages(open) {
		if len(open) == 0 {
			break
		}
		found, err := s.suggest(open, len(out))
		if err != nil {
			return nil, err
		}
		for _, x := range found {
			out = append(out, x)
			open = slices.DeleteFunc(open, func(y *Mutant) bool { return slices.Contains(x.Kills, y) })
		}
	}
	return out, nil
}

// mostSigned bounds the mutants that are covered together.
const mostSigned = 60

// region is the cases that show exactly some of the mutants.
type region struct {
	kills uint64
	cases dd.Node
}

// suggest covers the mutants that a stage shows.
func (s *stage) suggest(open []*Mutant, numbered int) ([]Suggestion, error) {
	f := s.original()
	var here []*Mutant
	var differ []dd.Node
	for _, x := range open {
		if d := s.apart(f, x); d != dd.False && len(here) < mostSigned {
			here, differ = append(here, x), append(differ, d)
		}
	}
	if s.err != nil || len(here) == 0 {
		return nil, s.fail()
	}
	var out []Suggestion
	for _, r := range fewest(s.ctx, s.regions(differ)) {
		x, err := s.suggestion(f, r, here, numbered+len(out)+1)
		if err != nil {
			return nil, err
		}
		if x != nil {
			out = append(out, *x)
		}
	}
	return out, s.fail()
}

// mostRegions bounds the regions told apart. Past it some are left out, and the
// cover may not be the smallest.
const mostRegions = 2000

// regions splits the cases by which mutants they show.
func (s *stage) regions(differ []dd.Node) []region {
	out := []region{{0, s.care}}
	for i, d := range differ {
		var next []region
		for _, r := range out {
			in := s.and(r.cases, d)
			if in != dd.False {
				next = append(next, region{r.kills | 1<<i, in})
			}
			if rest := s.diff(r.cases, in); rest != dd.False {
				next = append(next, region{r.kills, rest})
			}
		}
		if len(next) > mostRegions {
			slices.SortStableFunc(next, func(a, b region) int { return bits.OnesCount64(b.kills) - bits.OnesCount64(a.kills) })
			next = keepEach(next, i+1)
		}
		out = next
	}
	out = slices.DeleteFunc(out, func(r region) bool { return r.kills == 0 })
	return maximal(out)
}

// keepEach is the first regions, and one for each mutant.
func keepEach(rs []region, n int) []region {
	out := rs[:mostRegions:mostRegions]
	for i := range n {
		if !slices.ContainsFunc(out, func(r region) bool { return r.kills&(1<<i) != 0 }) {
			if j := slices.IndexFunc(rs, func(r region) bool { return r.kills&(1<<i) != 0 }); j >= 0 {
				out = append(out, rs[j])
			}
		}
	}
	return out
}

// maximal leaves out the regions that show nothing that another does not.
func maximal(rs []region) []region {
	slices.SortStableFunc(rs, func(a, b region) int { return bits.OnesCount64(b.kills) - bits.OnesCount64(a.kills) })
	var out []region
	for _, r := range rs {
		if !slices.ContainsFunc(out, func(o region) bool { return r.kills&^o.kills == 0 }) {
			out = append(out, r)
		}
	}
	return out
}

// coverSteps bounds the search for the smallest cover; past it, the best found is taken.
const coverSteps = 200_000

// fewest is a smallest set of regions that shows every mutant that any of them shows.
func fewest(ctx context.Context, rs []region) []region {
	all := uint64(0)
	for _, r := range rs {
		all |= r.kills
	}
	c := coverSearch{ctx: ctx, rs: rs, left: coverSteps}
	c.best = greedyCover(rs, all)
	c.search(all, nil)
	return c.best
}

func greedyCover(rs []region, open uint64) []region {
	var out []region
	for open != 0 {
		best := slices.MaxFunc(rs, func(a, b region) int { return bits.OnesCount64(a.kills&open) - bits.OnesCount64(b.kills&open) })
		out = append(out, best)
		open &^= best.kills
	}
	return out
}

type coverSearch struct {
	ctx  context.Context
	rs   []region
	best []region
	left int
}

// search tries every region that shows the mutant that fewest regions show.
func (c *coverSearch) search(open uint64, taken []region) {
	if open == 0 {
		if len(taken) < len(c.best) {
			c.best = slices.Clone(taken)
		}
		return
	}
	most := 0
	for _, r := range c.rs {
		most = max(most, bits.OnesCount64(r.kills&open))
	}
	need := (bits.OnesCount64(open) + most - 1) / most
	if c.left--; c.left <= 0 || len(taken)+need >= len(c.best) || c.ctx.Err() != nil {
		return
	}
	pick, count := 0, len(c.rs)+1
	for b := open; b != 0; b &= b - 1 {
		i := bits.TrailingZeros64(b)
		n := 0
		for _, r := range c.rs {
			if r.kills&(1<<i) != 0 {
				n++
			}
		}
		if n < count {
			pick, count = i, n
		}
	}
	for _, r := range c.rs {
		if r.kills&(1<<pick) != 0 {
			c.search(open&^r.kills, append(taken, r))
		}
	}
}

// suggestion is a test with a case of the region, with few facts; nil where the
// region hangs on what the analysis cannot look into, and no trial finds one.
func (s *stage) suggestion(f dd.Node, r region, here []*Mutant, number int) (*Suggestion, error) {
	var best []dd.Choice // none where any case is one of the region
	fewest, found := anyFacts, false
	for _, l := range s.leaves(f) {
		good := s.and(r.cases, s.is(f, l))
		choices, ok := s.smallest(good, s.diff(s.care, good), fewest, s.Store.Size(good) > largeSize)
		if !ok {
			continue
		}
		e := &exampler{g: s.graph, blank: s.Point(s.NewCase())}
		if n := e.cost(choices); !found || n < fewest {
			best, fewest, found = choices, n, true
		}
	}
	out := &Suggestion{}
	if found {
		out.Case = s.Case(best, s.on)
	} else {
		out.Case = s.sought(f, r, here)
	}
	if out.Case == nil || !out.Case.InWords() {
		return nil, s.fail()
	}
	var err error
	if out.Decision, err = s.p.Unobserved(s.ctx, out.Case); err != nil {
		return nil, fmt.Errorf("deciding a suggested case: %w", err)
	}
	for i, x := range here {
		if r.kills&(1<<i) == 0 {
			continue
		}
		d, err := s.variants[x].Unobserved(s.ctx, out.Case)
		if err == nil && !notices(out.Decision, d) {
			return nil, fmt.Errorf("mistake in the analysis: a suggested case does not show `%s` (%v)", x.Text, out.Case.Sentences())
		}
		out.Kills = append(out.Kills, x)
	}
	out.Test = out.Case.AsTest(fmt.Sprintf("%s: case %d", s.p.Name, number), out.Decision)
	return out, nil
}

// sought is a case of the region, found by trial, that shows its mutants.
func (s *stage) sought(f dd.Node, r region, here []*Mutant) *interp.Case {
	for _, l := range s.leaves(f) {
		good := s.and(r.cases, s.is(f, l))
		found := s.seek(good, s.diff(s.care, good), s.on, func(c *interp.Case) bool {
			now, err := s.p.Unobserved(s.ctx, c)
			for i, x := range here {
				if err != nil || r.kills&(1<<i) == 0 {
					continue
				}
				var then *interp.Decision
				if then, err = s.variants[x].Unobserved(s.ctx, c); err == nil && !notices(now, then) {
					return false
				}
			}
			return err == nil
		})
		if found != nil {
			return found
		}
	}
	return nil
}
