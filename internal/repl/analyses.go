package repl

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
)

func (s *Session) checkCommand(_ context.Context, rest string) *answer {
	if a := noArguments("check", rest); a != nil {
		return a
	}
	p := s.now.prog
	a := &answer{kind: "check", problems: s.from.asTyped(p.Warnings(), p.own)}
	a.data = render.ProblemsJSON(a.problems)
	rules := 0
	for _, pol := range p.Policies() {
		for _, r := range pol.Rules() {
			if r.Policy == pol.Name {
				rules++
			}
		}
	}
	if len(a.problems) == 0 {
		a.text = "no problems: " + strings.Join([]string{
			counted(len(p.Policies()), "policy", "policies"), counted(rules, "rule", "rules"),
			counted(len(p.Tests()), "test", "tests"), counted(len(p.Claims()), "claim", "claims"),
		}, ", ")
	}
	return a
}

// testData is a test for JSON.
type testData struct {
	Name     string   `json:"name"`
	At       string   `json:"at"`
	Passed   bool     `json:"passed"`
	Failures []string `json:"failures"`
}

func (d testData) line() string {
	if d.Passed {
		return "passed: " + d.Name
	}
	return "failed: " + d.Name + ": " + strings.Join(d.Failures, "; ")
}

func runOf(t *interp.Test) testData {
	r := t.Run()
	d := testData{Name: t.Name, At: t.Place(), Passed: r.Passed(), Failures: r.Failures}
	if d.Failures == nil {
		d.Failures = []string{}
	}
	return d
}

func (s *Session) testCommand(ctx context.Context, rest string) *answer {
	match := matcher(rest)
	var runs []*render.TestRun
	for _, t := range s.now.prog.Tests() {
		if !match(t.Name) {
			continue
		}
		if ctx.Err() != nil {
			return stopped()
		}
		start := time.Now()
		r := t.Run()
		runs = append(runs, &render.TestRun{Name: t.Name, Place: t.Place(), Given: t.Given(), Decisions: r.Decisions, Failures: r.Failures, Took: time.Since(start)})
	}
	if len(runs) == 0 {
		if rest != "" {
			return refuse("no test has a name with `%s` in it", rest)
		}
		return &answer{kind: "test", text: "there are no tests", data: render.TestsJSON(nil)}
	}
	a := &answer{kind: "test", data: render.TestsJSON(runs)}
	var b strings.Builder
	render.WriteTests(&b, runs, s.opts.Style)
	a.text = b.String()
	for _, r := range runs {
		a.failed = a.failed || !r.Passed()
	}
	return a
}

// matcher finds the names that a text stands in; in quotes the name is meant whole.
func matcher(text string) func(string) bool {
	if whole, ok := strings.CutPrefix(text, `"`); ok {
		whole = strings.TrimSuffix(whole, `"`)
		return func(name string) bool { return name == whole }
	}
	lower := strings.ToLower(text)
	return func(name string) bool { return strings.Contains(strings.ToLower(name), lower) }
}

// proofData is a claim and what became of it, for JSON.
type proofData struct {
	Name           string               `json:"name"`
	Policies       []string             `json:"policies"`
	Status         analysis.ClaimStatus `json:"status"`
	Reason         string               `json:"reason"`
	Counterexample map[string]any       `json:"counterexample"` // null where there is none
	Decisions      []*render.Decision   `json:"decisions"`
}

func (s *Session) proveCommand(ctx context.Context, rest string) *answer {
	match := matcher(rest)
	a := &answer{kind: "prove"}
	data := []proofData{}
	for _, c := range s.now.prog.Claims() {
		if !match(c.Name) {
			continue
		}
		if ctx.Err() != nil {
			return stopped()
		}
		proof, err := analysis.Prove(c, 0)
		if err != nil {
			return failure(err)
		}
		d := proofOf(proof)
		data = append(data, d)
		a.text += proofText(proof)
		a.failed = a.failed || proof.Status != analysis.Proved
	}
	a.data = data
	switch {
	case len(data) == 0 && rest != "":
		return refuse("no claim has a name with `%s` in it", rest)
	case len(data) == 0:
		a.text = "there are no claims"
	case len(data) > 1:
		a.text += proofCount(data)
	}
	return a
}

func proofOf(p *analysis.Proof) proofData {
	d := proofData{Name: p.Claim.Name, Policies: []string{}, Status: p.Status, Reason: p.Reason, Decisions: []*render.Decision{}}
	for _, pol := range p.Claim.Policies {
		d.Policies = append(d.Policies, pol.Name)
	}
	if x := p.Counterexample; x != nil {
		d.Counterexample = render.FactsJSON(x.Case)
		for _, dec := range x.Decisions {
			d.Decisions = append(d.Decisions, render.DecisionJSON(dec, x.Case))
		}
	}
	return d
}

func proofText(p *analysis.Proof) string {
	text := string(p.Status) + ": " + p.Claim.Name + "\n"
	if p.Reason != "" {
		text += "  " + p.Reason + "\n"
	}
	for _, n := range p.Notes {
		text += "  note: " + n + "\n"
	}
	x := p.Counterexample
	if x == nil {
		return text
	}
	text += "  " + p.Claim.Place() + ": " + oneLineOf(p.Claim.Text()) + "\n  does not hold in this case, as of " + x.Case.Date().String() + ":\n"
	for _, f := range x.Case.Sentences() {
		text += "    " + f + "\n"
	}
	for _, d := range x.Decisions {
		text += "  " + d.Policy.Name + " decides " + d.Answer()
		var by []string
		for _, r := range d.Rules {
			by = append(by, r.Label)
		}
		if len(by) > 0 {
			text += " by " + listed(by, "and")
		}
		text += "\n"
	}
	return text
}

