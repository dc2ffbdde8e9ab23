package analysis

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// LintOptions say what to look for.
type LintOptions struct {
	// Policies are those that are looked at, and nothing else of the program; nil: all of it.
	Policies []*interp.Policy
	// Where are the cases that are looked at, in the policies alone; nil: all.
	Where *interp.Cond
	Quiet []code.Code // of the codes that are told on request alone, those that are requested
}

// partly says whether less than the whole program is looked at.
func (o LintOptions) partly() bool { return o.Policies != nil || o.Where != nil }

// OnRequest says whether a code is told on request alone.
func OnRequest(c code.Code) bool { return c == code.RankedOverlap }

// Finding is something that looks wrong in a rule file.
type Finding struct {
	*lang.Diagnostic
	Policy  *interp.Policy // that it was found in; nil where it is about the vocabulary
	Rule    *interp.Rule   // that it is about, or nil
	By      []*interp.Rule // the rules that stand in its way
	Witness *interp.Case   // a case that shows it, or nil
	Because string         // of a suppressed finding: the reason that the comment gives
	also    interp.Site    // where a comment may stand as well: the whole rule
}

// LintReport is what was found.
type LintReport struct {
	Findings   []Finding // by file and place
	Suppressed []Finding // kept quiet by a comment
	Notes      []string  // what was not looked at, and why
}

// Diagnostics are the findings as problems, for a renderer.
func (r *LintReport) Diagnostics() lang.Diagnostics {
	var out lang.Diagnostics
	for _, f := range r.Findings {
		out = append(out, f.Diagnostic)
	}
	return out
}

