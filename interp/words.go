package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
)

// wording puts diagrams into the author's words: terms and groups where they say
// exactly what is meant, plain conditions on facts where none does.
type wording struct {
	s       *Space
	on      num.Date
	sayable map[atomKey]bool // terms all of whose conditions are among the space's
	phrases []phrase         // named sets of cells and conjunctions, longest first
	joint   []joint          // terms about several facts
}

// phrase is what a term or a group says of the facts: a cube.
type phrase struct {
	yes, no string // item is SLV, item is not SLV
	cube    dd.Cube
	denied  dd.Cube // nil where the denial is no cube
}

// joint is a term that hangs on several facts, with a variable that stands for it.
type joint struct {
	f     dd.Node
	vars  []int
	spare *variable
}

// mostCubes bounds the ways that a condition lists before it says "in further cases".
const mostCubes = 8

// wordsOn is the space's wording by the vocabulary of a date.
func (s *Space) wordsOn(on num.Date) *wording {
	if s.words != nil && s.words.on == on {
		return s.words
	}
	w := &wording{s: s, on: on, sayable: map[atomKey]bool{}}
	s.words = w
	k := &compiler{s: s, on: on}
	for _, v := range s.vars {
		if v.term == nil {
			continue
		}
		if w.compiled(v.term.cond, v.self) {
			w.term(k, v)
		}
	}
	for _, r := range s.prog.roles {
		for _, g := range s.prog.order.groups {
			if v := s.facts[r.Name]; g.Kind == r.Kind && v != nil && v.blind == nil {
				w.addGroup(r.Name, g, v)
			}
		}
	}
	slices.SortStableFunc(w.phrases, func(a, b phrase) int { return len(b.cube) - len(a.cube) })
	return w
}

// spare adds a variable for every defined term about a role: it stands for the
// term where a diagram depends on the term's facts only through it.
func (s *Space) spare() {
	for _, r := range s.prog.roles {
		self := &path{root: roleRoot, index: r.Index, name: r.Name, kind: r.Kind, t: &Type{basic: thingType, kind: r.Kind}}
		for _, t := range s.prog.order.terms {
			if t.Kind == r.Kind && !t.Open {
				s.vars = append(s.vars, &variable{index: len(s.vars), name: r.Name + " is " + t.Name, t: typeBool, term: t, self: self,
					cells: []cell{{values: []Value{Bool(false)}}, {values: []Value{Bool(true)}}}})
			}
		}
	}
}

// term takes a term into the vocabulary.
func (w *wording) term(k *compiler, v *variable) {
	f := k.cond(v.term.cond, v.self)
	if k.err != nil || f == dd.False || f == dd.True {
		return
	}
	yes, no := v.name, strings.Replace(v.name, " is ", " is not ", 1)
	if cube, ok := w.cube(f); ok {
		w.phrase(yes, no, cube)
	} else if g := k.not(f); k.err == nil {
		if cube, ok := w.cube(g); ok {
			w.phrase(no, yes, cube)
		}
	}
	if vars := w.s.Store.Support(f); len(vars) > 1 {
		w.joint = append(w.joint, joint{f: f, vars: vars, spare: v})
	}
}

// phrase takes a phrase into the vocabulary.
func (w *wording) phrase(yes, no string, cube dd.Cube) {
	p := phrase{yes: yes, no: no, cube: cube}
	if len(cube) == 1 {
		v := cube[0].Var
		p.denied = dd.Cube{{Var: v, Cells: complement(cube[0].Cells, len(w.s.vars[v].cells))}}
	}
	w.phrases = append(w.phrases, p)
}

