package session

import (
	"context"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// index is the words of a program, in order, for completion and for suggestions.
type index struct {
	prog      *program
	starters  []string // what an input may begin with
	shown     []string // what show knows besides rules
	facts     []string
	words     map[string]bool // every name of the vocabulary
	outcomes  []string
	policies  []string // and series
	kinds     []string
	roles     map[string]*interp.Role // by name
	preps     map[string]*interp.Role // by preposition
	sensitive map[string]bool         // the last names of the facts that are

	mu     sync.Mutex
	labels map[*interp.Policy][]string
	ids    map[string][]candidate // of a kind, by its name
	things map[string][]candidate // what a phrase about a kind may hold

	once  sync.Once
	trees map[string]declaredAt
}

// declaredAt is a declaration and where it stands.
type declaredAt struct {
	decl lang.Decl
	src  *lang.Source
}

func newIndex(p *program) *index {
	x := &index{
		prog: p, words: map[string]bool{}, roles: map[string]*interp.Role{}, preps: map[string]*interp.Role{}, sensitive: map[string]bool{},
		labels: map[*interp.Policy][]string{}, ids: map[string][]candidate{}, things: map[string][]candidate{},
	}
	for _, c := range commands {
		x.starters = append(x.starters, c.name)
	}
	x.starters = append(x.starters, lang.DeclarationWords()...)
	x.starters = append(append(x.starters, lang.ItemWords()...), "not")
	add := func(lists []*[]string, name string) {
		x.words[name] = true
		for _, l := range lists {
			*l = append(*l, name)
		}
	}
	for _, o := range p.Outcomes() {
		add([]*[]string{&x.starters, &x.outcomes}, o.Name)
	}
	for _, r := range p.Roles() {
		x.roles[r.Name], x.words[r.Name] = r, true
		if r.Prep != "" {
			x.preps[r.Prep] = r
		}
	}
	for _, f := range p.FactNames() {
		add([]*[]string{&x.starters, &x.facts, &x.shown}, f)
		if info, _ := p.FactInfo(f); info.Sensitive {
			x.sensitive[f[strings.LastIndex(f, ".")+1:]] = true
		}
	}
	for _, t := range p.Terms() {
		add([]*[]string{&x.starters, &x.shown}, t.Name)
	}
	for _, v := range p.ValuesFor("") {
		add([]*[]string{&x.shown}, v)
	}
	for _, g := range p.Groups() {
		add([]*[]string{&x.shown}, g.Name)
	}
	for _, k := range p.Kinds() {
		add([]*[]string{&x.shown, &x.kinds}, k.Name)
	}
	for _, pol := range p.Policies() {
		add([]*[]string{&x.shown, &x.policies}, pol.Name)
	}
	for _, s := range p.AllSeries() {
		add([]*[]string{&x.shown, &x.policies}, s.Name)
	}
	for _, l := range []*[]string{&x.starters, &x.shown, &x.facts, &x.outcomes, &x.policies, &x.kinds} {
		sort.Strings(*l)
		*l = slices.Compact(*l)
	}
	return x
}

// known says whether a word is a name of the vocabulary.
func (x *index) known(word string) bool { return x.words[word] }

// ruleLabels are the labels of a policy's rules, sorted.
func (x *index) ruleLabels(p *interp.Policy) []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	labels, ok := x.labels[p]
	if !ok {
		for _, r := range p.Rules() {
			labels = append(labels, r.Label)
		}
		sort.Strings(labels)
		x.labels[p] = labels
	}
	return labels
}

// identities are the names of the things of a kind: codes first, then titles and
// further names.
func (x *index) identities(k *interp.Kind) []candidate {
	if k == nil || k.Ids == nil {
		return nil
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	ids, ok := x.ids[k.Name]
	if !ok {
		ids = choiceCandidates(k.Ids.Choices)
		x.ids[k.Name] = ids
	}
	return ids
}

// choiceCandidates are the values of an enumeration. Only the name of a value is
// offered before something is typed; its titles complete too.
func choiceCandidates(choices []interp.EnumChoice) []candidate {
	var out []candidate
	for _, c := range choices {
		out = append(out, candidate{text: c.Name, about: c.Title})
	}
	for _, c := range choices {
		for _, name := range append([]string{c.Title}, c.Also...) {
			if name != "" && name != c.Name {
				out = append(out, candidate{text: name, about: c.Name, hidden: true})
			}
		}
	}
	return out
}

// ofKind are the names that a phrase about a kind may hold.
func (x *index) ofKind(k *interp.Kind) []candidate {
	x.mu.Lock()
	out, ok := x.things[k.Name]
	x.mu.Unlock()
	if ok {
		return out
	}
	for _, t := range x.prog.Terms() {
		if t.Kind == k {
			out = append(out, candidate{text: t.Name, about: t.Title})
		}
	}
	for _, g := range x.prog.Groups() {
		if g.Kind == k {
			out = append(out, candidate{text: g.Name})
		}
	}
	out = append(out, candidate{text: "any"}, candidate{text: "not"})
	for _, id := range x.identities(k) {
		if !id.hidden {
			id.hidden = len(k.Ids.Choices) > 30
			out = append(out, id)
		}
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return strings.Compare(a.text, b.text) })
	x.mu.Lock()
	x.things[k.Name] = out
	x.mu.Unlock()
	return out
}

// declaration is a declaration by its name. The texts are read again for it, once.
func (x *index) declaration(name string) (declaredAt, bool) {
	x.once.Do(func() {
		x.trees = map[string]declaredAt{}
		for _, src := range x.prog.Sources() {
			f, _ := lang.Parse(context.Background(), src.Name, src.Text)
			for _, d := range f.Decls {
				word, name := declaredName(d)
				if _, dup := x.trees[name]; word != "use" && word != "test" && word != "claim" && !dup {
					x.trees[name] = declaredAt{d, f.Source}
				}
			}
		}
	})
	d, ok := x.trees[name]
	return d, ok
}

// withPrefix are the words of a sorted list that begin with a prefix.
func withPrefix(sorted []string, prefix string) []string {
	from := sort.SearchStrings(sorted, prefix)
	to := from
	for to < len(sorted) && strings.HasPrefix(sorted[to], prefix) {
		to++
	}
	return sorted[from:to]
}
