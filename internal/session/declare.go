package session

import (
	"context"
	"errors"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// writtenData is what became of a declaration or a rule, for JSON.
type writtenData struct {
	Policy string     `json:"policy"` // that the rule was put into, "" of a declaration
	Names  []string   `json:"names"`  // what was declared
	Fate   string     `json:"fate"`   // what the rule does in the present case
	Tests  []testData `json:"tests"`  // of tests declared: how they came out
}

// declare takes a declaration into the session.
func (s *Session) declare(ctx context.Context, text string) *answer {
	e := entry{text: text}
	f, ds := lang.Parse(context.Background(), "declaration", text)
	if ds.HasErrors() {
		return failure(ds)
	}
	names := declaredNames(f)
	if len(names) == 1 {
		e.label = names[0]
	}
	prog, a := s.reloaded(s.now.prog.own.with(e))
	if a != nil {
		return a
	}
	a = s.withProgram(ctx, prog, s.now.policy, strings.Join(names, ", "))
	a.kind = "declared"
	data := &writtenData{Names: names, Tests: []testData{}}
	a.data = data
	a.text = "declared: " + strings.Join(names, ", ") + "\n" + a.text
	for _, d := range f.Decls {
		a.text += s.declaredText(ctx, d, data, a)
	}
	return a
}

// declaredText is what is to be said of one new declaration.
func (s *Session) declaredText(ctx context.Context, d lang.Decl, data *writtenData, a *answer) string {
	switch d := d.(type) {
	case *lang.Policy:
		return "to decide by it: use " + d.Name.Text + "\n"
	case *lang.Claim:
		return "to have it proved: prove " + d.Name.Value + "\n"
	case *lang.Test:
		for _, t := range s.now.prog.Tests() {
			if t.Name == d.Name.Value {
				run := runOf(ctx, t)
				data.Tests = append(data.Tests, run)
				a.failed = a.failed || !run.Passed
				return run.line() + "\n"
			}
		}
	}
	return ""
}

// declaredNames says what a text declares: term SLV, policy us2025.
func declaredNames(f *lang.File) []string {
	var out []string
	for _, d := range f.Decls {
		word, name := declaredName(d)
		out = append(out, strings.TrimSpace(word+" "+name))
	}
	return out
}

func declaredName(d lang.Decl) (word, name string) {
	switch d := d.(type) {
	case *lang.Use:
		if d.Module != nil {
			return "use", d.Module.Text
		}
		if d.Path != nil {
			return "use", lang.Quote(d.Path.Value)
		}
		return "use", ""
	case *lang.Outcomes:
		return "outcomes", ""
	case *lang.Kind:
		return "kind", d.Name.Text
	case *lang.Unit:
		return "unit", d.Name.Text
	case *lang.NamedValue:
		return "value", d.Name.Text
	case *lang.Role:
		return "role", d.Name.Text
	case *lang.Group:
		return "group", d.Name.Text
	case *lang.Function:
		return "function", d.Name.Text
	case *lang.Term:
		return "term", d.Name.Text
	case *lang.Constraint:
		return "constraint", d.Name.Text
	case *lang.Policy:
		return "policy", d.Name.Text
	case *lang.Series:
		return "series", d.Name.Text
	case *lang.Test:
		return "test", lang.Quote(d.Name.Value)
	case *lang.Claim:
		return "claim", lang.Quote(d.Name.Value)
	}
	return "", ""
}

// reloaded loads the program with another own text, or says what is wrong with that.
func (s *Session) reloaded(own *ownText) (*program, *answer) {
	return s.loaded(own, s.now.prog.files)
}

// loaded loads rule files with an own text, or says what is wrong with them.
func (s *Session) loaded(own *ownText, files *reading) (*program, *answer) {
	prog, err := s.from.load(own, files)
	if err == nil {
		return prog, nil
	}
	var ds lang.Diagnostics
	if !errors.As(err, &ds) {
		return nil, failure(err)
	}
	var errs lang.Diagnostics
	for _, d := range ds {
		if d.Code.Severity() == code.Error {
			errs = append(errs, d)
		}
	}
	return nil, failure(s.from.asTyped(errs, own))
}

// withProgram goes on with another program: with the same facts, as far as it knows
// such facts, and with the warnings that were not there before.
func (s *Session) withProgram(ctx context.Context, prog *program, policy, did string) *answer {
	c, lost := carried(s.now.c, prog)
	_, before, _ := s.now.decide(ctx)
	had := map[string]bool{}
	for _, w := range s.now.prog.Warnings() {
		had[w.Message] = true
	}
	s.become(newState(prog, policy, c, did))
	a := &answer{kind: "loaded"}
	var fresh lang.Diagnostics
	for _, w := range prog.Warnings() {
		if !had[w.Message] {
			fresh = append(fresh, w)
		}
	}
	a.problems = s.from.asTyped(fresh, prog.own)
	for _, f := range lost {
		a.text += "no longer a fact of the case: " + f + "\n"
	}
	if words := s.newStanding(ctx, before); words != "" {
		a.text += words + "\n"
	}
	return a
}

// carried is a case in the vocabulary of another program, and the facts that this does
// not have.
func carried(old *interp.Case, prog *program) (c *interp.Case, lost []string) {
	c = prog.NewCase()
	c.SetDate(old.Date())
	for _, f := range old.Sentences() {
		if err := c.Tell(f); err != nil {
			lost = append(lost, f)
		}
	}
	return c, lost
}
