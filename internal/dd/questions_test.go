package dd

import (
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
	for v := range o.s.domains {
		a, useful := o.asking(left, v)
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

func (o *oracle) asking(left []int, v int) (verdict, bool) {
	r := verdict{}
	total, sum := 0.0, 0.0
	for c := range o.s.domains[v] {
		var part []int
		mass := 0.0
		for _, i := range left {
			if o.points[i][v] == c {
				part = append(part, i)
				mass += o.weight[i]
			}
		}
		if len(part) == len(left) {
			return r, false
		}
		if len(part) > 0 {
			a := o.best(part)
			r.worst = max(r.worst, a.worst)
			total += mass
			sum += mass * a.average
		}
	}
	return verdict{r.worst + 1, 1 + sum/total}, true
}

// telling leaves one cell of each variable that tells nothing: with that cell,
// every point that is possible with another is possible too, and says the same.
func (o *oracle) telling(left []int) []int {
	for again := true; again; {
		again = false
		for v := range o.s.domains {
			for c := range o.s.domains[v] {
				if part, ok := o.toldBy(left, v, c); ok && len(part) < len(left) {
					left, again = part, true
				}
			}
		}
	}
	return left
}

// toldBy returns the points left where v is c, if they tell what the others say.
func (o *oracle) toldBy(left []int, v, c int) ([]int, bool) {
	var part []int
	says := map[string]Leaf{}
	name := func(i int) string {
		p := slices.Clone(o.points[i])
		p[v] = 0
		return fmt.Sprint(p)
	}
	for _, i := range left {
		if o.points[i][v] == c {
			part = append(part, i)
			says[name(i)] = o.table[i]
		}
	}
	for _, i := range left {
		if l, ok := says[name(i)]; !ok || l != o.table[i] {
			return nil, false
		}
	}
	return part, true
}

func newOracle(s *Store, table []Leaf, admitted map[int][]int, w Weights) (*oracle, []int) {
	o := &oracle{s: s, table: table, points: eachPoint(s.domains), memo: map[string]verdict{}}
	var left []int
	for i, p := range o.points {
		weight := 1.0
		for v, c := range p {
			if w != nil {
				weight *= float64(w[v][c])
			}
		}
		o.weight = append(o.weight, weight)
		if within(admitted, p) && table[i] != Impossible {
			left = append(left, i)
		}
	}
	return o, left
}

func TestQuestions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(rapid.SliceOfN(rapid.IntRange(2, 3), 2, 4).Draw(t, "domains"), 0)
		leaves := []Leaf{0, 1, 2}
		if rapid.Bool().Draw(t, "constrained") {
			leaves = append(leaves, Impossible, Impossible)
		}
		f, tf := drawFunction(t, s, "f", leaves...)
		admitted := drawAdmitted(t, s)
		var w Weights
		if rapid.Bool().Draw(t, "weighted") {
			for _, n := range s.domains {
				w = append(w, rapid.SliceOfN(rapid.Int64Range(1, 9), n, n).Draw(t, "weights"))
			}
		}
		plan, err := s.Questions(f, Asking{Admitted: admitted, Weights: w, Limit: 1_000_000})
		if err != nil {
			t.Fatal(err)
		}
		o, left := newOracle(s, tf, admitted, w)
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
			if a, useful := o.asking(left, q.Var); !useful || a.worst != q.Worst {
				t.Fatalf("%+v, want %+v (useful %v)", q, a, useful)
			}
			a, useful := o.asking(telling, q.Var)
			if !useful || a.worst != q.Worst || math.Abs(a.average-q.Average) > 1e-6 {
				t.Fatalf("%+v, want %+v (useful %v)", q, a, useful)
			}
			if i == 0 && (q.Worst != want.worst || math.Abs(q.Average-best.average) > 1e-6) {
				t.Fatalf("the best question is %+v, want %+v", q, best)
			}
		}
		checkEnough(t, o, left, plan)
	})
}

// settles reports whether points that say different things differ in a question.
func (o *oracle) settles(left []int, questions []Question) bool {
	for _, i := range left {
		for _, j := range left {
			told := slices.ContainsFunc(questions, func(q Question) bool { return o.points[i][q.Var] != o.points[j][q.Var] })
			if o.table[i] != o.table[j] && !told {
				return false
			}
		}
	}
	return true
}

// checkEnough fails unless the questions settle every possible point, and no shorter
// list that holds the first does; without impossible points each can turn the decision.
func checkEnough(t *rapid.T, o *oracle, left []int, plan Plan) {
	if !o.settles(left, plan.Questions) {
		t.Fatalf("%v do not settle it", plan.Questions)
	}
	for set := range 1 << len(o.s.domains) {
		var fewer []Question
		for v := range o.s.domains {
			if set>>v&1 == 1 {
				fewer = append(fewer, Question{Var: v})
			}
		}
		if len(fewer) < len(plan.Questions) && slices.ContainsFunc(fewer, func(q Question) bool { return q.Var == plan.Questions[0].Var }) && o.settles(left, fewer) {
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
				others := 0
				for v := range o.points[i] {
					if v != q.Var && o.points[i][v] != o.points[j][v] {
						others++
					}
				}
				turns = turns || others == 0 && o.table[i] != o.table[j]
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
		plan, err := s.Questions(f, Asking{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		o, left := newOracle(s, tf, nil, nil)
		if want := o.best(left); plan.Depth < want.worst || plan.Exact && plan.Depth != want.worst {
			t.Fatalf("depth %d (exact %v), want %d", plan.Depth, plan.Exact, want.worst)
		}
		if !plan.Exact {
			gaveUp++
			checkEnough(t, o, left, plan)
			for _, q := range plan.Questions {
				if a, _ := o.asking(left, q.Var); q.Worst < a.worst {
					t.Fatalf("%+v promises too much: %+v", q, a)
				}
			}
		}
	})
	if gaveUp == 0 {
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
