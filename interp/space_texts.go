package interp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
)

// textIndex tells for every text which base value it behaves like.
type textIndex struct {
	named  map[string]namedText // those that stand for themselves alone, or with others that are all listed, folded
	ways   map[string]int       // the others by which of the groups they are in
	groups []datedGroup
	rest   int
}

// namedText is a text that conditions name.
type namedText struct {
	v    Value
	base int
}

// base is that of a text, folded.
func (x *textIndex) base(text string) int {
	if t, named := x.named[text]; named {
		return t.base
	}
	if i, ok := x.ways[way(x.groups, text)]; ok {
		return i
	}
	return x.rest
}

// mostListed is how many members of groups are listed one by one. Of more, one stands
// for all that are in the same groups. Tests list fewer.
var mostListed = 2_000

// texts lists the free texts that conditions name; the members of the groups they ask
// for, those together that are in the same ones; and one text that is none of these.
func (s *Space) texts(v *variable) []cell {
	x := &textIndex{named: map[string]namedText{}, ways: map[string]int{}, groups: groupsOf(v.atoms)}
	var out []cell
	for _, a := range v.atoms {
		s.goOn(1)
		for _, v := range s.namedTexts(a.key.c) {
			key, _ := keyOfText(v)
			if _, seen := x.named[key]; !seen {
				x.named[key] = namedText{}
				out = append(out, cell{values: []Value{v}})
			}
		}
	}
	out = append(out, x.members(s.goOn)...)
	slices.SortStableFunc(out, func(a, b cell) int { return compareTexts(a.values[0], b.values[0]) })
	for i := range out {
		c := &out[i]
		if c.alike {
			key, _ := keyOfText(c.values[0])
			x.ways[way(x.groups, key)] = i
			continue
		}
		for _, val := range c.values {
			key, _ := keyOfText(val)
			x.named[key] = namedText{val, i}
		}
	}
	x.rest = len(out)
	other := "other"
	f := v.t.foldOf()
	for i := 2; x.base(f.of(other)) != x.rest; i++ {
		other = fmt.Sprintf("other %d", i)
	}
	out = append(out, cell{values: []Value{f.value(other)}, rest: true})
	for i := range out {
		out[i].texts, out[i].bases = x, []int{i}
	}
	return out
}

// members are the members of the groups that no condition names, those together that
// are in the same groups.
func (x *textIndex) members(goOn func(work int)) []cell {
	size := 0
	for _, g := range x.groups {
		if size += len(g.group.members); g.group.Name == "" { // which has no words of its own
			size = 0
			break
		}
	}
	none := way(x.groups, "")
	by := map[string][]Value{}
	seen := map[string]bool{}
	for _, g := range x.groups {
		goOn(len(g.group.members))
		for id := range g.group.members {
			_, named := x.named[id]
			w := way(x.groups, id)
			if named || seen[id] || w == none {
				continue
			}
			switch old := by[w]; {
			case size <= mostListed:
				seen[id] = true
				by[w] = append(old, g.group.value(id))
			case len(old) == 0 || compareTexts(g.group.value(id), old[0]) < 0:
				by[w] = []Value{g.group.value(id)}
			}
		}
	}
	var out []cell
	for _, values := range by {
		slices.SortFunc(values, compareTexts)
		out = append(out, cell{values: values, alike: size > mostListed})
	}
	return out
}

func compareTexts(a, b Value) int {
	x, _ := keyOfText(a)
	y, _ := keyOfText(b)
	return strings.Compare(x, y)
}

// datedGroup is a group as it is on a date.
type datedGroup struct {
	group *Group
	on    num.Date
}

// way is which of the groups an identity is in.
func way(groups []datedGroup, id string) string {
	w := make([]byte, len(groups))
	for i, g := range groups {
		w[i] = '0'
		if g.group.has(id, g.on) {
			w[i] = '1'
		}
	}
	return string(w)
}

func groupsOf(atoms []*atom) []datedGroup {
	var out []datedGroup
	for _, a := range atoms {
		var g *Group
		switch c := a.key.c.(type) {
		case *groupCond:
			g = c.group
		case *setCond:
			g = c.target.group
		}
		if dated := (datedGroup{g, a.key.on}); g != nil && !slices.Contains(out, dated) {
			out = append(out, dated)
		}
	}
	return out
}

// namedTexts are the texts that a condition compares with.
func (s *Space) namedTexts(c cond) []Value {
	var ops []operand
	switch c := c.(type) {
	case *compareCond:
		ops = []operand{c.x, c.y}
	case *listedCond:
		for _, e := range c.elems {
			ops = append(ops, e.lo)
		}
	case *elemCond:
		ops = []operand{c.x}
	case *setCond:
		for _, e := range c.target.elems {
			ops = append(ops, e.lo)
		}
	}
	var out []Value
	for _, o := range ops {
		if k, ok := o.(*constant); ok {
			if _, ok := keyOfText(k.v); ok {
				out = append(out, k.v)
			}
		}
	}
	return out
}
