package session

import (
	"context"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// addItem takes a rule, or another item of a policy, into the session.
func (s *Session) addItem(ctx context.Context, text string) *answer {
	if a := s.bareOutcome(text); a != nil {
		return a
	}
	p, err := s.policy()
	if err != nil {
		return failure(err)
	}
	base := s.baseOf(p)
	items, ds := parseItems(text)
	if ds != nil {
		return failure(ds)
	}
	own, label := s.placed(text, items, base)
	prog, a := s.reloaded(own)
	if a != nil {
		return a
	}
	_, before, _ := s.now.decide(ctx)
	policy := draftOf(base)
	if len(own.entries) == 0 || !prog.names(policy) {
		policy = base // its only rule was taken back
	}
	a = s.withProgram(ctx, prog, policy, oneLine(text))
	a.kind = "declared"
	head := s.whereItStands(p, policy, base)
	data := &writtenData{Policy: policy, Names: []string{}, Tests: []testData{}}
	if label != "" {
		data.Names = append(data.Names, label)
	}
	a.data = data
	if r := s.newRule(items, policy, label); r != nil {
		data.Names = []string{r.Label}
		data.Fate = s.fateOf(ctx, r)
		head += "\n" + r.Label + " " + data.Fate
	}
	a.text = head + "\n" + a.text
	if _, d, err := s.now.decide(ctx); err == nil && before != nil && standingInFull(before) == standingInFull(d) {
		a.text += "the answer on the present case stays: " + standing(d) + "\n"
	}
	return a
}

// bareOutcome refuses an outcome that stands alone, which would be a rule for every case.
func (s *Session) bareOutcome(text string) *answer {
	if !s.isOutcome(text) {
		return nil
	}
	return refuse("`%s` alone would be a rule for every case; if that is meant, write `%s any`, and to ask: why not %s, or flip %s", text, text, text, text)
}

// baseOf is the policy that rules typed under a policy amend.
func (s *Session) baseOf(p *interp.Policy) string {
	for _, e := range s.now.prog.own.entries {
		if e.item && p.Name == draftOf(e.base) {
			return e.base
		}
	}
	return p.Name
}

// whereItStands says into which policy a rule went.
func (s *Session) whereItStands(was *interp.Policy, policy, base string) string {
	if policy == base {
		return "taken back; " + base + " decides"
	}
	if was.Name == policy {
		return "taken into " + policy
	}
	return "taken into the policy " + policy + " of this session, which amends " + base + " and decides from now on (`undo` takes it back, `diff` shows what it changes, `save FILE` writes it)"
}

const itemHead = "policy p {\n"

// parseItems reads items of a policy. The problems have their places in the text.
func parseItems(text string) ([]lang.Item, lang.Diagnostics) {
	f, ds := lang.Parse(context.Background(), "rule", itemHead+text+"\n}")
	src := lang.NewSource("rule", text)
	at := func(span lang.Span) lang.Span {
		shift := func(n uint32) uint32 {
			return min(max(n, uint32(len(itemHead)))-uint32(len(itemHead)), uint32(len(text)))
		}
		return lang.Span{Start: shift(span.Start), End: shift(span.End)}
	}
	if ds.HasErrors() {
		for _, d := range ds {
			d.Source, d.Span = src, at(d.Span)
			if d.Fix != nil {
				d.Fix.Span = at(d.Fix.Span)
			}
			for i := range d.Notes {
				if d.Notes[i].Source != nil {
					d.Notes[i].Source, d.Notes[i].Span = src, at(d.Notes[i].Span)
				}
			}
		}
		return nil, ds
	}
	p, ok := f.Decls[0].(*lang.Policy)
	if len(f.Decls) != 1 || !ok || len(p.Items) == 0 {
		return nil, lang.Diagnostics{{Message: "this is more than rules of one policy; a policy of its own begins with `policy`"}}
	}
	return p.Items, nil
}

// placed is the session's own text with an item in it, and the item's label. What
// concerns a rule of the session changes that rule.
func (s *Session) placed(text string, items []lang.Item, base string) (*ownText, string) {
	own := s.now.prog.own
	e := entry{text: text, base: base, item: true}
	if len(items) != 1 {
		return own.with(e), ""
	}
	has := func(label string) bool { return own.without(label, base) != nil }
	switch it := items[0].(type) {
	case *lang.Rule:
		if it.Label != nil {
			e.label = it.Label.Text
		}
	case *lang.Section:
		e.label = it.Name.Text
	case *lang.Otherwise:
		e.label = "otherwise"
	case *lang.ReplaceValue:
		e.label = "value " + it.Value.Name.Text
	case *lang.Replace:
		e.label = it.Label.Text
		if has(e.label) && !strings.HasPrefix(s.ownEntry(e.label, base).text, "replace") {
			rule := it.Rule.Range()
			e.text = e.label + ": " + text[int(rule.Start)-len(itemHead):]
		}
	case *lang.Repeal:
		if len(it.Labels) == 1 && has(it.Labels[0].Text) {
			return own.without(it.Labels[0].Text, base), ""
		}
	}
	return own.with(e), e.label
}

func (s *Session) ownEntry(label, base string) entry {
	for _, e := range s.now.prog.own.entries {
		if e.item && e.base == base && e.label == label {
			return e
		}
	}
	return entry{}
}

// newRule is the rule that an item made, if it made one.
func (s *Session) newRule(items []lang.Item, policy, label string) *interp.Rule {
	switch items[0].(type) {
	case *lang.Rule, *lang.Replace:
	default:
		return nil
	}
	p, err := s.now.prog.Policy(policy)
	if err != nil || len(items) != 1 {
		return nil
	}
	var last *interp.Rule
	for _, r := range p.Rules() {
		if label != "" && r.Label == label {
			return r
		}
		if label == "" && r.Policy == policy && strings.HasPrefix(r.Label, policy+"/") {
			last = r
		}
	}
	return last
}

func oneLine(text string) string {
	line := strings.Join(strings.Fields(text), " ")
	if r := []rune(line); len(r) > 60 {
		return string(r[:60]) + "..."
	}
	return line
}
