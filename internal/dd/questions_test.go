package dd

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// oracle finds the best order of questions by trying all, on sets of points.
type oracle struct {
	s      *Store
	table  []Leaf
	points [][]int
	weight []float64
	ask    [][]int // the variables that each question tells
	memo   map[string]verdict
}

type verdict struct {
	worst   int
	average float64
}

// best returns the verdict on the points that are left and possible.
func (o *oracle) best(left []int) verdict {
	if !o.open(left) {
		return verdict{}
	}
	key := fmt.Sprint(left)
	if r, ok := o.memo[key]; ok {
		return r
	}
	r := verdict{math.MaxInt, 0}
	for _, vars := range o.ask {
		a, useful := o.asking(left, vars)
		if useful && (a.worst < r.worst || a.worst == r.worst && a.average < r.average) {
			r = a
		}
	}
	o.memo[key] = r
	return r
}

func (o *oracle) open(left []int) bool {
	for _, i := range left {
		if o.table[i] != o.table[left[0]] {
			return true
		}
	}
	return false
}

func (o *oracle) asking(left []int, vars []int) (verdict, bool) {
	r := verdict{}
	total, sum := 0.0, 0.0
	parts := o.answers(left, vars)
	if len(parts) == 1 {
		return r, false
	}
	for _, part := range parts {
		mass := 0.0
		for _, i := range part {
			mass += o.weight[i]
		}
		a := o.best(part)
		r.worst = max(r.worst, a.worst)
		total += mass
		sum += mass * a.average
	}
	return verdict{r.worst + 1, 1 + sum/total}, true
}

// answers are the points left in parts that differ in some of the variables.
func (o *oracle) answers(left, vars []int) [][]int {
	var parts [][]int
	at := map[string]int{}
	for _, i := range left {
		key := ""
		for _, v := range vars {
			key += fmt.Sprint(o.points[i][v], " ")
		}
		n, known := at[key]
		if !known {
			n = len(parts)
			at[key], parts = n, append(parts, nil)
		}
		parts[n] = append(parts[n], i)
	}
	return parts
}

// telling leaves one cell of each variable that tells nothing: with that cell,
// every point that is possible with another is possible too, and says the same.
func (o *oracle) telling(left []int) []int {
	for again := true; again; {
		again = false
		for v := range o.s.domains {
			for _, part := range o.answers(left, []int{v}) {
				if o.toldBy(left, part, v) && len(part) < len(left) {
					left, again = part, true
				}
			}
		}
	}
	return left
}

// toldBy reports whether a part of the points left, one cell of a variable, tells what
// the others say.
func (o *oracle) toldBy(left, part []int, v int) bool {
	says := map[string]Leaf{}
	name := func(i int) string {
		p := slices.Clone(o.points[i])
		p[v] = 0
		return fmt.Sprint(p)
	}
	for _, i := range part {
		says[name(i)] = o.table[i]
	}
	for _, i := range left {
		if l, ok := says[name(i)]; !ok || l != o.table[i] {
			return false
		}
	}
	return true
}

// drawTogether draws groups of variables.
func drawTogether(t *rapid.T, s *Store) [][]int {
	if rapid.Bool().Draw(t, "no groups") {
		return nil
	}
	groups := make([][]int, 2)
	for v := range s.domains {
		if i := rapid.IntRange(0, len(groups)).Draw(t, "group"); i < len(groups) {
			groups[i] = append(groups[i], v)
		}
	}
	return groups
}

func newOracle(s *Store, table []Leaf, a Asking) (*oracle, []int) {
	o := &oracle{s: s, table: table, points: eachPoint(s.domains), memo: map[string]verdict{}}
	for v := range s.domains {
		if !slices.ContainsFunc(a.Together, func(vars []int) bool { return slices.Contains(vars, v) }) {
			o.ask = append(o.ask, []int{v})
		}
	}
	for _, vars := range a.Together {
		if len(vars) > 0 {
			o.ask = append(o.ask, vars)
		}
	}
	var left []int
	for i, p := range o.points {
		weight := 1.0
		for v, c := range p {
			if a.Weights != nil {
				weight *= float64(a.Weights[v][c])
			}
		}
		o.weight = append(o.weight, weight)
		if within(a.Admitted, p) && table[i] != Impossible {
			left = append(left, i)
		}
	}
	return o, left
}

// question is the one that tells a variable.
func (o *oracle) question(v int) []int {
	return o.ask[slices.IndexFunc(o.ask, func(vars []int) bool { return slices.Contains(vars, v) })]
}

