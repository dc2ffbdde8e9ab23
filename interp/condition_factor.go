package interp

import (
	"cmp"
	"fmt"
	"slices"
)

// mostFactored bounds the ways, and twice as many parts, that are brought into a shorter form:
// the work grows with the square of both.
const mostFactored = 256

// factored is an or of ways, each an and of parts, in a shorter form that says the same: what
// ways have in common stands once. (a and c) or (a and d) or (b and c) or (b and d) becomes
// (a or b) and (c or d). It is algebraic factoring (Brayton and McMullen, The decomposition and
// factorization of Boolean expressions, 1982), in which every part counts as a variable of its
// own, so that parts keep the words that they have.
func factored(ways []*Condition) *Condition {
	if len(ways) == 0 || len(ways) > mostFactored {
		return oneOfThem(ways...)
	}
	f := factoring{ids: map[string]int{}}
	sum := make([]product, len(ways))
	for i, w := range ways {
		sum[i] = f.product(w)
	}
	if len(f.parts) > 2*mostFactored {
		return oneOfThem(ways...)
	}
	return f.sum(distinct(sum))
}

// factoring knows the parts by their numbers, in the order in which they were met.
type factoring struct {
	ids   map[string]int // by the words
	parts []*Condition
}

// product is a set of parts all of which hold: their numbers, rising.
type product []int

func (f *factoring) product(way *Condition) product {
	parts := []*Condition{way}
	if way.Op == OpAnd {
		parts = way.Parts
	}
	var p product
	for _, c := range parts {
		words := c.String()
		id, met := f.ids[words]
		if !met {
			id = len(f.parts)
			f.ids[words] = id
			f.parts = append(f.parts, c)
		}
		p = append(p, id)
	}
	slices.Sort(p)
	return slices.Compact(p)
}

// sum is the condition that one of some products holds.
func (f *factoring) sum(ps []product) *Condition {
	if slices.ContainsFunc(ps, func(p product) bool { return len(p) == 0 }) {
		return allOf()
	}
	if len(ps) == 1 {
		return f.all(ps[0])
	}
	if factors := independent(ps); len(factors) > 1 {
		return f.times(factors)
	}
	if divisor, by, rest := divided(ps); divisor != nil {
		together := f.times([][]product{divisor, by})
		if len(rest) == 0 {
			return together
		}
		return oneOfThem(together, f.sum(rest))
	}
	ways := make([]*Condition, len(ps))
	for i, p := range ps {
		ways[i] = f.all(p)
	}
	return oneOfThem(ways...)
}

// all is the condition that all parts of a product hold.
func (f *factoring) all(p product) *Condition {
	parts := make([]*Condition, len(p))
	for i, id := range p {
		parts[i] = f.parts[id]
	}
	return allOf(parts...)
}

// times is the condition that all of some sums hold.
func (f *factoring) times(sums [][]product) *Condition {
	slices.SortStableFunc(sums, func(a, b []product) int { return cmp.Compare(lowest(a), lowest(b)) })
	parts := make([]*Condition, len(sums))
	for i, ps := range sums {
		parts[i] = f.sum(ps)
	}
	return allOf(parts...)
}

// lowest is the lowest part of a sum.
func lowest(ps []product) int {
	low := -1
	for _, p := range ps {
		if len(p) > 0 && (low < 0 || p[0] < low) {
			low = p[0]
		}
	}
	return low
}

// independent splits a sum into sums over parts of their own whose product it is; it is the
// sum itself where there are none.
func independent(ps []product) [][]product {
	var sums [][]product
	left := ps
	for _, block := range blocks(ps) {
		in, out := projected(left, block)
		if len(in)*len(out) == len(left) && lowest(out) >= 0 {
			sums, left = append(sums, in), out
		}
	}
	return append(sums, left)
}

// projected are the products of a sum cut to some parts, and to all others.
func projected(ps []product, onto product) (in, out []product) {
	for _, p := range ps {
		var a, b product
		for _, id := range p {
			if _, is := slices.BinarySearch(onto, id); is {
				a = append(a, id)
			} else {
				b = append(b, id)
			}
		}
		in, out = append(in, a), append(out, b)
	}
	return distinct(in), distinct(out)
}

// blocks are the parts of a sum, those together that have to be in one factor of it: two that
// stand in no product together.
func blocks(ps []product) []product {
	parts := support(ps)
	at := map[int]int{}
	for i, id := range parts {
		at[id] = i
	}
	together := make([][]bool, len(parts))
	for i := range together {
		together[i] = make([]bool, len(parts))
	}
	for _, p := range ps {
		for _, a := range p {
			for _, b := range p {
				together[at[a]][at[b]] = true
			}
		}
	}
	taken := make([]bool, len(parts))
	var out []product
	for i := range parts {
		if taken[i] {
			continue
		}
		taken[i] = true
		block := []int{i}
		for n := 0; n < len(block); n++ {
			for j := range parts {
				if !taken[j] && !together[block[n]][j] {
					taken[j] = true
					block = append(block, j)
				}
			}
		}
		p := make(product, len(block))
		for n, j := range block {
			p[n] = parts[j]
		}
		slices.Sort(p)
		out = append(out, p)
	}
	return out
}

// support are the parts that a sum is about, rising.
func support(ps []product) product {
	all := slices.Concat(ps...)
	slices.Sort(all)
	return slices.Compact(all)
}

// divided is a sum as divisor times by, or rest: by is what stands beside the part that most
// products have, and divisor all that each of by stands beside. divisor is nil where no two
// products have a part in common.
func divided(ps []product) (divisor, by, rest []product) {
	in := map[int]int{}
	most := -1
	for _, id := range slices.Concat(ps...) {
		in[id]++
		if n := in[id]; most < 0 || n > in[most] || n == in[most] && id < most {
			most = id
		}
	}
	if in[most] < 2 {
		return nil, nil, nil
	}
	for _, p := range ps {
		if _, has := slices.BinarySearch(p, most); has {
			by = append(by, lacking(p, product{most}))
		}
	}
	about := support(by)
	beside := map[string]int{} // by the words of a divisor, how many of by it stands beside
	key := func(p product) string { return fmt.Sprint([]int(p)) }
	var all []product
	for _, q := range by {
		for _, p := range ps {
			if d := lacking(p, q); len(d) == len(p)-len(q) && len(lacking(d, about)) == len(d) {
				if beside[key(d)]++; beside[key(d)] == len(by) {
					all = append(all, d)
				}
			}
		}
	}
	for _, p := range ps {
		d := lacking(p, about)
		q := lacking(p, d)
		if !slices.ContainsFunc(all, func(x product) bool { return slices.Equal(x, d) }) || !slices.ContainsFunc(by, func(x product) bool { return slices.Equal(x, q) }) {
			rest = append(rest, p)
		}
	}
	return all, by, rest
}

// lacking is a product without some parts.
func lacking(p, parts product) product {
	var out product
	for _, id := range p {
		if _, is := slices.BinarySearch(parts, id); !is {
			out = append(out, id)
		}
	}
	return out
}

// distinct are the products of a sum, each once, in their order.
func distinct(ps []product) []product {
	var out []product
	for _, p := range ps {
		if !slices.ContainsFunc(out, func(q product) bool { return slices.Equal(p, q) }) {
			out = append(out, p)
		}
	}
	return out
}
