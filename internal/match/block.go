package match

import "slices"

// block puts at most 64 cubes into a block of a tree. The variables whose cells
// every one of them was chosen by need no table.
func (b *builder) block(ids []uint32, done []bool) ref {
	x := b.x
	k := block{all: ones(len(ids)), tables: uint32(len(x.tables)), cubes: b.keep(ids)}
	var vars []int
	for _, id := range ids {
		for _, l := range b.cubes[id] {
			if _, narrow := b.narrow(l); !done[l.Var] || !narrow {
				vars = append(vars, l.Var)
			}
		}
	}
	slices.Sort(vars)
	for _, v := range slices.Compact(vars) {
		if b.domains[v] <= mostDirect {
			b.direct(ids, v)
		} else {
			b.runs(ids, v)
		}
	}
	k.n = uint32(len(x.tables)) - k.tables
	x.blocks = append(x.blocks, k)
	return -ref(len(x.blocks))
}

// lone is a cube by itself, where no more than one span is left to ask for.
func (b *builder) lone(id uint32, done []bool) (ref, bool) {
	l := lone{hi: anyCell, cube: id}
	asked := false
	for _, q := range b.cubes[id] {
		if _, narrow := b.narrow(q); done[q.Var] && narrow {
			continue
		}
		if asked || len(q.Cells) != 1 {
			return 0, false
		}
		l.at, l.lo, l.hi, asked = uint32(q.Var), q.Cells[0].Lo, q.Cells[0].Hi, true
	}
	b.x.lone = append(b.x.lone, l)
	return firstLone - ref(len(b.x.lone)-1), true
}

// direct adds a table with an entry for every cell.
func (b *builder) direct(ids []uint32, v int) {
	x := b.x
	x.tables = append(x.tables, table{at: uint32(v), off: uint32(len(x.sure))})
	b.share(ids, []int{v}, b.domains[v]+1)
}

// runs adds a table with an entry for every run of cells that no cube tells apart.
func (b *builder) runs(ids []uint32, v int) {
	x := b.x
	first := []uint32{1}
	for _, id := range ids {
		l, _ := b.literal(id, v)
		for _, s := range l.Cells {
			first = append(first, s.Lo)
			if int(s.Hi) < b.domains[v] {
				first = append(first, s.Hi+1)
			}
		}
	}
	slices.Sort(first)
	first = slices.Compact(first)
	x.tables = append(x.tables, table{at: uint32(v), off: uint32(len(x.sure)), keys: b.keyed(first), n: uint32(len(first))})
	free := b.free(ids, v)
	x.sure, x.maybe = append(x.sure, free), append(x.maybe, ^uint64(0))
	for _, c := range first {
		m := free
		for i, id := range ids {
			if l, ok := b.literal(id, v); ok && Has(l.Cells, c) {
				m |= 1 << i
			}
		}
		x.sure, x.maybe = append(x.sure, m), append(x.maybe, m)
	}
}
