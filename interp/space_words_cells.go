package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// words say which cells a fact lies in.
func (v *variable) words(cells []int, w *wording) string {
	switch {
	case v.term != nil:
		return yesNo(v.name, cells, strings.Replace(v.name, " is ", " is not ", 1))
	case v.pair != nil:
		return v.pairWords(cells)
	case v.opaque != nil:
		return v.opaqueWords(cells, v.operandsAre(nil))
	case v.presence:
		return yesNo("has "+v.name, cells, "not has "+v.name)
	case v.set:
		return v.setWords(cells, false)
	case v.t.basic == boolType:
		return v.flagWords(cells)
	case ordered(v.t):
		return v.rangeWords(cells)
	}
	return v.choiceWords(cells, w)
}

// yesNo is the words, or their denial.
func yesNo(words string, cells []int, denied string) string {
	if len(cells) == 1 && cells[0] == 0 {
		return denied
	}
	return words
}

// opaqueWords are the author's, in brackets where what follows would belong to them. Sure
// is that it is said besides that the operands have values.
func (v *variable) opaqueWords(cells []int, sure bool) string {
	c := v.opaque.key.c
	words, denied := v.name, "not ("+v.name+")"
	if sure {
		switch c := c.(type) {
		case *likeCond, *withinCond, *listedCond, *elemCond, *groupCond:
			denied = condWords(&deniedCond{rel: c}, v.opaque.self)
		case *setCond:
			if c.op == lang.AnyOf {
				denied = condWords(&deniedCond{rel: c}, v.opaque.self)
			}
		}
	}
	if _, open := c.(*quantCond); open {
		words = "(" + words + ")"
	}
	return yesNo(words, cells, denied)
}

// operandsAre says whether the operands of an opaque condition have values wherever all of
// the paths do.
func (v *variable) operandsAre(there map[string]bool) bool {
	all := true
	needed(v.opaque.key.c, func(o operand) {
		absentWith(o, func(p *path) {
			q := p.within(v.opaque.self).present()
			all = all && (q == nil || there[q.fact()])
		})
	})
	return all
}

// setWords say whether a set has elements of a class; sure is that it is said besides that
// there is a set at all.
func (v *variable) setWords(cells []int, sure bool) string {
	maybe := v.fact.optional() && !sure
	class := v.cells[1]
	names := valueNames(class.values)
	switch {
	case class.rest || class.alike:
		return v.restWords(cells, maybe)
	case len(names) == 1 && maybe:
		return yesNo(names[0]+" in "+v.name, cells, "not "+names[0]+" in "+v.name)
	case len(names) == 1:
		return yesNo(names[0]+" in "+v.name, cells, names[0]+" not in "+v.name)
	}
	in := " of " + v.name + " in (" + strings.Join(names, ", ") + ")"
	if maybe { // none of would say that there is a set
		return yesNo("any"+in, cells, "not any"+in)
	}
	return yesNo("any"+in, cells, "none"+in)
}

// restWords are setWords of the elements that no condition names.
func (v *variable) restWords(cells []int, maybe bool) string {
	first := v
	if v.first != nil {
		first = v.first
	}
	elem := &variable{index: -1, name: "member", t: v.t.elem}
	var listed []string
	at := 0
	for i, w := range first.classes {
		elem.cells = append(elem.cells, w.cells[1])
		if w == v {
			at = i
		} else {
			listed = append(listed, valueNames(w.cells[1].values)...)
		}
	}
	switch groups := v.cells[1].grouped(); {
	case len(first.classes) == 1:
		return yesNo("count("+v.name+") > 0", cells, "not count("+v.name+") > 0")
	case !groups && !maybe:
		all := "all of " + v.name + " in (" + strings.Join(listed, ", ") + ")"
		return yesNo("not "+all, cells, all)
	}
	some := "(some member in " + v.name + " has " + elem.choiceWords([]int{at}, nil) + ")"
	return yesNo(some, cells, "not "+some)
}