// compiled says whether all of a term's conditions are among the space's.
func (w *wording) compiled(c cond, self *path) bool {
	switch c := c.(type) {
	case *allCond:
		return w.allCompiled(c.xs, self)
	case *anyCond:
		return w.allCompiled(c.xs, self)
	case *tallyCond:
		return w.allCompiled(c.xs, self)
	case *notCond:
		return w.compiled(c.x, self)
	case *impliesCond:
		return w.compiled(c.x, self) && w.compiled(c.y, self)
	case *termCond:
		if subject, ok := subjectOf(c, self); ok {
			key := atomKey{c.term.cond, selfName(subject), w.on}
			says, known := w.sayable[key]
			if !known {
				says = w.compiled(c.term.cond, subject)
				w.sayable[key] = says
			}
			return says
		}
	case *constCond:
		return true
	}
	a := w.s.atoms[atomKey{c, selfName(self), w.on}]
	return a != nil && a.v != nil && a.v.blind == nil
}

func (w *wording) allCompiled(cs []cond, self *path) bool {
	for _, c := range cs {
		if !w.compiled(c, self) {
			return false
		}
	}
	return true
}

// cube is a diagram that is one cube and neither empty nor everything.
func (w *wording) cube(f dd.Node) (dd.Cube, bool) {
	if f == dd.False || f == dd.True {
		return nil, false
	}
	cubes, rest, err := w.s.Store.CoverUpTo(f, dd.True, 1)
	return first(cubes), err == nil && rest == dd.False && len(cubes) == 1
}

func first(cubes []dd.Cube) dd.Cube {
	if len(cubes) == 0 {
		return nil
	}
	return cubes[0]
}

// addGroup takes a group if the cells of the identity follow it.
func (w *wording) addGroup(role string, g *Group, v *variable) {
	var in []int
	for i, c := range v.cells {
		n := 0
		for _, id := range c.values {
			if text, ok := identity(id); ok && !c.none && g.has(text, w.on) {
				n++
			}
		}
		switch {
		case n == len(c.values) && !c.rest && n > 0:
			in = append(in, i)
		case n > 0:
			return
		}
	}
	if len(in) == 0 || len(in) == len(v.cells) {
		return
	}
	w.phrase(role+" in "+g.Name, role+" not in "+g.Name, dd.Cube{{Var: v.index, Cells: in}})
}

// cover is a diagram as cubes over facts and terms, wherever care holds, and
// whether they are all there is.
func (w *wording) cover(f, care dd.Node, most int) ([]dd.Cube, bool, error) {
	f, care = w.throughTerms(f, care)
	cubes, rest, err := w.s.Store.CoverUpTo(f, care, most)
	if err == nil && rest == dd.False {
		w.name(cubes, f, care)
	}
	return cubes, rest == dd.False, err
}

// name narrows the parts of cubes that have no name to ones that have, where the
// cubes together still say all of f: (CategoryI, to a partner) or CategoryII reads
// better than (category I or II, to a partner) or CategoryII.
func (w *wording) name(cubes []dd.Cube, f, care dd.Node) {
	k := &compiler{s: w.s, on: w.on}
	need := k.and(f, care)
	for i, c := range cubes {
		for j, lit := range c {
			if len(lit.Cells) < 2 || w.s.vars[lit.Var].blind != nil || w.named(lit) {
				continue
			}
			others := dd.False
			for o, d := range cubes {
				if o != i {
					others = k.or(others, k.keep(w.s.Store.Cube(d)))
				}
			}
			for _, cells := range w.names(lit) {
				narrow := slices.Clone(c)
				narrow[j] = dd.Lit{Var: lit.Var, Cells: cells}
				if k.keep(w.s.Store.Diff(need, k.or(others, k.keep(w.s.Store.Cube(narrow))))) == dd.False && k.err == nil {
					cubes[i], c = narrow, narrow
					break
				}
			}
		}
	}
}

// named says whether a phrase says exactly a part of a cube.
func (w *wording) named(lit dd.Lit) bool {
	for _, p := range w.phrases {
		if p.denied != nil && p.cube[0].Var == lit.Var && (slices.Equal(p.cube[0].Cells, lit.Cells) || slices.Equal(p.denied[0].Cells, lit.Cells)) {
			return true
		}
	}
	return false
}

