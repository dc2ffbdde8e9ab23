package analysis

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// LintOptions say what to look for.
type LintOptions struct {
	Quiet  []lang.Code // of the codes that are told on request alone, those that are requested
	Budget int         // nodes of the diagrams; 0 means DefaultBudget
}

// OnRequest says whether a code is told on request alone.
func OnRequest(c lang.Code) bool { return c == lang.RankedOverlap }

// Finding is something that looks wrong in a rule file.
type Finding struct {
	*lang.Diagnostic
	Policy   *interp.Policy   // that it was found in; nil where it is about the vocabulary
	Rule     *interp.Rule     // that it is about, or nil
	By       []*interp.Rule   // the rules that stand in its way
	Witness  *interp.Case     // a case that shows it, or nil
	Decision *interp.Decision // of the witness
	Because  string           // of a suppressed finding: the reason that the comment gives
	also     interp.Site      // where a comment may stand as well: the whole rule
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
	l := &linter{ctx: ctx, prog: prog, opts: opts, idle: map[string]*idleness{}}
	l.unused()
	l.nothingPossible()
	if len(l.found) == 0 || l.found[len(l.found)-1].Code != lang.NothingPossible {
		for _, p := range prog.Policies() {
			if err := l.policy(p); err != nil {
				return nil, err
			}
		}
		l.report()
	}
	return l.finish(), nil
}

// linter collects findings.
type linter struct {
	ctx   context.Context
	prog  *interp.Program
	opts  LintOptions
	found []Finding
	notes []string
	idle  map[string]*idleness
	order []string // of idle, as met
}

// idleness is what is known of one thing that may be idle, such as a condition of a
// rule. A rule that an amendment inherits is idle only if it is so in every policy.
type idleness struct {
	finding Finding
	live    bool // it matters in some policy on some day
}

func (l *linter) add(f Finding) { l.found = append(l.found, f) }

// note notes something once.
func (l *linter) note(text string) {
	if !slices.Contains(l.notes, text) {
		l.notes = append(l.notes, text)
	}
}

// matters says of something, known by a key, whether it matters here.
func (l *linter) matters(key string, live bool, finding func() Finding) {
	i := l.idle[key]
	if i == nil {
		i = &idleness{}
		l.idle[key] = i
		l.order = append(l.order, key)
	}
	if live {
		i.live = true
	} else if i.finding.Diagnostic == nil && !i.live {
		i.finding = finding()
	}
}

// report adds what is idle everywhere.
func (l *linter) report() {
	dead := map[*interp.Rule]bool{}
	for _, key := range l.order {
		i := l.idle[key]
		if i.live || i.finding.Diagnostic == nil {
			continue
		}
		switch i.finding.Code {
		case lang.NeverApplies, lang.NeverDecides, lang.RedundantRule, lang.ExpiredRule:
			if dead[i.finding.Rule] {
				continue // said already, more to the point
			}
			dead[i.finding.Rule] = true
		case lang.IdleCondition, lang.IdlePriority:
			if dead[i.finding.Rule] {
				continue // of a rule that could go as a whole
			}
		}
		l.add(i.finding)
	}
}

func finding(code lang.Code, at interp.Site, format string, args ...any) Finding {
	return Finding{Diagnostic: &lang.Diagnostic{Code: code, Source: at.Source, Span: at.Span, Message: fmt.Sprintf(format, args...)}, also: at}
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
func (f Finding) shown(c *interp.Case, d *interp.Decision) Finding {
	if c == nil {
		return f
	}
	f.Witness, f.Decision = c, d
	facts := strings.Join(c.Sentences(), ", ")
	if facts == "" {
		facts = "any case"
	}
	f.Notes = append(f.Notes, lang.Note{Text: fmt.Sprintf("such as: %s (as of %s)", facts, c.Date())})
	return f
}

// unused finds what is declared and not used.
func (l *linter) unused() {
	u := l.prog.Unused()
	for _, t := range u.Terms {
		l.add(finding(lang.UnusedTerm, t.Site(), "nothing uses the term `%s`", t.Name))
	}
	for _, g := range u.Groups {
		l.add(finding(lang.UnusedGroup, g.Site(), "nothing uses the group `%s`", g.Name))
	}
	for _, a := range u.Attrs {
		l.add(finding(lang.UnusedAttribute, a.Site(), "nothing reads the attribute `%s`", a.Name))
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
	on := l.prog.DefaultDate()
	g := newGraph(l.ctx, l.opts.Budget, []interp.Dated{{Policy: l.prog.Policies()[0], On: on}}, nil, conds...)
	left := dd.True
	for i, c := range conds {
		left = g.and(left, g.keep(g.Where(c, on)))
		if g.err == nil && left == dd.False {
			k := l.prog.Constraints()[i]
			words := "no case is left by the constraint `%s`"
			if i > 0 {
				words = "no case is left by the constraint `%s` and those before it"
			}
			l.add(finding(lang.NothingPossible, k.Site(), words, k.Name))
			return
		}
	}
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
	out.Findings = append(out.Findings, comments.problems(l.opts)...)
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
