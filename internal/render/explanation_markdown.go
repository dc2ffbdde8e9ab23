package render

import (
	"io"

	"github.com/ctl-lang/ctl/interp"
)

// WriteExplanationMarkdown shows a decision on a case and why it is so as a note for a
// file: the facts, and numbered steps that each name their rule and its source.
func WriteExplanationMarkdown(w io.Writer, x *interp.Explanation, c *interp.Case) {
	explanationNote(x, c).markdown(w)
}

func explanationNote(x *interp.Explanation, c *interp.Case) *fileNote {
	d := x.Decision
	n := &fileNote{title: "Decision: " + d.Answer(), under: underPolicy(d), lead: []string{answerSentence(d)}, closes: d.Notes}
	n.addItems("The facts:", quotedFacts(c))
	n.add(because(d), stepsOf(x.Deciding, func(r *interp.RuleReason) string { return "applies and gives `" + r.Rule.Outcome.Name + "`:" }))
	if o := d.Otherwise; o != nil {
		n.add("Because no rule applies:", []noteStep{{head: "otherwise `" + o.Outcome.Name + "` (" + o.Site().String() + ")", because: o.Because, sources: o.Source}})
	}
	n.addItems("Still possible:", possibleItems(d))
	n.addItems("Find out:", needWords(d))
	n.add("May apply:", stepsOf(x.Open, func(*interp.RuleReason) string { return "may apply:" }))
	n.addItems("Obligations:", d.Obligations)
	n.addItems("Obligations that may come to it, as facts are missing:", d.MayOblige)
	n.add("Defeated:", stepsOf(x.Defeated, func(r *interp.RuleReason) string { return "applies, and is defeated by " + listed(r.By) + ":" }))
	outranked, after := losers(x)
	n.add("Outranked:", stepsOf(outranked, func(r *interp.RuleReason) string {
		return "applies and would give `" + r.Rule.Outcome.Name + "`, which another outcome outranks:"
	}))
	n.add(afterHeading, stepsOf(after, func(r *interp.RuleReason) string {
		return "applies and would give `" + r.Rule.Outcome.Name + "`, but stands after " + listed(d.StandsAfter(r.Rule)) + ":"
	}))
	return n
}

// answerSentence is the answer in a sentence.
func answerSentence(d *interp.Decision) string {
	if d.Outcome != nil {
		return "The case is decided: " + answerWords(d) + "."
	}
	return "The case is " + answerWords(d) + ": " + meaning(d) + "."
}

func quotedFacts(c *interp.Case) []string {
	var out []string
	for _, f := range c.Sentences() {
		out = append(out, "`"+f+"`")
	}
	return out
}

func stepsOf(rules []*interp.RuleReason, became func(*interp.RuleReason) string) []noteStep {
	var out []noteStep
	for _, r := range rules {
		out = append(out, stepOfRule(r, became(r), r.Clauses))
	}
	return out
}

// possibleItems are the answers that are still possible, each with when it is so.
func possibleItems(d *interp.Decision) []string {
	var out []string
	for _, p := range d.Possible {
		item := "`" + p.Name() + "`"
		if p.When != "" {
			item += ", when `" + p.When + "`"
		}
		out = append(out, item)
	}
	return out
}
