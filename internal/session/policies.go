package session

import (
	"context"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

func (s *Session) useCommand(ctx context.Context, rest string) *answer {
	if rest == "" {
		return s.policiesList()
	}
	if !s.now.prog.names(rest) {
		if a := s.declare(ctx, "use "+rest); !a.failed { // a module
			return a
		}
	}
	if _, err := s.now.prog.PolicyOn(rest, s.now.c.Date()); err != nil {
		return failure(s.withHint(err))
	}
	return s.goTo(ctx, newState(s.now.prog, rest, s.now.c, "use "+rest))
}

// goTo becomes another state and says how that is decided.
func (s *Session) goTo(ctx context.Context, next *state) *answer {
	s.become(next)
	p, d, err := next.decide(ctx)
	a := &answer{kind: "policy", data: s.stateJSON(ctx)}
	if p == nil {
		return failure(s.withHint(err))
	}
	a.text = p.Name
	if p.Title != "" {
		a.text += ": " + p.Title
	}
	a.text += "\nas of " + next.c.Date().String() + notInForce(p, next.c.Date())
	if err == nil {
		a.text += "\n-> " + standingInFull(d)
	}
	return a
}

// notInForce says that a policy is not in force on a date.
func notInForce(p *interp.Policy, on interp.Date) string {
	if p.InForce(on) {
		return ""
	}
	return ", when it is not in force"
}

// policyData is a policy for JSON.
type policyData struct {
	Name   string   `json:"name"`
	Title  string   `json:"title"`
	Amends *string  `json:"amends"`
	From   string   `json:"from"`  // "" where it has always been in force
	Until  string   `json:"until"` // "" where no end is set
	Rules  int      `json:"rules"`
	Series []string `json:"series"`
}

// period is when a policy is in force, in words and as two dates.
func period(p *interp.Policy) (from, until string) {
	always, never := interp.Date(0), interp.Date(0)
	if blank, err := interp.ParseDate("0001-01-01"); err == nil {
		always = blank
	}
	if last, err := interp.ParseDate("9999-12-31"); err == nil {
		never = last
	}
	if p.From > always {
		from = p.From.String()
	}
	if p.Until < never {
		until = p.Until.String()
	}
	return from, until
}

func (s *Session) policiesList() *answer {
	a := &answer{kind: "policies"}
	data := []policyData{}
	for _, p := range s.now.prog.Policies() {
		from, until := period(p)
		d := policyData{Name: p.Name, Title: p.Title, From: from, Until: until, Rules: len(p.Rules()), Series: []string{}}
		line := p.Name
		if p.Title != "" {
			line += ": " + p.Title
		}
		if from != "" {
			line += ", from " + from
		}
		if until != "" {
			line += ", until " + until
		}
		if p.Amends != nil {
			d.Amends = &p.Amends.Name
			line += ", amends " + p.Amends.Name
		}
		for _, x := range s.now.prog.AllSeries() {
			if slices.Contains(x.Policies, p) {
				d.Series = append(d.Series, x.Name)
			}
		}
		if len(d.Series) > 0 {
			line += ", in the series " + strings.Join(d.Series, ", ")
		}
		data = append(data, d)
		a.text += line + "\n"
	}
	a.data = data
	if len(data) == 0 {
		a.text = "there are no policies"
	}
	return a
}

func (s *Session) asOfCommand(ctx context.Context, rest string) *answer {
	word := firstWord(rest)
	if word != "of" {
		return refuse("a date is set with: as of %s", s.opts.Date)
	}
	text := strings.TrimSpace(rest[len(word):])
	if text == "" {
		return &answer{kind: "policy", data: s.stateJSON(ctx), text: "as of " + s.now.c.Date().String()}
	}
	day := s.opts.Date
	if text != "today" {
		var err error
		if day, err = interp.ParseDate(text); err != nil {
			a := failure(err)
			readings := lang.DateReadings(text)
			if day := s.dayNamed(text); day != "" {
				readings = []string{day}
			}
			for _, day := range readings {
				a.offers = append(a.offers, "as of "+day)
			}
			return a
		}
	}
	c := s.now.c.Clone()
	c.SetDate(day)
	next := newState(s.now.prog, s.now.policy, c, "as of "+text)
	if _, err := next.by(); err != nil && s.now.policy != "" {
		return failure(s.withHint(err))
	}
	return s.goTo(ctx, next)
}
