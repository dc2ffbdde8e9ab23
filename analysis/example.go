package analysis

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
)

// exampleSteps bounds the search for a case with the fewest facts. Past it the
// case is one from which no fact can be left out.
const exampleSteps = 2500

// exampler looks for cases with few facts. A fact that has a default and is not
// given is at its default, which costs nothing; neither does the name of a thing.
type exampler struct {
	g     *graph
	blank []int // the cells of a case in which nothing is given
	left  int
	tried map[pair]int // 1 + the most facts that were tried in vain
	found [][]dd.Choice
}

// pair is what is wanted and what must not be, as far as facts are chosen.
type pair struct{ good, bad dd.Node }

// smallest is a case of fewest facts after which, whatever the others are, a real
// case lies in good: the facts force it out of bad. Of those with as few facts it
// takes one with the fewest facts that are yes, then the lowest cells. Within most
// facts; not ok where there is none. A quick search ends with a case from which no
// fact can be left out.
func (g *graph) smallest(good, bad dd.Node, most int, quick bool) (choices []dd.Choice, ok bool) {
	if opaque := g.opaque(good, bad); len(opaque) > 0 {
		good, bad = g.forall(good, opaque), g.exists(bad, opaque)
	}
	if good == dd.False || g.err != nil {
		return nil, false
	}
	e := &exampler{g: g, blank: g.Point(g.NewCase()), left: exampleSteps, tried: map[pair]int{}}
	first := e.greedy(good, bad)
	cost := e.cost(first)
	if quick {
		return e.complete(good, first), cost <= most
	}
	for k := 0; k <= min(cost, most) && e.left > 0 && len(e.found) == 0; k++ {
		e.extend(pair{good, bad}, k, nil)
	}
	if len(e.found) == 0 {
		return e.complete(good, first), cost <= most
	}
	best := slices.MinFunc(e.found, e.compare)
	return e.complete(good, best), true
}

// greedy is a way to good from which no choice can be left out.
func (e *exampler) greedy(good, bad dd.Node) []dd.Choice {
	st := e.g.Store
	path, _ := st.Path(good, 1, func(v, cell int) int64 {
		if e.blank[v] == cell {
			return 0
		}
		return 1
	})
	for i := 0; i < len(path); {
		fewer := slices.Delete(slices.Clone(path), i, i+1)
		if e.free(path[i].Var) && e.forced(bad, fewer) {
			path = fewer
		} else {
			i++
		}
	}
	return path
}

// free says whether a variable may be left open. One with a default may not, since
// what is not given has it; nor the name of a thing on which the answer hangs,
// without which nobody can picture a case.
func (e *exampler) free(v int) bool { return e.blank[v] == dd.Unknown && !e.g.Identity(v) }

// forced says whether no case with the choices, all else at will, lies in bad.
func (e *exampler) forced(bad dd.Node, choices []dd.Choice) bool {
	known := map[int]int{}
	for v, cell := range e.blank {
		if cell != dd.Unknown {
			known[v] = cell
		}
	}
	for _, c := range choices {
		known[c.Var] = c.Cell
	}
	return e.g.keep(e.g.Store.Constrain(bad, known)) == dd.False
}

// cost is how many facts have to be given for the choices.
func (e *exampler) cost(choices []dd.Choice) int {
	n := 0
	for i, c := range choices {
		if e.costs(choices[:i], c) {
			n++
		}
	}
	return n
}

// costs says whether a further choice gives a further fact.
func (e *exampler) costs(above []dd.Choice, c dd.Choice) bool {
	if e.blank[c.Var] == c.Cell || e.g.Identity(c.Var) {
		return false
	}
	for _, v := range e.g.SameFact(c.Var) {
		if slices.ContainsFunc(above, func(a dd.Choice) bool { return a.Var == v && e.blank[v] != a.Cell }) {
			return false
		}
	}
	return true
}

