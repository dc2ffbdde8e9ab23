package analysis

import (
	"context"
	"fmt"
	"math/big"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
)

// Direction is which way a change goes, by the rank of the outcomes.
type Direction string

// The directions. Other: one of the answers is no outcome, or the outcomes do not rank.
const (
	Looser   Direction = "looser"
	Stricter Direction = "stricter"
	Other    Direction = "other"
)

// DiffOptions say what of a difference is wanted.
type DiffOptions struct {
	Only   Direction    // only changes of that direction; "" for all
	Where  *interp.Cond // only cases in which it holds, on the new policy's date
	Focus  []string     // say the groups in terms of these facts alone; a group then holds where some case of it changes
	Groups int          // list at most so many groups of a change, and one more that holds the rest; 0 for all
	Brief  bool         // the changes and their shares alone, without groups
	Budget int          // nodes of the diagrams; 0 means DefaultBudget

	// OldConstraints are those of the old policy's own program, if it was adopted
	// from one: a case that either version excludes is left out.
	OldConstraints []*interp.Cond
}

// Difference is all that a change of policy changes.
type Difference struct {
	Old, New interp.Dated
	Only     Direction // the direction asked for; "" for all
	Focus    []string  // the facts in whose terms alone the groups are said; none for all
	Equal    bool      // no case, within the options, is answered differently
	Exact    bool      // nothing hangs on a condition the diagrams cannot look into
	Share    *big.Rat  // of the cases, listed values counted each and each interval of numbers once
	Changes  []Change  // a partition of the differing cases
	Notes    []string
}

// Change is the cases that the old policy answers From and the new one To.
type Change struct {
	From, To  interp.Possibility
	Direction Direction
	Share     *big.Rat
	Exact     bool    // it hangs on no condition the diagrams cannot look into
	Unseen    bool    // it is not exact and no case of it was found: there may be none
	Groups    []Group // their union is the change; they may overlap
}

// Group is a set of cases that change alike.
type Group struct {
	When     string           // exactly which cases; with a focus: which are among them for some values of the other facts
	Short    string           // the same, of the cases that Among names
	Among    Among            // what Short leaves unsaid
	Rest     bool             // where the options list few groups: what they leave, which When does not spell out
	Share    *big.Rat         // of all cases
	Example  *interp.Case     // nil where none was found, which Notes explain
	Old, New *interp.Decision // of the example
	OldRules []*interp.Rule   // the rules that give the old answer somewhere in the group
	NewRules []*interp.Rule   // and the new one
	Notes    []string
	node     dd.Node
}

// Among says of which cases a group's short words hold.
type Among string

// The contexts of a group's short words.
const (
	AllCases  Among = "all"  // of all cases
	OldAnswer Among = "old"  // of those the old policy answers From
	Remaining Among = "rest" // of those the old policy answers From, and that do not change to what is listed before
)

// differ is a difference being worked out.
type differ struct {
	*graph
	old, new interp.Dated
	opts     DiffOptions
	f, h     dd.Node // the policies' answers
	pairs    dd.Node // both at once where they change: old*answers + new
	answers  dd.Leaf // how many there are
	oldCare  dd.Node // what the constraints allow on the old policy's date
	newCare  dd.Node // and on the new one's
	care     dd.Node // the cases that are looked at: both, and where asked for
	fewer    bool    // the old program's constraints exclude more
	apart    []int   // variables that are not in focus
	weights  dd.Weights
	effort   uint64   // the store's step after which words are no longer chosen with care
	all      *big.Int // cases
	oldRules effects
	newRules effects
}

// effects are the cases in which each rule takes effect.
type effects struct {
	rules []*interp.Rule
	nodes []dd.Node
}

