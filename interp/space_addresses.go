package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/addr"
	"github.com/ctl-lang/ctl/internal/dd"
)

// interval is a part of an ordered type, nil being no bound.
type interval struct{ lo, hi *bound }

func (i interval) holds(v Value) bool { return i.lo.above(v) && i.hi.below(v) }

// scattered says whether the values that no condition tells apart are one cell wherever they lie, and
// not one for each interval. Groups of networks would else cut addresses into thousands of cells.
func (v *variable) scattered() bool { return v.t.scalar == addressScalar || v.recurrent() }

// scatter puts the intervals of base cells into the cells that are made of them; of says which.
func (v *variable) scatter(base []cell, of []int) {
	last := -1
	for i, c := range base {
		into := &v.cells[of[i]]
		switch n := len(into.spread); {
		case c.none:
		case of[i] == last:
			into.spread[n-1].hi = c.hi
		default:
			into.spread = append(into.spread, interval{c.lo, c.hi})
		}
		last = of[i]
	}
}

// among says whether a value lies in one of some intervals, which are in order.
func among(all []interval, v Value) bool {
	i, _ := slices.BinarySearchFunc(all, v, func(in interval, v Value) int {
		if in.hi.below(v) {
			return 1
		}
		return -1
	})
	return i < len(all) && all[i].holds(v)
}

// ranges are the addresses in some cells, each range of one family, and whether none is there too.
func (v *variable) ranges(cells []int) (out [][2]Address, none bool) {
	var all []interval
	for _, i := range cells {
		none = none || v.cells[i].none
		all = append(all, v.cells[i].spread...)
	}
	for _, in := range all {
		first, last := addr.First4, addr.Last6
		if in.lo != nil {
			if first = in.lo.v.(Address).ip; in.lo.open {
				first, _ = addr.Next(first)
			}
		}
		if in.hi != nil {
			if last = in.hi.v.(Address).ip; in.hi.open {
				last, _ = addr.Before(last)
			}
		}
		if first.Is4() && last.Is6() {
			out = append(out, [2]Address{{first}, {addr.Last4}})
			first = addr.First6
		}
		out = append(out, [2]Address{{first}, {last}})
	}
	slices.SortFunc(out, func(a, b [2]Address) int { return a[0].compare(b[0]) })
	n := 0
	for i, r := range out {
		if i > 0 {
			if next, ok := addr.Next(out[n-1][1].ip); ok && next == r[0].ip && !strangers(out[n-1][1], r[0]) {
				out[n-1][1] = r[1]
				continue
			}
		}
		out[n] = r
		n++
	}
	return out[:n], none
}

// scatteredLies says cells by networks and ranges, or by the groups and networks of which conditions ask,
// whichever is shorter. What comes again with every week is said by the conditions alone.
func (v *variable) scatteredLies(cells []int) *Condition {
	if v.t.scalar != addressScalar {
		return v.byAtoms(cells)
	}
	in, none := v.ranges(cells)
	out, noneOut := v.ranges(complement(cells, len(v.cells)))
	if len(in) == 0 {
		return denial(v.has())
	}
	if least := min(len(in), len(out)); least > 1 {
		if said := v.byAtoms(cells); least > fewNames || said.size() < least {
			return said
		}
	}
	var said *Condition
	switch {
	case len(out) == 0:
		said = v.has()
	case len(out) < len(in):
		if said = denial(v.inRanges(out)); noneOut && !none {
			said = allOf(v.has(), said)
		}
		return said
	default:
		said = v.inRanges(in)
	}
	if none {
		return oneOfThem(said, denial(v.has()))
	}
	return said
}

func (v *variable) inRanges(all [][2]Address) *Condition {
	var parts []*Condition
	for _, r := range all {
		if r[0] == r[1] {
			parts = append(parts, v.compared(OpEqual, r[0]))
		} else {
			parts = append(parts, v.compared(OpBetween, r[0], r[1]))
		}
	}
	return oneOfThem(parts...)
}

// byAtoms says cells by the conditions that tell them apart.
func (v *variable) byAtoms(cells []int) *Condition {
	var on, off []string
	for i := range v.cells {
		if w := v.wayOfCell(i); slices.Contains(cells, i) {
			on = append(on, w)
		} else {
			off = append(off, w)
		}
	}
	var ways []*Condition
	for _, cube := range cubesOf(on, off) {
		var parts []*Condition
		for _, b := range cube {
			parts = append(parts, v.atomSaid(b.at, b.bit == '0'))
		}
		ways = append(ways, allOf(parts...))
	}
	return oneOfThem(ways...)
}

