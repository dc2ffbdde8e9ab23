package interp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
)

// textIndex tells for every text which base value it behaves like.
type textIndex struct {
	named    map[string]namedText // those that stand for themselves alone, or with others that are all listed, folded
	ways     map[string]int       // the others by what holds of them
	groups   []datedGroup
	patterns *patterns
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
	if i, ok := x.ways[x.way(text)]; ok {
		return i
	}
	return -1
}

// mostListed is how many members of groups are listed one by one. Of more, one stands
// for all that are in the same groups. Tests list fewer.
var mostListed = 2_000

// texts lists the free texts that conditions name; the members of the groups they ask
// for, those together that are in the same ones and match the same patterns; and of the texts
// that are none of these one for each class of those that match the same patterns.
func (s *Space) texts(v *variable) []cell {
	x := &textIndex{named: map[string]namedText{}, ways: map[string]int{}, groups: groupsOf(v.atoms), patterns: v.patterns}
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
			x.ways[x.way(key)] = i
			continue
		}
		for _, val := range c.values {
			key, _ := keyOfText(val)
			x.named[key] = namedText{val, i}
		}
	}
	for _, v := range s.others(v, x) {
		key, _ := keyOfText(v)
		x.ways[x.way(key)] = len(out)
		out = append(out, cell{values: []Value{v}, rest: true})
	}
	for i := range out {
		out[i].texts, out[i].bases = x, []int{i}
	}
	return out
}

// others are examples of the texts that no condition names and no group has, the shortest first,
// one for each class of those that match the same patterns.
func (s *Space) others(v *variable, x *textIndex) []Value {
	f := v.t.foldOf()
	none := x.none()
	taken := func(text string) bool {
		_, named := x.named[text]
		return named || way(x.groups, text) != none || text == "" && (v.t.basic == thingType || f == nameFold) || f.of(text) != text
	}
	other := "other"
	for i := 2; taken(f.of(other)); i++ {
		other = fmt.Sprintf("other %d", i)
	}
	if x.patterns == nil {
		return []Value{f.value(other)}
	}
	letter := func(i int) rune { return []rune(f.of(string(letterFor(i))))[0] }
	texts, ok, err := x.patterns.a.Examples(letter, taken, dangling, 16*s.patternWork, s.goOn)
	if err != nil {
		panic(abandoned{})
	}
	unasked := strings.Repeat("0", len(x.patterns.list))
	var out []Value
	for class, text := range texts {
		switch {
		case !ok[class]:
		case x.patterns.bits[class] == unasked && x.patterns.of(f.of(other)) == unasked:
			out = append(out, f.value(other))
		default:
			out = append(out, f.value(text))
		}
	}
	return out
}

// dangling says whether a text ends with what divides a code, as none that people write does.
func dangling(text string) bool { return strings.ContainsAny(text[max(0, len(text)-1):], separators) }

// members are the members of the groups that no condition names, those together of which the
// same holds.
func (x *textIndex) members(goOn func(work int)) []cell {
	size := 0
	for _, g := range x.groups {
		if size += len(g.group.members); g.group.Name == "" { // which has no words of its own
			size = 0
			break
		}
	}
	none := x.none()
	by := map[string][]Value{}
	seen := map[string]bool{}
	for _, g := range x.groups {
		goOn(len(g.group.members))
		for id := range g.group.numbers {
			_, named := x.named[id]
			if named || seen[id] || way(x.groups, id) == none {
				continue
			}
			w := x.way(id)
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

// way is which of the groups an identity is in, each '0' or '1'.
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

// way is which of the groups a text is in, and behind them which of the patterns it matches.
func (x *textIndex) way(text string) string { return way(x.groups, text) + x.patterns.of(text) }

// none is which of the groups a text is in that is in none.
func (x *textIndex) none() string { return strings.Repeat("0", len(x.groups)) }

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
