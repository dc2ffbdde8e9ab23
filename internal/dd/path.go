package dd

import (
	"math"
	"slices"
)

// A Choice gives a variable one cell.
type Choice struct{ Var, Cell int }

// A Cost says how unwelcome it is to name a variable with a cell in an example,
// at least 0. To name as few variables as possible first of all, and then
// prefer some cells, make it a large constant plus a small preference.
type Cost func(v, cell int) int64

func (c Cost) of(v, cell int) int64 {
	if c == nil {
		return 1
	}
	return c(v, cell)
}

// Path returns an example of f saying the leaf: choices after which, whatever
// the other variables are, f says it. Among the ways through the diagram it is
// one of least cost, then of fewest choices, then with the lowest cells. It
// reports false when f never says the leaf. With a nil cost each choice costs 1.
//
// Since a way through the diagram asks in the diagram's order, fewer choices
// may also do; Implicant finds those.
func (s *Store) Path(f Node, l Leaf, cost Cost) ([]Choice, bool) {
	order := s.reach(f)
	best := make([]route, len(order))
	for i, n := range order {
		best[i] = s.route(n, l, cost, best)
	}
	at := best[len(order)-1]
	if at.cost == unreachable {
		return nil, false
	}
	choices := make([]Choice, 0, at.length)
	for n := f; !s.isLeaf(n); n = at.to {
		at = best[s.where[n]]
		choices = append(choices, Choice{int(s.level(n)), at.cell})
	}
	return choices, true
}

// route is the best way from a node to the leaf wanted.
type route struct {
	cost   int64
	length int
	cell   int
	to     Node
}

const unreachable = math.MaxInt64

func (s *Store) route(n Node, l Leaf, cost Cost, best []route) route {
	if s.isLeaf(n) {
		if s.leafOf(n) == l {
			return route{}
		}
		return route{cost: unreachable}
	}
	found := route{cost: unreachable}
	v, c := int(s.level(n)), 0
	for _, r := range s.kids(n) {
		below := best[s.where[r.to]]
		for ; c <= int(r.hi); c++ {
			if below.cost == unreachable {
				c = int(r.hi) + 1
				break
			}
			total := below.cost + cost.of(v, c)
			if total < found.cost || total == found.cost && below.length+1 < found.length {
				found = route{cost: total, length: below.length + 1, cell: c, to: r.to}
			}
			if cost == nil {
				c = int(r.hi) + 1
				break
			}
		}
	}
	return found
}

// Implicant returns a smallest set of choices after which f can say nothing but
// the leaf, and does say it somewhere: one of fewest choices, then preferring
// low cells. Other choices of cells may be as good. It reports false when f
// never says the leaf. Where the search for the fewest takes more than an inner
// limit, the result is only such that no choice can be left out.
func (s *Store) Implicant(f Node, l Leaf) (choices []Choice, ok bool, err error) {
	defer s.catch(&err)
	found, _ := s.implicants(s.aim(f, l), 1, 0)
	if len(found) == 0 {
		return nil, false, nil
	}
	return found[0], true, nil
}

// aim turns the leaf wanted into 1 and every other possible leaf into 0.
func (s *Store) aim(f Node, l Leaf) Node {
	return s.mapLeaves(s.keyedOp('a', []int{int(l)}), f, func(m Leaf) Leaf {
		switch m {
		case l:
			return 1
		case Impossible:
			return Impossible
		}
		return 0
	})
}

// implicantSteps bounds the search for implicants of fewest choices.
const implicantSteps = 4000

// implicants returns up to most sets of choices that force a diagram over 0, 1
// and Impossible to 1, all of the fewest choices that do. Fewer than least are
// known not to. Where the search was given up they may not be the fewest; proved
// is how many choices are sure to be needed.
func (s *Store) implicants(f Node, most, least int) (found [][]Choice, proved int) {
	first, ok := s.Path(f, 1, nil)
	if !ok {
		return nil, least
	}
	search := implicantSearch{s: s, failed: s.failed, most: most, left: implicantSteps}
	clear(search.failed)
	defer func() { s.failed = search.failed }()
	last := len(first)
	if most == 1 {
		first = s.dropChoices(f, first)
		last = len(first) - 1 // the first will do
	}
	for k := least; k <= last; k++ {
		search.extend(f, k)
		if len(search.found) > 0 {
			return search.found, k
		}
		if search.left <= 0 {
			return [][]Choice{s.dropChoices(f, first)}, k
		}
	}
	return [][]Choice{first}, len(first)
}

// dropChoices leaves out choices, the first ones first, as long as the rest
// still force f to 1.
func (s *Store) dropChoices(f Node, choices []Choice) []Choice {
	for i := 0; i < len(choices); {
		fewer := slices.Delete(slices.Clone(choices), i, i+1)
		g := f
		for _, c := range fewer {
			g = s.restrict(g, uint32(c.Var), uint32(c.Cell))
		}
		if s.forced(g) {
			choices = fewer
		} else {
			i++
		}
	}
	return choices
}

// forced reports whether a diagram over 0, 1 and Impossible says 1 and never 0.
func (s *Store) forced(f Node) bool { return s.says(f, saysYes) && !s.says(f, saysNo) }

type implicantSearch struct {
	s      *Store
	failed []int32 // by node: 1 + the most choices that were tried in vain
	most   int
	left   int
	above  []Choice // those made
	found  [][]Choice
}

// extend looks for sets of at most k further choices that force f to 1. The
// variable asked first in f is either left free, which leaves the points where
// all its cells agree, or chosen.
func (q *implicantSearch) extend(f Node, k int) {
	s := q.s
	if s.forced(f) {
		q.found = append(q.found, slices.Clone(q.above))
		return
	}
	if k == 0 || s.isLeaf(f) || int(f) < len(q.failed) && int(q.failed[f]) > k || q.left <= 0 {
		return
	}
	q.left--
	before := len(q.found)
	q.extend(s.agreed(f), k)
	v, cell := int(s.level(f)), 0
	runs := s.kids(f)
	for i, to := range runs {
		first := cell
		cell = int(to.hi) + 1
		if to.to == False || slices.ContainsFunc(runs[:i], func(r run) bool { return r.to == to.to }) {
			continue
		}
		if len(q.found) >= q.most {
			return
		}
		q.above = append(q.above, Choice{v, first})
		q.extend(to.to, k-1)
		q.above = q.above[:len(q.above)-1]
	}
	if len(q.found) == before && q.left > 0 {
		if more := int(f) + 1 - len(q.failed); more > 0 {
			q.failed = append(q.failed, make([]int32, max(more, len(s.nodes)-len(q.failed)))...)
		}
		q.failed[f] = int32(k + 1)
	}
}

// agreed is what f says for all cells of the variable asked first that are
// possible: 1 where all say it, 0 where one does.
func (s *Store) agreed(f Node) Node {
	kids := s.kids(f)
	r := kids[0].to
	for _, run := range kids[1:] {
		if r = s.apply(opStrict, r, run.to); r == False {
			break
		}
	}
	return r
}
