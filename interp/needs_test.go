package interp

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// asking tries every order of questions on the completions of a case, in each of which
// the open facts have some of their values.
type asking struct {
	points  [][]int // by completion: of each open fact which value
	answers []string
	memo    map[string]int
}

// left is how many questions are needed at most where some completions are left.
func (a *asking) left(points []int) int {
	if !slices.ContainsFunc(points, func(i int) bool { return a.answers[i] != a.answers[points[0]] }) {
		return 0
	}
	key := fmt.Sprint(points)
	if n, known := a.memo[key]; known {
		return n
	}
	best := math.MaxInt
	for fact := range a.points[points[0]] {
		if n, useful := a.asked(points, fact); useful {
			best = min(best, n)
		}
	}
	a.memo[key] = best
	return best
}

// asked is how many questions are needed at most when a fact is asked for first; not
// useful where its value is known.
func (a *asking) asked(points []int, fact int) (n int, useful bool) {
	byValue := map[int][]int{}
	for _, i := range points {
		byValue[a.points[i][fact]] = append(byValue[a.points[i][fact]], i)
	}
	if len(byValue) == 1 {
		return 0, false
	}
	for _, part := range byValue {
		n = max(n, a.left(part))
	}
	return n + 1, true
}

// settles says whether facts tell the answer, whatever the others are.
func (a *asking) settles(facts []int) bool {
	told := map[string]string{}
	for i, p := range a.points {
		key := ""
		for _, f := range facts {
			key += fmt.Sprint(p[f], " ")
		}
		if was, known := told[key]; known && was != a.answers[i] {
			return false
		}
		told[key] = a.answers[i]
	}
	return true
}

// turns says whether two completions that differ in a fact alone have different answers.
func (a *asking) turns(fact int) bool {
	var others []int
	for f := range a.points[0] {
		if f != fact {
			others = append(others, f)
		}
	}
	return !a.settles(others)
}

// setAtoms ask several things of a set.
var setAtoms = []string{"a in item.tags", "b in item.tags", "c in item.tags", "any of item.tags in (a, b)", "all of item.tags in (b, c)",
	"item.heavy", "urgent", "item.note >= 100 km", "has item.note"}

// optionalVocabulary adds what there may be none of, and that has more to it than a value.
var optionalVocabulary = strings.Replace(randomVocabulary, "note: length? }", "note: length?  spare: Part?  labels: set of a | b ? }", 1) +
	"kind Part { weight: mass  worn: bool = no }\n"

var optionalAtoms = []string{"has item.spare", "item.spare.weight > 3 kg", "item.spare.weight <= 3 kg", "item.spare.worn", "item.spare.worn = no",
	"has item.labels", "a in item.labels", "b not in item.labels", "none of item.labels in (a, b)", "item.heavy", "item.note >= 100 km"}

// openFact is a fact that is not told: what may be, and what each of these is to a question
// about it or about something that it has.
type openFact struct {
	values  []string // as Tell reads them, or JSON
	answers []answersTo
}

type answersTo struct {
	question string
	answers  []int // by value
}

// optionalFacts are those that the vocabulary adds.
var optionalFacts = map[string]openFact{
	"spare": {[]string{`null`, `{"weight": "1 kg"}`, `{"weight": "9 kg"}`},
		[]answersTo{{"item.spare", []int{0, 1, 1}}, {"item.spare.weight", []int{0, 1, 2}}, {"item.spare.worn", []int{0, 1, 1}}}},
	"labels": {[]string{`null`, `[]`, `["a"]`, `["b"]`, `["a", "b"]`}, []answersTo{{"item.labels", []int{0, 1, 2, 3, 4}}}},
}

// tell tells a fact as one of its values has it.
func (f *openFact) tell(c *Case, value int) *Case {
	c = c.Clone()
	text, name := f.values[value], f.answers[0].question
	err := c.Tell(name + " = " + text)
	if _, added := optionalFacts[strings.TrimPrefix(name, "item.")]; added {
		err = c.ReadJSON(context.Background(), "facts", []byte(`{"item": {"`+strings.TrimPrefix(name, "item.")+`": `+text+`}}`))
	}
	if err != nil {
		panic(err)
	}
	return c
}