// Lint looks at every possible case of every policy of a program for what its author
// can hardly have meant.
func Lint(ctx context.Context, prog *interp.Program, opts LintOptions) (_ *LintReport, err error) {
	defer giveUp(ctx, &err)
	l := newLinter(ctx, prog, opts)
	policies := opts.Policies
	if policies == nil {
		policies = prog.Policies()
	}
	if !opts.partly() {
		l.unused()
		l.labels()
		l.names()
	}
	l.nothingPossible()
	if len(l.found) == 0 || l.found[len(l.found)-1].Code != code.NothingPossible {
		for _, p := range policies {
			if err := l.policy(p); err != nil {
				return nil, err
			}
		}
		if !opts.partly() {
			l.vocabulary()
		}
		l.report()
		l.eitherOr()
		l.together()
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return l.finish(), nil
}

// linter collects findings.
type linter struct {
	ctx      context.Context
	prog     *interp.Program
	opts     LintOptions
	found    []Finding
	notes    []string
	idle     map[string]*idleness
	replaced map[*interp.Policy][]replaced
	order    []string                // of idle, as met
	partial  map[*interp.Policy]bool // that were not looked at on all their days
}

// idleness is what is known of one thing that may be idle, such as a condition of a
// rule. A rule that an amendment inherits is idle only if it is so in every policy.
type idleness struct {
	finding Finding
	live    bool      // it matters in some policy on some day
	happens bool      // it is no idle thing: what the finding says happens, or may happen, on some day
	shown   bool      // a case shows it
	rule    *needless // of a rule that can be left out: what is known of it, from day to day
	instead []string  // of an otherwise: what decides in its place, from day to day
}

func newLinter(ctx context.Context, prog *interp.Program, opts LintOptions) *linter {
	return &linter{ctx: ctx, prog: prog, opts: opts, idle: map[string]*idleness{}, replaced: map[*interp.Policy][]replaced{}, partial: map[*interp.Policy]bool{}}
}

func (l *linter) add(f Finding) { l.found = append(l.found, f) }

// note notes something once.
func (l *linter) note(text string) {
	if !slices.Contains(l.notes, text) {
		l.notes = append(l.notes, text)
	}
}

// at is what is known by a key.
func (l *linter) at(key string) *idleness {
	i := l.idle[key]
	if i == nil {
		i = &idleness{}
		l.idle[key] = i
		l.order = append(l.order, key)
	}
	return i
}

// live says whether something is known to matter.
func (l *linter) live(key string) bool { return l.idle[key] != nil && l.idle[key].live }

// settled says whether a case shows what is known by a key.
func (l *linter) settled(key string) bool { return l.idle[key] != nil && l.idle[key].shown }

// happens keeps a finding of what happens on some day; shown says that a case shows it,
// and not only that it may.
func (l *linter) happens(key string, f Finding, shown bool) {
	if i := l.at(key); i.finding.Diagnostic == nil || shown && !i.shown {
		i.finding, i.happens, i.shown = f, true, shown
	}
}

// matters says of something, known by a key, whether it matters here.
func (l *linter) matters(key string, live bool, finding func() Finding) {
	i := l.at(key)
	if live {
		i.live = true
	} else if i.finding.Diagnostic == nil && !i.live {
		i.finding = finding()
	}
}

// report adds what is idle everywhere.
func (l *linter) report() {
	dead := map[*interp.Rule]bool{}
	said := map[*interp.Policy]bool{}
	unsure := l.unsure()
	alike := map[*interp.Policy]bool{} // of which no more is said than that
	for _, i := range l.idle {
		if f := i.finding; f.Diagnostic != nil && f.Code == code.AlwaysAlike && !i.live && !unsure(f) {
			alike[f.Policy] = true
		}
	}
	for _, key := range l.order {
		if l.ctx.Err() != nil {
			return
		}
		i := l.idle[key]
		if i.live || i.finding.Diagnostic == nil || !i.happens && unsure(i.finding) {
			continue
		}
		if i.rule != nil {
			i.finding = i.rule.finding()
		}
		switch i.finding.Code {
		case code.NeverDecides, code.RedundantRule, code.IdleCondition, code.IdlePriority, code.DeadOtherwise:
			if alike[i.finding.Policy] {
				continue
			}
		}
		if len(slices.Compact(i.instead)) == 1 {
			i.finding.Add(": %s", i.instead[0])
		}
		switch i.finding.Code {
		case code.NeverApplies, code.NeverDecides, code.RedundantRule, code.ExpiredRule:
			if dead[i.finding.Rule] {
				continue // said already, more to the point
			}
			dead[i.finding.Rule] = true
		case code.IdleCondition, code.IdlePriority:
			if dead[i.finding.Rule] {
				continue // of a rule that could go as a whole
			}
		case code.IdleAmendment:
			if i.finding.also == i.finding.Policy.Site() && said[i.finding.Policy] {
				continue // said of its parts
			}
			said[i.finding.Policy] = true
		}
		l.add(i.finding)
	}
}

// eitherOr makes one finding of two rules of which each is not needed because of the other: one of
// them can go, and not both.
func (l *linter) eitherOr() {
	only := map[*interp.Rule]*interp.Rule{} // the one rule in whose favour a rule can go
	told := map[*lang.Diagnostic]bool{}
	for _, f := range l.found {
		told[f.Diagnostic] = true
	}
	for _, i := range l.idle {
		if x := i.rule; told[i.finding.Diagnostic] && x != nil && x.decides && len(x.heirs) == 1 && x.heirs[0].rule != nil {
			only[x.rule] = x.heirs[0].rule
		}
	}
	l.found = slices.DeleteFunc(l.found, func(f Finding) bool {
		if f.Code != code.RedundantRule || only[f.Rule] == nil || only[only[f.Rule]] != f.Rule {
			return false
		}
		other := only[f.Rule]
		first := f.Rule.Site().Source.Name < other.Site().Source.Name || f.Rule.Site().Source == other.Site().Source && f.Rule.Site().Span.Start < other.Site().Span.Start
		if first {
			f.Say("one of `%s` and `%s` is not needed: what one decides the other decides alike", f.Rule.Label, other.Label)
		}
		return !first
	})
}

// together says of conditions of a rule that change nothing where another rule is not needed because
// of that rule: each is so as long as the other stays.
func (l *linter) together() {
	spared := map[*interp.Rule]*interp.Rule{} // a rule that is not needed because of a rule
	for _, f := range l.found {
		if f.Code == code.RedundantRule {
			for _, by := range f.By {
				spared[by] = f.Rule
			}
		}
	}
	for _, f := range l.found {
		if other := spared[f.Rule]; f.Code == code.IdleCondition && other != nil && other != f.Rule {
			f.Notes = append(f.Notes, lang.Note{Text: fmt.Sprintf("as long as `%s` stays, which is said not to be needed: change one of the two, and check again", other.Label)})
		}
	}
}

// unsure says whether a finding is about a policy, or a rule of one, that was not looked
// at on all its days.
func (l *linter) unsure() func(Finding) bool {
	rules := map[string]bool{}
	for p := range l.partial {
		for _, r := range p.Rules() {
			rules[ruleKey(r)] = true
		}
	}
	return func(f Finding) bool { return l.partial[f.Policy] || f.Rule != nil && rules[ruleKey(f.Rule)] }
}

func finding(c code.Code, at interp.Site, format string, args ...any) Finding {
	return Finding{Diagnostic: (&lang.Diagnostic{Code: c, Source: at.Source, Span: at.Span}).Say(format, args...).Below(), also: at}
}

// about makes a finding one of a rule, so that a comment above the rule reaches it.
func (f Finding) about(p *interp.Policy, r *interp.Rule) Finding {
	f.Policy, f.Rule = p, r
	if r != nil {
		f.also = r.Site()
	}
	return f
}

// note adds a place that belongs to the finding.
func (f Finding) note(at interp.Site, format string, args ...any) Finding {
	f.Notes = append(f.Notes, lang.Note{Source: at.Source, Span: at.Span, Text: fmt.Sprintf(format, args...)})
	return f
}

// shown adds the case that shows it.
func (f Finding) shown(c *interp.Case) Finding {
	if c == nil {
		return f
	}
	f.Witness = c
	facts := strings.Join(c.Sentences(), ", ")
	if facts == "" {
		facts = "any case"
	}
	note := "such as: " + facts
	if f.Policy == nil || f.Policy.DatesMatter() {
		note += fmt.Sprintf(" (as of %s)", c.Date())
	}
	f.Notes = append(f.Notes, lang.Note{Text: note})
	return f
}

// unused finds what is declared and not used.
func (l *linter) unused() {
	u := l.prog.Unused()
	for _, t := range u.Terms {
		l.add(finding(code.UnusedTerm, t.Site(), "nothing uses the term `%s`", t.Name))
	}
	for _, g := range u.Groups {
		l.add(finding(code.UnusedGroup, g.Site(), "nothing uses the group `%s`", g.Name))
	}
	for _, a := range u.Attrs {
		l.add(finding(code.UnusedAttribute, a.Site(), "nothing reads the attribute `%s`", a.Name))
	}
	for _, f := range u.Functions {
		l.add(finding(code.UnusedFunction, f.Site(), "nothing calls the function `%s`", f.Name))
	}
	for _, at := range u.Values {
		l.add(finding(code.UnusedValue, at, "nothing names the value `%s`", at.Text()))
	}
}

// nothingPossible finds constraints that exclude every case.
func (l *linter) nothingPossible() {
	var conds []*interp.Cond
	for _, c := range l.prog.Constraints() {
		conds = append(conds, c.Condition(l.prog))
	}
	if len(conds) == 0 || len(l.prog.Policies()) == 0 {
		return
	}
	last := -1 // the first constraint behind which nothing is left, on the day on which that takes the most
	for _, p := range l.prog.Policies() {
		for _, on := range p.Epochs() {
			i := l.excluding(conds, interp.Dated{Policy: p, On: on})
			if i < 0 {
				return
			}
			last = max(last, i)
		}
	}
	k := l.prog.Constraints()[last]
	words := "no case is left by the constraint `%s`"
	if last > 0 {
		words = "no case is left by the constraint `%s` and those before it"
	}
	l.add(finding(code.NothingPossible, k.Site(), words, k.Name))
}

// excluding is the first of some conditions that, with those before it, no case meets
// on a day; -1 where some case meets all.
func (l *linter) excluding(conds []*interp.Cond, p interp.Dated) int {
	g := newGraphOfConditions(l.ctx, []interp.Dated{p}, conds...)
	left := dd.True
	for i, c := range conds {
		left = g.and(left, g.keep(g.Where(c, p.On)))
		if g.err == nil && left == dd.False {
			return i
		}
	}
	return -1
}

// finish sorts the findings, and takes out those that a comment keeps quiet.
func (l *linter) finish() *LintReport {
	out := &LintReport{Notes: l.notes}
	comments := suppressions(l.prog.Sources())
	for _, f := range l.found {
		if s := comments.find(f); s != nil {
			s.used = true
			f.Because = s.reason
			out.Suppressed = append(out.Suppressed, f)
			continue
		}
		out.Findings = append(out.Findings, f)
	}
	if !l.opts.partly() {
		out.Findings = append(out.Findings, comments.problems(l.opts)...)
	}
	for _, fs := range [][]Finding{out.Findings, out.Suppressed} {
		slices.SortStableFunc(fs, func(a, b Finding) int {
			if c := strings.Compare(a.Source.Name, b.Source.Name); c != 0 {
				return c
			}
			if a.Span.Start != b.Span.Start {
				return int(a.Span.Start) - int(b.Span.Start)
			}
			return strings.Compare(string(a.Code), string(b.Code))
		})
	}
	return out
}
