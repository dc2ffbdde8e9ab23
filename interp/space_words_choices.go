package interp

import "slices"

// fewNames is how many values are listed before a description by a group is looked for.
const fewNames = 8

// choiceLies lists values, or those it is not, or a named set with a few more or less.
func (v *variable) choiceLies(cells []int, w *wording) *Condition {
	in, none, rest := v.gather(cells)
	out, _, others := v.gather(complement(cells, len(v.cells)))
	var said *Condition
	saidNone := false // it holds of none too
	switch {
	case len(in) == 0 && !rest:
	case len(out) == 0 && !others && v.optional: // every value that there is
		said = v.has()
	case !rest && len(in) <= fewNames, !rest && len(in) <= len(out):
		said = v.listed(in)
	case !others && len(out) <= fewNames:
		said = v.unlisted(out)
	default:
		if w != nil {
			said, saidNone = v.named(cells, w)
		}
		switch {
		case said != nil:
		case !rest:
			said = v.listed(in)
		case !others:
			said = v.unlisted(out)
		default:
			said = v.byGroups(cells)
		}
	}
	switch {
	case said == nil:
		return denial(v.has())
	case none && !saidNone:
		return oneOfThem(said, denial(v.has()))
	}
	return said
}

// byGroups says texts by the groups that they are in or not, cell by cell.
func (v *variable) byGroups(cells []int) *Condition {
	x := v.cells[0].texts
	names, _, _ := v.gather(cells)
	for _, text := range keys(x.named) { // those that behave like texts which are not listed
		for _, i := range cells {
			if c := v.cells[i]; (c.rest || c.alike) && slices.Contains(c.bases, x.named[text].base) {
				names = append(names, x.named[text].v)
			}
		}
	}
	var ways []*Condition
	if len(names) > 0 {
		ways = append(ways, v.listed(names))
	}
	for _, i := range cells {
		for _, b := range v.cells[i].bases {
			if w, ok := x.wayOf(b); ok {
				ways = append(ways, v.wayLies(w))
			}
		}
	}
	return oneOfThem(ways...)
}

// wayOf is the groups of the texts that a base value stands for; not ok where it stands
// for those listed alone.
func (x *textIndex) wayOf(base int) (string, bool) {
	if base == x.rest {
		return way(x.groups, ""), true
	}
	for w, b := range x.ways {
		if b == base {
			return w, true
		}
	}
	return "", false
}

// wayLies says of the texts that are in some groups, and in no others, and are not
// named by a condition.
func (v *variable) wayLies(w string) *Condition {
	x := v.cells[0].texts
	var parts []*Condition
	var but []Value
	for i, g := range x.groups {
		op := OpNotIn
		if w[i] == '1' {
			op = OpIn
		}
		parts = append(parts, &Condition{Op: op, Fact: v.name, Group: g.group})
	}
	for _, text := range keys(x.named) {
		if way(x.groups, text) == w {
			but = append(but, x.named[text].v)
		}
	}
	if len(but) > 0 {
		parts = append(parts, v.unlisted(but))
	}
	return allOf(parts...)
}

// gather lists the values of some cells, and says whether None is there too, and
// whether texts that are not listed are.
func (v *variable) gather(cells []int) (values []Value, none, rest bool) {
	for _, i := range cells {
		c := v.cells[i]
		switch {
		case c.none:
			none = true
		case c.rest || c.alike:
			rest = true
		default:
			values = append(values, c.values...)
		}
	}
	return values, none, rest
}

// listed is that a fact is one of some values.
func (v *variable) listed(values []Value) *Condition {
	if len(values) == 1 {
		return v.compared(OpEqual, values...)
	}
	return v.compared(OpIn, values...)
}

// unlisted is that a fact has a value, and none of some.
func (v *variable) unlisted(values []Value) *Condition {
	switch {
	case len(values) == 0:
		return v.has()
	case len(values) == 1:
		return v.compared(OpUnequal, values...)
	case v.optional:
		return allOf(v.has(), v.compared(OpNotIn, values...))
	}
	return v.compared(OpNotIn, values...)
}

// named describes cells by the nearest named set: in Member and not in (FR, GB). Where the
// set holds none, and the cells do too, that is said as well.
func (v *variable) named(cells []int, w *wording) (best *Condition, saysNone bool) {
	size := fewNames + 1
	for _, p := range w.phrases {
		if p.denied == nil || p.cube[0].Var != v.index {
			continue
		}
		sets := [][]int{p.cube[0].Cells, p.denied[0].Cells}
		for i, set := range sets {
			said := p.yes
			if i == 1 {
				said = p.no
			}
			missing, _, mrest := v.gather(without(cells, set))
			extra, extraNone, erest := v.gather(without(set, cells))
			n := len(missing) + len(extra)
			if mrest || erest || n >= size {
				continue
			}
			if extraNone {
				said = allOf(v.has(), said)
			}
			if len(extra) > 0 {
				said = allOf(said, v.unlisted(extra))
			}
			if len(missing) > 0 {
				said = oneOfThem(said, v.listed(missing))
			}
			_, setNone, _ := v.gather(set)
			best, size, saysNone = said, n, setNone && !extraNone
		}
	}
	return best, saysNone
}
