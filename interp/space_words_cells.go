package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// lies is the condition that a fact lies in some cells.
func (v *variable) lies(cells []int, w *wording) *Condition {
	switch {
	case v.term != nil:
		yes, no := v.termByName()
		if isNo(cells) {
			return no
		}
		return yes
	case v.pair != nil:
		return v.pairLies(cells)
	case v.opaque != nil:
		return v.opaqueLies(cells, v.operandsAre(nil))
	case v.presence:
		return unless(isNo(cells), v.has())
	case v.set:
		return v.setLies(cells, false)
	case v.t.basic == boolType:
		return v.flagLies(cells)
	case v.scattered():
		return v.scatteredLies(cells)
	case ordered(v.t):
		return v.rangeLies(cells)
	}
	return v.choiceLies(cells, w)
}

// has is that there is a value.
func (v *variable) has() *Condition { return &Condition{Op: OpHas, Fact: v.name} }

// isNo says whether the cells of a variable of yes and no are no alone.
func isNo(cells []int) bool { return len(cells) == 1 && cells[0] == 0 }

// unless is a condition, or where that is so its denial.
func unless(denied bool, c *Condition) *Condition {
	if denied {
		return denial(c)
	}
	return c
}

// opaqueLies is the author's condition. Sure is that it is said besides that the operands
// have values.
func (v *variable) opaqueLies(cells []int, sure bool) *Condition {
	c := v.opaque.key.c
	if like, ok := c.(*likeCond); ok {
		if p, single := single(like.x); single && p != nil {
			fact := p.within(v.opaque.self).fact()
			if isNo(cells) && sure {
				return like.pattern.asked(fact, true)
			}
			return unless(isNo(cells), like.pattern.asked(fact, false))
		}
	}
	if !isNo(cells) {
		if _, open := c.(*quantCond); open { // what follows would belong to it
			return v.opaqueText("(" + v.name + ")")
		}
		return v.opaqueText(v.name)
	}
	if sure && deniable(c) {
		return v.opaqueText(condWriter{v.opaque.self, v.later}.cond(&deniedCond{rel: c}, 0))
	}
	return denial(v.opaqueText(v.name))
}

// deniable says whether a relation has words of its own for its contrary.
func deniable(c cond) bool {
	switch c := c.(type) {
	case *likeCond, *withinCond, *listedCond, *elemCond, *groupCond:
		return true
	case *setCond:
		return c.op == lang.AnyOf
	}
	return false
}

// opaqueText is a condition on what an opaque one reads.
func (v *variable) opaqueText(text string) *Condition {
	read := newFactReader()
	read.cond(v.opaque.key.c, selfName(v.opaque.self))
	return &Condition{Op: OpOpaque, Text: text, Reads: keys(read.names)}
}

// operandsAre says whether all operands of an opaque condition have values wherever all of
// the paths do: then its relation is false where its denial is true.
func (v *variable) operandsAre(there map[string]bool) bool {
	all := len(v.valued) == 0
	eachPart(v.opaque.key.c, func(cond) {}, func(o operand) {
		absentWith(o, func(p *path) {
			q := p.within(v.opaque.self).present()
			all = all && (q == nil || there[q.fact()])
		})
	})
	return all
}

// setLies says whether a set has elements of a class; sure is that it is said besides that
// there is a set at all.
func (v *variable) setLies(cells []int, sure bool) *Condition {
	maybe := v.fact.optional() && !sure
	class := v.cells[1]
	if class.rest || class.alike {
		return v.restLies(cells, maybe)
	}
	any := &Condition{Op: OpAnyOf, Fact: v.name, Values: class.values}
	if isNo(cells) && !maybe { // none of says that there is a set
		return &Condition{Op: OpNoneOf, Fact: v.name, Values: class.values}
	}
	return unless(isNo(cells), any)
}

// restLies is setLies of the elements that no condition names.
func (v *variable) restLies(cells []int, maybe bool) *Condition {
	first := v
	if v.first != nil {
		first = v.first
	}
	elem := &variable{index: -1, name: "member", t: v.t.elem}
	var listed []Value
	at := 0
	for i, w := range first.classes {
		elem.cells = append(elem.cells, w.cells[1])
		if w == v {
			at = i
		} else {
			listed = append(listed, w.cells[1].values...)
		}
	}
	switch groups := v.cells[1].grouped(); {
	case len(first.classes) == 1:
		return unless(isNo(cells), &Condition{Op: OpSome, Fact: v.name, there: !maybe})
	case !groups && !maybe:
		return unless(!isNo(cells), &Condition{Op: OpAllOf, Fact: v.name, Values: listed})
	}
	some := &Condition{Op: OpSome, Fact: v.name, Parts: []*Condition{elem.choiceLies([]int{at}, nil)}}
	return unless(isNo(cells), some)
}

