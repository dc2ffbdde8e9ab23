package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
)

// cover is a diagram as cubes over facts and terms, wherever care holds, and the rest that
// they leave.
func (w *wording) cover(f, care dd.Node, most int) (cubes []dd.Cube, rest dd.Node, err error) {
	f, care = w.throughTerms(f, care)
	cubes, rest, err = w.s.Store.CoverUpTo(f, care, most)
	if err == nil && rest == dd.False {
		w.name(cubes, f, care)
	}
	return cubes, rest, err
}

// name narrows the parts of cubes that have no name to ones that have, where the
// cubes together still say all of f: (CategoryI, to a partner) or CategoryII reads
// better than (category I or II, to a partner) or CategoryII.
func (w *wording) name(cubes []dd.Cube, f, care dd.Node) {
	k := &compiler{s: w.s, on: w.on}
	need := k.and(f, care)
	nodes := make([]dd.Node, len(cubes))
	for i, c := range cubes {
		nodes[i] = k.keep(w.s.Store.Cube(c))
	}
	for i, c := range cubes {
		left := dd.False // what the others do not say
		leave := func() dd.Node {
			if left == dd.False {
				left = need
				for o, g := range nodes {
					if o != i {
						left = k.keep(w.s.Store.Diff(left, g))
					}
				}
			}
			return left
		}
		narrowTo := func(narrow dd.Cube) bool {
			node := k.keep(w.s.Store.Cube(narrow))
			if k.keep(w.s.Store.Diff(leave(), node)) != dd.False || k.keep(w.s.Store.Diff(k.and(node, care), f)) != dd.False || k.err != nil {
				return false // it does not say all that is left, or more than f
			}
			cubes[i], c, nodes[i] = narrow, narrow, node
			return true
		}
		for _, lit := range slices.Clone(c) {
			if cells, still := c.Cells(lit.Var); !still || !slices.Equal(cells, lit.Cells) {
				continue
			}
			if slices.ContainsFunc(w.narrower(c, lit), narrowTo) {
				continue
			}
			if cells := w.needed(lit, leave); cells != nil && narrowTo(withCells(c, lit.Var, cells)) {
				continue
			}
			if cells := w.byData(c, lit, leave, f, care); cells != nil {
				narrowTo(withCells(c, lit.Var, cells))
			} else if cells := w.touched(need, nodes[i], lit); cells != nil {
				narrowTo(withCells(c, lit.Var, cells))
			}
		}
	}
}

// touched are the cells of a part of a cube in which cases that are meant lie, where the part has
// others too and no name: of values that no such case has nothing is said.
func (w *wording) touched(need, cube dd.Node, lit dd.Lit) []int {
	if v := w.s.vars[lit.Var]; len(lit.Cells) < 2 || v.opaque != nil || w.named(lit) {
		return nil
	}
	k := &compiler{s: w.s, on: w.on}
	classes, err := w.s.Store.Cofactors(k.and(need, cube), lit.Var)
	if err != nil || k.err != nil {
		return nil
	}
	var cells []int
	for _, c := range classes {
		if c.To != dd.False {
			cells = append(cells, c.Cells...)
		}
	}
	slices.Sort(cells)
	if len(cells) == 0 || len(cells) == len(lit.Cells) {
		return nil
	}
	return cells
}

// narrower are cubes with a part of one that has a name in its place, the best first.
func (w *wording) narrower(c dd.Cube, lit dd.Lit) []dd.Cube {
	v := w.s.vars[lit.Var]
	var out []dd.Cube
	if v.attr.toldBeside() {
		if thing := w.s.facts[v.fact.thingOf().fact()]; thing != nil {
			rest := slices.DeleteFunc(slices.Clone(c), func(l dd.Lit) bool {
				u := w.s.vars[l.Var]
				return l.Var == thing.index || u.attr.toldBeside() && u.fact.thingOf().fact() == thing.name
			})
			for _, cells := range thing.alone(thing.every()) {
				out = append(out, cubeWith(rest, dd.Lit{Var: thing.index, Cells: cells}))
			}
		}
		return out
	}
	if len(lit.Cells) < 2 || v.opaque != nil {
		return nil
	}
	names := v.alone(lit.Cells)
	if !w.named(lit) {
		names = append(names, w.names(lit)...)
	}
	for _, cells := range names {
		out = append(out, withCells(c, lit.Var, cells))
	}
	return append(out, w.conjunctions(c, lit)...)
}

