package analysis

import (
	"slices"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// labels finds rules that are labelled with a word that begins something else in a
// policy, or that the language keeps for itself: a reader, and maybe the author, takes
// the label for that word.
func (l *linter) labels() {
	words := append(lang.Keywords(), lang.ItemWords()...)
	for _, p := range l.prog.Policies() {
		for _, r := range p.Rules() {
			at, labelled := r.LabelSite()
			if !labelled || r.Policy != p.Name || !slices.Contains(words, r.Label) {
				continue
			}
			f := finding(code.WordAsLabel, at, "the rule is labelled `%s`, which is a word of the language: the colon makes it a label, and the rule like any other", r.Label).about(p, r)
			if r.Label == "otherwise" && len(r.Clauses()) == 0 {
				f.Fix = &lang.Fix{Label: "did you mean `otherwise " + r.Outcome.Name + "`, without the colon?", Span: at.Span, Replacement: "otherwise "}
			}
			l.add(f)
		}
	}
}
