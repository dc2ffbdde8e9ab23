package analysis

import (
	"math/big"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/dd"
)

// way is a group found: its short words, and the cases it stands for.
type way struct {
	words string
	among Among
	node  dd.Node // exactly the group, within care
	rest  bool    // what the other ways leave
}

// ways covers a part by few groups, all of it: where the options ask for fewer, the
// last one holds what the others leave.
func (d *differ) ways(c Change, part, care, told dd.Node) []way {
	all := d.allWays(c, part, care, told)
	if most := d.opts.Groups; most > 0 && len(all) > most {
		rest := part
		for _, w := range all[:most] {
			rest = d.diff(rest, w.node)
		}
		if all = all[:most]; rest != dd.False {
			all = append(all, way{words: furtherCases, among: AllCases, node: rest, rest: true})
		}
	}
	return all
}

// allWays covers a part by groups that are short to say. Said of all cases, each has
// to repeat why the old policy answered as it did; said of the cases that it
// answered so, or of those that are left of them when the farther changes are told,
// most of that falls away. Where the rules that give the new answer are fewer than
// the groups so found, each of them is a group.
func (d *differ) allWays(c Change, part, care, told dd.Node) []way {
	if d.err != nil || part == dd.False {
		return nil
	}
	if d.large(part) {
		return d.plainly(part, care)
	}
	if len(d.apart) > 0 {
		return d.waysAmong(setting{AllCases, care}, part)
	}
	from := d.and(care, d.is(d.f, d.leaf(c.From)))
	contexts := []setting{{OldAnswer, from}}
	if rest := d.diff(from, told); rest != from {
		contexts = append(contexts, setting{Remaining, rest})
	}
	best := d.shortest(contexts, part)
	if len(best) == 1 {
		return best
	}
	if split := d.byRule(c, part); len(split) < len(best) {
		best = nil
		for _, own := range split {
			best = append(best, d.asOne(d.shortest(contexts, own), own))
		}
	}
	return best
}

// large says whether a part is too large to look for its shortest words, or too much
// has been spent on them: what people write has diagrams of some dozens of nodes.
func (d *differ) large(part dd.Node) bool {
	return d.Store.Size(part) > largeSize || d.Store.Stats().Steps > d.effort
}

const largeSize = 120

// wordEffort is how many steps are spent on short words for all parts together. Tests lower it.
var wordEffort uint64 = 500_000

// plainly covers a part by maximal cubes over the facts, said of all cases.
func (d *differ) plainly(part, care dd.Node) []way {
	most := everyGroup
	if d.opts.Groups > 0 {
		most = d.opts.Groups
	}
	cubes, rest, err := d.Store.CoverUpTo(part, care, most)
	d.keep(dd.False, err)
	var out []way
	for _, c := range cubes {
		out = append(out, way{words: d.Words(c), among: AllCases, node: d.and(part, d.keep(d.Store.Cube(c)))})
	}
	if rest != dd.False {
		out = append(out, way{words: furtherCases, among: AllCases, node: rest, rest: true})
	}
	return out
}

// inFull says a set of cases in words that stand by themselves, wherever care holds,
// without looking for the best ones.
func (d *differ) inFull(f, care dd.Node) string {
	cubes, _, err := d.Store.CoverUpTo(f, care, everyGroup)
	d.keep(dd.False, err)
	var ways []string
	for _, c := range cubes {
		words := d.Words(c)
		if words == "" {
			return everyCase
		}
		ways = append(ways, words)
	}
	return joinOr(ways)
}

// everyGroup bounds no cover.
const everyGroup = 1 << 30

// furtherCases are the words of a group that holds what the other groups leave.
const furtherCases = "in further cases"

// setting is the cases of which short words are said.
type setting struct {
	among Among
	cases dd.Node
}

// shortest covers a part in the context that needs fewest groups.
func (d *differ) shortest(contexts []setting, part dd.Node) []way {
	var best []way
	for _, c := range contexts {
		if ws := d.waysAmong(c, part); best == nil || len(ws) < len(best) {
			best = ws
		}
		if len(best) == 1 {
			break
		}
	}
	return best
}

