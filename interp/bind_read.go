package interp

import (
	"math"
	"math/bits"
	"net/netip"
	"time"
	"unicode/utf8"
	"unsafe"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/internal/num"
)

// readFields finds the point of a struct, in pt that is zero; not ok where only the slow way can. The
// offsets and types are those that reflection gave when the struct was bound.
func (b *binder) readFields(t unsafe.Pointer, pt match.Point) (open, ok bool) {
	for _, f := range b.start {
		pt[f.at] += f.add
	}
	if open, ok = b.plain.read(t, pt); !ok {
		return false, false
	}
	open = open || b.open
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
		open = open || cell == match.Unknown
		pt[f.at] += f.stride * cell
	}
	return open, true
}

// read is the cell of what a field holds; not ok where that has to be looked into.
func (f *field) read(at unsafe.Pointer, on num.Date) (cell uint32, ok bool) {
	switch f.kind {
	case stringField:
		text := *(*string)(at)
		if cell = f.words.cell(text); cell != match.Unknown {
			return cell, true
		}
		return f.text(text)
	case boolField:
		return f.flags[*(*uint8)(at)&1], true
	case float64Field:
		return f.float(*(*float64)(at))
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
	case float32Field:
		return f.float(float64(*(*float32)(at)))
	case timeField:
		return f.time(*(*time.Time)(at), on)
	case addressField:
		a := *(*netip.Addr)(at)
		if f.omit && a == (netip.Addr{}) {
			return f.absent, true
		}
		v, err := addressFrom(a)
		return f.literal(v, err, on)
	case momentField:
		t := *(*time.Time)(at)
		if f.omit && t.IsZero() {
			return f.absent, true
		}
		v, err := momentOf(t)
		return f.literal(v, err, on)
	case literalField:
		text := *(*string)(at)
		if f.omit && text == "" {
			return f.absent, true
		}
		v, err := f.slot.fact.t.scalar.read(text)
		return f.literal(v, err, on)
	case memberField:
		return f.member(*(*string)(at), on)
	}
	return 0, false
}

// text is the cell of a text that is none of the words.
func (f *field) text(s string) (cell uint32, ok bool) {
	if f.omit && s == "" {
		return f.absent, true
	}
	switch t := f.slot.fact.t; {
	case t.basic == textType:
		return f.slot.unlisted(s), len(s) <= f.most && utf8.ValidString(s) && !t.fold.empty(s)
	case t.basic == thingType && t.kind.TextIds:
		return f.slot.unlisted(s), f.slot.plainText(s, f.most)
	}
	return 0, false
}

func (f *field) member(s string, on num.Date) (cell uint32, ok bool) {
	switch {
	case f.omit && s == "":
		return f.absent, true
	case !f.slot.plainText(s, f.most):
		return 0, false
	case f.slot.group.has(f.slot.fact.t.foldOf().of(s), on):
		return cellYes, true
	}
	return cellNo, true
}

func (f *field) int(n int64) (cell uint32, ok bool) {
	if f.omit && n == 0 {
		return f.absent, true
	}
	return f.cells[reached(f.bounds, orderedInt(n))], true
}

func (f *field) float(n float64) (cell uint32, ok bool) {
	if f.omit && n == 0 {
		return f.absent, true
	}
	return f.cells[reached(f.bounds, orderedFloat(n))], !math.IsNaN(n) && !math.IsInf(n, 0)
}

// orderedInt and orderedFloat are numbers as integers without a sign, in the same order.
func orderedInt(n int64) uint64 { return uint64(n) ^ 1<<63 }

func orderedFloat(n float64) uint64 {
	b := int64(math.Float64bits(n + 0)) // -0 + 0 is 0
	return uint64(b^int64(uint64(b>>63)>>1)) ^ 1<<63
}

// fewBounds are sooner gone through than halved.
const fewBounds = 8

// reached is how many of some ascending bounds a number reaches.
func reached(bounds []uint64, n uint64) int {
	if len(bounds) > fewBounds {
		return countUpTo(bounds, n)
	}
	return reachedFew(bounds, n)
}

// reachedFew compares with them all without a jump: which ones a number reaches is as good
// as random.
func reachedFew(bounds []uint64, n uint64) int {
	i := len(bounds)
	for _, least := range bounds {
		_, below := bits.Sub64(n, least, 0)
		i -= int(below)
	}
	return i
}

// countUpTo is how many of some ascending bounds a number reaches.
func countUpTo[N uint64 | float64](bounds []N, n N) int {
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

// literal is the cell of a value of a scalar type; not ok where it is none, which the slow way tells.
func (f *field) literal(v Value, err error, on num.Date) (cell uint32, ok bool) {
	if err != nil {
		return 0, false
	}
	return f.slot.of(v, on), true
}

func (f *field) time(t time.Time, on num.Date) (cell uint32, ok bool) {
	if t.IsZero() {
		return f.absent, f.omit // else it is an error
	}
	d, err := DateOf(t)
	return f.slot.of(d, on), err == nil
}
