package match

import (
	"encoding/binary"
	"errors"
)

// ErrDamaged is the error about bytes that are no index.
var ErrDamaged = errors.New("the index of the rules is damaged")

// AppendBinary appends the index as Decode reads it. Its error is always nil.
func (x *Index) AppendBinary(b []byte) ([]byte, error) {
	u32 := binary.LittleEndian.AppendUint32
	list := func(n int) { b = u32(b, uint32(n)) }
	b = u32(u32(b, uint32(x.width)), uint32(x.root))
	list(len(x.places))
	for _, p := range x.places {
		b = u32(u32(b, p.at), p.stride)
	}
	list(len(x.splits))
	for _, s := range x.splits {
		for _, v := range []uint32{s.at, s.of, s.size, s.kids, s.keys, s.n, s.num, uint32(s.rest)} {
			b = u32(b, v)
		}
	}
	list(len(x.kids))
	for _, k := range x.kids {
		b = u32(b, uint32(k))
	}
	list(len(x.keys))
	for _, k := range x.keys {
		b = u32(b, k)
	}
	list(len(x.leaves))
	for _, l := range x.leaves {
		b = u32(u32(b, l.block), l.cubes)
	}
	list(len(x.shapes))
	for _, s := range x.shapes {
		b = u32(u32(b, s.first), s.n)
	}
	list(len(x.lone))
	for _, l := range x.lone {
		b = u32(u32(u32(u32(b, l.at), l.lo), l.hi), l.cube)
	}
	list(len(x.tables))
	for _, t := range x.tables {
		b = u32(u32(u32(b, t.at), t.off), t.n)
	}
	list(len(x.sure))
	for i := range x.sure {
		b = binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(b, x.sure[i]), x.maybe[i])
	}
	list(len(x.cubes))
	for _, c := range x.cubes {
		b = u32(b, c)
	}
	return x.classes.appendBinary(b), nil
}

// reader reads numbers; after the end it reads zeros and is short.
type reader struct {
	b     []byte
	short bool
}

func (r *reader) u32() uint32 {
	if len(r.b) < 4 {
		r.short = true
		return 0
	}
	v := binary.LittleEndian.Uint32(r.b)
	r.b = r.b[4:]
	return v
}

func (r *reader) u64() uint64 { return uint64(r.u32()) | uint64(r.u32())<<32 }

// list makes room for as many elements of some bytes each as are said to follow.
func list[T any](r *reader, bytes int) []T {
	n := r.u32()
	if uint64(n) > uint64(len(r.b)/bytes) {
		r.short = true
		return nil
	}
	return make([]T, n)
}

// Decode reads an index over variables with the given domains, of cubes below a
// number. The error is ErrDamaged where the bytes are not what AppendBinary gives: an
// index that is decoded never leads outside itself, nor in a circle.
func Decode(b []byte, domains []int, cubes int) (*Index, error) {
	r := &reader{b: b}
	x := &Index{width: int(r.u32()), root: ref(r.u32())}
	x.places = list[place](r, 8)
	for i := range x.places {
		x.places[i] = place{r.u32(), r.u32()}
	}
	x.splits = list[split](r, 32)
	for i := range x.splits {
		x.splits[i] = split{r.u32(), r.u32(), r.u32(), r.u32(), r.u32(), r.u32(), r.u32(), ref(r.u32())}
	}
	x.kids = list[ref](r, 4)
	for i := range x.kids {
		x.kids[i] = ref(r.u32())
	}
	x.keys = list[uint32](r, 4)
	for i := range x.keys {
		x.keys[i] = r.u32()
	}
	x.leaves = list[leaf](r, 8)
	for i := range x.leaves {
		x.leaves[i] = leaf{r.u32(), r.u32()}
	}
	x.shapes = list[shape](r, 8)
	for i := range x.shapes {
		x.shapes[i] = shape{r.u32(), r.u32()}
	}
	x.lone = list[lone](r, 16)
	for i := range x.lone {
		x.lone[i] = lone{r.u32(), r.u32(), r.u32(), r.u32()}
	}
	x.tables = list[table](r, 12)
	for i := range x.tables {
		x.tables[i] = table{r.u32(), r.u32(), r.u32()}
	}
	x.sure = list[uint64](r, 16)
	x.maybe = make([]uint64, len(x.sure))
	for i := range x.sure {
		x.sure[i], x.maybe[i] = r.u64(), r.u64()
	}
	x.cubes = list[uint32](r, 4)
	for i := range x.cubes {
		x.cubes[i] = r.u32()
	}
	x.classes = readClasses(r)
	if r.short || len(r.b) > 0 || !x.sound(domains, cubes) {
		return nil, ErrDamaged
	}
	return x, nil
}
