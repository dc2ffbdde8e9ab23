package interp

import (
	"cmp"
	"slices"
	"unsafe"

	"github.com/ctl-lang/ctl/internal/match"
)

// plainFields are the fields that take less to read than others, as most do: bools and ints that
// are always told, and texts, behind no pointer.
type plainFields struct {
	bools []boolPlace // by their places in a point
	texts []textPlace
	ints  []intPlace
	// things are the fields that name things on whose identity alone conditions hang.
	things []thingPlace
}

type boolPlace struct {
	off  uintptr
	at   uint32
	adds [2]uint32 // what no and yes add at that place in a point
	last bool      // of those at it
}

type textPlace struct {
	off        uintptr
	words      *words
	at, stride uint32
	field      *field // reads a text that is none of the words
}

type thingPlace struct {
	off  uintptr
	adds map[string][]added // by identity: what the conditions add to a point
}

type intPlace struct {
	off    uintptr
	at     uint32
	bounds []uint64 // at most fewBounds
	adds   []uint32 // what the cells add at that place, by how many of the bounds are reached
}

// add takes a field in; false where it takes more to read.
func (p *plainFields) add(f *field) bool {
	if len(f.via) > 0 {
		return false
	}
	switch {
	case f.kind == boolField && !f.omit:
		p.bools = append(p.bools, boolPlace{off: f.off, at: f.at, adds: [2]uint32{f.stride * f.flags[0], f.stride * f.flags[1]}})
	case f.kind == stringField:
		p.texts = append(p.texts, textPlace{f.off, f.words, f.at, f.stride, f})
	case f.kind == int64Field && !f.omit && len(f.bounds) <= fewBounds:
		n := intPlace{off: f.off, at: f.at, bounds: f.bounds}
		for _, cell := range f.cells {
			n.adds = append(n.adds, f.stride*cell)
		}
		p.ints = append(p.ints, n)
	default:
		return false
	}
	return true
}

// addThing takes in the cells of a condition by the identities of the thing that a field names.
// Of an identity that has none the slow way is asked.
func (p *plainFields) addThing(off uintptr, cells map[string]uint32, add func(cell uint32) added) {
	i := slices.IndexFunc(p.things, func(t thingPlace) bool { return t.off == off })
	if i < 0 {
		i = len(p.things)
		p.things = append(p.things, thingPlace{off, map[string][]added{}})
		for id := range cells {
			p.things[i].adds[id] = nil
		}
	}
	adds := p.things[i].adds
	for id, sums := range adds {
		cell, known := cells[id]
		if !known {
			delete(adds, id)
			continue
		}
		more := add(cell)
		if k := slices.IndexFunc(sums, func(a added) bool { return a.at == more.at }); k >= 0 {
			sums[k].add += more.add
		} else {
			adds[id] = append(sums, more)
		}
	}
}

// sort puts the bools that share a place in a point beside each other.
func (p *plainFields) sort() {
	slices.SortFunc(p.bools, func(f, g boolPlace) int { return cmp.Compare(f.at, g.at) })
	for i := range p.bools {
		p.bools[i].last = i == len(p.bools)-1 || p.bools[i].at != p.bools[i+1].at
	}
}

// read adds the cells of the fields to a point; not ok where only the slow way can.
func (p *plainFields) read(t unsafe.Pointer, pt match.Point) (open, ok bool) {
	sum := uint32(0)
	for i := range p.bools {
		f := &p.bools[i]
		if sum += f.adds[*(*uint8)(unsafe.Add(t, f.off))&1]; f.last {
			pt[f.at] += sum
			sum = 0
		}
	}
	for i := range p.texts {
		f := &p.texts[i]
		text := *(*string)(unsafe.Add(t, f.off))
		cell := f.words.cell(text)
		if cell == match.Unknown {
			if cell, ok = f.field.text(text); !ok {
				return false, false
			}
			open = open || cell == match.Unknown
		}
		pt[f.at] += f.stride * cell
	}
	for i := range p.things {
		f := &p.things[i]
		adds, known := f.adds[*(*string)(unsafe.Add(t, f.off))]
		if !known {
			return false, false
		}
		for _, a := range adds {
			pt[a.at] += a.add
		}
	}
	for i := range p.ints {
		f := &p.ints[i]
		pt[f.at] += f.adds[reachedFew(f.bounds, orderedInt(*(*int64)(unsafe.Add(t, f.off))))]
	}
	return open, true
}
