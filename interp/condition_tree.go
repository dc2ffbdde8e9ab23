package interp

import "slices"

// Condition is a condition on the facts of a case as data: questions about single facts, and
// what joins them. Policy.When gives them; String writes one as Ctl, which Program.Condition
// reads again. Do not change one: parts may be shared.
//
// Each operator means what it means in Ctl. Of a fact that there is none of, every comparison
// is false, those with OpUnequal, OpNotIn, OpNotLike, OpNotUnder and OpNoneOf too; OpNot is the plain denial.
type Condition struct {
	Op     ConditionOp
	Parts  []*Condition // of OpAnd, OpOr and OpNot; of OpSome the condition on each member, which is the fact `member`
	Fact   string       // what it is about: recipient, item.range
	Values []Value      // what the fact is compared with
	Other  string       // a fact that it is compared with, instead of values
	Group  *Group       // a group that it is compared with, instead of values
	Text   string       // of OpOpaque, as Ctl
	Reads  []string     // of OpOpaque: the facts that it reads, sorted

	open  bool // the fact is an open term about what stands in front of its last dot
	there bool // of OpSome: there always is a set, which has members or is empty
}

// ConditionOp is what a part of a condition asks, or how it joins its parts.
type ConditionOp string

// The operators of conditions.
const (
	OpAnd      ConditionOp = "and" // without parts: always
	OpOr       ConditionOp = "or"  // without parts: never
	OpNot      ConditionOp = "not"
	OpEqual    ConditionOp = "="
	OpUnequal  ConditionOp = "!="
	OpLess     ConditionOp = "<"
	OpAtMost   ConditionOp = "<="
	OpGreater  ConditionOp = ">"
	OpAtLeast  ConditionOp = ">="
	OpBetween  ConditionOp = "between" // from the first of two values to the second, both of them in
	OpIn       ConditionOp = "in"      // the values or the group
	OpNotIn    ConditionOp = "not in"
	OpHas      ConditionOp = "has"  // there is a value
	OpLike     ConditionOp = "like" // the pattern that is its value
	OpNotLike  ConditionOp = "not like"
	OpUnder    ConditionOp = "under" // the code that is its value, or one that goes on from it
	OpNotUnder ConditionOp = "not under"
	OpAnyOf    ConditionOp = "any of"  // a set has one of the values
	OpNoneOf   ConditionOp = "none of" // a set has none of the values
	OpAllOf    ConditionOp = "all of"  // all members of a set are among the values
	OpSome     ConditionOp = "some"    // some member of a set is as the part says; without a part, there is one
	// OpOpaque is a condition that is not taken apart: it compares what is computed, looks into
	// lists or calls functions.
	OpOpaque ConditionOp = "condition"

	opTerm ConditionOp = "term" // a term by its name: only in texts for people
)

// Exact says whether the whole of the condition is facts, values and groups: no part is opaque.
// One that cannot be is not.
func (c *Condition) Exact() bool { return c.mistake() == nil && !c.holdsOpaque() }

func (c *Condition) holdsOpaque() bool {
	return c.Op == OpOpaque || slices.ContainsFunc(c.Parts, (*Condition).holdsOpaque)
}

// size counts the conditions that it joins.
func (c *Condition) size() int {
	if len(c.Parts) == 0 {
		return 1
	}
	n := 0
	for _, p := range c.Parts {
		n += p.size()
	}
	return n
}

// asked is the condition that a fact matches, or with not that it has a value that does not.
func (p *pattern) asked(fact string, not bool) *Condition {
	ops := map[bool][2]ConditionOp{false: {OpLike, OpNotLike}, true: {OpUnder, OpNotUnder}}[p.under]
	op := ops[0]
	if not {
		op = ops[1]
	}
	return &Condition{Op: op, Fact: fact, Values: []Value{Text(p.text)}}
}

// allOf is a condition that holds where all of some do.
func allOf(cs ...*Condition) *Condition { return joined(OpAnd, cs) }

// oneOfThem is a condition that holds where one of some does.
func oneOfThem(cs ...*Condition) *Condition { return joined(OpOr, cs) }

// joined puts the parts of a condition of the same operator in the place of that.
func joined(op ConditionOp, cs []*Condition) *Condition {
	out := &Condition{Op: op}
	for _, c := range cs {
		if c.Op == op {
			out.Parts = append(out.Parts, c.Parts...)
		} else {
			out.Parts = append(out.Parts, c)
		}
	}
	if len(out.Parts) == 1 {
		return out.Parts[0]
	}
	return out
}

// denial is the plain denial of a condition.
func denial(c *Condition) *Condition { return &Condition{Op: OpNot, Parts: []*Condition{c}} }
