package interp

// fewNames is how many values are listed before a description by a group is looked for.
const fewNames = 8

// choiceLies lists values, or those it is not, or a named set with a few more or less.
func (v *variable) choiceLies(cells []int, w *wording) *Condition {
	in, none, rest := v.gather(cells)
	out, _, others := v.gather(complement(cells, len(v.cells)))
	var said *Condition
	saidNone := false // it holds of none too
	named := v.byNames(cells, in, out, rest, others, w)
	switch {
	case len(in) == 0 && !rest:
	case len(out) == 0 && !others && v.optional: // every value that there is
		said = v.has()
	case named != nil:
		said = named
	case !rest && len(in) <= fewNames, !rest && len(in) <= len(out):
		said = v.listed(in)
	case !others && len(out) <= fewNames:
		said = v.unlisted(out)
	default:
		if w != nil {
			said, saidNone = v.named(cells, w)
		}
		if said == nil {
			said = v.asTexts(cells, in, rest, out, others)
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
			best, size, saysNone = said, n, setNone && !extraNone && len(extra) == 0
		}
	}
	return best, saysNone
}