func TestQuestions(t *testing.T) {
	grouped := 0
	rapid.Check(t, func(t *rapid.T) {
		s := New(rapid.SliceOfN(rapid.IntRange(2, 3), 2, 5).Draw(t, "domains"), 0)
		leaves := []Leaf{0, 1, 2}
		if rapid.Bool().Draw(t, "constrained") {
			leaves = append(leaves, Impossible, Impossible)
		}
		f, tf := drawFunction(t, s, "f", leaves...)
		a := Asking{Admitted: drawAdmitted(t, s), Together: drawTogether(t, s), Limit: 1_000_000}
		if rapid.Bool().Draw(t, "weighted") {
			for _, n := range s.domains {
				a.Weights = append(a.Weights, rapid.SliceOfN(rapid.Int64Range(1, 9), n, n).Draw(t, "weights"))
			}
		}
		plan, err := s.Questions(f, a)
		if err != nil {
			t.Fatal(err)
		}
		o, left := newOracle(s, tf, a)
		want := o.best(left)
		if !plan.Exact || plan.Depth != want.worst {
			t.Fatalf("depth %d (exact %v), want %d", plan.Depth, plan.Exact, want.worst)
		}
		if (plan.Depth == 0) != (len(plan.Questions) == 0) {
			t.Fatalf("%d questions at depth %d", len(plan.Questions), plan.Depth)
		}
		telling := o.telling(left)
		best := o.best(telling)
		for i, q := range plan.Questions {
			asked := o.question(q.Var)
			if len(asked) > 1 && plan.Depth > 1 {
				grouped++
			}
			if a, useful := o.asking(left, asked); !useful || a.worst != q.Worst {
				t.Fatalf("%+v, want %+v (useful %v)", q, a, useful)
			}
			a, useful := o.asking(telling, asked)
			if !useful || a.worst != q.Worst || math.Abs(a.average-q.Average) > 1e-6 {
				t.Fatalf("%+v, want %+v (useful %v)", q, a, useful)
			}
			if i == 0 && (q.Worst != want.worst || math.Abs(q.Average-best.average) > 1e-6) {
				t.Fatalf("the best question is %+v, want %+v", q, best)
			}
		}
		checkEnough(t, o, left, plan)
	})
	if grouped == 0 && !testing.Short() { // a short run draws too few
		t.Error("no question of several tells more than one variable")
	}
}

// settles reports whether points that say different things differ in a question.
func (o *oracle) settles(left []int, questions []Question) bool {
	for _, i := range left {
		for _, j := range left {
			told := slices.ContainsFunc(questions, func(q Question) bool { return o.differ(i, j, o.question(q.Var)) })
			if o.table[i] != o.table[j] && !told {
				return false
			}
		}
	}
	return true
}

// differ reports whether two points differ in some of the variables.
func (o *oracle) differ(i, j int, vars []int) bool {
	return slices.ContainsFunc(vars, func(v int) bool { return o.points[i][v] != o.points[j][v] })
}

// checkEnough fails unless the questions settle every possible point, and no shorter
// list that holds the first does; without impossible points each can turn the decision.
func checkEnough(t *rapid.T, o *oracle, left []int, plan Plan) {
	if !o.settles(left, plan.Questions) {
		t.Fatalf("%v do not settle it", plan.Questions)
	}
	if len(plan.Questions) == 0 {
		return
	}
	best := o.question(plan.Questions[0].Var)[0]
	for set := range 1 << len(o.ask) {
		var fewer []Question
		for i, vars := range o.ask {
			if set>>i&1 == 1 {
				fewer = append(fewer, Question{Var: vars[0]})
			}
		}
		if len(fewer) < len(plan.Questions) && slices.ContainsFunc(fewer, func(q Question) bool { return q.Var == best }) && o.settles(left, fewer) {
			t.Fatalf("%v would do instead of %v", fewer, plan.Questions)
		}
	}
	if slices.Contains(o.table, Impossible) {
		return
	}
	for _, q := range plan.Questions {
		turns := false
		for _, i := range left {
			for _, j := range left {
				asked := o.question(q.Var)
				others := slices.DeleteFunc(allVars(o.s), func(v int) bool { return slices.Contains(asked, v) })
				turns = turns || !o.differ(i, j, others) && o.table[i] != o.table[j]
			}
		}
		if !turns {
			t.Fatalf("%d cannot matter", q.Var)
		}
	}
}

// Past its limit a plan is only a bound, but it holds and says so.
func TestQuestionsGivenUp(t *testing.T) {
	gaveUp := 0
	rapid.Check(t, func(t *rapid.T) {
		s := New(rapid.SliceOfN(rapid.IntRange(2, 3), 2, 4).Draw(t, "domains"), 0)
		f, tf := drawFunction(t, s, "f", 0, 1, 2, Impossible)
		a := Asking{Limit: 1, Together: drawTogether(t, s)}
		plan, err := s.Questions(f, a)
		if err != nil {
			t.Fatal(err)
		}
		o, left := newOracle(s, tf, a)
		if want := o.best(left); plan.Depth < want.worst || plan.Exact && plan.Depth != want.worst {
			t.Fatalf("depth %d (exact %v), want %d", plan.Depth, plan.Exact, want.worst)
		}
		if !plan.Exact {
			gaveUp++
			checkEnough(t, o, left, plan)
			for _, q := range plan.Questions {
				if a, _ := o.asking(left, o.question(q.Var)); q.Worst < a.worst {
					t.Fatalf("%+v promises too much: %+v", q, a)
				}
			}
		}
	})
	if gaveUp == 0 && !testing.Short() { // a short run draws too few
		t.Fatal("no search was given up")
	}
}