// asOne makes one group of several.
func (d *differ) asOne(ws []way, node dd.Node) way {
	words := make([]string, len(ws))
	for i, w := range ws {
		words[i] = w.words
	}
	out := way{words: joinOr(words), node: node}
	if len(ws) > 0 {
		out.among = ws[0].among
	}
	return out
}

// byRule splits a part by the new rules that give its answer, few of them; where no
// rule gives it, by the old rules that gave theirs.
func (d *differ) byRule(c Change, part dd.Node) []dd.Node {
	rules, answer := d.newRules, c.To
	if len(rules.giving(d.graph, part, answer)) == 0 {
		rules, answer = d.oldRules, c.From
	}
	var cover []dd.Node
	for i, r := range rules.rules {
		if r.Outcome == answer.Outcome {
			if own := d.inside(rules.on.Rules[i], part); own != dd.False {
				cover = append(cover, own)
			}
		}
	}
	var out []dd.Node
	left := part
	for left != dd.False && d.err == nil {
		best, most := dd.False, new(big.Int)
		for _, own := range cover {
			if n := d.Store.Count(d.and(own, left), 1, d.weights); n.Cmp(most) > 0 {
				best, most = own, n
			}
		}
		if best == dd.False { // what no rule gives: an otherwise
			best = left
		}
		out = append(out, best)
		left = d.diff(left, best)
	}
	return out
}

// waysAmong covers a part among the cases of a context.
func (d *differ) waysAmong(c setting, part dd.Node) []way {
	cubes, _, err := d.Cover(part, c.cases, everyGroup)
	d.keep(dd.False, err)
	var out []way
	for _, m := range merged(cubes) {
		w := way{words: d.mergedWords(m), among: c.among, node: dd.False}
		for _, cube := range m {
			w.node = d.or(w.node, d.and(part, d.keep(d.Cube(cube))))
		}
		out = append(out, w)
	}
	return out
}

// merged puts cubes together that are alike but for one literal each: A and (x or y).
func merged(cubes []dd.Cube) [][]dd.Cube {
	var out [][]dd.Cube
	for _, c := range cubes {
		i := slices.IndexFunc(out, func(m []dd.Cube) bool {
			for _, x := range m {
				if !akin(x, c) {
					return false
				}
			}
			return len(m) == 1 || slices.EqualFunc(common(m), common(append(slices.Clone(m), c)), sameLit)
		})
		if i < 0 {
			out = append(out, []dd.Cube{c})
			continue
		}
		out[i] = append(out[i], c)
	}
	return out
}

// akin says whether two cubes of several literals differ in one literal each.
func akin(a, b dd.Cube) bool {
	n := len(common([]dd.Cube{a, b}))
	return n > 0 && n == len(a)-1 && n == len(b)-1
}

func sameLit(a, b dd.Lit) bool { return a.Var == b.Var && slices.Equal(a.Cells, b.Cells) }

// common are the literals that all cubes have.
func common(cubes []dd.Cube) dd.Cube {
	out := slices.Clone(cubes[0])
	for _, c := range cubes[1:] {
		out = slices.DeleteFunc(out, func(l dd.Lit) bool {
			return !slices.ContainsFunc(c, func(m dd.Lit) bool { return sameLit(l, m) })
		})
	}
	return out
}

// mergedWords says cubes that share most of their literals.
func (g *graph) mergedWords(cubes []dd.Cube) string {
	if len(cubes) == 1 {
		if words := g.Words(cubes[0]); words != "" {
			return words
		}
		return everyCase
	}
	shared := common(cubes)
	var ways []string
	for _, c := range cubes {
		own := slices.DeleteFunc(slices.Clone(c), func(l dd.Lit) bool {
			return slices.ContainsFunc(shared, func(m dd.Lit) bool { return sameLit(l, m) })
		})
		ways = append(ways, g.Words(own))
	}
	return joinAnd(g.Words(shared), joinOr(ways))
}

// everyCase are the words of a condition that always holds.
const everyCase = "in every case"

func joinAnd(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	if len(out) > 1 {
		for i, p := range out {
			if hasOr(p) {
				out[i] = "(" + p + ")"
			}
		}
	}
	return strings.Join(out, " and ")
}