// Diff finds every difference between two policies, or between one policy on two
// dates. They must belong to one program: Adopt brings another file's policy into it.
func Diff(ctx context.Context, old, new interp.Dated, opts DiffOptions) (_ *Difference, err error) {
	defer giveUp(ctx, &err)
	d, err := newDiffer(ctx, old, new, opts)
	if err != nil {
		return nil, err
	}
	out := &Difference{Old: old, New: new, Only: opts.Only, Focus: opts.Focus, Exact: len(d.OpaqueWords(d.pairs)) == 0, Share: &big.Rat{}}
	counts := d.Store.Counts(d.pairs, d.weights)
	told := dd.False // in the changes so far
	changes, err := d.confirmed(d.changes())
	if err != nil {
		return nil, err
	}
	for _, c := range changes {
		c.Share = d.shareOf(counts[d.pair(c.From, c.To)])
		out.Share.Add(out.Share, c.Share)
		if !opts.Brief {
			part := d.is(d.pairs, d.pair(c.From, c.To))
			if c.Groups, err = d.groups(c, part, told); err != nil {
				return nil, err
			}
			told = d.or(told, part)
		}
		out.Changes = append(out.Changes, c)
	}
	out.Equal = len(out.Changes) == 0
	out.Notes = d.notes()
	return out, d.fail()
}

func newDiffer(ctx context.Context, old, new interp.Dated, opts DiffOptions) (*differ, error) {
	if old.Policy.Program() != new.Policy.Program() {
		return nil, fmt.Errorf("the policies %s and %s belong to two programs: adopt the one into the other first", old.Policy.Name, new.Policy.Name)
	}
	more := slices.Clone(opts.OldConstraints)
	if opts.Where != nil {
		more = append(more, opts.Where)
	}
	d := &differ{graph: newGraph(ctx, opts.Budget, []interp.Dated{new, old}, nil, more...), old: old, new: new, opts: opts}
	d.f, d.oldCare = d.policy(old)
	d.h, d.newCare = d.policy(new)
	d.care = d.and(d.oldCare, d.newCare)
	own := d.care
	for _, c := range opts.OldConstraints {
		d.care = d.and(d.care, d.keep(d.Where(c, old.On)))
	}
	d.fewer = len(opts.OldConstraints) > 0 && d.care != own
	if opts.Where != nil {
		d.care = d.and(d.care, d.keep(d.Where(opts.Where, new.On)))
	}
	if err := d.focus(); err != nil {
		return nil, err
	}
	if err := d.fail(); err != nil { // what was cut short is no diagram to go on with
		return nil, err
	}
	d.pairUp()
	d.weights = d.Weights()
	d.all = d.Store.Count(d.care, 1, d.weights)
	if !opts.Brief {
		d.oldRules, d.newRules = d.effectsOf(old), d.effectsOf(new)
	}
	d.effort = d.Store.Stats().Steps + wordEffort
	return d, d.fail()
}

// focus finds the variables that are not asked for.
func (d *differ) focus() error {
	if len(d.opts.Focus) == 0 {
		return nil
	}
	in := map[int]bool{}
	for _, fact := range d.opts.Focus {
		if _, err := d.NewCase().Lookup(fact); err != nil {
			return err
		}
		for _, v := range d.Variables(fact) {
			in[v] = true
		}
	}
	for v := range d.Store.Vars() {
		if !in[v] {
			d.apart = append(d.apart, v)
		}
	}
	return nil
}

func (d *differ) effectsOf(p interp.Dated) effects {
	nodes, _, err := d.Effects(p)
	d.keep(dd.False, err)
	return effects{p.Policy.Rules(), nodes}
}

// pairUp makes the diagram of both answers at once, of the cases that are looked at
// and change in the direction asked for; all others are Impossible.
func (d *differ) pairUp() {
	d.answers = dd.Leaf(len(d.old.Policy.Program().Outcomes()) + 2)
	told := make([]bool, d.answers*d.answers)
	for pair := range told {
		c := d.change(dd.Leaf(pair))
		told[pair] = c.From != c.To && (d.opts.Only == "" || d.opts.Only == c.Direction)
	}
	both := d.keep(d.Store.Apply(dd.NewOp(func(a, b dd.Leaf) dd.Leaf {
		if a == dd.Impossible || b == dd.Impossible || !told[a*d.answers+b] {
			return dd.Impossible
		}
		return a*d.answers + b
	}), d.f, d.h))
	d.pairs = d.keep(d.Store.Within(both, d.care))
}

