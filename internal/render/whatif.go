package render

import (
	"io"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

// WriteWhatIf shows what changed facts change of a decision. The facts are as they
// were told.
func WriteWhatIf(w io.Writer, x *interp.WhatIf, facts []string, st Style) {
	whatIfNote(x, facts).text(w, st)
}

// WriteWhatIfMarkdown is WriteWhatIf for a document.
func WriteWhatIfMarkdown(w io.Writer, x *interp.WhatIf, facts []string) {
	whatIfNote(x, facts).markdown(w)
}

func whatIfNote(x *interp.WhatIf, facts []string) *fileNote {
	var words []string
	for _, f := range facts {
		words = append(words, "`"+f+"`")
	}
	n := &fileNote{title: "What if " + plainWords(listed(words)), under: underPolicy(x.After), closes: x.After.Notes}
	n.lead = []string{whatIfLead(x)}
	var steps []noteStep
	for _, r := range x.After.Rules {
		became := "decides, as before:"
		if containsText(x.Gained, r.Label) {
			became = "now decides:"
		}
		steps = append(steps, stepOfDecidingRule(r, became))
	}
	for _, r := range x.Before.Rules {
		if containsText(x.Lost, r.Label) {
			steps = append(steps, stepOfDecidingRule(r, "no longer decides:"))
		}
	}
	n.add("The rules:", steps)
	n.addItems("Obligations that come to it:", x.GainedObliged)
	n.addItems("Obligations that fall away:", x.LostObliged)
	if x.After.Status == interp.Undetermined {
		n.addItems("Find out:", needWords(x.After))
	}
	return n
}

func stepOfDecidingRule(r *interp.Rule, became string) noteStep {
	return noteStep{head: r.Label + " (" + r.Site().String() + ") " + became, label: r.Label, sentence: RuleHead(r), because: r.Because, sources: r.Source}
}

// behindHead are the clauses of a rule that are not about which cases it applies to.
var behindHead = []string{" notwithstanding ", " requiring ", " because ", " source ", " subject to "}

// RuleHead is a rule on one line as its author wrote it: its outcome and which cases it
// applies to, without its label, reasons and sources.
func RuleHead(r *interp.Rule) string {
	text := strings.TrimPrefix(strings.Join(words(withoutComments(r.Text())), " "), r.Label+": ")
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case text[i] == ' ' && !quoted:
			for _, c := range behindHead {
				if strings.HasPrefix(text[i:], c) {
					return text[:i]
				}
			}
		}
	}
	return text
}

// withoutComments is a text of rules without what stands behind #.
func withoutComments(text string) string {
	var b strings.Builder
	quoted, comment := false, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case comment:
			comment = c != '\n'
		case quoted && c == '\\' && i+1 < len(text):
			b.WriteByte(c)
			i++
		case c == '"':
			quoted = !quoted
		case c == '#':
			comment = !quoted
		}
		if !comment {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

func whatIfLead(x *interp.WhatIf) string {
	before, after := x.Before, x.After
	gone, come, still := possibleChanges(before, after)
	switch {
	case before.Status == interp.Undetermined && after.Status == interp.Undetermined && len(gone)+len(come) > 0:
		lead := "Facts are still missing. "
		if len(gone) > 0 {
			lead += "No longer possible: " + listed(gone) + ". "
		}
		if len(come) > 0 {
			lead += "Newly possible: " + listed(come) + ". "
		}
		if len(still) > 0 {
			lead += "Still possible: " + listed(still) + "."
		}
		return strings.TrimSpace(lead)
	case x.Same() && after.Status == interp.Undetermined:
		return "Nothing changes: the case is undetermined, as before. " + stillPossible(after)
	case x.Same():
		return "Nothing changes: the case is " + answerWords(after) + ", as before."
	case before.Answer() == after.Answer():
		return "The case stays " + answerWords(after) + ", on other grounds."
	}
	lead := "The case would be " + answerWords(after) + ", and not " + answerWords(before) + "."
	if before.Outcome != nil && after.Outcome != nil {
		switch {
		case after.Outcome.StricterThan(before.Outcome):
			lead += " That is stricter."
		case before.Outcome.StricterThan(after.Outcome):
			lead += " That is looser."
		}
	}
	if after.Status == interp.Undetermined {
		lead += " " + stillPossible(after)
	}
	return lead
}

// possibleChanges are the answers that are no longer possible, those that newly are, and
// those that were and are.
func possibleChanges(before, after *interp.Decision) (gone, come, still []string) {
	names := func(d *interp.Decision) []string {
		var out []string
		for _, p := range d.Possible {
			out = append(out, "`"+p.Name()+"`")
		}
		return out
	}
	had, has := names(before), names(after)
	for _, n := range had {
		if !containsText(has, n) {
			gone = append(gone, n)
		}
	}
	for _, n := range has {
		if containsText(had, n) {
			still = append(still, n)
		} else {
			come = append(come, n)
		}
	}
	return gone, come, still
}