func oneLineOf(text string) string { return strings.Join(strings.Fields(text), " ") }

func proofCount(data []proofData) string {
	n := map[analysis.ClaimStatus]int{}
	for _, d := range data {
		n[d.Status]++
	}
	parts := []string{fmt.Sprintf("%d proved", n[analysis.Proved])}
	for _, st := range []analysis.ClaimStatus{analysis.Refuted, analysis.Unknown} {
		if n[st] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[st], st))
		}
	}
	return strings.Join(parts, ", ") + "\n"
}

// changeData is a change of answers, for JSON: what `ctl diff` says of it.
type changeData struct {
	From      string             `json:"from"`
	To        string             `json:"to"`
	Direction analysis.Direction `json:"direction"`
	When      string             `json:"when"`
	Example   map[string]any     `json:"example"`
	OldRules  []string           `json:"old_rules"`
	NewRules  []string           `json:"new_rules"`
}

// diffData is a difference, for JSON.
type diffData struct {
	Old     string       `json:"old"`
	New     string       `json:"new"`
	AsOf    string       `json:"as_of"`
	Equal   bool         `json:"equal"`
	Exact   bool         `json:"exact"`
	Changes []changeData `json:"changes"`
	Notes   []string     `json:"notes"`
}

func (s *Session) diffCommand(_ context.Context, rest string) *answer {
	names, when := strings.Fields(rest), ""
	for i, w := range names {
		if w == "when" {
			_, after, _ := strings.Cut(rest, "when")
			names, when = names[:i], strings.TrimSpace(after)
			break
		}
	}
	old, now, err := s.compared(names)
	if err != nil {
		return failure(s.withHint(err))
	}
	opts := analysis.DiffOptions{}
	if when != "" {
		if opts.Where, err = s.now.prog.Condition(when); err != nil {
			return failure(err)
		}
	}
	on := s.now.c.Date()
	diff, err := analysis.Diff(interp.Dated{Policy: old, On: on}, interp.Dated{Policy: now, On: on}, opts)
	if err != nil {
		return failure(err)
	}
	return &answer{kind: "diff", text: diffText(diff), data: diffOf(diff)}
}

// compared are the policies that diff compares: two named, one named and the present
// one, or what the session's rules amend and the present one.
func (s *Session) compared(names []string) (old, now *interp.Policy, err error) {
	on := s.now.c.Date()
	switch len(names) {
	case 0:
		if now, err = s.policy(); err != nil {
			return nil, nil, err
		}
		if now.Amends == nil {
			return nil, nil, errors.New("compare with which policy? For example: diff " + s.otherPolicy(now))
		}
		return now.Amends, now, nil
	case 1:
		if now, err = s.policy(); err != nil {
			return nil, nil, err
		}
	case 2:
		if now, err = s.now.prog.PolicyOn(names[1], on); err != nil {
			return nil, nil, err
		}
	default:
		return nil, nil, errors.New("diff compares two policies: diff OLD NEW, or diff OLD with the present one")
	}
	old, err = s.now.prog.PolicyOn(names[0], on)
	return old, now, err
}

func (s *Session) otherPolicy(than *interp.Policy) string {
	for _, p := range s.now.prog.Policies() {
		if p != than {
			return p.Name
		}
	}
	return "POLICY"
}

func diffOf(d *analysis.Difference) *diffData {
	out := &diffData{Old: d.Old.Policy.Name, New: d.New.Policy.Name, AsOf: d.New.On.String(), Equal: d.Equal, Exact: d.Exact, Changes: []changeData{}, Notes: append([]string{}, d.Notes...)}
	for _, c := range d.Changes {
		for _, g := range c.Groups {
			j := changeData{From: c.From.Name(), To: c.To.Name(), Direction: c.Direction, When: g.When, OldRules: ruleLabels(g.OldRules), NewRules: ruleLabels(g.NewRules)}
			if g.Example != nil {
				j.Example = render.FactsJSON(g.Example)
			}
			out.Changes = append(out.Changes, j)
		}
	}
	return out
}

func ruleLabels(rules []*interp.Rule) []string {
	out := []string{}
	for _, r := range rules {
		out = append(out, r.Label)
	}
	return out
}

func diffText(d *analysis.Difference) string {
	head := "from " + d.Old.Policy.Name + " to " + d.New.Policy.Name + ", as of " + d.New.On.String()
	if d.Equal {
		return head + ": no case is answered differently\n" + diffNotes(d)
	}
	var b strings.Builder
	b.WriteString(head + "\n")
	for _, c := range d.Changes {
		fmt.Fprintf(&b, "\n%s -> %s", c.From.Name(), c.To.Name())
		if c.Direction != analysis.Other {
			fmt.Fprintf(&b, " (%s)", c.Direction)
		}
		b.WriteString("\n")
		for _, g := range c.Groups {
			b.WriteString("  when " + g.When + "\n")
			if labels := ruleLabels(g.OldRules); len(labels) > 0 {
				b.WriteString("    before: " + strings.Join(labels, ", ") + "\n")
			}
			if labels := ruleLabels(g.NewRules); len(labels) > 0 {
				b.WriteString("    after: " + strings.Join(labels, ", ") + "\n")
			}
			if g.Example != nil {
				b.WriteString("    for example: " + strings.Join(g.Example.Sentences(), ", ") + "\n")
			}
			for _, n := range g.Notes {
				b.WriteString("    note: " + n + "\n")
			}
		}
	}
	b.WriteString(diffNotes(d))
	return b.String()
}

func diffNotes(d *analysis.Difference) string {
	text := ""
	if !d.Exact {
		text += "note: some of this hangs on conditions that the analysis cannot look into\n"
	}
	for _, n := range d.Notes {
		text += "note: " + n + "\n"
	}
	return text
}
