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
// Obligations: the answer stays, and other obligations go with it.
const (
	Looser      Direction = "looser"
	Stricter    Direction = "stricter"
	Other       Direction = "other"
	Obligations Direction = "obligations"
)

// DiffOptions say what of a difference is wanted.
type DiffOptions struct {
	Only   Direction    // only changes of that direction; "" for all
	Where  *interp.Cond // only cases in which it holds, on the new policy's date
	Focus  []string     // say the groups in terms of these facts alone; a group then holds where some case of it changes
	Groups int          // list at most so many groups of a change, and one more that holds the rest; 0 for all
	Brief  bool         // the changes and their shares alone, without groups

	// OldConstraints are those of the old policy's own program, if it was rebased
	// from one: a case that either version excludes is left out.
	OldConstraints []*interp.Cond
}

// Difference is all that a change of policy changes.
type Difference struct {
	Old, New interp.Dated
	Only     Direction // the direction asked for; "" for all
	Focus    []string  // the facts in whose terms alone the groups are said; none for all
	Equal    bool      // no case, within the options, is answered differently or with other obligations
	Exact    bool      // nothing hangs on a condition the diagrams cannot look into
	Share    *big.Rat  // of the cases, listed values counted each and each interval of numbers once
	Changes  []Change  // a partition of the differing cases
	Mistaken bool      // the interpreter does not bear out an example, as a note of its group says
	Notes    []string
}

// Change is the cases that the old policy answers From and the new one To. The two are
// equal where the direction is Obligations.
type Change struct {
	From, To  interp.Possibility
	Direction Direction
	Share     *big.Rat
	Exact     bool      // it hangs on no condition the diagrams cannot look into
	Unseen    bool      // it is not exact and no case of it was found: there may be none
	Groups    []CaseSet // their union is the change; they may overlap
	leaf      dd.Leaf   // of differ.pairs
}

// CaseSet is a set of cases that change alike.
type CaseSet struct {
	When     string           // exactly which cases; with a focus: which are among them for some values of the other facts
	Short    string           // the same, of the cases that Among names
	Among    Among            // what Short leaves unsaid
	Rest     bool             // where the options list few groups: what they leave, which When does not spell out
	Share    *big.Rat         // of all cases
	Example  *interp.Case     // nil where none was found, which Notes explain
	Old, New *interp.Decision // of the example
	OldRules []*interp.Rule   // the rules that give the old answer somewhere in the group
	NewRules []*interp.Rule   // and the new one
	Lost     []string         // the obligations that the new policy no longer requires somewhere in the group
	Gained   []string         // and those that it adds
	Partly   []string         // those of both that do not change everywhere in the group
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
	pairs    dd.Node // both at once where they change: old*answers + new, and behind those the obliged
	answers  dd.Leaf // how many there are
	oldCare  dd.Node // what the constraints allow on the old policy's date
	newCare  dd.Node // and on the new one's
	care     dd.Node // the cases that are looked at: both, and where asked for
	fewer    bool    // the old program's constraints exclude more
	apart    []int   // variables that are not in focus
	weights  dd.Weights
	effort   uint64   // the store's step after which words are no longer chosen with care
	all      *big.Int // cases
	oldRules deciders
	newRules deciders
	obliged  []obliged // the changes of obligations alone
	mistaken bool
}

// deciders are a policy's rules, and the cases in which each of them decides.
type deciders struct {
	rules    []*interp.Rule
	on       *interp.Deciding
	obliging map[string]dd.Node // where each obligation is carried
}

func (d *differ) deciders(p interp.Dated, care dd.Node) deciders {
	on := d.deciding(p)
	out := deciders{p.Policy.Rules(), on, map[string]dd.Node{}}
	for o, gate := range on.Obliging {
		out.obliging[o] = d.inside(gate, care)
	}
	return out
}

