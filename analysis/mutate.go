package analysis

import (
	"context"
	"fmt"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
)

// Mutant is a program with one small thing changed in a rule: a clause left out, a
// comparison nudged, an exception dropped. A rule that an amendment inherits is
// changed in every policy that has it.
type Mutant struct {
	Kind     interp.VariantKind
	Policy   *interp.Policy // in whose text the change is
	Rule     *interp.Rule   // nil for the when of a section
	Site     interp.Site
	Text     string   // the change in words
	HangsOn  []string // of a survivor: the conditions into which the analysis cannot look, if it is told by any
	variants []*interp.Variant
	of       []*interp.Policy
}

// MutationReport is what became of the mutants of a program. Of one with no test at all
// every policy is looked at, else those that have some.
type MutationReport struct {
	Mutants    int
	Killed     int
	Equivalent int       // answer every case as the program does, with all its obligations: no test could tell
	Survivors  []*Mutant // no test notices them, and some case would
	Notes      []string
	tested     []*interp.Policy
}

// Mutate finds the mutants of the tested policies that no test notices. Whether a
// mutant that survives is one at all, or answers every possible case alike, the
// diagrams tell exactly.
func Mutate(ctx context.Context, prog *interp.Program) (_ *MutationReport, err error) {
	defer giveUp(ctx, &err)
	m := &mutation{ctx: ctx, prog: prog, out: &MutationReport{}, tests: map[*interp.Policy][]*interp.Test{}}
	for _, t := range prog.Tests() {
		if !t.Run(ctx).Passed() {
			return nil, fmt.Errorf("%s: the test %q fails: mutants are looked at when all tests pass", t.Site().String(), t.Name)
		}
		for _, p := range t.Policies() {
			m.tests[p] = append(m.tests[p], t)
		}
	}
	for _, p := range prog.Policies() {
		switch {
		case len(m.tests) == 0, len(m.tests[p]) > 0: // with no test at all, every test is missing
			m.out.tested = append(m.out.tested, p)
		default:
			m.out.Notes = append(m.out.Notes, fmt.Sprintf("`%s` has no test, and its rules were not changed", p.Name))
		}
	}
	all := m.mutants()
	for _, p := range m.out.tested { // a mutant is sifted as a policy of as many rules
		if err := room(prog, len(all), 32*(1+len(p.Rules()))); err != nil {
			return nil, err
		}
	}
	var open []*Mutant
	for _, x := range all {
		if ctx.Err() != nil {
			break
		}
		m.out.Mutants++
		if m.killed(x) {
			m.out.Killed++
		} else {
			open = append(open, x)
		}
	}
	return m.out, m.sift(open)
}

type mutation struct {
	ctx   context.Context
	prog  *interp.Program
	tests map[*interp.Policy][]*interp.Test
	out   *MutationReport
}

// mutants are the changes, each with the policies that it touches.
func (m *mutation) mutants() []*Mutant {
	var out []*Mutant
	known := map[string]*Mutant{}
	for _, p := range m.out.tested {
		for _, v := range p.Variants(m.ctx, true) {
			key := fmt.Sprint(v.Kind, v.Site.Source.Name, v.Site.Span, v.Text)
			x := known[key]
			if x == nil {
				x = &Mutant{Kind: v.Kind, Policy: p, Rule: v.Rule, Site: v.Site, Text: v.Text}
				known[key] = x
				out = append(out, x)
			}
			x.variants, x.of = append(x.variants, v), append(x.of, p)
		}
	}
	return out
}

// killed says whether some test notices a mutant.
func (m *mutation) killed(x *Mutant) bool {
	for i, v := range x.variants {
		q := v.Policy()
		for _, t := range m.tests[x.of[i]] {
			if !t.Passes(m.ctx, q) {
				return true
			}
		}
	}
	return false
}

// mostEpochs bounds the days on which mutants are told from the policy.
const mostEpochs = 16

// sift tells the mutants that answer some case otherwise from those that do not.
func (m *mutation) sift(open []*Mutant) error {
	live := map[*Mutant]bool{}
	for _, s := range m.stages(open) {
		f := s.original()
		if m.ctx.Err() != nil {
			break
		}
		for _, x := range open {
			if live[x] {
				continue
			}
			if d := s.apart(f, x); d != dd.False {
				live[x], x.HangsOn = true, s.OpaqueWords(d)
			}
		}
		if err := s.fail(); err != nil {
			m.out.Notes = append(m.out.Notes, fmt.Sprintf("`%s`: %s", s.p.Name, err))
		}
	}
	for _, x := range open {
		if live[x] {
			m.out.Survivors = append(m.out.Survivors, x)
		} else {
			m.out.Equivalent++
		}
	}
	return nil
}

// stage is a policy on a day, with the mutants that touch it.
type stage struct {
	*graph
	p        *interp.Policy
	on       interp.Date
	variants map[*Mutant]*interp.Policy
	care     dd.Node
	obliging map[string]dd.Node // where the policy as it is carries each obligation
}

// stages are the tested policies on the latest of their days and on those of their tests.
func (m *mutation) stages(xs []*Mutant) []*stage {
	var out []*stage
	for _, p := range m.out.tested {
		variants := map[*Mutant]*interp.Policy{}
		var policies []*interp.Policy
		for _, x := range xs {
			if m.ctx.Err() != nil {
				return nil
			}
			if i := slices.Index(x.of, p); i >= 0 {
				variants[x] = x.variants[i].Policy()
				policies = append(policies, variants[x])
			}
		}
		if len(variants) == 0 {
			continue
		}
		days := p.Epochs()
		slices.Reverse(days)
		days = days[:min(len(days), mostEpochs)]
		for _, on := range days {
			dated := []interp.Dated{{Policy: p, On: on}}
			for _, q := range policies {
				dated = append(dated, interp.Dated{Policy: q, On: on})
			}
			out = append(out, &stage{graph: newGraph(m.ctx, dated, nil), p: p, on: on, variants: variants})
		}
	}
	return out
}

// original is the diagram of the policy as it is.
func (s *stage) original() dd.Node {
	f, care := s.policy(interp.Dated{Policy: s.p, On: s.on})
	s.care = care
	if s.err == nil {
		s.obliging = s.graph.obliging(interp.Dated{Policy: s.p, On: s.on}, care)
	}
	return f
}

// apart is the real cases that a mutant answers otherwise or without some obligation. One
// that it adds no test can tell: those say which there have to be.
func (s *stage) apart(f dd.Node, x *Mutant) dd.Node {
	q := s.variants[x]
	if q == nil || s.err != nil {
		return dd.False
	}
	h, _ := s.policy(interp.Dated{Policy: q, On: s.on})
	differ := dd.False
	if h != f {
		differ = s.graph.apart(f, h)
	}
	if len(s.obliging) > 0 && s.err == nil {
		then := s.graph.obliging(interp.Dated{Policy: q, On: s.on}, s.care)
		for _, o := range namesOf(s.obliging) {
			differ = s.or(differ, s.diff(s.obliging[o], then[o]))
		}
	}
	return s.and(s.care, differ)
}

// notices says whether a test of a case notices a mutant: it answers otherwise, or
// without some obligation.
func notices(now, mutant *interp.Decision) bool {
	return mutant.Answer() != now.Answer() || len(missing(now.Obligations, mutant.Obligations)) > 0
}
