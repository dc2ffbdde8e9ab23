package session

import (
	"context"
	"errors"
	"strings"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// policy is the policy that decides.
func (s *Session) policy() (*interp.Policy, error) {
	p, err := s.now.by()
	if err != nil {
		return nil, s.withHint(err)
	}
	return p, nil
}

// withHint tells the reader of an error about the policy what to type.
func (s *Session) withHint(err error) error {
	var d *lang.Diagnostic
	if !errors.As(err, &d) {
		return err
	}
	c := *d
	switch d.Code {
	case code.WhichPolicy:
		if len(s.now.prog.Policies()) == 0 {
			c.Notes = append(c.Notes[:len(c.Notes):len(c.Notes)], lang.Note{Text: "one can be typed: policy NAME { ... }"})
			break
		}
		c.Notes = append(c.Notes[:len(c.Notes):len(c.Notes)], lang.Note{Text: "choose one, such as: use " + s.somePolicy()})
	case code.NotInForce:
		c.Notes = append(c.Notes[:len(c.Notes):len(c.Notes)], lang.Note{Text: "choose another date, such as: as of " + s.someDate()})
	}
	return &c
}

func (s *Session) somePolicy() string {
	if all := s.now.prog.Policies(); len(all) > 0 {
		return all[len(all)-1].Name
	}
	return "POLICY"
}

func (s *Session) someDate() string {
	for _, x := range s.now.prog.AllSeries() {
		if x.Name == s.now.policy || s.now.policy == "" {
			return x.Policies[len(x.Policies)-1].From.String()
		}
	}
	return s.now.prog.LatestDate().String()
}

func (s *Session) explain(ctx context.Context) (*interp.Explanation, error) {
	p, err := s.policy()
	if err != nil {
		return nil, err
	}
	x, err := p.Explain(ctx, s.now.c)
	return x, cannotDecide(err)
}

// cannotDecide makes an error of evaluation a sentence about the case.
func cannotDecide(err error) error {
	var e *interp.EvalError
	if errors.As(err, &e) {
		return errors.New("the case cannot be decided: " + e.Error())
	}
	return err
}

func (s *Session) decideCommand(ctx context.Context, rest string) *answer {
	if a := noArguments("decide", rest); a != nil {
		return a
	}
	x, err := s.explain(ctx)
	if err != nil {
		return failure(err)
	}
	var b strings.Builder
	render.WriteDecision(&b, x, s.opts.Style)
	return &answer{kind: "decision", text: b.String(), data: x.Decision.About(s.now.c)}
}

func (s *Session) whyCommand(ctx context.Context, rest string) *answer {
	if word := firstWord(rest); word == "not" {
		return s.whyNot(ctx, strings.TrimSpace(rest[len(word):]))
	}
	if rest != "" {
		p, err := s.policy()
		if err != nil {
			return failure(err)
		}
		if o, err := p.Program().Outcome(rest); err == nil {
			_, d, _ := s.now.decide(ctx)
			if d == nil || d.Outcome != o {
				return s.whyNot(ctx, rest)
			}
		} else {
			return refuse("`why` stands alone, or before `not` and an outcome: why not %s", s.someOutcome(ctx))
		}
	}
	x, err := s.explain(ctx)
	if err != nil {
		return failure(err)
	}
	var b strings.Builder
	render.WriteExplanation(&b, x, s.opts.Style)
	return &answer{kind: "explanation", text: b.String(), data: x}
}

// someOutcome is an outcome that is not the answer, for examples.
func (s *Session) someOutcome(ctx context.Context) string {
	all := s.now.prog.Outcomes()
	_, d, _ := s.now.decide(ctx)
	for i := len(all) - 1; i >= 0; i-- {
		if d == nil || d.Outcome != all[i] {
			return all[i].Name
		}
	}
	return "OUTCOME"
}

func (s *Session) whyNot(ctx context.Context, outcome string) *answer {
	if outcome == "" {
		return refuse("which outcome? For example: why not %s", s.someOutcome(ctx))
	}
	p, err := s.policy()
	if err != nil {
		return failure(err)
	}
	x, err := p.WhyNot(ctx, s.now.c, outcome)
	if err != nil {
		return failure(cannotDecide(err))
	}
	var b strings.Builder
	render.WriteWhyNot(&b, x, s.opts.Style)
	return &answer{kind: "why_not", text: b.String(), data: x}
}

func (s *Session) flipCommand(ctx context.Context, rest string) *answer {
	words := strings.Fields(rest)
	opts := interp.FlipOptions{}
	if len(words) == 2 && words[1] == "all" {
		opts.All = true
		words = words[:1]
	}
	if len(words) != 1 {
		return refuse("which outcome? For example: flip %s; with `all` behind it, facts that nobody can change are proposed too", s.someOutcome(ctx))
	}
	p, err := s.policy()
	if err != nil {
		return failure(err)
	}
	flips, err := p.Flip(ctx, s.now.c, words[0], opts)
	if err != nil {
		return failure(cannotDecide(err))
	}
	before, err := p.Decide(ctx, s.now.c)
	if err != nil {
		return failure(cannotDecide(err))
	}
	o, err := s.now.prog.Outcome(words[0])
	if err != nil {
		return failure(err)
	}
	var b strings.Builder
	render.WriteFlips(&b, flips, o, before, opts, s.opts.Style)
	if len(flips) == 0 && !opts.All && before.Outcome != o {
		b.WriteString("\n`flip " + o.Name + " all` looks for changes of what a person cannot change too.\n")
	}
	return &answer{kind: "flip", text: b.String(), data: render.FlipsJSON(flips, o, before, s.now.c)}
}

func (s *Session) whatIfCommand(ctx context.Context, rest string) *answer {
	word := firstWord(rest)
	if word != "if" || strings.TrimSpace(rest[len(word):]) == "" {
		return refuse("what if which facts?%s `flip OUTCOME` finds what would change the answer", s.forExample(" For example: what if ", ";"))
	}
	facts, err := s.onOneLine(s.cutFacts(strings.TrimSpace(rest[len(word):])))
	if err != nil {
		return failure(err)
	}
	p, err := s.policy()
	if err != nil {
		return failure(err)
	}
	x, err := p.WhatIf(ctx, s.now.c, facts...)
	if err != nil {
		meant, offers := s.understood(facts)
		if len(offers) > 0 {
			return s.notAsItStands(strings.Join(facts, ", "), "what if ", offers)
		}
		if len(meant) == 0 {
			return failure(cannotDecide(err))
		}
		if x, err = p.WhatIf(ctx, s.now.c, meant...); err != nil {
			return failure(cannotDecide(err))
		}
		facts = meant
	}
	var b strings.Builder
	render.WriteWhatIf(&b, x, facts, s.opts.Style)
	return &answer{kind: "what_if", text: b.String(), data: x}
}

// forExample is a fact that could be told, between two texts; nothing where there are no facts.
func (s *Session) forExample(before, behind string) string {
	if fact := s.someFact(); fact != "" {
		return before + fact + behind
	}
	return ""
}

// someFact is a fact that could be told, for examples: one of which the values are listed
// where there is one; "" where there are no facts.
func (s *Session) someFact() string {
	other := ""
	for _, name := range s.now.prog.FactNames() {
		info, _ := s.now.prog.FactInfo(name)
		value := ""
		switch {
		case info.Form == interp.YesNoAnswer:
			return name + " = yes"
		case len(info.Choices) > 0 && info.Form != interp.ListAnswer:
			return name + " = " + info.Choices[0].Name
		case info.Example != "":
			value = info.Example
		case info.Form == interp.NumberAnswer, info.Form == interp.IntegerAnswer:
			value = "3"
		case info.Form == interp.DateAnswer:
			value = s.now.c.Date().String()
		case info.Form == interp.IdentityAnswer, info.Form == interp.TextAnswer:
			value = `"some name"`
		}
		if other == "" && value != "" {
			other = name + " = " + value
		}
	}
	return other
}

func (s *Session) possibleCommand(ctx context.Context, rest string) *answer {
	if a := noArguments("possible", rest); a != nil {
		return a
	}
	_, d, err := s.now.decide(ctx)
	if err != nil {
		return failure(s.withHint(cannotDecide(err)))
	}
	a := &answer{kind: "possible", data: d.About(s.now.c)}
	if d.Status != interp.Undetermined {
		a.text = "the case is settled: " + standingInFull(d)
		return a
	}
	var b strings.Builder
	render.WritePossible(&b, d, s.opts.Style)
	a.text = strings.TrimLeft(b.String(), "\n")
	return a
}

func (s *Session) needsCommand(ctx context.Context, rest string) *answer {
	if a := noArguments("needs", rest); a != nil {
		return a
	}
	_, d, err := s.now.decide(ctx)
	if err != nil {
		return failure(s.withHint(cannotDecide(err)))
	}
	a := &answer{kind: "needs", data: d.About(s.now.c)}
	if len(d.Needs) == 0 {
		a.text = "nothing: no further fact changes the answer (" + standingInFull(d) + ")"
		return a
	}
	var b strings.Builder
	render.WriteNeeds(&b, d, s.opts.Style)
	if d.Questions > 0 {
		b.WriteString("\nAsked in the best order, at most " + counted(d.Questions, "question", "questions") + ": `ask` does so.\n")
	}
	a.text = strings.TrimLeft(b.String(), "\n")
	return a
}