func joinOr(parts []string) string {
	if len(parts) == 1 {
		return parts[0]
	}
	out := slices.Clone(parts)
	for i, p := range out {
		if strings.Contains(p, " and ") {
			out[i] = "(" + p + ")"
		}
	}
	return strings.Join(out, " or ")
}

// hasOr says whether words hold an `or` outside parentheses.
func hasOr(words string) bool {
	depth := 0
	for i := 0; i < len(words); i++ {
		switch words[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ' ':
			if depth == 0 && strings.HasPrefix(words[i:], " or ") {
				return true
			}
		}
	}
	return false
}

// exactly says a set of cases in words that stand by themselves, wherever care
// holds: what concerns one fact alone first, then what ties facts together.
func (g *graph) exactly(f, care dd.Node) string {
	f = g.loosened(f, care)
	var alone dd.Cube
	var tied []int
	for _, v := range g.Store.Support(f) {
		cells := g.cellsOf(f, v)
		if g.and(g.literal(v, cells), g.exists(f, []int{v})) == f {
			alone = append(alone, dd.Lit{Var: v, Cells: cells})
		} else {
			tied = append(tied, v)
		}
	}
	rest := f
	for _, l := range alone {
		rest = g.exists(rest, []int{l.Var})
	}
	parts := []string{g.Words(alone)}
	for _, block := range g.blocks(rest, tied) {
		parts = append(parts, g.alternatives(block))
	}
	if words := joinAnd(parts...); words != "" {
		return words
	}
	return everyCase
}

// loosened leaves facts out of a set of cases that say nothing new within care.
func (g *graph) loosened(f, care dd.Node) dd.Node {
	f = g.and(f, care)
	within := f
	for _, v := range g.Store.Support(care) {
		if wider := g.exists(f, []int{v}); g.and(wider, care) == within {
			f = wider
		}
	}
	return f
}

// cellsOf are the cells of a variable in which some case of the set lies.
func (g *graph) cellsOf(f dd.Node, v int) []int {
	var cells []int
	classes, err := g.Store.Cofactors(f, v)
	g.keep(dd.False, err)
	for _, c := range classes {
		if c.To != dd.False {
			cells = append(cells, c.Cells...)
		}
	}
	slices.Sort(cells)
	return cells
}

func (g *graph) literal(v int, cells []int) dd.Node { return g.keep(g.Store.Literal(v, cells)) }

// blocks splits a set of cases into conditions on separate facts that hold all
// together, as far as pairs of facts and the rest tell.
func (g *graph) blocks(f dd.Node, vars []int) []dd.Node {
	var out []dd.Node
	for again := true; again && g.err == nil; {
		again = false
		for _, size := range []int{2, 3} {
			for set := range subsets(vars, size) {
				rest := slices.DeleteFunc(slices.Clone(vars), func(v int) bool { return slices.Contains(set, v) })
				own, others := g.exists(f, rest), g.exists(f, set)
				if len(rest) > 0 && g.and(own, others) == f {
					out, f, vars, again = append(out, own), others, rest, true
					break
				}
			}
			if again {
				break
			}
		}
	}
	if len(vars) > 0 {
		out = append(out, f)
	}
	return out
}

// subsets yields the subsets of a size.
func subsets(of []int, size int) func(func([]int) bool) {
	return func(yield func([]int) bool) {
		var extend func(from int, set []int) bool
		extend = func(from int, set []int) bool {
			if len(set) == size {
				return yield(slices.Clone(set))
			}
			for i := from; i < len(of); i++ {
				if !extend(i+1, append(set, of[i])) {
					return false
				}
			}
			return true
		}
		extend(0, nil)
	}
}

// alternatives says a set of cases as one way or another.
func (g *graph) alternatives(f dd.Node) string {
	cubes, _, err := g.Cover(f, dd.True, everyGroup)
	g.keep(dd.False, err)
	var ways []string
	for _, m := range merged(cubes) {
		ways = append(ways, g.mergedWords(m))
	}
	return joinOr(ways)
}

// quoted lists words in backquotes.
func quoted(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = "`" + w + "`"
	}
	switch len(out) {
	case 0:
		return ""
	case 1:
		return out[0]
	}
	return strings.Join(out[:len(out)-1], ", ") + " and " + out[len(out)-1]
}
