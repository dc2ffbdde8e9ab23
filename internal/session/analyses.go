package session

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
)

func (s *Session) checkCommand(ctx context.Context, rest string) *answer {
	if a := noArguments("check", rest); a != nil {
		return a
	}
	p := s.now.prog
	found := p.Warnings()
	report, err := analysis.Lint(ctx, p.Program, analysis.LintOptions{})
	if errors.Is(err, analysis.ErrTooLarge) {
		report = &analysis.LintReport{Notes: []string{"rules that can never decide were not looked for: " + err.Error()}}
	} else if err != nil {
		return failure(err)
	}
	found = append(found[:len(found):len(found)], report.Diagnostics()...)
	found.Sort()
	a := &answer{kind: "check", problems: s.from.asTyped(found, p.own)}
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
		for _, n := range report.Notes {
			a.text += "note: " + n + "\n"
		}
		a.text += "no problems: " + strings.Join([]string{
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

func runOf(ctx context.Context, t *interp.Test) testData {
	r := t.Run(ctx)
	d := testData{Name: t.Name, At: t.Site().String(), Passed: r.Passed(), Failures: r.Failures}
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
		r := t.Run(ctx)
		runs = append(runs, &render.TestRun{Name: t.Name, Place: t.Site().String(), Given: t.Given(), Decisions: r.Decisions, Failures: r.Failures, Took: time.Since(start)})
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

func (s *Session) proveCommand(ctx context.Context, rest string) *answer {
	match := matcher(rest)
	var proofs []*analysis.Proof
	for _, c := range s.now.prog.Claims() {
		if !match(c.Name) {
			continue
		}
		if ctx.Err() != nil {
			return stopped()
		}
		proof, err := analysis.Prove(ctx, c)
		if err != nil {
			return failure(err)
		}
		proofs = append(proofs, proof)
	}
	a := &answer{kind: "prove", data: render.ProofsJSON(proofs)}
	switch {
	case len(proofs) == 0 && rest != "":
		return refuse("no claim has a name with `%s` in it", rest)
	case len(proofs) == 0:
		a.text = "there are no claims"
		return a
	}
	var b strings.Builder
	render.WriteProofs(&b, proofs, s.opts.Style)
	a.text = b.String()
	for _, p := range proofs {
		a.failed = a.failed || p.Status != analysis.Proved
	}
	return a
}

func (s *Session) diffCommand(ctx context.Context, rest string) *answer {
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
	diff, err := analysis.Diff(ctx, old, now, opts)
	if err != nil {
		return failure(err)
	}
	shown := render.Difference{Difference: diff, OldName: old.Policy.Name, NewName: now.Policy.Name, Where: when}
	var b strings.Builder
	render.WriteDiff(&b, shown, s.opts.Style)
	return &answer{kind: "diff", failed: diff.Mistaken, text: b.String(), data: render.DiffJSON(shown)}
}

// compared are the policies that diff compares: two named, one named and the present
// one, or what the session's rules amend and the present one.
func (s *Session) compared(names []string) (old, now interp.Dated, err error) {
	present, err := s.policy()
	if err != nil && len(names) < 2 {
		return old, now, err
	}
	now = interp.Dated{Policy: present, On: s.now.c.Date()}
	switch len(names) {
	case 0:
		if present.Amends == nil {
			return old, now, errors.New("compare with which policy? For example: diff " + s.otherPolicy(present))
		}
		return interp.Dated{Policy: present.Amends, On: now.On}, now, nil
	case 1:
	case 2:
		if now, err = s.dated(names[1]); err != nil {
			return old, now, err
		}
	default:
		return old, now, errors.New("diff compares two policies: diff OLD NEW, or diff OLD with the present one")
	}
	old, err = s.dated(names[0])
	return old, now, err
}

// dated is a policy or series by its name, on the date of the case or with @DATE on that.
func (s *Session) dated(word string) (interp.Dated, error) {
	name, day, own := strings.Cut(word, "@")
	on := s.now.c.Date()
	if own {
		var err error
		if on, err = interp.ParseDate(day); err != nil {
			return interp.Dated{}, err
		}
	}
	p, err := s.now.prog.PolicyOn(name, on)
	return interp.Dated{Policy: p, On: on}, err
}

func (s *Session) otherPolicy(than *interp.Policy) string {
	for _, p := range s.now.prog.Policies() {
		if p != than {
			return p.Name
		}
	}
	return "POLICY"
}