// change is what a leaf of pairs says.
func (d *differ) change(pair dd.Leaf) Change {
	c := Change{From: d.Answer(pair / d.answers), To: d.Answer(pair % d.answers)}
	c.Direction = direction(c.From, c.To)
	return c
}

// changes are the pairs of different answers that some case has, strictest old
// answer first, the farthest change first.
func (d *differ) changes() []Change {
	var out []Change
	for _, pair := range d.leaves(d.pairs) {
		out = append(out, d.change(pair))
	}
	slices.SortStableFunc(out, func(x, y Change) int {
		if a, b := d.leaf(x.From), d.leaf(y.From); a != b {
			return int(a - b)
		}
		return distance(y) - distance(x)
	})
	return out
}

// confirmed finds out which changes are exact, or have a case that shows them, and
// puts those last that may be none.
func (d *differ) confirmed(changes []Change) ([]Change, error) {
	for i := range changes {
		c := &changes[i]
		part := d.is(d.pairs, d.pair(c.From, c.To))
		if c.Exact = len(d.OpaqueWords(part)) == 0; c.Exact || d.opts.Brief {
			continue
		}
		var g Group
		if err := d.example(&g, *c, part, d.large(part)); err != nil {
			return nil, err
		}
		c.Unseen = g.Example == nil
	}
	slices.SortStableFunc(changes, func(x, y Change) int {
		switch {
		case x.Unseen == y.Unseen:
			return 0
		case x.Unseen:
			return 1
		}
		return -1
	})
	return changes, d.fail()
}

// distance is how far apart the answers of a change rank.
func distance(c Change) int {
	if c.Direction == Other {
		return 0
	}
	return max(c.From.Outcome.Rank-c.To.Outcome.Rank, c.To.Outcome.Rank-c.From.Outcome.Rank)
}

func direction(from, to interp.Possibility) Direction {
	switch {
	case from.Outcome == nil || to.Outcome == nil:
		return Other
	case from.Outcome.StricterThan(to.Outcome):
		return Looser
	case to.Outcome.StricterThan(from.Outcome):
		return Stricter
	}
	return Other
}

func (d *differ) leaf(p interp.Possibility) dd.Leaf { return d.Leaf(p.Status, p.Outcome) }

// pair is the leaf of pairs of the cases with one answer before and another after.
func (d *differ) pair(from, to interp.Possibility) dd.Leaf {
	return d.leaf(from)*d.answers + d.leaf(to)
}

// share of the cases.
func (d *differ) share(f dd.Node) *big.Rat { return d.shareOf(d.Store.Count(f, 1, d.weights)) }

func (d *differ) shareOf(cases *big.Int) *big.Rat {
	if d.all.Sign() == 0 {
		return new(big.Rat)
	}
	return new(big.Rat).SetFrac(cases, d.all)
}

func (d *differ) notes() []string {
	var notes []string
	if d.all.Sign() == 0 {
		notes = append(notes, "no case is looked at: the constraints, or the condition given, leave none")
	}
	if d.fewer {
		notes = append(notes, "the old version's constraints exclude cases that the new one admits; those are left out")
	}
	return notes
}

// groups covers a change by few groups; told are the changes before it.
func (d *differ) groups(c Change, part, told dd.Node) ([]Group, error) {
	care := d.exists(d.care, d.apart)
	var out []Group
	for _, w := range d.ways(c, d.exists(part, d.apart), care, told) {
		g := Group{Short: w.words, Among: w.among, Rest: w.rest, node: w.node}
		inside := d.and(part, w.node)
		g.Share = d.share(inside)
		large := d.large(part)
		if g.When = w.words; !large && !w.rest {
			g.When = d.exactly(w.node, care)
		}
		if err := d.example(&g, c, inside, large); err != nil {
			return nil, err
		}
		switch {
		case !large:
			g.OldRules, g.NewRules = d.oldRules.giving(d.graph, inside, c.From), d.newRules.giving(d.graph, inside, c.To)
		case g.Example != nil:
			g.OldRules, g.NewRules = g.Old.Rules, g.New.Rules
		}
		out = append(out, g)
	}
	return out, d.fail()
}