// flagLies are role is vetted, item.flag and their denials.
func (v *variable) flagLies(cells []int) *Condition {
	yes, no, has := v.flag()
	var is [3]bool // no, yes, none
	for _, i := range cells {
		c := v.cells[i]
		is[2] = is[2] || c.none
		for _, x := range c.values {
			is[0], is[1] = is[0] || x == Value(Bool(false)), is[1] || x == Value(Bool(true))
		}
	}
	switch {
	case !v.optional && is[1], is == [3]bool{false, true, false}:
		return yes
	case !v.optional, is == [3]bool{true, false, true}:
		return no
	case is == [3]bool{true, false, false}:
		return allOf(has, no)
	case is == [3]bool{true, true, false}:
		return has
	case is == [3]bool{false, true, true}:
		return oneOfThem(yes, denial(has))
	default:
		return denial(has)
	}
}

// flag are that a fact is yes, that it is not, and that there is a value.
func (v *variable) flag() (yes, no, has *Condition) {
	if a := v.attr; a != nil && a.Group != nil { // of an open group: the thing is in it
		thing := strings.TrimSuffix(v.name, "."+a.Name)
		yes = &Condition{Op: OpIn, Fact: thing, Group: a.Group}
		if no = denial(yes); !v.optional {
			no = &Condition{Op: OpNotIn, Fact: thing, Group: a.Group}
		}
		return yes, no, &Condition{Op: OpHas, Fact: thing}
	}
	yes = &Condition{Op: OpEqual, Fact: v.name, Values: []Value{Bool(true)}, open: v.attr != nil && v.attr.Open}
	return yes, denial(yes), v.has()
}

// rangeLies are intervals, neighbouring cells taken together. Points are listed, also those that are
// all that is left out.
func (v *variable) rangeLies(cells []int) *Condition {
	known := slices.DeleteFunc(slices.Clone(cells), func(i int) bool { return v.cells[i].none })
	var none []*Condition
	if len(known) < len(cells) {
		none = append(none, denial(v.has()))
	}
	if len(known) == 0 {
		return oneOfThem(none...)
	}
	runs := runsOf(known)
	lo, hi := v.cells[known[0]].lo, v.cells[known[len(known)-1]].hi
	if left, ok := v.points(runsOf(complementWithin(known))); ok && len(left) > 0 {
		said := []*Condition{v.unlisted(left)}
		if lo != nil || hi != nil {
			said = append([]*Condition{v.interval(lo, hi)}, said...)
		}
		return oneOfThem(append([]*Condition{allOf(said...)}, none...)...)
	}
	var parts []*Condition
	var points []Value
	at := 0
	for _, r := range runs {
		if p, ok := v.points([][]int{r}); ok {
			if len(points) == 0 {
				at, parts = len(parts), append(parts, nil)
			}
			points = append(points, p...)
			continue
		}
		parts = append(parts, v.interval(v.cells[r[0]].lo, v.cells[r[len(r)-1]].hi))
	}
	if len(points) > 0 {
		parts[at] = v.listed(points)
	}
	return oneOfThem(append(parts, none...)...)
}

// points are the values of runs of cells each of which is one value.
func (v *variable) points(runs [][]int) (values []Value, ok bool) {
	for _, r := range runs {
		lo, hi := v.cells[r[0]].lo, v.cells[r[len(r)-1]].hi
		if lo == nil || hi == nil || compareOrder(lo.v, hi.v) != 0 {
			return nil, false
		}
		values = append(values, lo.v)
	}
	return values, true
}

// runsOf are ascending numbers as runs of neighbours.
func runsOf(numbers []int) [][]int {
	var out [][]int
	for i, n := range numbers {
		if i == 0 || n != numbers[i-1]+1 {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], n)
	}
	return out
}

// complementWithin are the numbers that ascending ones leave out between the first and the last.
func complementWithin(numbers []int) []int {
	var out []int
	for i := range len(numbers) - 1 {
		for n := numbers[i] + 1; n < numbers[i+1]; n++ {
			out = append(out, n)
		}
	}
	return out
}

func (v *variable) interval(lo, hi *bound) *Condition {
	switch {
	case lo == nil && hi == nil:
		return v.has()
	case lo != nil && hi != nil && compareOrder(lo.v, hi.v) == 0:
		return v.compared(OpEqual, lo.v)
	case lo != nil && hi != nil && !lo.open && !hi.open:
		return v.compared(OpBetween, lo.v, hi.v)
	}
	var parts []*Condition
	if lo != nil {
		op := OpAtLeast
		if lo.open {
			op = OpGreater
		}
		parts = append(parts, v.compared(op, lo.v))
	}
	if hi != nil {
		op := OpAtMost
		if hi.open {
			op = OpLess
		}
		parts = append(parts, v.compared(op, hi.v))
	}
	return allOf(parts...)
}

// compared is the fact compared with values.
func (v *variable) compared(op ConditionOp, values ...Value) *Condition {
	return &Condition{Op: op, Fact: v.name, Values: values}
}

// without is a less b.
func without(a, b []int) []int {
	return slices.DeleteFunc(slices.Clone(a), func(i int) bool { return slices.Contains(b, i) })
}
