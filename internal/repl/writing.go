package repl

import (
	"errors"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// writtenData is what became of a declaration or a rule, for JSON.
type writtenData struct {
	Policy string     `json:"policy"` // that the rule was put into, "" of a declaration
	Names  []string   `json:"names"`  // what was declared
	Fate   string     `json:"fate"`   // what the rule does in the present case
	Tests  []testData `json:"tests"`  // of tests declared: how they came out
}

// declare takes a declaration into the session.
func (s *Session) declare(text string) *answer {
	e := entry{text: text}
	f, ds := lang.Parse("declaration", text)
	if ds.HasErrors() {
		return failure(ds)
	}
	names := declaredNames(f)
	if len(names) == 1 {
		e.label = names[0]
	}
	prog, a := s.reloaded(s.now.prog.own.with(e))
	if a != nil {
		return a
	}
	a = s.withProgram(prog, s.now.policy, strings.Join(names, ", "))
	a.kind = "declared"
	data := &writtenData{Names: names, Tests: []testData{}}
	a.data = data
	a.text = "declared: " + strings.Join(names, ", ") + "\n" + a.text
	for _, d := range f.Decls {
		a.text += s.declaredText(d, data, a)
	}
	return a
}

// declaredText is what is to be said of one new declaration.
func (s *Session) declaredText(d lang.Decl, data *writtenData, a *answer) string {
	switch d := d.(type) {
	case *lang.Policy:
		return "to decide by it: use " + d.Name.Text + "\n"
	case *lang.Claim:
		return "to have it proved: prove " + d.Name.Value + "\n"
	case *lang.Test:
		for _, t := range s.now.prog.Tests() {
			if t.Name == d.Name.Value {
				run := runOf(t)
				data.Tests = append(data.Tests, run)
				a.failed = a.failed || !run.Passed
				return run.line() + "\n"
			}
		}
	}
	return ""
}

// declaredNames says what a text declares: term SLV, policy us2025.
func declaredNames(f *lang.File) []string {
	var out []string
	for _, d := range f.Decls {
		word, name := declaredName(d)
		out = append(out, strings.TrimSpace(word+" "+name))
	}
	return out
}

func declaredName(d lang.Decl) (word, name string) {
	switch d := d.(type) {
	case *lang.Use:
		if d.Module != nil {
			return "use", d.Module.Text
		}
		if d.Path != nil {
			return "use", lang.Quote(d.Path.Value)
		}
		return "use", ""
	case *lang.Outcomes:
		return "outcomes", ""
	case *lang.Kind:
		return "kind", d.Name.Text
	case *lang.Unit:
		return "unit", d.Name.Text
	case *lang.Role:
		return "role", d.Name.Text
	case *lang.Group:
		return "group", d.Name.Text
	case *lang.Term:
		return "term", d.Name.Text
	case *lang.Constraint:
		return "constraint", d.Name.Text
	case *lang.Policy:
		return "policy", d.Name.Text
	case *lang.Series:
		return "series", d.Name.Text
	case *lang.Test:
		return "test", lang.Quote(d.Name.Value)
	case *lang.Claim:
		return "claim", lang.Quote(d.Name.Value)
	}
	return "", ""
}

// reloaded loads the program with another own text, or says what is wrong with that.
func (s *Session) reloaded(own *ownText) (*program, *answer) {
	prog, err := s.from.load(own)
	if err == nil {
		return prog, nil
	}
	var ds lang.Diagnostics
	if !errors.As(err, &ds) {
		return nil, failure(err)
	}
	var errs lang.Diagnostics
	for _, d := range ds {
		if d.Code.Severity() == lang.Error {
			errs = append(errs, d)
		}
	}
	return nil, failure(s.from.asTyped(errs, own))
}

// withProgram goes on with another program: with the same facts, as far as it knows
// such facts, and with the warnings that were not there before.
func (s *Session) withProgram(prog *program, policy, did string) *answer {
	c, lost := carried(s.now.c, prog)
	_, before, _ := s.now.decide()
	had := map[string]bool{}
	for _, w := range s.now.prog.Warnings() {
		had[w.Message] = true
	}
	s.become(newState(prog, policy, c, did))
	a := &answer{kind: "loaded"}
	var fresh lang.Diagnostics
	for _, w := range prog.Warnings() {
		if !had[w.Message] {
			fresh = append(fresh, w)
		}
	}
	a.problems = s.from.asTyped(fresh, prog.own)
	for _, f := range lost {
		a.text += "no longer a fact of the case: " + f + "\n"
	}
	if words := s.newStanding(before); words != "" {
		a.text += words + "\n"
	}
	return a
}

// carried is a case in the vocabulary of another program, and the facts that this does
// not have.
func carried(old *interp.Case, prog *program) (c *interp.Case, lost []string) {
	c = prog.NewCase()
	c.SetDate(old.Date())
	for _, f := range old.Sentences() {
		if err := c.Tell(f); err != nil {
			lost = append(lost, f)
		}
	}
	return c, lost
}

// addItem takes a rule, or another item of a policy, into the session.
func (s *Session) addItem(text string) *answer {
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
	_, before, _ := s.now.decide()
	policy := draftOf(base)
	if len(own.entries) == 0 || !prog.names(policy) {
		policy = base // its only rule was taken back
	}
	a = s.withProgram(prog, policy, oneLine(text))
	a.kind = "declared"
	head := s.whereItStands(p, policy, base)
	data := &writtenData{Policy: policy, Names: []string{}, Tests: []testData{}}
	if label != "" {
		data.Names = append(data.Names, label)
	}
	a.data = data
	if r := s.newRule(items, policy, label); r != nil {
		data.Names = []string{r.Label}
		data.Fate = s.fateOf(r)
		head += "\n" + r.Label + " " + data.Fate
	}
	a.text = head + "\n" + a.text
	if _, d, err := s.now.decide(); err == nil && before != nil && standingInFull(before) == standingInFull(d) {
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
	f, ds := lang.Parse("rule", itemHead+text+"\n}")
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

func oneLine(text string) string {
	line := strings.Join(strings.Fields(text), " ")
	if r := []rune(line); len(r) > 60 {
		return string(r[:60]) + "..."
	}
	return line
}