// names are the sets of cells within a part of a cube that phrases say, the largest first.
func (w *wording) names(lit dd.Lit) [][]int {
	var out [][]int
	for _, p := range w.phrases {
		if p.denied == nil || p.cube[0].Var != lit.Var {
			continue
		}
		for _, cells := range [][]int{p.cube[0].Cells, p.denied[0].Cells} {
			if len(cells) > 0 && len(without(cells, lit.Cells)) == 0 {
				out = append(out, cells)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b []int) int { return len(b) - len(a) })
	return out
}

// throughTerms puts a term's variable in the place of its facts where both
// diagrams look at those only through the term.
func (w *wording) throughTerms(f, care dd.Node) (dd.Node, dd.Node) {
	for _, j := range w.joint {
		if !overlap(w.s.Store.Support(f), j.vars) {
			continue
		}
		f2, ok := w.through(f, j)
		care2, cok := w.through(care, j)
		if ok && cok {
			f, care = f2, care2
		}
	}
	return f, care
}

func overlap(a, b []int) bool {
	n := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n > 1
}

// through is f with the term for its facts, if f is the same for all ways in which
// the term holds, and for all in which it does not.
func (w *wording) through(f dd.Node, j joint) (dd.Node, bool) {
	k := &compiler{s: w.s, on: w.on}
	st := w.s.Store
	not := k.not(j.f)
	yes := k.keep(st.Exists(k.and(f, j.f), j.vars...))
	no := k.keep(st.Exists(k.and(f, not), j.vars...))
	again := k.keep(st.Ite(j.f, yes, no))
	if k.err != nil || again != f {
		return f, false
	}
	g := k.keep(st.Ite(k.literal(j.spare, []bool{false, true}), yes, no))
	return g, k.err == nil
}

// condition is a diagram in words, wherever care holds; "" where it cannot be said.
func (w *wording) condition(f, care dd.Node) string {
	cubes, whole, err := w.cover(f, care, mostCubes)
	if err != nil {
		return ""
	}
	var ways []string
	for _, c := range cubes {
		words := w.words(c)
		if len(cubes) > 1 && (strings.Contains(words, " or ") || strings.Contains(words, " and ")) {
			words = "(" + words + ")"
		}
		ways = append(ways, words)
	}
	if !whole {
		ways = append(ways, "in further cases")
	}
	return strings.Join(ways, " or ")
}

// words of a cube: its named parts first, then the facts.
func (w *wording) words(c dd.Cube) string {
	left := slices.Clone(c)
	var parts []string
	for _, p := range w.phrases {
		if rest, ok := subtract(left, p.cube); ok {
			left = rest
			parts = append(parts, p.yes)
			continue
		}
		if p.denied != nil {
			if rest, ok := subtract(left, p.denied); ok {
				left = rest
				parts = append(parts, p.no)
			}
		}
	}
	for _, lit := range left {
		parts = append(parts, w.s.vars[lit.Var].words(lit.Cells, w))
	}
	if len(parts) > 1 {
		for i, p := range parts {
			if strings.Contains(p, " or ") {
				parts[i] = "(" + p + ")"
			}
		}
	}
	return strings.Join(parts, " and ")
}

// subtract takes the literals of a phrase out of a cube that has exactly those.
func subtract(c, p dd.Cube) (dd.Cube, bool) {
	for _, lit := range p {
		cells, ok := c.Cells(lit.Var)
		if !ok || !slices.Equal(cells, lit.Cells) {
			return nil, false
		}
	}
	return slices.DeleteFunc(slices.Clone(c), func(l dd.Lit) bool { _, named := p.Cells(l.Var); return named }), true
}

func complement(cells []int, n int) []int {
	var out []int
	for i := range n {
		if !slices.Contains(cells, i) {
			out = append(out, i)
		}
	}
	return out
}

// words say which cells a fact lies in.
func (v *variable) words(cells []int, w *wording) string {
	switch {
	case v.term != nil:
		return yesNo(v.name, cells, strings.Replace(v.name, " is ", " is not ", 1))
	case v.blind != nil:
		return yesNo(v.name, cells, "not ("+v.name+")")
	case v.set:
		return v.setWords(cells)
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

func (v *variable) setWords(cells []int) string {
	names := valueNames(v.cells[1].values)
	if len(names) == 1 && !v.cells[1].rest {
		if cells[0] == 0 {
			return names[0] + " not in " + v.name
		}
		return names[0] + " in " + v.name
	}
	list := "(" + strings.Join(names, ", ") + ")"
	if v.cells[1].rest {
		list += " or other elements"
	}
	if cells[0] == 0 {
		return "none of " + v.name + " in " + list
	}
	return "any of " + v.name + " in " + list
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
	case !v.t.optional && is[1], is == [3]bool{false, true, false}:
		return yes
	case !v.t.optional, is == [3]bool{true, false, true}:
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
		return v.name + " = " + lo.v.String()
	case lo != nil && hi != nil && !lo.open && !hi.open:
		return v.name + " in " + lo.v.String() + " .. " + hi.v.String()
	}
	var parts []string
	if lo != nil {
		op := " >= "
		if lo.open {
			op = " > "
		}
		parts = append(parts, v.name+op+lo.v.String())
	}
	if hi != nil {
		op := " <= "
		if hi.open {
			op = " < "
		}
		parts = append(parts, v.name+op+hi.v.String())
	}
	return strings.Join(parts, " and ")
}

// fewNames is how many values are listed before a description by a group is looked for.
const fewNames = 8

// choiceWords list values, or those it is not, or a named set with a few more or less.
func (v *variable) choiceWords(cells []int, w *wording) string {
	in, none, rest := v.gather(cells)
	out, _, _ := v.gather(complement(cells, len(v.cells)))
	var words string
	switch {
	case len(in) == 0 && !rest:
		words = ""
	case !rest && len(in) <= fewNames, !rest && len(in) <= len(out):
		words = v.listWords(in, false)
	case len(out) <= fewNames:
		words = v.listWords(out, true)
	default:
		words = v.named(cells, w)
		if words == "" && rest {
			words = v.listWords(out, true)
		} else if words == "" {
			words = v.listWords(in, false)
		}
	}
	if none {
		if words == "" {
			return "not has " + v.name
		}
		words += " or not has " + v.name
	}
	return words
}

// gather lists the values of some cells, and says whether None or all other texts are there too.
func (v *variable) gather(cells []int) (names []string, none, rest bool) {
	for _, i := range cells {
		c := v.cells[i]
		switch {
		case c.none:
			none = true
		case c.rest:
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
	case denied && v.t.optional: // what is none is not in any list
		return "has " + v.name + " and " + v.name + " not in (" + strings.Join(names, ", ") + ")"
	case denied:
		return v.name + " not in (" + strings.Join(names, ", ") + ")"
	}
	return v.name + " in (" + strings.Join(names, ", ") + ")"
}

// named describes cells by the nearest named set: in Member and not in (FR, GB).
func (v *variable) named(cells []int, w *wording) string {
	best, size := "", fewNames+1
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
			extra, _, erest := v.gather(without(set, cells))
			n := len(missing) + len(extra)
			if mrest || erest || n >= size {
				continue
			}
			words := name
			if len(extra) > 0 {
				words += " and " + v.listWords(extra, true)
			}
			if len(missing) > 0 {
				words += " or " + v.listWords(missing, false)
			}
			best, size = words, n
		}
	}
	return best
}

// without is a less b.
func without(a, b []int) []int {
	return slices.DeleteFunc(slices.Clone(a), func(i int) bool { return slices.Contains(b, i) })
}