// TestNeedsAndQuestions holds the facts to find out, and how many questions are left at
// most, to all orders of asking on all completions: a set is one fact.
func TestNeedsAndQuestions(t *testing.T) {
	sets, optional := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		text := randomPolicyOf(t, optionalVocabulary, rapid.SampledFrom([][]string{randomAtoms, setAtoms, optionalAtoms}).Draw(t, "atoms"))
		prog, err := LoadText(context.Background(), "random.ctl", text)
		if err != nil {
			t.Fatal(err)
		}
		p := prog.order.policies[0]
		c, missing := randomCase(t, prog, 3)
		var open []openFact
		for _, i := range missing {
			f := openFact{values: randomFacts[i].values}
			f.answers = []answersTo{{randomFacts[i].name, make([]int, len(f.values))}}
			for v := range f.values {
				f.answers[0].answers[v] = v
			}
			open = append(open, f)
		}
		for _, name := range keys(optionalFacts) {
			f := optionalFacts[name]
			if v := rapid.IntRange(-2, len(f.values)-1).Draw(t, name); v < 0 {
				open = append(open, f)
			} else {
				c = f.tell(c, v)
			}
		}
		var questions []string
		for _, f := range open {
			for _, q := range f.answers {
				questions = append(questions, q.question)
			}
		}
		d, err := p.Decide(t.Context(), c)
		if err != nil || d.Status != Undetermined || !d.Exact {
			return
		}
		a := &asking{memo: map[string]int{}}
		a.complete(p, c, open, nil)
		all := make([]int, len(a.points))
		for i := range all {
			all[i] = i
		}
		fail := func(format string, args ...any) {
			t.Helper()
			t.Fatalf("%s\nneeds %v, at most %d\nfacts %v as of %s\n%s", fmt.Sprintf(format, args...), d.Needs, d.Questions, c.Facts(), c.Date(), text)
		}
		if want := a.left(all); d.Questions != want {
			fail("want at most %d questions", want)
		}
		var needs []int
		for _, n := range d.Needs {
			at := slices.Index(questions, n.Fact)
			if at < 0 || slices.Contains(needs, at) {
				fail("%s is known, or listed twice", n.Fact)
			}
			needs = append(needs, at)
			switch n.Fact {
			case "item.tags", "item.labels":
				sets++
			case "item.note", "item.spare", "item.spare.weight":
				optional++
			}
		}
		worst := 0
		for _, at := range needs {
			n, useful := a.asked(all, at)
			if !useful || n < worst {
				fail("%s cannot matter, or stands too late", questions[at])
			}
			worst = n
		}
		if n, _ := a.asked(all, needs[0]); n != d.Questions {
			fail("after %s first %d are needed", questions[needs[0]], n)
		}
		if !a.settles(needs) {
			fail("these do not settle it")
		}
		for set := range 1 << len(questions) {
			var fewer []int
			for f := range questions {
				if set>>f&1 == 1 {
					fewer = append(fewer, f)
				}
			}
			if len(fewer) < len(needs) && slices.Contains(fewer, needs[0]) && a.settles(fewer) {
				fail("fewer facts settle it: %v", fewer)
			}
		}
		if strings.Contains(text, "constraint") || len(questions) > len(open) {
			return // which lets facts tell one another
		}
		for at, q := range questions {
			if slices.Contains(needs, at) != a.turns(at) {
				fail("%s: it can turn the answer %v", q, a.turns(at))
			}
		}
	})
	if (sets == 0 || optional == 0) && !testing.Short() { // a short run draws too few
		t.Errorf("a set was asked for %d times, an optional fact %d times", sets, optional)
	}
}

// complete decides all completions of a case.
func (a *asking) complete(p *Policy, c *Case, open []openFact, point []int) {
	if len(open) == 0 {
		if d, err := p.Decide(context.Background(), c); err == nil {
			a.points, a.answers = append(a.points, slices.Clone(point)), append(a.answers, d.Answer())
		}
		return
	}
	for v := range open[0].values {
		next := point
		for _, q := range open[0].answers {
			next = append(next, q.answers[v])
		}
		a.complete(p, open[0].tell(c, v), open[1:], next)
	}
}