// conjunctions are a cube narrowed to phrases about several facts, one of them that of a literal, if
// these lie within the cube.
func (w *wording) conjunctions(c dd.Cube, lit dd.Lit) []dd.Cube {
	var out []dd.Cube
	for _, p := range w.phrases {
		if _, about := p.cube.Cells(lit.Var); !about || len(p.cube) == 1 {
			continue
		}
		narrow, within := c, true
		for _, said := range p.cube {
			if cells, known := c.Cells(said.Var); known {
				within = within && !slices.ContainsFunc(said.Cells, func(i int) bool { return !slices.Contains(cells, i) })
				narrow = slices.DeleteFunc(slices.Clone(narrow), func(l dd.Lit) bool { return l.Var == said.Var })
			}
			narrow = cubeWith(narrow, said)
		}
		if within {
			out = append(out, narrow)
		}
	}
	return out
}

// withCells is a cube with other cells of a variable.
func withCells(c dd.Cube, v int, cells []int) dd.Cube {
	rest := slices.DeleteFunc(slices.Clone(c), func(l dd.Lit) bool { return l.Var == v })
	return cubeWith(rest, dd.Lit{Var: v, Cells: cells})
}

// cubeWith is a cube with a literal of a further variable.
func cubeWith(c dd.Cube, lit dd.Lit) dd.Cube {
	at, _ := slices.BinarySearchFunc(c, lit.Var, func(l dd.Lit, v int) int { return l.Var - v })
	return slices.Insert(slices.Clone(c), at, lit)
}

// named says whether a phrase says exactly a part of a cube.
func (w *wording) named(lit dd.Lit) bool {
	for _, p := range w.phrases {
		if p.denied != nil && p.cube[0].Var == lit.Var && (slices.Equal(p.cube[0].Cells, lit.Cells) || slices.Equal(p.denied[0].Cells, lit.Cells)) {
			return true
		}
	}
	return false
}

// mostAlone bounds how many identities are looked at for the one that is meant.
const mostAlone = 256

// alone are the single identities among some cells of a fact that is asked for the data of
// identities: one that is all that is meant says more than what its data have in common with
// those of others. Of one that is screened they are a few listed names.
func (v *variable) alone(cells []int) [][]int {
	most := 0
	switch {
	case len(cells) > mostAlone:
	case v.asksForData():
		most = 1
	case v.asksScreened():
		most = fewNames
	}
	var out [][]int
	for _, i := range cells {
		if c := v.cells[i]; len(c.values) > 0 && len(c.values) <= most && !c.none && !c.rest && !c.alike {
			out = append(out, []int{i})
		}
	}
	return out
}

// every lists the cells.
func (v *variable) every() []int {
	out := make([]int, len(v.cells))
	for i := range out {
		out[i] = i
	}
	return out
}

