package analysis

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
)

// The bounds of a search for a case among values that the diagrams cannot look into.
const (
	mostSought = 12   // sets of cells that are looked into
	seekTrials = 2000 // cases tried in each
)

// seek looks for a real case in good where that hangs on opaque conditions: it tries
// values of the facts that those read, until every case that agrees with what is
// given stays out of bad, and shows says that the reference interpreter agrees. No
// fact of the case can be left out. It is nil where the trials find none.
func (g *graph) seek(good, bad dd.Node, on interp.Date, shows func(*interp.Case) bool) *interp.Case {
	trials := g.Trials(good)
	accept := func(c *interp.Case) bool { return g.staysOut(c, bad) && shows(c) }
	for range mostSought {
		path, ok := g.Store.Path(good, 1, nil)
		if !ok || g.err != nil {
			return nil
		}
		full, ok := g.whole(good, path)
		if !ok {
			full = path
		}
		left := seekTrials
		results := func(c *interp.Case) []interp.Trial {
			if !g.within(full, c) {
				return nil
			}
			return g.ResultTrials(good, c)
		}
		if c := try(g.Case(full, on), trials, results, accept, &left); c != nil {
			return pruned(c, accept)
		}
		cube := make(dd.Cube, len(path))
		for i, c := range path {
			cube[i] = dd.Lit{Var: c.Var, Cells: []int{c.Cell}}
		}
		good = g.diff(good, g.keep(g.Store.Cube(cube)))
	}
	return nil
}

// within says whether a case may lie in some cells, as far as it is known.
func (g *graph) within(cells []dd.Choice, c *interp.Case) bool {
	point := g.Point(c)
	return !slices.ContainsFunc(cells, func(ch dd.Choice) bool { return point[ch.Var] != dd.Unknown && point[ch.Var] != ch.Cell })
}

// staysOut says whether every case that agrees with what a case tells stays out of bad.
func (g *graph) staysOut(c *interp.Case, bad dd.Node) bool {
	known := map[int]int{}
	for v, cell := range g.Point(c) {
		if cell != dd.Unknown {
			known[v] = cell
		}
	}
	return g.keep(g.Store.Constrain(bad, known)) == dd.False && g.err == nil
}

// try gives the facts of the trials their values in turn, all combinations of them, and then the
// results of functions that are missing.
func try(c *interp.Case, trials []interp.Trial, results func(*interp.Case) []interp.Trial, accept func(*interp.Case) bool, left *int) *interp.Case {
	if *left--; *left < 0 {
		return nil
	}
	if len(trials) == 0 {
		if accept(c) {
			return c
		}
		if trials = results(c); len(trials) == 0 {
			return nil
		}
		trials = trials[:1] // what else is called may hang on it
	}
	for _, v := range trials[0].Values {
		next := c.Clone()
		if next.Set(trials[0].Fact, v) != nil { // such as a value that a constraint of the fact refuses
			continue
		}
		if found := try(next, trials[1:], results, accept, left); found != nil {
			return found
		}
	}
	return nil
}

// pruned leaves out every fact without which a case is still accepted.
func pruned(c *interp.Case, accept func(*interp.Case) bool) *interp.Case {
	for _, f := range c.Facts() {
		fewer := c.Clone()
		if fewer.Forget(f.Name) == nil && accept(fewer) {
			c = fewer
		}
	}
	return c
}