// extend looks for all ways to force good with at most k further facts.
func (e *exampler) extend(p pair, k int, above []dd.Choice) {
	g := e.g
	if p.good == dd.False || g.err != nil {
		return
	}
	v := e.first(p)
	if p.bad == dd.False && (v < 0 || e.reachable(p.good)) {
		e.found = append(e.found, slices.Clone(above))
		return
	}
	if v < 0 || e.tried[p] > k || e.left <= 0 {
		return
	}
	e.left--
	before := len(e.found)
	if e.free(v) {
		e.extend(pair{g.exists(p.good, []int{v}), g.exists(p.bad, []int{v})}, k, above)
	}
	seen := map[pair]bool{}
	for cell := range g.Store.Domain(v) {
		q := pair{g.keep(g.Store.Restrict(p.good, v, cell)), g.keep(g.Store.Restrict(p.bad, v, cell))}
		c := dd.Choice{Var: v, Cell: cell}
		left := k
		if e.costs(above, c) {
			left--
		}
		if left < 0 || e.blank[v] != cell && seen[q] {
			continue
		}
		seen[q] = true
		e.extend(q, left, append(above, c))
	}
	if len(e.found) == before && e.left > 0 {
		e.tried[p] = k + 1
	}
}

// reachable says whether good can be had with all facts not chosen at their defaults.
func (e *exampler) reachable(good dd.Node) bool {
	known := map[int]int{}
	for _, v := range e.g.Store.Support(good) {
		if e.blank[v] != dd.Unknown {
			known[v] = e.blank[v]
		}
	}
	return e.g.keep(e.g.Store.Constrain(good, known)) != dd.False
}

// first is the first variable on which the two depend; -1 for none.
func (e *exampler) first(p pair) int {
	first := -1
	for _, f := range []dd.Node{p.bad, p.good} {
		if vars := e.g.Store.Support(f); len(vars) > 0 && (first < 0 || vars[0] < first) {
			first = vars[0]
		}
	}
	return first
}

// compare prefers few facts that are yes, then low cells of early variables.
func (e *exampler) compare(a, b []dd.Choice) int {
	if x, y := e.affirmed(a), e.affirmed(b); x != y {
		return x - y
	}
	return slices.CompareFunc(a, b, func(x, y dd.Choice) int {
		if x.Var != y.Var {
			return x.Var - y.Var
		}
		return x.Cell - y.Cell
	})
}

// affirmed counts the yes-or-no facts among the choices that are yes.
func (e *exampler) affirmed(choices []dd.Choice) int {
	n := 0
	for _, c := range choices {
		if c.Cell == 1 && e.g.Store.Domain(c.Var) == 2 && e.blank[c.Var] != c.Cell {
			n++
		}
	}
	return n
}

// complete leaves out what is at its default, and tells of a set that is given all
// there is to tell.
func (e *exampler) complete(good dd.Node, choices []dd.Choice) []dd.Choice {
	var out []dd.Choice
	known := map[int]int{}
	for _, c := range choices {
		known[c.Var] = c.Cell
		if e.blank[c.Var] != c.Cell {
			out = append(out, c)
		}
	}
	witness := map[int]int{}
	if path, ok := e.g.Store.Path(e.g.keep(e.g.Store.Constrain(good, known)), 1, nil); ok {
		for _, c := range path {
			witness[c.Var] = c.Cell
		}
	}
	for _, c := range slices.Clone(out) {
		for _, v := range e.g.SameFact(c.Var) {
			if slices.ContainsFunc(out, func(o dd.Choice) bool { return o.Var == v }) {
				continue
			}
			cell, told := known[v]
			if !told {
				cell = witness[v]
			}
			out = append(out, dd.Choice{Var: v, Cell: cell})
		}
	}
	return out
}

// whole is a case in which every fact that matters is given, for a check that does
// not rest on diagrams.
func (g *graph) whole(good dd.Node, choices []dd.Choice) ([]dd.Choice, bool) {
	known := map[int]int{}
	for _, c := range choices {
		known[c.Var] = c.Cell
	}
	for v, cell := range g.Point(g.NewCase()) {
		if _, told := known[v]; !told && cell != dd.Unknown {
			known[v] = cell
		}
	}
	path, ok := g.Store.Path(g.keep(g.Store.Constrain(good, known)), 1, nil)
	if !ok {
		return nil, false
	}
	for _, c := range path {
		known[c.Var] = c.Cell
	}
	var out []dd.Choice
	for v := range g.Store.Vars() {
		if cell, told := known[v]; told || g.Names(v) {
			out = append(out, dd.Choice{Var: v, Cell: cell})
		}
	}
	return out, true
}