func valueNames(vs []Value) []string {
	names := make([]string, len(vs))
	for i, v := range vs {
		names[i] = v.String()
	}
	return names
}

// flagWords are role is vetted, item.flag and their denials.
func (v *variable) flagWords(cells []int) string {
	yes, no := v.name, "not "+v.name
	if v.attr != nil && v.attr.Open {
		if i := strings.LastIndexByte(v.name, '.'); i >= 0 {
			yes = v.name[:i] + " is " + v.name[i+1:]
			no = v.name[:i] + " is not " + v.name[i+1:]
		}
	}
	var is [3]bool // no, yes, none
	for _, i := range cells {
		c := v.cells[i]
		is[2] = is[2] || c.none
		for _, x := range c.values {
			is[0], is[1] = is[0] || x == Value(Bool(false)), is[1] || x == Value(Bool(true))
		}
	}
	switch has := "has " + v.name; {
	case !v.optional && is[1], is == [3]bool{false, true, false}:
		return yes
	case !v.optional, is == [3]bool{true, false, true}:
		return no
	case is == [3]bool{true, false, false}:
		return has + " and " + no
	case is == [3]bool{true, true, false}:
		return has
	case is == [3]bool{false, true, true}:
		return yes + " or not " + has
	default:
		return "not " + has
	}
}

// rangeWords are intervals, neighbouring cells taken together.
func (v *variable) rangeWords(cells []int) string {
	var parts []string
	for i := 0; i < len(cells); {
		c := v.cells[cells[i]]
		if c.none {
			parts = append(parts, "not has "+v.name)
			i++
			continue
		}
		lo, hi := c.lo, c.hi
		j := i + 1
		for ; j < len(cells) && cells[j] == cells[j-1]+1 && !v.cells[cells[j]].none; j++ {
			hi = v.cells[cells[j]].hi
		}
		i = j
		parts = append(parts, v.interval(lo, hi))
	}
	return strings.Join(parts, " or ")
}

func (v *variable) interval(lo, hi *bound) string {
	switch {
	case lo == nil && hi == nil:
		return "has " + v.name
	case lo != nil && hi != nil && compareOrder(lo.v, hi.v) == 0:
		return v.name + " = " + constantWords(lo.v)
	case lo != nil && hi != nil && !lo.open && !hi.open:
		return v.name + " in " + constantWords(lo.v) + " .. " + constantWords(hi.v)
	}
	var parts []string
	if lo != nil {
		op := " >= "
		if lo.open {
			op = " > "
		}
		parts = append(parts, v.name+op+constantWords(lo.v))
	}
	if hi != nil {
		op := " <= "
		if hi.open {
			op = " < "
		}
		parts = append(parts, v.name+op+constantWords(hi.v))
	}
	return strings.Join(parts, " and ")
}

// fewNames is how many values are listed before a description by a group is looked for.
const fewNames = 8

// choiceWords list values, or those it is not, or a named set with a few more or less.
func (v *variable) choiceWords(cells []int, w *wording) string {
	in, none, rest := v.gather(cells)
	out, _, others := v.gather(complement(cells, len(v.cells)))
	var words string
	saidNone := false // the words hold of none too
	switch {
	case len(in) == 0 && !rest:
		words = ""
	case len(out) == 0 && !others && v.optional: // every value that there is
		words = "has " + v.name
	case !rest && len(in) <= fewNames, !rest && len(in) <= len(out):
		words = v.listWords(in, false)
	case !others && len(out) <= fewNames:
		words = v.listWords(out, true)
	default:
		if w != nil {
			words, saidNone = v.named(cells, w)
		}
		switch {
		case words != "":
		case !rest:
			words = v.listWords(in, false)
		case !others:
			words = v.listWords(out, true)
		default:
			words = v.byGroups(cells)
		}
	}
	if none && !saidNone {
		if words == "" {
			return "not has " + v.name
		}
		words += " or not has " + v.name
	}
	return words
}

