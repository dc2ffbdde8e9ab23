package match

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// open begins a block for at most 64 cubes.
func (b *builder) open(ids []uint32) {
	x := b.x
	b.now, b.start = b.now[:0], len(x.sure)
	x.sure, x.maybe = append(x.sure, ones(len(ids)), 0), append(x.maybe, ones(len(ids)), 0)
}

// table adds a table to the open block: the first cells of its runs, if it has runs,
// and an entry for the unknown cell and for every other cell or run.
func (b *builder) table(at uint32, first []uint32, sure, maybe []uint64) {
	x := b.x
	if len(x.sure)+len(sure) > b.words {
		panic(tooLarge{})
	}
	b.now = append(b.now, table{at: at, off: uint32(len(x.sure) - b.start), n: uint32(len(first))})
	for _, c := range first {
		x.sure, x.maybe = append(x.sure, uint64(c)), append(x.maybe, uint64(c))
	}
	x.sure, x.maybe = append(x.sure, sure...), append(x.maybe, maybe...)
}

// close ends the block and makes a leaf of it and its cubes. A block that is there
// already is not kept twice, nor a shape.
func (b *builder) close(ids []uint32) ref {
	x := b.x
	x.sure[b.start+1] = uint64(b.shape())
	x.maybe[b.start+1] = x.sure[b.start+1]
	var key []byte
	for _, words := range [][]uint64{x.sure[b.start:], x.maybe[b.start:]} {
		for _, w := range words {
			key = binary.LittleEndian.AppendUint64(key, w)
		}
	}
	at, known := b.blocks[string(key)]
	if known {
		x.sure, x.maybe = x.sure[:b.start], x.maybe[:b.start]
	} else {
		at = uint32(b.start)
		b.blocks[string(key)] = at
	}
	x.leaves = append(x.leaves, leaf{at, uint32(len(x.cubes))})
	x.cubes = append(x.cubes, ids...)
	return -ref(len(x.leaves))
}

// shape is the one of the block being made.
func (b *builder) shape() int {
	x := b.x
	key := fmt.Sprint(b.now)
	n, known := b.shapes[key]
	if !known {
		n = len(x.shapes)
		b.shapes[key] = n
		x.shapes = append(x.shapes, shape{uint32(len(x.tables)), uint32(len(b.now))})
		x.tables = append(x.tables, b.now...)
	}
	return n
}

// block puts at most 64 cubes into a block of a tree. The variables whose cells
// every one of them was chosen by need no table.
func (b *builder) block(ids []uint32, done []bool) ref {
	var at []uint32
	for _, id := range ids {
		for _, l := range b.cubes[id] {
			if _, narrow := b.narrow(l); !done[l.Var] || !narrow {
				at = append(at, b.x.places[l.Var].at)
			}
		}
	}
	b.open(ids)
	slices.Sort(at)
	for _, at := range slices.Compact(at) {
		vars, size := b.groups[at], 1
		for _, v := range vars {
			size *= b.domains[v] + 1
		}
		if len(vars) > 1 || size <= mostDirect+1 {
			b.share(ids, at, vars, size)
		} else {
			b.runs(ids, vars[0])
		}
	}
	return b.close(ids)
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
		at := b.x.places[q.Var].at
		if len(b.groups[at]) > 1 {
			return 0, false
		}
		l.at, l.lo, l.hi, asked = at, q.Cells[0].Lo, q.Cells[0].Hi, true
	}
	b.x.lone = append(b.x.lone, l)
	return firstLone - ref(len(b.x.lone)-1), true
}

// runs adds a table with an entry for every run of cells that no cube tells apart.
func (b *builder) runs(ids []uint32, v int) {
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
	b.goOn(len(first))
	slices.Sort(first)
	first = slices.Compact(first)
	free := b.free(ids, v)
	sure := make([]uint64, 1+len(first)) // that of the unknown cell, and of every run
	for i := range sure {
		sure[i] = free
	}
	for i, id := range ids {
		l, _ := b.literal(id, v)
		for _, s := range l.Cells {
			from, _ := slices.BinarySearch(first, s.Lo)
			for ; from < len(first) && first[from] <= s.Hi; from++ {
				sure[1+from] |= 1 << i
			}
		}
		b.goOn(len(first))
	}
	maybe := slices.Clone(sure)
	maybe[0] = ^uint64(0)
	b.table(b.x.places[v].at, first, sure, maybe)
}
