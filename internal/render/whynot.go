package render

import (
	"io"
	"slices"

	"github.com/ctl-lang/ctl/interp"
)

// WriteWhyNot shows why a case does not have an outcome: in what way, the rules that
// decided otherwise, and of every rule that could have given it what became of it.
func WriteWhyNot(w io.Writer, x *interp.WhyNot, st Style) { whyNotNote(x).text(w, st) }

// WriteWhyNotMarkdown is WriteWhyNot for a document.
func WriteWhyNotMarkdown(w io.Writer, x *interp.WhyNot) { whyNotNote(x).markdown(w) }

func whyNotNote(x *interp.WhyNot) *fileNote {
	d := x.Decision
	n := &fileNote{title: "Why not " + x.Outcome.Name + ": " + verdictWord(x), under: underPolicy(d), lead: verdictLead(x), closes: d.Notes}
	if x.Verdict == interp.VerdictIsAnswer {
		n.title = x.Outcome.Name + " is the answer"
	}
	var decided []noteStep
	for _, r := range x.Deciding {
		decided = append(decided, stepOfRule(r, "applies and gives `"+r.Rule.Outcome.Name+"`:", r.Clauses))
	}
	n.add(decidedHeading(d), decided)
	var fates []noteStep
	for _, f := range orderedFates(x.Fates) {
		fates = append(fates, stepOfRule(f.Reason, fateWords(f, d), fateClauses(f)))
	}
	n.add("The rules that give "+x.Outcome.Name+":", fates)
	if x.Verdict == interp.VerdictOpen {
		n.addItems("Find out:", needWords(d))
	}
	return n
}

// add adds steps under a heading, if there are any.
func (n *fileNote) add(heading string, steps []noteStep) {
	if len(steps) > 0 {
		n.parts = append(n.parts, notePart{heading: heading, steps: steps})
	}
}

func (n *fileNote) addItems(heading string, items []string) {
	if len(items) > 0 {
		n.parts = append(n.parts, notePart{heading: heading, items: items})
	}
}

func decidedHeading(d *interp.Decision) string {
	switch d.Status {
	case interp.Conflict:
		return "In conflict:"
	case interp.Undetermined:
		return "Certain to apply, and not defeated yet:"
	}
	return "What decides:"
}

// verdictWord is the verdict in a word or two.
func verdictWord(x *interp.WhyNot) string {
	switch {
	case x.Verdict == interp.VerdictNotPermitted && x.Decision.Status == interp.Undecided:
		return "no rule applies at all"
	case x.Verdict == interp.VerdictNotPermitted:
		return "no rule gives it"
	case x.Verdict == interp.VerdictForbidden:
		return "a rule stands against it"
	case x.Verdict == interp.VerdictOpen:
		return "it is still open"
	case x.Verdict == interp.VerdictRuledOut:
		return "it is ruled out"
	case x.Verdict == interp.VerdictInConflict:
		return "the rules are in conflict"
	}
	return "it is the answer"
}

// verdictLead says the verdict in full sentences.
func verdictLead(x *interp.WhyNot) []string {
	d, o := x.Decision, "`"+x.Outcome.Name+"`"
	var lead []string
	switch x.Verdict {
	case interp.VerdictIsAnswer:
		lead = append(lead, "The case is decided: "+answerWords(d)+".")
	case interp.VerdictForbidden:
		lead = append(lead, "The case is "+answerWords(d)+". That stands against "+o+": where it applies, "+o+" cannot be given.")
	case interp.VerdictNotPermitted:
		if d.Status == interp.Undecided {
			lead = append(lead, "The case is undecided: no rule of the policy applies, neither one that gives "+o+" nor any other, and the policy does not say what holds otherwise. That is a gap in the policy, and not a refusal.")
			break
		}
		lead = append(lead, "The case is "+answerWords(d)+". Nothing forbids "+o+" as such, but no rule that gives it applies.")
	case interp.VerdictOpen:
		lead = append(lead, "Facts are missing, and "+o+" is not excluded"+openWhen(x)+".")
	case interp.VerdictRuledOut:
		lead = append(lead, "Facts are missing, but whatever they turn out to be, the answer is not "+o+". "+stillPossible(d))
	case interp.VerdictInConflict:
		lead = append(lead, "Rules apply together whose outcomes do not rank, so the policy gives no answer: neither "+o+" nor another outcome prevails. The conflict has to be settled in the policy.")
	}
	if len(x.Fates) == 0 && x.Verdict != interp.VerdictIsAnswer {
		lead = append(lead, noRuleGives(x))
	}
	return lead
}

func noRuleGives(x *interp.WhyNot) string {
	s := "No rule of `" + x.Decision.Policy.Name + "` gives `" + x.Outcome.Name + "`"
	if o := x.Decision.Policy.Otherwise(); o != nil && o.Outcome == x.Outcome {
		return s + "; it is what holds otherwise, where no rule applies."
	}
	return s + "."
}

func openWhen(x *interp.WhyNot) string {
	for _, p := range x.Decision.Possible {
		if p.Outcome == x.Outcome && p.When != "" {
			return ": it is the answer when " + p.When
		}
	}
	return ""
}

func stillPossible(d *interp.Decision) string {
	var names []string
	for _, p := range d.Possible {
		names = append(names, "`"+p.Name()+"`")
	}
	return "Still possible: " + listed(names) + "."
}

func needWords(d *interp.Decision) []string {
	var out []string
	for _, n := range d.Needs {
		out = append(out, "`"+n.Fact+"`: "+n.Question)
	}
	return out
}

// fateOrder puts first what comes nearest to giving the outcome.
var fateOrder = []interp.FateKind{interp.FateDecides, interp.FateOutranked, interp.FateDefeated, interp.FateOpen, interp.FateFailed, interp.FateNotInForce}

func orderedFates(fates []*interp.Fate) []*interp.Fate {
	out := slices.Clone(fates)
	slices.SortStableFunc(out, func(a, b *interp.Fate) int {
		return slices.Index(fateOrder, a.Kind) - slices.Index(fateOrder, b.Kind)
	})
	return out
}

func fateWords(f *interp.Fate, d *interp.Decision) string {
	switch f.Kind {
	case interp.FateDecides:
		return "decides:"
	case interp.FateOutranked:
		if after := d.StandsAfter(f.Reason.Rule); len(after) > 0 {
			return "applies, and stands after " + listed(after) + ":"
		}
		if len(f.By) == 0 {
			return "applies; whether it prevails is still open:"
		}
		return "applies, and is outranked by " + listed(f.By) + ":"
	case interp.FateDefeated:
		return "applies, and is defeated by " + listed(f.By) + ":"
	case interp.FateOpen:
		return "may apply; that depends on:"
	case interp.FateNotInForce:
		return "is not in force on the date of the case:"
	}
	return "does not apply:"
}

// fateClauses are the clauses that matter: of a rule that fails those that fail.
func fateClauses(f *interp.Fate) []*interp.Reason {
	switch f.Kind {
	case interp.FateFailed, interp.FateOpen:
		return f.Failed
	case interp.FateNotInForce:
		return nil
	}
	return f.Reason.Clauses
}
