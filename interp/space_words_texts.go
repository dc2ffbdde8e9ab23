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
	var cubes []string
	for _, w := range on {
		if slices.ContainsFunc(cubes, func(c string) bool { return inCube(c, w) }) {
			continue
		}
		c := widened(w, off)
		cubes = append(cubes, c)
		part, n := k.cube(c)
		parts, size = append(parts, part), size+n
	}
	var left []Value
	for _, w := range keys(k.in) {
		if !slices.ContainsFunc(cubes, func(c string) bool { return inCube(c, w) }) {
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

// anyWay stands in a cube for what may hold or not.
const anyWay = '*'

// inCube says whether a way is in a cube.
func inCube(cube, way string) bool {
	for i := range len(cube) {
		if cube[i] != anyWay && cube[i] != way[i] {
			return false
		}
	}
	return true
}

// widened makes a cube of a way that has none of the others in it, with as few questions as can be,
// and of these sooner what holds than what does not.
func widened(way string, off []string) string {
	cube := []byte(way)
	differ := make([]int, len(off)) // how many questions tell each of the others from the cube
	for i, w := range off {
		for j := range cube {
			if w[j] != cube[j] {
				differ[i]++
			}
		}
	}
	for _, bit := range []byte("01") {
		for j := len(cube) - 1; j >= 0; j-- {
			if cube[j] != bit {
				continue
			}
			alone := false
			for i, w := range off {
				if alone = differ[i] == 1 && w[j] != bit; alone {
					break
				}
			}
			if alone {
				continue
			}
			for i, w := range off {
				if w[j] != bit {
					differ[i]--
				}
			}
			cube[j] = anyWay
		}
	}
	return string(cube)
}

// cube is a cube as a condition, without the named texts that are not meant.
func (k *textCover) cube(cube string) (said *Condition, size int) {
	var parts []*Condition
	for i, bit := range []byte(cube) {
		if bit != anyWay {
			parts = append(parts, k.question(i, bit == '0'))
		}
	}
	var but []Value
	for _, w := range keys(k.out) {
		if inCube(cube, w) {
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
