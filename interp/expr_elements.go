package interp

import "strconv"

// elemIndex finds the elements of a tuple that are constants by their value. A short tuple
// has none, and is gone through.
type elemIndex struct {
	known map[string]bool
	rest  []element // those that are no constants
}

// fewElements is how many elements are gone through one by one. Tests index fewer.
var fewElements = 16

func newElemIndex(elems []element) elemIndex {
	if len(elems) <= fewElements {
		return elemIndex{rest: elems}
	}
	x := elemIndex{known: make(map[string]bool, len(elems))}
	for _, e := range elems {
		c, ok := e.lo.(*constant)
		if ok && e.hi == nil {
			var key string
			if key, ok = valueKey(c.v); ok {
				x.known[key] = true
				continue
			}
		}
		x.rest = append(x.rest, e)
	}
	return x
}

// has says whether a value is one of the constants.
func (x elemIndex) has(v Value) bool {
	if x.known == nil {
		return false
	}
	key, ok := valueKey(v)
	return ok && x.known[key]
}

// open says whether a constant may be equal to a value that is not known.
func (x elemIndex) open(v Value) bool { return len(x.known) > 0 && unknown(v) }

// valueKey is the same for equal values of one type; not ok of what is unknown, none or has
// parts, and of durations, which are equal by their length.
func valueKey(v Value) (string, bool) {
	switch v := v.(type) {
	case Text, Folded:
		return keyOfText(v)
	case Choice:
		return strconv.Itoa(v.I), true
	case Date:
		return strconv.Itoa(int(v)), true
	case scalarValue:
		return v.key(), true
	case Bool:
		return v.String(), true
	case Number:
		return v.n.Rat().RatString(), true
	case *Thing:
		if v.ID != nil {
			return valueKey(v.ID)
		}
	}
	return "", false
}
