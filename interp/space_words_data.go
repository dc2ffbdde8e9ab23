package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
)

// addGiven takes what conditions ask of the data of an identity into the vocabulary.
func (w *wording) addGiven(v *variable) {
	for _, a := range v.atoms {
		in, ok := a.key.c.(*groupCond)
		if !ok || in.group.says == nil || a.key.on != w.on || !sayable(in.group.says) {
			continue
		}
		var cells []int
		for i, yes := range a.yes {
			if yes {
				cells = append(cells, i)
			}
		}
		if len(cells) == 0 || len(cells) == len(v.cells) {
			continue
		}
		yes := condWords(in.group.says, a.self)
		no := "not (" + yes + ")"
		if deniable(in.group.says) && len(denied(nil, in.group.says).(*deniedCond).has) == 0 {
			no = condWords(&deniedCond{rel: in.group.says}, a.self)
		}
		p := w.phrase(&Condition{Op: opTerm, Text: yes}, &Condition{Op: opTerm, Text: no}, dd.Cube{{Var: v.index, Cells: cells}})
		p.data, p.member = true, memberOf(in.group.says, a.self)
	}
}

// sayable says whether a condition asks of what files say now of every thing, and not of what
// those of another version said.
func sayable(c cond) bool {
	r := reading{}
	r.cond(c)
	return !slices.ContainsFunc(r.given, func(p *path) bool {
		a := p.lastAttr()
		return a.owner.index[a.Name] != a || !a.given.all
	})
}

// memberOf is that a set has a value, where a condition says this; else nil.
func memberOf(c cond, self *path) *Condition {
	in, ok := c.(*elemCond)
	if !ok {
		return nil
	}
	x, fixed := in.x.(*constant)
	set, ok := in.set.(*path)
	if !fixed || !ok {
		return nil
	}
	return &Condition{Op: OpAnyOf, Fact: set.within(self).fact(), Values: []Value{x.v}}
}

// dataNames are the names of sets of identities that conditions on their data are: those of
// which one holds, and those of which it does not.
func (w *wording) dataNames(v *variable) []naming {
	if v.optional || !v.asksForData() {
		return nil
	}
	var out []naming
	for _, p := range w.phrases {
		if !p.data || p.cube[0].Var != v.index {
			continue
		}
		out = append(out,
			naming{yes: p.yes, no: p.no, member: p.member, in: v.within(p.cube[0].Cells)},
			naming{yes: p.no, no: p.yes, in: v.within(p.denied[0].Cells)})
	}
	return out
}

// within is a function that says how many values of a cell are among those of some cells, and
// of how many.
func (v *variable) within(cells []int) func(int) (n, of int) {
	return func(i int) (n, of int) {
		of = len(v.cells[i].values)
		if slices.Contains(cells, i) {
			return of, of
		}
		return 0, of
	}
}

// byData are cells of an identity that conditions on its data say, with which a cube still says
// all that leave gives of f, and no more than f wherever care holds; nil where there are none.
func (w *wording) byData(c dd.Cube, lit dd.Lit, leave func() dd.Node, f, care dd.Node) []int {
	v := w.s.vars[lit.Var]
	names := w.dataNames(v)
	if len(names) == 0 || w.named(lit) || len(v.cells) > mostAlone {
		return nil
	}
	k := &compiler{s: w.s, on: w.on}
	var needed, wrong []int // what it has to say, and must not
	for i := range v.cells {
		node := k.keep(w.s.Store.Cube(withCells(c, lit.Var, []int{i})))
		if k.and(leave(), node) != dd.False {
			needed = append(needed, i)
		}
		if k.keep(w.s.Store.Diff(k.and(node, care), f)) != dd.False {
			wrong = append(wrong, i)
		}
	}
	cells, told := v.every(), false // whether it is told what they have
	for len(wrong) > 0 && k.err == nil {
		var best []int
		most, has := 0, false
		for _, name := range names {
			outside := v.outside(name)
			if n := inBoth(outside, wrong); n > most && inBoth(outside, needed) == 0 {
				best, most, has = outside, n, name.member != nil
			}
		}
		if most == 0 {
			return nil
		}
		cells, wrong, told = without(cells, best), without(wrong, best), told || has
	}
	if k.err != nil {
		return nil
	}
	if !told {
		cells = without(cells, v.lacking(names, needed))
	}
	return cells
}

// lacking are the cells without what some needed ones all have, as a file says: the most that one
// name leaves out. What things have says more of them than what they have not.
func (v *variable) lacking(names []naming, needed []int) []int {
	var most []int
	for _, name := range names {
		if outside := v.outside(name); name.member != nil && len(outside) > len(most) && inBoth(outside, needed) == 0 {
			most = outside
		}
	}
	return most
}

// outside are the cells of which a name says nothing.
func (v *variable) outside(name naming) []int {
	var out []int
	for i := range v.cells {
		if in, _ := name.in(i); in == 0 {
			out = append(out, i)
		}
	}
	return out
}

// inBoth is how many cells are in two lists.
func inBoth(a, b []int) int {
	n := 0
	for _, i := range a {
		if slices.Contains(b, i) {
			n++
		}
	}
	return n
}