// A fact that tells three others saves their questions, though the decision
// does not speak of it.
func TestQuestionsThroughConstraint(t *testing.T) {
	s := New([]int{2, 2, 2, 8, 2}, 0)
	f := True
	care := True
	for v := range 3 {
		x, _ := s.Literal(v, []int{1})
		var cells []int
		for c := range 8 {
			if c>>v&1 == 1 {
				cells = append(cells, c)
			}
		}
		told, _ := s.Literal(3, cells)
		apart, _ := s.Xor(x, told)
		care, _ = s.Diff(care, apart)
		f, _ = s.And(f, x)
	}
	// Variable 4 is tied to variable 3 and tells nothing that matters.
	four, _ := s.Literal(4, []int{1})
	low, _ := s.Literal(3, []int{0})
	both, _ := s.And(four, low)
	care, _ = s.Diff(care, both)
	f, _ = s.Within(f, care)
	plan, err := s.Questions(f, Asking{})
	if err != nil {
		t.Fatal(err)
	}
	if plan.Depth != 1 || plan.Questions[0].Var != 3 {
		t.Fatalf("%+v", plan)
	}
	for _, q := range plan.Questions {
		if q.Var == 4 {
			t.Fatalf("a question that cannot matter: %+v", plan)
		}
	}
}

// Of two facts of which each tells the other one is asked for: either will do.
func TestQuestionsEither(t *testing.T) {
	s := New([]int{2, 2, 2}, 0)
	x, _ := s.Literal(0, []int{1})
	y, _ := s.Literal(2, []int{1})
	apart, _ := s.Xor(x, y)
	same, _ := s.Not(apart)
	f, _ := s.Within(x, same)
	plan, err := s.Questions(f, Asking{})
	if err != nil {
		t.Fatal(err)
	}
	if want := []Question{{0, 1, 1}}; plan.Depth != 1 || !slices.Equal(plan.Questions, want) {
		t.Fatalf("%+v", plan)
	}
	plan, err = s.Questions(f, Asking{Aside: map[int]bool{0: true}})
	if err != nil {
		t.Fatal(err)
	}
	if want := []Question{{2, 1, 1}}; !slices.Equal(plan.Questions, want) {
		t.Fatalf("%+v", plan)
	}
}

// One question tells a group: a set is asked for as a whole, however many elements
// conditions ask for.
func TestQuestionsTogether(t *testing.T) {
	for _, members := range []int{3, 20} {
		s := New(slices.Repeat([]int{2}, 2*members), 0)
		f := False
		var set []int
		for i := range members { // some member is in the set, and what is asked of it holds
			in, _ := s.Literal(2*i, []int{1})
			holds, _ := s.Literal(2*i+1, []int{1})
			both, _ := s.And(in, holds)
			f, _ = s.Or(f, both)
			set = append(set, 2*i)
		}
		plan, err := s.Questions(f, Asking{Together: [][]int{set}})
		if err != nil {
			t.Fatal(err)
		}
		if plan.Depth != members+1 || len(plan.Questions) != members+1 || plan.Questions[0].Var != 0 {
			t.Errorf("%d members: %+v", members, plan)
		}
		if plan, err = s.Questions(f, Asking{}); err != nil || plan.Depth != 2*members {
			t.Errorf("%d members one by one: %+v, %v", members, plan, err)
		}
	}
	s := New([]int{2, 2}, 0)
	f, _ := s.Literal(1, []int{1})
	if _, err := s.Questions(f, Asking{Together: [][]int{{0, 1}, {1}}}); !errors.Is(err, ErrArgument) {
		t.Errorf("a variable in two groups: %v", err)
	}
}

// TestWithout leaves out a variable only where f says the same with each of its cells that
// is possible.
func TestWithout(t *testing.T) {
	left := 0
	rapid.Check(t, func(t *rapid.T) {
		s := New([]int{2, 3, 2}, 1000)
		f, table := drawFunction(t, s, "f", 0, 1, Impossible)
		g, err := s.Without(f, 1)
		if err != nil {
			t.Fatal(err)
		}
		same := true
		said := map[[2]int]Leaf{}
		for i, p := range eachPoint(s.domains) {
			if table[i] == Impossible {
				continue
			}
			if l := s.Eval(g, p); l != table[i] {
				t.Fatalf("at %v it says %v for %v", p, l, table[i])
			}
			others := [2]int{p[0], p[2]}
			if l, known := said[others]; known && l != table[i] {
				same = false
			}
			said[others] = table[i]
		}
		if same == slices.Contains(s.Support(g), 1) {
			t.Fatalf("f says the same whatever the variable is: %v, and what is left hangs on %v", same, s.Support(g))
		}
		if same && slices.Contains(s.Support(f), 1) {
			left++
		}
	})
	if left == 0 && !testing.Short() { // a short run draws too few
		t.Error("no variable is ever left out")
	}
}