// wayOfCell is which of the variable's conditions hold in a cell, each '0' or '1', and behind them
// whether it has no value.
func (v *variable) wayOfCell(i int) string {
	w := []byte(v.signature(i, v.cells[i].none))
	for j := range w {
		w[j] += '0'
	}
	return string(w)
}

// atomSaid is one of the variable's conditions, or with not that it does not hold; behind the last of
// them that there is no value.
func (v *variable) atomSaid(i int, not bool) *Condition {
	if i == len(v.atoms) {
		return unless(!not, v.has())
	}
	a := v.atoms[i]
	switch c := a.key.c.(type) {
	case *groupCond:
		if not && !v.optional {
			return &Condition{Op: OpNotIn, Fact: v.name, Group: c.group}
		}
		return unless(not, &Condition{Op: OpIn, Fact: v.name, Group: c.group})
	case *listedCond:
		if _, bare := c.x.(*path); bare {
			if said := v.inElements(c.elems); said != nil {
				return unless(not, said)
			}
		}
		if not && !v.optional {
			return &Condition{Op: OpOpaque, Text: condWords(&deniedCond{rel: c}, a.self), Reads: []string{v.name}}
		}
	case *compareCond:
		if v.t.scalar == momentScalar {
			if said := v.comparedSaid(c, not); said != nil {
				return said
			}
			if not && !v.optional {
				return &Condition{Op: OpOpaque, Text: condWords(&compareCond{op: denials[c.op], x: c.x, y: c.y}, a.self), Reads: []string{v.name}}
			}
		}
	}
	return unless(not, &Condition{Op: OpOpaque, Text: condWords(a.key.c, a.self), Reads: []string{v.name}})
}

// inElements is that the fact is one of some constants, or lies between two; nil of others.
func (v *variable) inElements(elems []element) *Condition {
	var parts []*Condition
	for _, e := range elems {
		lo, hi := constantOf(e.lo), constantOf(e.hi)
		switch {
		case lo != nil && e.hi == nil:
			parts = append(parts, v.compared(OpEqual, lo.v))
		case lo != nil && hi != nil:
			parts = append(parts, v.compared(OpBetween, lo.v, hi.v))
		default:
			return nil
		}
	}
	return oneOfThem(parts...)
}

// addAddresses takes the groups that conditions ask addresses for into the vocabulary.
func (w *wording) addAddresses() {
	for _, v := range w.s.vars {
		if !v.isScattered() {
			continue
		}
		for _, a := range v.atoms {
			in, is := a.key.c.(*groupCond)
			if !is || a.key.on != w.on || w.s.prog.groups[in.group.Name] != in.group || len(a.yes) != len(v.cells) {
				continue
			}
			var yes, no []int
			for i, holds := range a.yes {
				switch {
				case holds:
					yes = append(yes, i)
				case !v.cells[i].none:
					no = append(no, i)
				}
			}
			if len(yes) == 0 || len(no) == 0 {
				continue
			}
			p := w.phrase(&Condition{Op: OpIn, Fact: v.name, Group: in.group}, &Condition{Op: OpNotIn, Fact: v.name, Group: in.group}, dd.Cube{{Var: v.index, Cells: yes}})
			p.denied = dd.Cube{{Var: v.index, Cells: no}}
		}
	}
}

func (v *variable) isScattered() bool { return v.fact != nil && !v.presence && !v.set && v.scattered() }

// needed are the cells of a literal that hold of something that is left to say, if these are fewer
// ranges, or conditions, than the whole of it: what else may be said as well lies scattered about.
func (w *wording) needed(lit dd.Lit, leave func() dd.Node) []int {
	v := w.s.vars[lit.Var]
	if !v.isScattered() {
		return nil
	}
	k := &compiler{s: w.s, on: w.on}
	var cells []int
	for _, i := range lit.Cells {
		if k.and(leave(), k.keep(w.s.Store.Literal(v.index, []int{i}))) != dd.False {
			cells = append(cells, i)
		}
	}
	if k.err != nil || len(cells) == 0 || len(cells) == len(lit.Cells) {
		return nil
	}
	if v.recurrent() {
		if v.byAtoms(cells).size() < v.byAtoms(lit.Cells).size() {
			return cells
		}
		return nil
	}
	all, _ := v.ranges(lit.Cells)
	if some, _ := v.ranges(cells); len(some) >= len(all) {
		return nil
	}
	return cells
}