// giving are the rules that give an answer in some of the cases: those that do so
// in all of them, if there are any, else all.
func (e effects) giving(g *graph, cases dd.Node, p interp.Possibility) []*interp.Rule {
	var all, some []*interp.Rule
	for i, r := range e.rules {
		if p.Outcome != nil && r.Outcome != p.Outcome || p.Outcome == nil && p.Status != interp.Conflict {
			continue
		}
		here := g.and(cases, e.nodes[i])
		if here == dd.False {
			continue
		}
		some = append(some, r)
		if here == cases {
			all = append(all, r)
		}
	}
	if len(all) > 0 && p.Status != interp.Conflict {
		return all
	}
	return some
}

// example finds a case of few facts in a group, and has it decided again.
func (d *differ) example(g *Group, c Change, inside dd.Node, large bool) error {
	// What is left open must not change either answer, on either date.
	bad := d.or(d.diff(d.oldCare, d.is(d.f, d.leaf(c.From))), d.diff(d.newCare, d.is(d.h, d.leaf(c.To))))
	bad = d.or(bad, d.diff(d.care, inside))
	choices, ok := d.smallest(inside, bad, anyFacts, large)
	if !ok {
		found := d.seek(inside, bad, d.new.On, func(x *interp.Case) bool {
			before, after, err := d.both(x)
			return err == nil && before.Answer() == c.From.Name() && after.Answer() == c.To.Name()
		})
		if found == nil {
			g.Notes = append(g.Notes, d.unseen(inside))
			return d.fail()
		}
		var err error
		g.Example = found
		g.Old, g.New, err = d.both(found)
		return err
	}
	shown := d.Case(choices, d.new.On)
	old, now, err := d.both(shown)
	if err != nil {
		return err
	}
	if full, ok := d.whole(inside, choices); ok {
		a, b, err := d.both(d.Case(full, d.new.On))
		if err != nil {
			return err
		}
		if a.Answer() != c.From.Name() || b.Answer() != c.To.Name() {
			return d.wrong(c, a, b, d.Case(full, d.new.On))
		}
	}
	if old.Answer() != c.From.Name() || now.Answer() != c.To.Name() {
		return d.wrong(c, old, now, shown)
	}
	g.Example, g.Old, g.New = shown, old, now
	return nil
}

const anyFacts = 1 << 30

// both decides a case under the old policy on its date and under the new one on its own.
func (d *differ) both(c *interp.Case) (old, now *interp.Decision, err error) {
	before := c.Clone()
	before.SetDate(d.old.On)
	if old, err = d.old.Policy.Decide(before); err != nil {
		return nil, nil, fmt.Errorf("deciding the example of a change again: %w", err)
	}
	if now, err = d.new.Policy.Decide(c); err != nil {
		return nil, nil, fmt.Errorf("deciding the example of a change again: %w", err)
	}
	return old, now, nil
}

// wrong is the error that the analysis and the interpreter disagree: one of them is mistaken.
func (d *differ) wrong(c Change, old, now *interp.Decision, x *interp.Case) error {
	return fmt.Errorf("mistake in the analysis: an example of %s becoming %s is decided %s and %s (%v)", c.From.Name(), c.To.Name(), old.Answer(), now.Answer(), x.Sentences())
}

// unseen says why no example is shown.
func (g *graph) unseen(f dd.Node) string {
	if words := g.OpaqueWords(f); len(words) > 0 {
		return "no example: this hangs on " + quoted(words) + ", into which the analysis cannot look, so there may be no such case"
	}
	return "no example was found"
}
