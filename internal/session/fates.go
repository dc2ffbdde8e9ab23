package session

import (
	"context"

	"github.com/ctl-lang/ctl/interp"
)

// fateOf says what a rule does in the present case.
func (s *Session) fateOf(ctx context.Context, r *interp.Rule) string {
	p, err := s.now.by()
	if err != nil {
		return ""
	}
	x, err := p.WhyNot(ctx, s.now.c, r.Outcome.Name)
	if err != nil {
		return "cannot be evaluated in the present case: " + err.Error()
	}
	for _, f := range x.Fates {
		if f.Reason.Rule == r {
			return fateWords(f, x.Decision)
		}
	}
	return ""
}

func fateWords(f *interp.Fate, d *interp.Decision) string {
	switch f.Kind {
	case interp.FateDecides:
		return "decides the present case"
	case interp.FateOutranked:
		if after := d.StandsAfter(f.Reason.Rule); len(after) > 0 {
			return "applies in the present case, and stands after " + listed(after, "and") + ", which decides"
		}
		if len(f.By) == 0 {
			return "applies in the present case; whether it prevails is still open"
		}
		return "applies in the present case, and is outranked by " + listed(f.By, "and")
	case interp.FateDefeated:
		return "applies in the present case, and is defeated by " + listed(f.By, "and")
	case interp.FateNotInForce:
		return "is not in force on the date of the case"
	case interp.FateOpen:
		return "may apply in the present case: " + clauseWords(f.Failed) + " not known"
	}
	return "does not apply in the present case: " + failedWords(f.Failed)
}

func clauseWords(rs []*interp.Reason) string {
	var words []string
	for _, r := range rs {
		words = append(words, "`"+clauseText(r)+"`")
	}
	if len(words) == 1 {
		return words[0] + " is"
	}
	return listed(words, "and") + " are"
}

func failedWords(rs []*interp.Reason) string {
	var words []string
	for _, r := range rs {
		verb := "` does not hold"
		if r.Clause == interp.ClauseUnless {
			verb = "` holds"
		}
		words = append(words, "`"+clauseText(r)+verb)
	}
	return listed(words, "and")
}

func clauseText(r *interp.Reason) string {
	if r.Clause == "" || r.Clause == interp.ClauseObject {
		return r.Text
	}
	return string(r.Clause) + " " + r.Text
}