// Diff finds every difference between two policies, or between one policy on two
// dates. They must belong to one program: Rebase brings another file's policy into it.
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
		c.Share = d.shareOf(counts[c.leaf])
		out.Share.Add(out.Share, c.Share)
		if !opts.Brief {
			part := d.is(d.pairs, c.leaf)
			if c.Groups, err = d.groups(c, part, told); err != nil {
				return nil, err
			}
			told = d.or(told, part)
		}
		out.Changes = append(out.Changes, c)
	}
	out.Equal = len(out.Changes) == 0
	out.Mistaken, out.Notes = d.mistaken, d.notes()
	return out, d.fail()
}

func newDiffer(ctx context.Context, old, new interp.Dated, opts DiffOptions) (*differ, error) {
	if old.Policy.Program() != new.Policy.Program() {
		return nil, fmt.Errorf("the policies %s and %s belong to two programs: rebase the one into the other first", old.Policy.Name, new.Policy.Name)
	}
	more := slices.Clone(opts.OldConstraints)
	if opts.Where != nil {
		more = append(more, opts.Where)
	}
	d := &differ{graph: newGraph(ctx, []interp.Dated{new, old}, nil, more...), old: old, new: new, opts: opts}
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
	d.oldRules, d.newRules = d.deciders(old, d.oldCare), d.deciders(new, d.newCare)
	d.pairUp()
	d.weights = d.Weights()
	d.all = d.Store.Count(d.care, 1, d.weights)
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

// pairUp makes the diagram of both answers at once, of the cases that are looked at
// and change in the direction asked for; all others are Impossible.
func (d *differ) pairUp() {
	d.answers = dd.Leaf(len(d.old.Policy.Program().Outcomes()) + 2)
	told := make([]bool, d.answers*d.answers)
	for pair := range told {
		c := d.change(dd.Leaf(pair))
		told[pair] = c.From.Name() != c.To.Name() && (d.opts.Only == "" || d.opts.Only == c.Direction)
	}
	both := d.keep(d.Store.Apply(dd.NewOp(func(a, b dd.Leaf) dd.Leaf {
		if a == dd.Impossible || b == dd.Impossible || !told[a*d.answers+b] {
			return dd.Impossible
		}
		return a*d.answers + b
	}), d.f, d.h))
	d.pairs = d.keep(d.Store.Within(both, d.care))
	if d.opts.Only == "" || d.opts.Only == Obligations {
		d.pairObligations()
	}
}

// change is what a leaf of pairs says.
func (d *differ) change(pair dd.Leaf) Change {
	if i := pair - d.answers*d.answers; i >= 0 {
		same := d.Answer(d.obliged[i].answer)
		return Change{From: same, To: same, Direction: Obligations, leaf: pair}
	}
	c := Change{From: d.Answer(pair / d.answers), To: d.Answer(pair % d.answers), leaf: pair}
	c.Direction = direction(c.From, c.To)
	return c
}

// changes are the pairs of different answers that some case has, strictest old
// answer first, the farthest change first, and behind them the changes of obligations.
func (d *differ) changes() []Change {
	var out []Change
	for _, pair := range d.leaves(d.pairs) {
		out = append(out, d.change(pair))
	}
	slices.SortStableFunc(out, func(x, y Change) int {
		if x.Direction == Obligations || y.Direction == Obligations {
			return int(x.leaf - y.leaf)
		}
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
		part := d.is(d.pairs, c.leaf)
		if c.Exact = len(d.OpaqueWords(part)) == 0; c.Exact || d.opts.Brief {
			continue
		}
		var g CaseSet
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
	if c.Direction != Looser && c.Direction != Stricter {
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
func (d *differ) groups(c Change, part, told dd.Node) ([]CaseSet, error) {
	care := d.exists(d.care, d.apart)
	var out []CaseSet
	for _, w := range d.ways(c, d.exists(part, d.apart), care, told) {
		g := CaseSet{Short: w.words, Among: w.among, Rest: w.rest, node: w.node}
		inside := d.and(part, w.node)
		g.Share = d.share(inside)
		g.Lost, g.Gained, g.Partly = d.obligationsOf(inside)
		large := d.large(part)
		switch {
		case w.rest, w.among == AllCases && large:
			g.When = w.words
		case large: // what is short is said of some cases alone, and this is to stand by itself
			g.When = d.inFull(w.node, care)
		default:
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
