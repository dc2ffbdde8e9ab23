package dd

import (
	"math"
	"slices"
)

// Unknown stands in a point for a variable whose cell is not known.
const Unknown = -1

// A Change is a set of variables that have to change, all of them, and what
// they can change to.
type Change struct {
	Vars []int  // sorted
	To   []Cube // the cells that work together, over Vars
}

// MinimalChanges returns all the sets of at most most variables, none of them
// holding another, by whose change alone the point comes to lie in f, whatever
// the variables still Unknown are. Only the allowed variables change. Where f
// is Impossible no change leads. Telling an Unknown variable is a change too.
// When the point lies in f already, the one set is empty.
//
// The result is exact. Smaller sets come first, then those of lower variables.
func (s *Store) MinimalChanges(f Node, point, allowed []int, most int) (changes []Change, err error) {
	defer s.catch(&err)
	q := flipSearch{s: s, point: point, may: make([]bool, len(s.domains))}
	if len(point) != len(s.domains) {
		failArgument("a point of %d variables, not %d", len(point), len(s.domains))
	}
	for _, v := range allowed {
		s.checkVar(v)
		q.may[v] = true
	}
	var unknown, tellable []int
	for _, v := range s.Support(f) {
		switch {
		case point[v] != Unknown:
			s.checkCell(v, point[v])
		case q.may[v]:
			tellable = append(tellable, v)
			fallthrough
		default:
			unknown = append(unknown, v)
		}
	}
	for told := range subsets(tellable, most) {
		q.search(f, without(unknown, told), told, most-len(told))
	}
	for _, set := range minimalSets(q.found) {
		changes = append(changes, Change{Vars: set, To: q.ways(f, unknown, set)})
	}
	return changes, nil
}

type flipSearch struct {
	s     *Store
	point []int
	may   []bool
	found [][]int
}

// search adds the sets that hold all of told and at most most known variables.
func (q *flipSearch) search(f Node, open, told []int, most int) {
	for _, set := range q.found {
		if isSubset(set, told) {
			return
		}
	}
	f = q.s.quantify(opStrict, False, f, open)
	for _, set := range q.sets(map[Node][][]int{}, f, most) {
		set = slices.Concat(set, told)
		slices.Sort(set)
		q.found = append(q.found, set)
	}
}

// sets returns the minimal sets of known variables whose change leads from a
// node to True. Variables told are free here.
func (q *flipSearch) sets(memo map[Node][][]int, f Node, most int) [][]int {
	if f == True {
		return [][]int{{}}
	}
	if q.s.isLeaf(f) {
		return nil
	}
	if sets, ok := memo[f]; ok {
		return sets
	}
	q.s.step()
	v := int(q.s.level(f))
	var all [][]int
	stay := f // no node leads to itself: nothing stays when the cell is unknown
	if q.point[v] != Unknown {
		stay = q.s.child(f, uint32(q.point[v]))
		all = append(all, q.sets(memo, stay, most)...)
	}
	for _, kid := range q.s.distinctKids(f) {
		switch {
		case kid == stay:
		case q.point[v] == Unknown:
			all = append(all, q.sets(memo, kid, most)...)
		case q.may[v]:
			for _, set := range q.sets(memo, kid, most) {
				if len(set) < most {
					all = append(all, append([]int{v}, set...))
				}
			}
		}
	}
	sets := minimalSets(all)
	memo[f] = sets
	return sets
}

// ways returns the cells by which the variables of a set lead to f.
func (q *flipSearch) ways(f Node, unknown, set []int) []Cube {
	s := q.s
	f = s.quantify(opStrict, False, f, without(unknown, set))
	fixed := slices.Clone(q.point)
	for _, v := range set {
		fixed[v] = Unknown
	}
	works := s.is(s.constrain(s.freshOp(), f, fixed, uint32(len(fixed)-1)), 1)
	c := s.newCoverer(works, works)
	cubes, _ := c.cover(math.MaxInt)
	return cubes
}

// minimalSets sorts sets of sorted variables by size and then by variable, and
// leaves out those that hold another.
func minimalSets(sets [][]int) [][]int {
	sets = slices.Clone(sets)
	slices.SortFunc(sets, func(a, b []int) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return slices.Compare(a, b)
	})
	var minimal [][]int
	for _, set := range sets {
		if !slices.ContainsFunc(minimal, func(m []int) bool { return isSubset(m, set) }) {
			minimal = append(minimal, set)
		}
	}
	return minimal
}

// isSubset reports whether all of a lie in b; both are sorted.
func isSubset(a, b []int) bool {
	i := 0
	for _, v := range b {
		if i < len(a) && a[i] == v {
			i++
		}
	}
	return i == len(a)
}

func without(vars, gone []int) []int {
	return slices.DeleteFunc(slices.Clone(vars), func(v int) bool { return slices.Contains(gone, v) })
}

// subsets yields the subsets of at most most elements, smaller ones first.
func subsets(of []int, most int) func(yield func([]int) bool) {
	return func(yield func([]int) bool) {
		var extend func(from, n int, set []int) bool
		extend = func(from, n int, set []int) bool {
			if n == 0 {
				return yield(slices.Clone(set))
			}
			for i := from; i+n <= len(of); i++ {
				if !extend(i+1, n-1, append(set, of[i])) {
					return false
				}
			}
			return true
		}
		for n := 0; n <= min(most, len(of)); n++ {
			if !extend(0, n, nil) {
				return
			}
		}
	}
}
