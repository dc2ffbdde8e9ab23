package render

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

// WriteFlips shows the smallest sets of facts whose change gives a case an outcome.
// Before is the decision as the case stands, opts what was looked for.
func WriteFlips(w io.Writer, flips []*interp.Flip, outcome *interp.Outcome, before *interp.Decision, opts interp.FlipOptions, st Style) {
	flipNote(flips, outcome, before, opts).text(w, st)
}

// WriteFlipsMarkdown is WriteFlips for a document.
func WriteFlipsMarkdown(w io.Writer, flips []*interp.Flip, outcome *interp.Outcome, before *interp.Decision, opts interp.FlipOptions) {
	flipNote(flips, outcome, before, opts).markdown(w)
}

func flipNote(flips []*interp.Flip, outcome *interp.Outcome, before *interp.Decision, opts interp.FlipOptions) *fileNote {
	n := &fileNote{title: "What would give " + outcome.Name, under: underPolicy(before)}
	now := "The case is " + answerWords(before) + " as it stands."
	if before.Status == interp.Undetermined {
		now = "Facts are missing, and the case is not decided as it stands."
	}
	switch {
	case before.Outcome == outcome && before.Status == interp.Decided:
		n.lead = []string{"The case is " + answerWords(before) + " already."}
		return n
	case len(flips) == 0:
		n.lead = []string{now + " No change of " + lookedFor(opts) + " gives `" + outcome.Name + "`."}
		n.lead = append(n.lead, opaqueConditions(before)...)
		return n
	case len(flips) == 1:
		n.lead = []string{now + " This, and nothing less, would make it `" + outcome.Name + "`:"}
	default:
		n.lead = []string{now + " Each of these, and nothing less, would make it `" + outcome.Name + "`:"}
	}
	n.closes = opaqueConditions(before)
	var steps []noteStep
	common := commonObligations(flips)
	for _, f := range flips {
		steps = append(steps, flipStep(f, common))
	}
	n.add(plural(len(flips), "way")+":", steps)
	n.addItems("Obligations, whichever way:", common)
	return n
}

// opaqueConditions says which conditions the search for changes did not look into.
func opaqueConditions(before *interp.Decision) []string {
	conds := before.Policy.OpaqueConditions(before.AsOf)
	if len(conds) == 0 {
		return nil
	}
	return []string{"Not looked into: `" + strings.Join(conds, "`, `") + "`. There may be changes that work by way of these."}
}

// commonObligations are those that come with every way.
func commonObligations(flips []*interp.Flip) []string {
	var out []string
	for _, o := range flips[0].After.Obligations {
		everywhere := true
		for _, f := range flips[1:] {
			everywhere = everywhere && containsText(f.After.Obligations, o)
		}
		if everywhere {
			out = append(out, o)
		}
	}
	return out
}

// lookedFor says which changes were looked for.
func lookedFor(opts interp.FlipOptions) string {
	facts := "up to three facts"
	switch {
	case opts.Most == 1:
		facts = "one fact"
	case opts.Most > 0:
		facts = "up to " + strconv.Itoa(opts.Most) + " facts"
	}
	if opts.All {
		return facts
	}
	return facts + " that a person could change or find out"
}

func flipStep(f *interp.Flip, common []string) noteStep {
	var to []string
	s := noteStep{}
	for _, c := range f.Changes {
		to = append(to, "`"+c.To+"`")
		now := "not known now"
		if c.From != nil {
			now = "now `" + c.From.String() + "`"
		}
		s.items = append(s.items, "`"+c.Fact+"` is "+now)
	}
	s.head = listed(to)
	var by []string
	for _, r := range f.After.Rules {
		by = append(by, r.Label)
		for _, src := range r.Source {
			if !containsText(s.sources, src) {
				s.sources = append(s.sources, src)
			}
		}
	}
	switch {
	case len(by) > 0:
		s.items = append(s.items, "then `"+f.After.Answer()+"` by "+strings.Join(by, ", "))
	case f.After.Otherwise != nil:
		s.items = append(s.items, "then `"+f.After.Answer()+"`, as no rule applies")
		s.sources = f.After.Otherwise.Source
	}
	for _, o := range f.After.Obligations {
		if !containsText(common, o) {
			s.items = append(s.items, "obligation: "+o)
		}
	}
	return s
}

func containsText(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// Flips are the changes that would give an outcome, for JSON.
type Flips struct {
	Outcome  string         `json:"outcome"`
	Decision json.Marshaler `json:"decision"` // as the case stands
	Flips    []*interp.Flip `json:"flips"`
	Unseen   []string       `json:"unseen"` // conditions that the search did not look into
}

// FlipsJSON is what would give a case an outcome as JSON has it.
func FlipsJSON(flips []*interp.Flip, outcome *interp.Outcome, before *interp.Decision, c *interp.Case) *Flips {
	return &Flips{outcome.Name, before.About(c), append([]*interp.Flip{}, flips...), texts(before.Policy.OpaqueConditions(before.AsOf))}
}
