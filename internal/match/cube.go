package match

import "slices"

// Unknown is the cell of a variable of which nothing is known. The others count from 1.
const Unknown = 0

// Span is a run of cells, both ends included.
type Span struct{ Lo, Hi uint32 }

// Literal says in which cells a variable has to be. The spans ascend and do not touch.
type Literal struct {
	Var   int
	Cells []Span
}

// Cube is a conjunction of literals about different variables.
type Cube []Literal

// width is the number of cells in some spans.
func width(spans []Span) int {
	n := 0
	for _, s := range spans {
		n += int(s.Hi-s.Lo) + 1
	}
	return n
}

// Has says whether a cell lies in one of the spans.
func Has(spans []Span, cell uint32) bool {
	for _, s := range spans {
		if cell <= s.Hi {
			return cell >= s.Lo
		}
	}
	return false
}

// Both are the cells in a and in b.
func Both(a, b []Span) []Span {
	var out []Span
	for i, j := 0, 0; i < len(a) && j < len(b); {
		if lo, hi := max(a[i].Lo, b[j].Lo), min(a[i].Hi, b[j].Hi); lo <= hi {
			out = append(out, Span{lo, hi})
		}
		if a[i].Hi < b[j].Hi {
			i++
		} else {
			j++
		}
	}
	return out
}

// Either are the cells in a or in b.
func Either(a, b []Span) []Span {
	all := slices.Concat(a, b)
	slices.SortFunc(all, func(x, y Span) int { return int(x.Lo) - int(y.Lo) })
	out := all[:0]
	for _, s := range all {
		if n := len(out); n > 0 && s.Lo <= out[n-1].Hi+1 {
			out[n-1].Hi = max(out[n-1].Hi, s.Hi)
			continue
		}
		out = append(out, s)
	}
	return out
}

// Others are the cells from 1 to n that are not in a.
func Others(a []Span, n int) []Span {
	var out []Span
	next := uint32(1)
	for _, s := range a {
		if s.Lo > next {
			out = append(out, Span{next, s.Lo - 1})
		}
		next = s.Hi + 1
	}
	if next <= uint32(n) {
		out = append(out, Span{next, uint32(n)})
	}
	return out
}
