package interp

import (
	"math"
	"time"
	"unicode/utf8"
	"unsafe"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/internal/num"
)

// readFields finds the point of a struct; not ok where only the slow way can. The
// offsets and types are those that reflection gave when the struct was bound.
func (b *binder) readFields(t unsafe.Pointer, pt match.Point) (open, ok bool) {
	copy(pt, b.start)
	open = b.open
	for i := range b.fields {
		f := &b.fields[i]
		at := t
		for _, off := range f.via {
			if at = *(*unsafe.Pointer)(unsafe.Add(at, off)); at == nil {
				break
			}
		}
		cell := f.absent
		if at != nil {
			if cell, ok = f.read(unsafe.Add(at, f.off), b.on); !ok {
				return false, false
			}
		}
		if cell == match.Unknown {
			open = true
		}
		pt[f.at] += f.stride * cell
	}
	return open, true
}

// read is the cell of what a field holds; not ok where that has to be looked into.
func (f *field) read(at unsafe.Pointer, on num.Date) (cell uint32, ok bool) {
	switch f.kind {
	case stringField:
		return f.text(*(*string)(at))
	case boolField:
		if *(*bool)(at) {
			return f.cells[1], true
		}
		if f.omit {
			return f.absent, true
		}
		return f.cells[0], true
	case intField:
		return f.int(int64(*(*int)(at)))
	case int64Field:
		return f.int(*(*int64)(at))
	case int32Field:
		return f.int(int64(*(*int32)(at)))
	case int16Field:
		return f.int(int64(*(*int16)(at)))
	case int8Field:
		return f.int(int64(*(*int8)(at)))
	case uint32Field:
		return f.int(int64(*(*uint32)(at)))
	case uint16Field:
		return f.int(int64(*(*uint16)(at)))
	case uint8Field:
		return f.int(int64(*(*uint8)(at)))
	case float64Field:
		return f.float(*(*float64)(at))
	case float32Field:
		return f.float(float64(*(*float32)(at)))
	case timeField:
		return f.time(*(*time.Time)(at), on)
	case memberField:
		return f.member(*(*string)(at), on)
	}
	return 0, false
}

func (f *field) text(s string) (cell uint32, ok bool) {
	if cell = f.words.cell(s); cell != match.Unknown {
		return cell, true
	}
	if f.omit && s == "" {
		return f.absent, true
	}
	switch t := f.slot.fact.t; {
	case t.basic == textType:
		return f.slot.cell[len(f.slot.texts)+1], len(s) <= f.most && utf8.ValidString(s)
	case t.basic == thingType && t.kind.TextIds:
		return f.slot.cell[len(f.slot.texts)+1], plainText(s, f.most)
	}
	return 0, false
}

func (f *field) member(s string, on num.Date) (cell uint32, ok bool) {
	switch {
	case f.omit && s == "":
		return f.absent, true
	case !plainText(s, f.most):
		return 0, false
	case f.slot.group.has(s, on):
		return cellYes, true
	}
	return cellNo, true
}

func (f *field) int(n int64) (cell uint32, ok bool) {
	if f.omit && n == 0 {
		return f.absent, true
	}
	i := 0
	if len(f.ints) <= fewBounds {
		for _, least := range f.ints {
			if n >= least {
				i++
			}
		}
	} else {
		i = countUpTo(f.ints, n)
	}
	return f.cells[i], true
}

func (f *field) float(n float64) (cell uint32, ok bool) {
	if f.omit && n == 0 {
		return f.absent, true
	}
	i := 0
	if len(f.floats) <= fewBounds {
		for _, least := range f.floats {
			if n >= least {
				i++
			}
		}
	} else {
		i = countUpTo(f.floats, n)
	}
	return f.cells[i], !math.IsNaN(n) && !math.IsInf(n, 0)
}

// fewBounds are sooner gone through than halved.
const fewBounds = 8

// countUpTo is how many of some ascending bounds a number reaches.
func countUpTo[N int64 | float64](bounds []N, n N) int {
	lo, hi := 0, len(bounds)
	for lo < hi {
		if mid := (lo + hi) / 2; bounds[mid] <= n {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

func (f *field) time(t time.Time, on num.Date) (cell uint32, ok bool) {
	if f.omit && t.IsZero() {
		return f.absent, true
	}
	d, err := DateOf(t)
	return f.slot.of(d, on), err == nil
}
