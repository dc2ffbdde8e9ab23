package repl

import "github.com/ctl-lang/ctl/interp"

// fateOf says what a rule does in the present case.
func (s *Session) fateOf(r *interp.Rule) string {
	p, err := s.now.by()
	if err != nil {
		return ""
	}
	x, err := p.WhyNot(s.now.c, r.Outcome.Name)
	if err != nil {
		return "cannot be evaluated in the present case: " + err.Error()
	}
	for _, f := range x.Fates {
		if f.Reason.Rule == r {
			return fateWords(f)
		}
	}
	return ""
}

func fateWords(f *interp.Fate) string {
	switch f.Kind {
	case interp.Decides:
		return "decides the present case"
	case interp.Outranked:
		return "applies in the present case, and is outranked by " + listed(f.By, "and")
	case interp.Beaten:
		return "applies in the present case, and is defeated by " + listed(f.By, "and")
	case interp.NotYet:
		return "is not in force on the date of the case"
	case interp.Pending:
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
		if r.Clause == "unless" {
			verb = "` holds"
		}
		words = append(words, "`"+clauseText(r)+verb)
	}
	return listed(words, "and")
}

func clauseText(r *interp.Reason) string {
	if r.Clause == "" || r.Clause == "object" {
		return r.Text
	}
	return r.Clause + " " + r.Text
}