// byGroups says texts by the groups that they are in or not, cell by cell.
func (v *variable) byGroups(cells []int) string {
	x := v.cells[0].texts
	names, _, _ := v.gather(cells)
	for _, text := range keys(x.named) { // those that behave like texts which are not listed
		for _, i := range cells {
			if c := v.cells[i]; (c.rest || c.alike) && slices.Contains(c.bases, x.named[text]) {
				names = append(names, Text(text).String())
			}
		}
	}
	var ways []string
	if len(names) > 0 {
		ways = append(ways, v.listWords(names, false))
	}
	for _, i := range cells {
		for _, b := range v.cells[i].bases {
			if w, ok := x.wayOf(b); ok {
				ways = append(ways, v.wayWords(w))
			}
		}
	}
	if len(ways) == 1 {
		return ways[0]
	}
	return "(" + strings.Join(ways, " or ") + ")"
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

// wayWords says of the texts that are in some groups, and in no others, and are not
// named by a condition.
func (v *variable) wayWords(w string) string {
	x := v.cells[0].texts
	var parts, but []string
	for i, g := range x.groups {
		if w[i] == '1' {
			parts = append(parts, v.name+" in "+g.group.Name)
		} else {
			parts = append(parts, v.name+" not in "+g.group.Name)
		}
	}
	for _, text := range keys(x.named) {
		if way(x.groups, text) == w {
			but = append(but, Text(text).String())
		}
	}
	if len(but) > 0 {
		parts = append(parts, v.listWords(but, true))
	}
	return "(" + strings.Join(parts, " and ") + ")"
}

// gather lists the values of some cells, and says whether None is there too, and
// whether texts that are not listed are.
func (v *variable) gather(cells []int) (names []string, none, rest bool) {
	for _, i := range cells {
		c := v.cells[i]
		switch {
		case c.none:
			none = true
		case c.rest || c.alike:
			rest = true
		default:
			names = append(names, valueNames(c.values)...)
		}
	}
	return names, none, rest
}

func (v *variable) listWords(names []string, denied bool) string {
	switch {
	case len(names) == 0 && denied:
		return "has " + v.name
	case len(names) == 1 && denied:
		return v.name + " != " + names[0]
	case len(names) == 1:
		return v.name + " = " + names[0]
	case denied && v.optional: // what is none is not in any list
		return "has " + v.name + " and " + v.name + " not in (" + strings.Join(names, ", ") + ")"
	case denied:
		return v.name + " not in (" + strings.Join(names, ", ") + ")"
	}
	return v.name + " in (" + strings.Join(names, ", ") + ")"
}

// named describes cells by the nearest named set: in Member and not in (FR, GB). Where the
// set holds none, and the cells do too, the words say that as well.
func (v *variable) named(cells []int, w *wording) (best string, saysNone bool) {
	size := fewNames + 1
	for _, p := range w.phrases {
		if p.denied == nil || p.cube[0].Var != v.index {
			continue
		}
		sets := [][]int{p.cube[0].Cells, p.denied[0].Cells}
		for i, set := range sets {
			name := p.yes
			if i == 1 {
				name = p.no
			}
			missing, _, mrest := v.gather(without(cells, set))
			extra, extraNone, erest := v.gather(without(set, cells))
			n := len(missing) + len(extra)
			if mrest || erest || n >= size {
				continue
			}
			words := name
			if extraNone {
				words = "has " + v.name + " and " + words
			}
			if len(extra) > 0 {
				words += " and " + v.listWords(extra, true)
			}
			if len(missing) > 0 {
				words += " or " + v.listWords(missing, false)
			}
			_, setNone, _ := v.gather(set)
			best, size, saysNone = words, n, setNone && !extraNone
		}
	}
	return best, saysNone
}

// without is a less b.
func without(a, b []int) []int {
	return slices.DeleteFunc(slices.Clone(a), func(i int) bool { return slices.Contains(b, i) })
}