// names are the sets of cells within a part of a cube that phrases say, the largest first.
func (w *wording) names(lit dd.Lit) [][]int {
	var out [][]int
	for _, p := range w.phrases {
		if p.denied == nil || p.cube[0].Var != lit.Var {
			continue
		}
		for _, cells := range [][]int{p.cube[0].Cells, p.denied[0].Cells} {
			outside := slices.ContainsFunc(cells, func(i int) bool { return !slices.Contains(lit.Cells, i) })
			if len(cells) > 0 && !outside {
				out = append(out, cells)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b []int) int { return len(b) - len(a) })
	return out
}

// throughTerms puts a term's variable in the place of its facts where both
// diagrams look at those only through the term.
func (w *wording) throughTerms(f, care dd.Node) (dd.Node, dd.Node) {
	for _, j := range w.joint {
		if inBoth(w.s.Store.Support(f), j.vars) < 2 {
			continue
		}
		f2, ok := w.through(f, j)
		care2, cok := w.through(care, j)
		if ok && cok {
			f, care = f2, care2
		}
	}
	return f, care
}

// through is f with the term for its facts, if f is the same for all ways in which
// the term holds, and for all in which it does not.
func (w *wording) through(f dd.Node, j joint) (dd.Node, bool) {
	k := &compiler{s: w.s, on: w.on}
	st := w.s.Store
	not := k.not(j.f)
	yes := k.keep(st.Exists(k.and(f, j.f), j.vars...))
	no := k.keep(st.Exists(k.and(f, not), j.vars...))
	again := k.keep(st.Ite(j.f, yes, no))
	if k.err != nil || again != f {
		return f, false
	}
	g := k.keep(st.Ite(k.literal(j.spare, []bool{false, true}), yes, no))
	return g, k.err == nil
}

// condition is a diagram as a condition, wherever care holds, of at most most ways; rest is
// what they leave.
func (w *wording) condition(f, care dd.Node, most int) (said *Condition, rest dd.Node, err error) {
	cubes, rest, err := w.cover(f, care, most)
	ways := make([]*Condition, len(cubes))
	for i, c := range cubes {
		ways[i] = w.cubeSaid(c)
	}
	return factored(ways), rest, err
}

// brief is a diagram as a condition that a person reads, wherever care holds: all of it where
// that is short, else its first ways, and how many are left out, or with more at least; nil
// where it cannot be said.
func (w *wording) brief(f, care dd.Node) (said *Condition, further int, more bool) {
	f, care = w.throughTerms(f, care)
	said, rest, err := w.condition(f, care, mostCubes)
	switch {
	case err != nil:
		return nil, 0, false
	case rest == dd.False:
		return said, 0, false
	}
	whole, left, err := w.condition(f, care, mostWays)
	if err == nil && left == dd.False && whole.size() <= mostParts {
		return whole, 0, false
	}
	further, more = w.waysOf(rest, f, care)
	return said, further, more
}

// waysOf counts the ways of what some of the ways of a condition leave, up to mostCounted, and
// says whether there are more.
func (w *wording) waysOf(rest, f, care dd.Node) (n int, more bool) {
	k := &compiler{s: w.s, on: w.on}
	within := k.and(care, k.or(rest, k.not(f)))
	cubes, left, err := w.s.Store.CoverUpTo(rest, within, mostCounted)
	if err != nil || k.err != nil {
		return 1, true
	}
	return len(cubes), left != dd.False
}

// cubeSaid is a cube as a condition: its named parts first, then the facts.
func (w *wording) cubeSaid(c dd.Cube) *Condition {
	left := slices.Clone(c)
	var parts []*Condition
	for _, p := range w.phrases {
		if rest, ok := subtract(left, p.cube); ok {
			left = rest
			parts = append(parts, p.yes)
			continue
		}
		if p.denied != nil {
			if rest, ok := subtract(left, p.denied); ok {
				left = rest
				parts = append(parts, p.no)
			}
		}
	}
	return allOf(append(parts, w.facts(left)...)...)
}

// facts are the conditions of literals, without those that others say too: what is compared is
// there.
func (w *wording) facts(c dd.Cube) []*Condition {
	there := map[string]bool{}
	for _, lit := range c {
		if v := w.s.vars[lit.Var]; v.presence && lit.Cells[0] == 1 {
			there[v.name] = true
		}
	}
	var parts []*Condition
	said := map[string]bool{}
	for _, lit := range c {
		v := w.s.vars[lit.Var]
		switch {
		case v.set && there[v.name] && v.says(lit.Cells):
			said[v.name] = true
			parts = append(parts, v.setLies(lit.Cells, true))
		case v.opaque != nil && v.pair == nil && v.operandsAre(there):
			parts = append(parts, v.opaqueLies(lit.Cells, true))
		case !v.presence:
			parts = append(parts, v.lies(lit.Cells, w))
		}
	}
	for _, lit := range c {
		if v := w.s.vars[lit.Var]; v.presence && !said[v.name] {
			parts = append(parts, v.lies(lit.Cells, w))
		}
	}
	return parts
}

// says tells whether the words of a set's class are false where there is no set.
func (v *variable) says(cells []int) bool {
	class := v.cells[1]
	alone := v.first == nil && len(v.classes) == 1
	return cells[0] == 1 || !class.alike && (!class.rest || !class.grouped() && !alone)
}

// grouped says whether the texts of a cell are told apart by groups too.
func (c *cell) grouped() bool { return c.texts != nil && len(c.texts.groups) > 0 }

// subtract takes the literals of a phrase out of a cube that has exactly those.
func subtract(c, p dd.Cube) (dd.Cube, bool) {
	for _, lit := range p {
		cells, ok := c.Cells(lit.Var)
		if !ok || !slices.Equal(cells, lit.Cells) {
			return nil, false
		}
	}
	return slices.DeleteFunc(slices.Clone(c), func(l dd.Lit) bool { _, named := p.Cells(l.Var); return named }), true
}

func complement(cells []int, n int) []int {
	var out []int
	for i := range n {
		if !slices.Contains(cells, i) {
			out = append(out, i)
		}
	}
	return out
}
