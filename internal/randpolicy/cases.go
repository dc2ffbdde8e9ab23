package randpolicy

import (
	"iter"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// Untold is a fact that is not told. Otherwise a fact is told as the value of that
// index, and from the number of its values on as one told in part.
const Untold = -1

// FactNames are the facts of the focus.
func (p *Program) FactNames() []string {
	var out []string
	for _, f := range p.focus {
		out = append(out, f.path)
	}
	return out
}

// Facts are what is told, as JSON has it.
func (p *Program) Facts(told []int) map[string]any {
	out := map[string]any{}
	for i, f := range p.focus {
		if told[i] != Untold && p.there(i, told) && p.screening(f, told) != listed && !p.given(f, told) {
			put(out, strings.Split(outside.Replace(f.path+"\x00"), "."), f.at(told[i]))
		}
	}
	return out
}

// outside is what facts are called in JSON.
var outside = strings.NewReplacer("item.main", "item.@main", "item.t\x00", "item.t-ext", "\x00", "")

func (f *fact) at(i int) any {
	if i >= len(f.values) {
		return f.parts[i-len(f.values)].value
	}
	return f.values[i]
}

// there says whether the thing of which the fact at i is one may be there.
func (p *Program) there(i int, told []int) bool {
	owner := p.Within(i)
	return owner < 0 || told[owner] != 0
}

// Within is the optional thing that a fact is an attribute of, by its number among the
// facts, or -1.
func (p *Program) Within(fact int) int {
	for i, f := range p.focus {
		if f.path == p.focus[fact].within {
			return i
		}
	}
	return -1
}

// Optional says whether a fact may be none, which is then its first value.
func (p *Program) Optional(fact int) bool { return p.focus[fact].values[0] == nil }

func put(facts map[string]any, path []string, v any) {
	for _, name := range path[:len(path)-1] {
		inner, ok := facts[name].(map[string]any)
		if !ok {
			inner = map[string]any{}
			if id, told := facts[name]; told {
				inner["id"] = id
			}
			facts[name] = inner
		}
		facts = inner
	}
	last := path[len(path)-1]
	if m, ok := v.(map[string]any); ok { // a thing that is there
		inner := map[string]any{}
		for k, v := range m {
			inner[k] = v
		}
		v = inner
	}
	facts[last] = v
}

// Size is how many full cases there are.
func (p *Program) Size() int {
	n := 1
	for _, f := range p.focus {
		n *= len(f.values)
	}
	return n
}

// Index is the number of a full case.
func (p *Program) Index(told []int) int {
	n := 0
	for i, f := range p.focus {
		n = n*len(f.values) + told[i]
	}
	return n
}

// Case is the full case of a number.
func (p *Program) Case(n int) []int {
	told := make([]int, len(p.focus))
	for i := len(told) - 1; i >= 0; i-- {
		told[i] = n % len(p.focus[i].values)
		n /= len(p.focus[i].values)
	}
	return told
}

// FullCases are all cases of which everything is told.
func (p *Program) FullCases() iter.Seq[[]int] {
	return func(yield func([]int) bool) {
		for n := range p.Size() {
			if !yield(p.Case(n)) {
				return
			}
		}
	}
}

// Completions are the full cases that what is told may be. A thing of which an
// attribute is told is there.
func (p *Program) Completions(told []int) iter.Seq[[]int] {
	var choices [][]int
	for i, f := range p.focus {
		choices = append(choices, p.choices(i, f, told))
	}
	return func(yield func([]int) bool) {
		full := make([]int, len(p.focus))
		var fill func(int) bool
		fill = func(i int) bool {
			if i == len(full) {
				return yield(full)
			}
			for _, v := range choices[i] {
				if full[i] = v; !fill(i + 1) {
					return false
				}
			}
			return true
		}
		fill(0)
	}
}

func (p *Program) choices(i int, f *fact, told []int) []int {
	switch {
	case told[i] >= len(f.values):
		return f.parts[told[i]-len(f.values)].of
	case told[i] != Untold:
		return told[i : i+1]
	case f.preset > 0:
		return []int{f.preset - 1}
	case p.screening(f, told) == farFrom:
		return []int{1}
	case p.given(f, told):
		return []int{0}
	}
	var all []int
	for v := range f.values {
		if v > 0 || !p.hasTold(f.path, told) {
			all = append(all, v)
		}
	}
	return all
}

// hasTold says whether an attribute of an optional thing is told.
func (p *Program) hasTold(thing string, told []int) bool {
	for i, f := range p.focus {
		if f.within == thing && told[i] != Untold {
			return true
		}
	}
	return false
}

// DrawTold draws which facts are told, and how.
func (p *Program) DrawTold(t *rapid.T) []int {
	told := make([]int, len(p.focus))
	unknown := rapid.IntRange(0, 3).Draw(t, "unknown") // of four
	for i, f := range p.focus {
		if rapid.IntRange(1, 4).Draw(t, "told") <= unknown {
			told[i] = Untold
			continue
		}
		told[i] = rapid.IntRange(0, len(f.values)+len(f.parts)-1).Draw(t, f.path)
	}
	p.settle(told)
	return told
}

// settle takes back what cannot be told: attributes of what is none, and that a thing is
// there of which nothing is told.
func (p *Program) settle(told []int) {
	for i, f := range p.focus {
		if !p.there(i, told) || f.beside != nil && !p.besides(f, told) || f.typ == "membership" && !p.identified(f, told) {
			told[i] = Untold
		}
		if m, ok := any(f.values[max(told[i], 0)%len(f.values)]).(map[string]any); ok && len(m) == 0 && told[i] > 0 && !p.hasTold(f.path, told) {
			told[i] = Untold
		}
	}
}

// besides says whether it is told which thing a fact is of, and that is one of those of which no
// file gives it.
func (p *Program) besides(f *fact, told []int) bool {
	i := p.owner(f)
	return i >= 0 && told[i] != Untold && slices.Contains(f.beside, p.focus[i].at(told[i]))
}

// given says whether a file gives a fact of the thing that is told.
func (p *Program) given(f *fact, told []int) bool {
	return f.beside != nil && told[p.owner(f)] != Untold && !p.besides(f, told)
}

// Given says whether a file gives a fact in a full case.
func (p *Program) Given(fact int, full []int) bool { return p.given(p.focus[fact], full) }

// Tellable says whether a case of which some more facts are told tells which thing it is of each that
// is told of some things alone.
func (p *Program) Tellable(told, more []int) bool {
	return !slices.ContainsFunc(more, func(i int) bool {
		f := p.focus[i]
		if f.beside == nil && f.typ != "membership" {
			return false
		}
		owner := p.owner(f)
		return told[owner] == Untold && !slices.Contains(more, owner)
	})
}

// Beside are the facts of some things that a file gives of others of their kinds.
func (p *Program) Beside(things []int) []int {
	var out []int
	for i, f := range p.focus {
		if f.beside != nil && slices.Contains(things, p.owner(f)) {
			out = append(out, i)
		}
	}
	return out
}

// owner is the thing that a fact is an attribute of, by its number among the facts, or -1.
func (p *Program) owner(f *fact) int {
	thing := f.path[:strings.LastIndexByte(f.path, '.')]
	return slices.IndexFunc(p.focus, func(f *fact) bool { return f.path == thing })
}

// identified says whether it is told which thing it is whose membership is told.
func (p *Program) identified(membership *fact, told []int) bool {
	for i, f := range p.focus {
		if f.path+".in Vague" == membership.path || f.path+screened == membership.path {
			return told[i] != Untold
		}
	}
	return false
}

// screened ends the name of whether a thing is in the screened group.
const screened = ".in Shunned"

// nearness is how a name stands to those that are listed.
type nearness int

const (
	notAsked nearness = iota
	listed            // nothing more is told of it
	nearTo            // it is to be told
	farFrom           // no, unless it is told
)

// ofNames is how each of the names stands to those of lists/makers.csv: all letters but those that
// say Co. or Ltd are the same of the near ones, and "b" has one of two.
var ofNames = map[any]nearness{"Étoile Co.": nearTo, "ETOILE CO": nearTo, "etoile": listed, "Bb": nearTo, "b-b": nearTo, "B": farFrom, "b c": farFrom, "x y": farFrom}

// screening is how the name stands of whose membership a fact tells.
func (p *Program) screening(membership *fact, told []int) nearness {
	of, is := strings.CutSuffix(membership.path, screened)
	for i, f := range p.focus {
		if is && f.path == of && told[i] != Untold {
			return ofNames[f.at(told[i])]
		}
	}
	return notAsked
}

// DrawFull draws a full case.
func (p *Program) DrawFull(t *rapid.T) []int {
	return p.Case(rapid.IntRange(0, p.Size()-1).Draw(t, "case"))
}
