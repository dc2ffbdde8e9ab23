package interp

import "slices"

// asTexts says some cells of a fact by its values, or those it has not, or by the groups that
// its texts are in and the patterns that they match, whichever is shortest.
func (v *variable) asTexts(cells []int, in []Value, rest bool, out []Value, others bool) *Condition {
	var best *Condition
	size := 0
	offer := func(c *Condition, n int) {
		if best == nil || n < size {
			best, size = c, n
		}
	}
	if !rest {
		offer(v.listed(in), len(in))
	}
	if !others {
		offer(v.unlisted(out), len(out))
	}
	if x := v.cells[0].texts; x != nil && len(x.groups)+x.patternCount() > 0 {
		offer(v.cover(cells, false))
		if !slices.ContainsFunc(x.groups, func(g datedGroup) bool { return g.group.Name == "" }) {
			offer(v.cover(cells, true))
		}
	}
	return best
}

func (x *textIndex) patternCount() int {
	if x.patterns == nil {
		return 0
	}
	return len(x.patterns.list)
}

// wayOf is what holds of the texts that a base value stands for; not ok where it stands
// for those listed alone.
func (x *textIndex) wayOf(base int) (string, bool) {
	for w, b := range x.ways {
		if b == base {
			return w, true
		}
	}
	return "", false
}

// textCover finds conditions on a text that hold in some cells, and not in the others.
type textCover struct {
	v       *variable
	x       *textIndex
	on, off []string  // what holds of the texts in question, and of the others
	in, out namedCell // the texts that are named, by what holds of them
}

// namedCell are texts by what holds of them.
type namedCell map[string][]string

// cover says cells by groups and patterns, with the named texts that these say too much or too
// little; size is how many values and questions it takes. Where it is strict, the questions
// are such that as few names as can be are said.
func (v *variable) cover(cells []int, strict bool) (said *Condition, size int) {
	k := v.newCover(cells)
	on, off := slices.Clone(k.on), slices.Clone(k.off)
	if strict {
		for _, w := range keys(k.in) {
			if !slices.Contains(k.off, w) && k.out[w] == nil {
				on = append(on, w)
			}
		}
		for _, w := range keys(k.out) {
			if !slices.Contains(on, w) {
				off = append(off, w)
			}
		}
	}
	var parts []*Condition
	cubes := cubesOf(on, off)
	for _, c := range cubes {
		part, n := k.cube(c)
		parts, size = append(parts, part), size+n
	}
	var left []Value
	for _, w := range keys(k.in) {
		if !slices.ContainsFunc(cubes, func(c wayCube) bool { return c.has(w) }) {
			for _, text := range k.in[w] {
				left = append(left, k.x.named[text].v)
			}
		}
	}
	if len(left) > 0 {
		slices.SortFunc(left, compareTexts)
		parts, size = append([]*Condition{v.listed(left)}, parts...), size+len(left)
	}
	return oneOfThem(parts...), size
}

// mostTried bounds the cubes among which those are looked for that could be left out.
const mostTried = 64

// cubesOf are cubes that have all of some ways in them, and none of the others; where they are few,
// none of them could be left out.
func cubesOf(on, off []string) []wayCube {
	var cubes []wayCube
	covered := func(cubes []wayCube, w string) bool {
		return slices.ContainsFunc(cubes, func(c wayCube) bool { return c.has(w) })
	}
	for _, w := range on {
		if !covered(cubes, w) {
			cubes = append(cubes, widened(w, off))
		}
	}
	for i := 0; i < len(cubes) && len(cubes) <= mostTried; {
		others := slices.Delete(slices.Clone(cubes), i, i+1)
		if slices.ContainsFunc(on, func(w string) bool { return !covered(others, w) }) {
			i++
		} else {
			cubes = others
		}
	}
	return cubes
}

// newCover sorts the texts of all cells by what holds of them.
func (v *variable) newCover(cells []int) *textCover {
	k := &textCover{v: v, x: v.cells[0].texts, in: namedCell{}, out: namedCell{}}
	chosen := map[int]bool{}
	for _, i := range cells {
		for _, b := range v.cells[i].bases {
			chosen[b] = true
		}
	}
	ways := keys(k.x.ways)
	slices.Reverse(ways) // what holds stands before what does not
	for _, w := range ways {
		if chosen[k.x.ways[w]] {
			k.on = append(k.on, w)
		} else {
			k.off = append(k.off, w)
		}
	}
	for _, text := range keys(k.x.named) {
		by := k.out
		if chosen[k.x.named[text].base] {
			by = k.in
		}
		w := k.x.way(text)
		by[w] = append(by[w], text)
	}
	return k
}

// wayCube are the ways that have some bits in some places.
type wayCube []wayBit

type wayBit struct {
	at  int
	bit byte
}

// has says whether a way is in a cube.
func (c wayCube) has(way string) bool {
	for _, b := range c {
		if way[b.at] != b.bit {
			return false
		}
	}
	return true
}

// widened makes a cube of a way that has none of the others in it, with as few questions as can be,
// and of these sooner what holds than what does not.
func widened(way string, off []string) wayCube {
	var cube, all wayCube
	for i := range len(way) {
		if all = append(all, wayBit{i, way[i]}); way[i] == '1' {
			cube = append(cube, wayBit{i, '1'})
		}
	}
	if slices.ContainsFunc(off, cube.has) {
		cube = all
	}
	differ := make([]int, len(off)) // how many questions tell each of the others from the cube
	for i, w := range off {
		for _, b := range cube {
			if w[b.at] != b.bit {
				differ[i]++
			}
		}
	}
	for _, bit := range []byte("01") {
		for j := len(cube) - 1; j >= 0; j-- {
			b := cube[j]
			if b.bit != bit {
				continue
			}
			alone := false
			for i, w := range off {
				if alone = differ[i] == 1 && w[b.at] != bit; alone {
					break
				}
			}
			if alone {
				continue
			}
			for i, w := range off {
				if w[b.at] != bit {
					differ[i]--
				}
			}
			cube = slices.Delete(cube, j, j+1)
		}
	}
	return cube
}

// cube is a cube as a condition, without the named texts that are not meant.
func (k *textCover) cube(cube wayCube) (said *Condition, size int) {
	var parts []*Condition
	for _, b := range cube {
		parts = append(parts, k.question(b.at, b.bit == '0'))
	}
	var but []Value
	for _, w := range keys(k.out) {
		if cube.has(w) {
			for _, text := range k.out[w] {
				but = append(but, k.x.named[text].v)
			}
		}
	}
	size = len(parts) + len(but)
	if len(but) > 0 {
		slices.SortFunc(but, compareTexts)
		parts = append(parts, k.v.unlisted(but))
	}
	if len(parts) == 0 {
		return k.v.has(), 1
	}
	return allOf(parts...), size
}

// question is that a text is in a group or matches a pattern, or with not that it does not.
func (k *textCover) question(i int, not bool) *Condition {
	if i >= len(k.x.groups) {
		return k.x.patterns.list[i-len(k.x.groups)].asked(k.v.name, not)
	}
	op := OpIn
	if not {
		op = OpNotIn
	}
	return &Condition{Op: op, Fact: k.v.name, Group: k.x.groups[i].group}
}
