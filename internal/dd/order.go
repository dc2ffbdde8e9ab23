package dd

import (
	"math"
	"slices"
)

// Orders proposes orders of variables with the given numbers of cells, the likeliest first,
// each a list of the variables, first to last. In the first those used together, by the same
// condition, come close to each other; diagrams are small when they do. Each element of uses lists
// the variables of one condition.
//
// The method is FORCE (Aloul, Markov and Sakallah, 2003): every variable moves
// towards the middle of the conditions that use it, again and again; of all the
// orders passed through, the one whose conditions span least is taken. It
// starts from the order given and from one that walks from neighbour to
// neighbour. Where many conditions tie everything to everything, no order brings
// them closer, and variables of few cells come first: a diagram may expand at every
// level by the number of cells, so the large ones do least harm near the leaves. But where a
// large one says which of the others matter, as a code says which marks of a chart are asked, the
// large have to come first: below it each branch asks few of them, above it all are to be
// remembered. So both are proposed as well.
//
// GoOn is told of the work that is done, and may panic to end it.
func Orders(uses [][]int, domains []int, goOn func(work int)) [][]int {
	n := len(domains)
	edges, counts := conditions(uses)
	given := make([]int, n)
	for i := range given {
		given[i] = i
	}
	best, least := given, span(edges, counts, given)
	work := n
	for _, edge := range edges {
		work += len(edge)
	}
	for _, start := range [][]int{given, walk(edges, counts, n, goOn)} {
		order := slices.Clone(start)
		for idle := 0; idle < 12; idle++ {
			goOn(work)
			if sp := span(edges, counts, order); sp < least-1e-9 {
				best, least, idle = slices.Clone(order), sp, 0
			}
			order = pull(edges, counts, order)
		}
	}
	few, many := slices.Clone(best), slices.Clone(best)
	slices.SortStableFunc(few, func(a, b int) int { return domains[a] - domains[b] })
	slices.SortStableFunc(many, func(a, b int) int { return domains[b] - domains[a] })
	orders := [][]int{best}
	if len(uses) >= manyUses && span(edges, counts, few) <= least*looseTies {
		orders = [][]int{few, best}
	}
	for _, order := range [][]int{few, many} {
		if !slices.ContainsFunc(orders, func(o []int) bool { return slices.Equal(o, order) }) {
			orders = append(orders, order)
		}
	}
	return orders
}

const (
	// manyUses is how many conditions make diagrams so large that the order given,
	// in which people like to read, is given up for numbers of cells.
	manyUses = 64
	// looseTies is how much farther the conditions may span in the order by numbers of
	// cells than in the best: then they tie nothing together, and any order is as good.
	looseTies = 1.2
)

// conditions returns the different sets of at least two variables used together,
// and how often each is.
func conditions(uses [][]int) (edges [][]int, counts []float64) {
	seen := map[string]int{}
	for _, use := range uses {
		edge := slices.Compact(slices.Sorted(slices.Values(use)))
		if len(edge) < 2 {
			continue
		}
		key := string(appendInts(nil, edge))
		i, ok := seen[key]
		if !ok {
			i = len(edges)
			seen[key] = i
			edges, counts = append(edges, edge), append(counts, 0)
		}
		counts[i]++
	}
	return edges, counts
}

func appendInts(key []byte, numbers []int) []byte {
	for _, n := range numbers {
		key = append(key, byte(n), byte(n>>8), byte(n>>16))
	}
	return key
}

// span sums over the conditions how far apart their variables lie.
func span(edges [][]int, counts []float64, order []int) float64 {
	place := places(order)
	total := 0.0
	for i, edge := range edges {
		lo, hi := math.MaxInt, 0
		for _, v := range edge {
			lo, hi = min(lo, place[v]), max(hi, place[v])
		}
		total += counts[i] * float64(hi-lo)
	}
	return total
}

func places(order []int) []int {
	place := make([]int, len(order))
	for i, v := range order {
		place[v] = i
	}
	return place
}

// pull moves every variable to the mean of the middles of its conditions.
func pull(edges [][]int, counts []float64, order []int) []int {
	place := places(order)
	sum, weight := make([]float64, len(order)), make([]float64, len(order))
	for i, edge := range edges {
		middle := 0.0
		for _, v := range edge {
			middle += float64(place[v])
		}
		middle /= float64(len(edge))
		for _, v := range edge {
			sum[v] += counts[i] * middle
			weight[v] += counts[i]
		}
	}
	target := make([]float64, len(order))
	for v := range target {
		target[v] = float64(place[v])
		if weight[v] > 0 {
			target[v] = sum[v] / weight[v]
		}
	}
	next := slices.Clone(order)
	slices.SortStableFunc(next, func(a, b int) int {
		switch {
		case target[a] < target[b]-1e-9:
			return -1
		case target[b] < target[a]-1e-9:
			return 1
		}
		return place[a] - place[b]
	})
	return next
}

// walk orders the variables so that each next one is tied most to those before.
func walk(edges [][]int, counts []float64, n int, goOn func(work int)) []int {
	tie := make([]float64, n)
	of := make([][]int, n)
	for i, edge := range edges {
		for _, v := range edge {
			of[v] = append(of[v], i)
		}
	}
	placed := make([]bool, n)
	var order []int
	for range n {
		goOn(n / 8)
		pick := -1
		for v := range n {
			switch {
			case placed[v]:
			case pick < 0, tie[v] > tie[pick], tie[v] == tie[pick] && len(of[v]) < len(of[pick]):
				pick = v
			}
		}
		placed[pick] = true
		order = append(order, pick)
		for _, i := range of[pick] {
			for _, w := range edges[i] {
				tie[w] += counts[i] / float64(len(edges[i])-1)
			}
		}
	}
	return order
}
