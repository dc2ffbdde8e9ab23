package dd

import (
	"cmp"
	"math"
	"slices"
)

// An Asking says what is known before the first question. The zero value knows
// nothing.
type Asking struct {
	// Admitted lists the cells a variable can still have; variables not named
	// can have any.
	Admitted map[int][]int
	// Weights says how likely the cells are, for averages.
	Weights Weights
	// Aside are variables that are asked for only where no other is as good.
	Aside map[int]bool
	// Together are groups of variables of which one question tells all: its answers are
	// the combinations of their cells that are possible. A variable is in one group at
	// most; one that is in none is a question by itself.
	Together [][]int
	// Limit bounds the search for the best order, in states looked at; 0
	// means DefaultAskingLimit.
	Limit int
}

// DefaultAskingLimit is the limit of an Asking that names none.
const DefaultAskingLimit = 3000

// A Plan says how many questions lead to a decision. A question asks for the
// cell of a variable, or of all the variables of a group.
type Plan struct {
	// Depth is the number of questions that suffices whatever the answers are,
	// each being chosen in view of the answers before. It is 0 when f says only
	// one thing that is possible.
	Depth int
	// Exact tells that no order needs fewer than Depth in its worst case. When
	// the search was given up, Depth is what asking the first of Questions
	// and then in the diagram's order takes, and the questions are ranked by
	// that measure.
	Exact bool
	// Questions are a shortest list of variables that holds the best to ask now
	// and suffices for a decision: whatever the cells of the others are, they
	// cannot matter then. The best come first: fewest questions in the worst
	// case, then on average. (Without Impossible points all the variables that f
	// depends on are needed; with them, some may tell what others say.)
	Questions []Question
}

// A Question is a variable to ask for now; of a group it is the first that f depends
// on, and is asked for with all the others. Worst and Average count the
// questions needed when it is asked first, itself included; Average leaves out
// of account the variables that tell nothing, whose cells only make points
// impossible.
type Question struct {
	Var     int
	Worst   int
	Average float64
}

// Questions plans how to find out what f says. Points where f is Impossible do
// not occur. The plan is the same every time.
func (s *Store) Questions(f Node, a Asking) (p Plan, err error) {
	defer s.catch(&err)
	masks := s.masks(a.Admitted)
	if len(a.Admitted) > 0 {
		f = s.narrow(s.freshOp(), f, masks)
	}
	if a.Limit <= 0 {
		a.Limit = DefaultAskingLimit
	}
	f = s.telling(f)
	q := s.askerFor(f, s.groups(a.Together), s.shares(s.admittedWeights(a.Weights, masks)), a.Limit)
	root := q.at(f)
	p.Depth = q.depth(root)
	p.Questions = q.rank(root, a.Aside)
	if p.Exact = !q.gaveUp; !p.Exact {
		q.greedy = true
		p.Questions = q.rank(root, a.Aside)
		p.Depth = root.hi
		if len(p.Questions) > 0 {
			p.Depth = p.Questions[0].Worst
		}
	}
	return p, nil
}

// admittedWeights takes the weight from cells that are not admitted.
func (s *Store) admittedWeights(w Weights, masks [][]bool) Weights {
	result := make(Weights, len(s.domains))
	for v, mask := range masks {
		result[v] = w.of(v)
		if mask == nil {
			continue
		}
		cells := make([]int64, s.domains[v])
		total := int64(0)
		for c, in := range mask {
			if in {
				cells[c] = 1
				if old := w.of(v); old != nil {
					cells[c] = old[c]
				}
				total += cells[c]
			}
		}
		if total == 0 { // only cells without weight are left: take them as even
			for c, in := range mask {
				if in {
					cells[c] = 1
				}
			}
		}
		result[v] = cells
	}
	return result
}

// rank returns the questions worth asking, the best first.
func (q *asker) rank(r *searchState, aside map[int]bool) []Question {
	if !r.open {
		return nil
	}
	var all []Question
	asks := q.questions(r)
	for i := range asks {
		all = append(all, Question{Var: asks[i].v, Worst: q.worst(r, &asks[i])})
		if q.gaveUp && !q.greedy {
			return nil
		}
	}
	for i := range all {
		all[i].Average = q.averageOf(r, &asks[i], math.Inf(1))
		if q.gaveUp && !q.greedy {
			return nil
		}
	}
	slices.SortFunc(all, func(a, b Question) int {
		if a.Worst != b.Worst {
			return a.Worst - b.Worst
		}
		if math.Abs(a.Average-b.Average) > 1e-9 {
			return cmp.Compare(a.Average, b.Average)
		}
		if x, y := q.aside(a.Var, aside), q.aside(b.Var, aside); x != y {
			if y {
				return -1
			}
			return 1
		}
		return a.Var - b.Var
	})
	return q.enough(r.node, all)
}

// telling returns f without the variables that tell nothing: one that has a cell
// with which f says all it says with any other. To know that cell helps nobody, so
// that to ask for the variable never does, and how f is with it is all that there
// is to find out.
func (s *Store) telling(f Node) Node {
	for again := s.says(f, saysImpossible); again; {
		again = false
		for _, v := range s.Support(f) {
			merged := s.merge(f, v)
			for _, cell := range s.cellEnds(f, v) {
				if s.restrict(f, uint32(v), uint32(cell)) == merged {
					f, again = merged, true
					break
				}
			}
		}
	}
	return f
}

// Without returns f without those of the variables on which it does not hang: with any cell
// of one f says the same, wherever it is not Impossible.
func (s *Store) Without(f Node, vars ...int) (h Node, err error) {
	defer s.catch(&err)
	for _, v := range vars {
		if merged := s.merge(f, v); !s.says(merged, saysClash) {
			f = merged
		}
	}
	return f, nil
}

// merge returns what f says whatever the variables are, and clash where that depends on them.
func (s *Store) merge(f Node, vars ...int) Node {
	return s.quantify(opAgree, s.leaf(clash), f, vars)
}

// enough returns a shortest list of questions that holds the first and decides what
// f says in every possible point. Of lists as short, it is one without the questions
// ranked last.
func (q *asker) enough(f Node, ranked []Question) []Question {
	if !q.s.says(f, saysImpossible) {
		return ranked // all the variables f depends on
	}
	d := dropper{q: q, ranked: ranked, left: dropSteps}
	d.drop(f, len(ranked)-1, nil)
	return slices.DeleteFunc(ranked, func(a Question) bool { return slices.Contains(d.best, a.Var) })
}

// dropper looks for the most questions that need not be asked.
type dropper struct {
	q      *asker
	ranked []Question
	best   []int
	left   int
}

// dropSteps bounds the search for a shortest list; past it, what is left cannot be
// made shorter by leaving out.
const dropSteps = 1000

// drop tries to leave out the questions up to i, beside those that f is already without.
func (d *dropper) drop(f Node, i int, out []int) {
	if len(out) > len(d.best) {
		d.best = slices.Clone(out)
	}
	if i == 0 || len(out)+i <= len(d.best) || d.left <= 0 {
		return
	}
	d.left--
	v := d.ranked[i].Var
	if merged := d.q.s.merge(f, d.q.tells[v]...); !d.q.s.says(merged, saysClash) {
		d.drop(merged, i-1, append(out, v))
	}
	d.drop(f, i-1, out)
}
