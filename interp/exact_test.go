package interp

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestOneAnswerOfRealCases has a constraint into which no diagram looks, and one answer
// for all cases that keep it.
func TestOneAnswerOfRealCases(t *testing.T) {
	prog, err := LoadText(context.Background(), "one.ctl", `
outcomes deny > permit
kind Item { gross: number  net: number  tare: number }
role item: Item
constraint whole: item.gross >= item.net
policy p { deny when item.gross >= item.net  otherwise permit }
policy q { deny when item.gross >= item.net or item.tare > 3  otherwise permit }
`)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range prog.order.policies {
		c := prog.NewCase()
		if err := c.Tell("item.net = 3"); err != nil {
			t.Fatal(err)
		}
		d, err := p.Decide(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		if d.Answer() != "deny" || !d.Exact || len(d.Rules) != 1 {
			t.Errorf("%s: %s, exact %v, by %d rules", p.Name, d.Answer(), d.Exact, len(d.Rules))
		}
	}
}

// TestSearchEqualsBruteForce holds the answer where no diagram fits to those of the
// completions.
func TestSearchEqualsBruteForce(t *testing.T) {
	exact := 0
	rapid.Check(t, func(t *rapid.T) {
		text := randomPolicy(t)
		prog, err := Options{Limits: Limits{Nodes: 3}}.LoadText(context.Background(), "random.ctl", text)
		if err != nil {
			t.Fatal(err)
		}
		p := prog.order.policies[0]
		c, open := randomCase(t, prog, 3)
		want := map[string]bool{}
		completions(c, open, func(full *Case) {
			if d, err := p.Decide(t.Context(), full); err == nil {
				want[d.Answer()] = true
			}
		})
		d, err := p.Decide(t.Context(), c)
		if err != nil {
			return
		}
		got := answerSet(d)
		for a := range want {
			if !got[a] {
				t.Fatalf("%s is ruled out\nfacts %v\n%s", a, c.Facts(), text)
			}
		}
		if d.Exact && len(want) > 0 {
			exact++
			if diff := cmp.Diff(keys(want), keys(got)); diff != "" {
				t.Fatalf("an answer that calls itself exact is not: %s\nfacts %v\n%s", diff, c.Facts(), text)
			}
		}
	})
	if exact == 0 && !testing.Short() { // a short run draws too few
		t.Error("the search never finds an exact answer")
	}
}

func answerSet(d *Decision) map[string]bool {
	out := map[string]bool{}
	if d.Status != Undetermined {
		out[d.Answer()] = true
		return out
	}
	for _, p := range d.Possible {
		out[p.Name()] = true
	}
	return out
}

// TestWordsOutliveAnAnswer asks twice about a policy with a term that no rule uses:
// what its words stand for has to be there the second time too.
func TestWordsOutliveAnAnswer(t *testing.T) {
	prog, err := LoadText(context.Background(), "t.ctl", `outcomes deny > review > permit
kind Item { a: bool  b: bool  c: bool  d: bool }
role item: Item
term A of Item: a
term B of Item: b
term Both of Item: A and B
policy p {
  deny when item is A and item.c
  review when item is B and item.d
  otherwise permit
}`)
	if err != nil {
		t.Fatal(err)
	}
	p := prog.order.policies[0]
	for _, told := range []string{"item.c", "not item.d", "item.d"} {
		c := prog.NewCase()
		if err := c.Tell(told); err != nil {
			t.Fatal(err)
		}
		d, err := p.Decide(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		l := p.diagramOn(c.day())
		for _, j := range l.space.words.joint {
			a, b := l.space.facts["item.a"].index, l.space.facts["item.b"].index
			if got := l.space.Store.Support(j.f); !slices.Equal(got, []int{min(a, b), max(a, b)}) {
				t.Errorf("after %s, %s hangs on %v", told, j.spare.name, got)
			}
		}
		if d.Status != Undetermined {
			t.Errorf("%s: %v", told, d.Status)
		}
	}
}

// TestSearchTellsThingsApart has a search say of a thing that it is there, whatever it is like.
func TestSearchTellsThingsApart(t *testing.T) {
	for cond, exact := range map[string]bool{
		"maker.score > 3": true, "maker.score <= 3": true, "maker.score = 3": true, "maker.score >= abs(item.maker.score - 1)": false, "maker.score < abs(item.maker.score - 1)": true,
	} {
		prog, err := Options{Limits: Limits{Nodes: 3}}.LoadText(context.Background(), "t.ctl", `
outcomes deny > permit
kind Firm = text { score: number }
kind Item { maker: Firm?  home: a | b ? }
role item: Item
group Bad of Firm: "A", "B"
term Hot of Item: (has maker and maker in Bad) and (has home and home = a)
policy p { deny when not (item is Hot) or (has item.maker and item.`+cond+`) }
`)
		if err != nil {
			t.Fatal(err)
		}
		p, _ := prog.Policy("p")
		d, err := p.Decide(t.Context(), prog.NewCase())
		if err != nil {
			t.Fatal(err)
		}
		if got := answerSet(d); d.Exact != exact || len(got) != 2 {
			t.Errorf("%s: %v are possible, exact %v", cond, keys(got), d.Exact)
		}
	}
}

// TestNamedCellsSayNone has a term that holds of none say what is more or less than it.
func TestNamedCellsSayNone(t *testing.T) {
	listed := mostListed
	mostListed = 0
	defer func() { mostListed = listed }()
	prog, err := LoadText(context.Background(), "t.ctl", `
outcomes deny > permit
kind Firm = text { score: number }
kind Item { maker: Firm?  cat: I | II }
role item: Item
group Listed of Firm: "A", "B"
group Bad of Firm: "A", "C"
term Hot of Item: maker in Listed
policy p { deny when has item.maker and (item is not Hot or item.cat = I and item.maker not in Bad) }
`)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("p")
	d, err := p.Decide(t.Context(), prog.NewCase())
	if err != nil {
		t.Fatal(err)
	}
	none := prog.NewCase()
	if err := none.Tell("item.maker = none", "item.cat = I"); err != nil {
		t.Fatal(err)
	}
	for _, x := range d.Possible {
		if r, err := none.Condition(x.When); err != nil || (r.Truth == True) != (x.Status == Undecided) {
			t.Errorf("%s comes about when %s, which is %v where there is no maker (%v)", x.Name(), x.When, r.Truth, err)
		}
	}
}

// TestErrorThatSettlesNothing has a condition of which a part cannot be evaluated, and which is
// known all the same: no case hangs on that part, also where facts are missing.
func TestErrorThatSettlesNothing(t *testing.T) {
	for _, known := range []string{
		"n in (5, 1 .. 3 / n)", "n = 1 and 3 / n = 1", "not (n = 0 or 3 / n = 1)", "exactly 2 of (n = 0, n = 1, 3 / n = 1) and n = 1",
		"not (n = 1 implies 3 / n = 1)", "n = 1 and (some line in lines has (line = \"b\" and 3 / n = 1))",
	} {
		prog, err := LoadText(context.Background(), "t.ctl", `
outcomes deny > permit
kind Item { n: number  mode: u | v ?  lines: list of text }
role item: Item
term Odd of Item: not has mode or `+known+`
policy p { deny unless (some line in item.lines has (lower(line) like "a*" and item is Odd))  otherwise permit }
`)
		if err != nil {
			t.Fatal(err)
		}
		p, _ := prog.Policy("p")
		c := prog.NewCase()
		if err := c.Tell("item.n = 0", `item.lines = ("a")`); err != nil {
			t.Fatal(err)
		}
		if d, err := p.Decide(t.Context(), c); err != nil || len(d.Possible) != 2 {
			t.Errorf("%s: %v, %v", known, d, err)
		}
	}
}

// TestLongEvaluations is the same where the answers of terms are kept from the first step on.
func TestLongEvaluations(t *testing.T) {
	long := longEvaluation
	longEvaluation = 0
	defer func() { longEvaluation = long }()
	t.Run("exact", TestPartialCasesEqualOracle)
	t.Run("full", TestFullCasesEqualOracle)
}

// TestErrorOfAKnownTerm has a long evaluation ask a term twice that cannot be evaluated: once
// where it does not matter, and once where the answer hangs on it.
func TestErrorOfAKnownTerm(t *testing.T) {
	prog, err := LoadText(t.Context(), "t.ctl", `
outcomes deny > permit
kind Item { n: number  mode: u | v  lines: list of number }
role item: Item
term Odd of Item: 3 / n = 1
policy p {
  deny when some line in item.lines has line = 1
  permit when item is Odd or item.mode = u
  deny when item is Odd
}
`)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("p")
	c := prog.NewCase()
	if err := c.ReadMap(map[string]any{"item": map[string]any{"n": 0, "mode": "u", "lines": make([]int, 4*longEvaluation)}}); err != nil {
		t.Fatal(err)
	}
	if d, err := p.decideByWalk(t.Context(), c); !cannotEvaluate(err) {
		t.Errorf("%v, %v: the division by zero is not told", d, err)
	}
}

// TestLargeGroups is the same where the members of groups are too many to be listed.
func TestLargeGroups(t *testing.T) {
	listed := mostListed
	mostListed = 0
	defer func() { mostListed = listed }()
	t.Run("exact", TestPartialCasesEqualOracle)
	t.Run("flips", TestFlipEqualsBruteForce)
	t.Run("bound", TestBoundEqualsReference)
	t.Run("texts", TestExactTexts)
}

// TestLongTuples is the same where the members of tuples are found by their value.
func TestLongTuples(t *testing.T) {
	few := fewElements
	fewElements = 0
	defer func() { fewElements = few }()
	t.Run("exact", TestPartialCasesEqualOracle)
	t.Run("engine", TestEngineEqualsReference)
	t.Run("tuples", TestTuplesFindWhatTheyHold)
}

// TestTuplesFindWhatTheyHold looks for values of every type in tuples, of which some hold facts.
func TestTuplesFindWhatTheyHold(t *testing.T) {
	prog, err := LoadText(context.Background(), "t.ctl", `
outcomes deny > permit
kind Item { s: text  n: number  d: date  e: a | b | c  b: bool  w: mass  m: number  t: duration }
role item: Item
policy p { permit }
`)
	if err != nil {
		t.Fatal(err)
	}
	c := prog.NewCase()
	if err := c.Tell(`item.s = "x"`, "item.n = 0.5", "item.d = 2020-01-01", "item.e = b", "item.w = 1000 g", "item.t = 1 year"); err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]Truth{
		`item.t in (1 day, 12 months)`: True, `item.t in (1 day, 2 days)`: False, `item.s in ("y", "x")`: True, `item.s in ("X", "y")`: False, `item.n in (1 / 2, 3)`: True, `item.n in (1, 2 .. 3)`: False, `item.n in (1, 0 .. 3)`: True,
		`item.d in (2020-01-01)`: True, `item.d in (2020-01-02)`: False, `item.e in (a, b)`: True, `item.e in (a, c)`: False, `item.w in (1 kg)`: True, `item.w in (1 g)`: False,
		`item.b in (yes)`: Unknown, `item.m in (1, 2)`: Unknown, `item.n in (item.m, 0.5)`: True, `item.n in (item.m, 1)`: Unknown, `item.n not in (1, item.m)`: Unknown, `item.n not in (0.5, item.m)`: False,
	} {
		r, err := c.Condition(words)
		if err != nil {
			t.Fatal(err)
		}
		if r.Truth != want {
			t.Errorf("%s is %v, and should be %v", words, r.Truth, want)
		}
	}
}

// TestOpaqueBesideItsFact asks of one fact what cells tell and what they do not.
func TestOpaqueBesideItsFact(t *testing.T) {
	prog, err := LoadText(context.Background(), "t.ctl", `
outcomes deny > permit
kind Item { n: number  code: text  ok: bool }
role item: Item
term Near of Item: abs(n * 2 - 3) < 3
policy p {
  deny when item is not Near or item.n not in 1 .. 3
  permit when item.ok
}
policy q { deny when item.code = "9A012" and item.code not like "9A*"  permit when item.ok  otherwise permit }
`)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ policy, fact, want string }{
		{"p", "item.n = 1", "undetermined"}, {"p", "item.n = 3", "deny"}, {"p", "item.n = 2", "undetermined"}, {"p", "item.ok", "undetermined"}, {"q", "not item.ok", "permit"},
	} {
		p, err := prog.Policy(x.policy)
		if err != nil {
			t.Fatal(err)
		}
		c := prog.NewCase()
		if err := c.Tell(x.fact); err != nil {
			t.Fatal(err)
		}
		d, err := p.Decide(t.Context(), c)
		if err != nil || d.Answer() != x.want {
			t.Errorf("%s with %s: %v, %v and not %s", x.policy, x.fact, d, err, x.want)
		}
	}
}

// TestComparedWithItself: what is computed is equal to itself only where it can be computed.
func TestComparedWithItself(t *testing.T) {
	prog, err := LoadText(t.Context(), "r.ctl", `outcomes deny > permit
kind Item { n: number  m: number }
role item: Item
policy yes { deny when 3 / item.n = 3 / item.n  otherwise permit }
policy no { deny when not (3 / item.n <= 3 / item.n)  otherwise permit }
policy told { deny when item.n = item.n  otherwise permit }
`)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][2]string{"yes": {"error", "deny"}, "no": {"error", "permit"}, "told": {"deny", "deny"}} {
		p, _ := prog.Policy(name)
		for n, answer := range want {
			for range 12 {
				c := prog.NewCase()
				if err := c.ReadMap(map[string]any{"item": map[string]any{"n": n}}); err != nil {
					t.Fatal(err)
				}
				if d, err := p.Decide(t.Context(), c); answer == "error" && !cannotEvaluate(err) || answer != "error" && (err != nil || d.Answer() != answer) {
					t.Fatalf("%s of %d: %v %v, not %s", name, n, d, err, answer)
				}
			}
		}
	}
}
