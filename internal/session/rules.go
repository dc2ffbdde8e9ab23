package session

import (
	"context"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
)

// ruleData is a rule for JSON.
type ruleData struct {
	Label   string   `json:"label"`
	Outcome string   `json:"outcome"`
	Policy  string   `json:"policy"` // where it is written
	Text    string   `json:"text"`
	Source  []string `json:"source"`
	At      string   `json:"at"`
}

func ruleOf(r *interp.Rule) ruleData {
	source := r.Source
	if source == nil {
		source = []string{}
	}
	return ruleData{r.Label, r.Outcome.Name, r.Policy, r.Text(), source, r.Site().String()}
}

func (s *Session) rulesCommand(_ context.Context, rest string) *answer {
	p, err := s.policy()
	if err != nil {
		return failure(err)
	}
	if rest != "" {
		if _, err := s.now.prog.Outcome(rest); err != nil {
			return failure(err)
		}
	}
	a := &answer{kind: "rules"}
	data := []ruleData{}
	width := 0
	for _, r := range p.Rules() {
		width = max(width, len([]rune(r.Label)))
	}
	width = min(width, 32)
	for _, r := range p.Rules() {
		if rest != "" && r.Outcome.Name != rest {
			continue
		}
		data = append(data, ruleOf(r))
		from := ""
		if r.Policy != p.Name {
			from = " [" + r.Policy + "]"
		}
		a.text += s.opts.Style.Wrap("", padTo(r.Label, width)+"  ", render.RuleHead(r)+from)
	}
	if o := p.Otherwise(); o != nil && (rest == "" || rest == o.Outcome.Name) {
		a.text += padTo("otherwise", width) + "  " + o.Outcome.Name + "\n"
	}
	if a.text == "" {
		a.text = "no rule of " + p.Name + " gives " + rest
	}
	a.data = data
	return a
}
