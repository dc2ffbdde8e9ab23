package interp

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

var modes = map[string]Mode{"strictest": ByStrictest, "loosest": ByLoosest, "first": ByFirst}

// foreignModes are other words for the ways to decide.
var foreignModes = map[string]string{
	"strict": "strictest", "most_strict": "strictest", "severest": "strictest", "most_severe": "strictest", "deny_overrides": "strictest",
	"loose": "loosest", "most_lenient": "loosest", "lenient": "loosest", "permit_overrides": "loosest",
	"order": "first", "sequence": "first", "top": "first", "first_match": "first", "first_applicable": "first",
}

func (k *checker) declarePolicy(d *lang.Policy) {
	if d.Name.Text == "" {
		return
	}
	if old, dup := k.prog.policies[d.Name.Text]; dup {
		e := k.errorf(code.Duplicate, d.Name, "the policy `%s` is declared twice", d.Name.Text)
		e.Notes = append(e.Notes, lang.Note{Source: old.src, Span: old.decl.Name.Range(), Text: "the first declaration"})
		return
	}
	period := k.periodOf(d.From, d.Until)
	p := &Policy{Name: d.Name.Text, Doc: d.Doc(), From: Date(period.since), Until: Date(period.until), prog: k.prog, src: k.src, dir: k.dir, decl: d, Source: texts(d.Source), cache: &policyCache{}}
	p.Title = k.textIn(d.Title)
	k.prog.policies[p.Name] = p
	k.prog.order.policies = append(k.prog.order.policies, p)
}

func texts(ss []lang.String) []string {
	var out []string
	for _, s := range ss {
		out = append(out, s.Value)
	}
	return out
}

// amendPolicy gives a policy its rules: those of the policy it amends, which is
// done first, with its own repeals, replacements and additions.
func (k *checker) amendPolicy(d *lang.Policy) {
	if p := k.prog.policies[d.Name.Text]; p != nil && p.decl == d {
		k.buildPolicy(p, map[*Policy]bool{})
	}
}

func (k *checker) buildPolicy(p *Policy, busy map[*Policy]bool) {
	if p.root != nil {
		return
	}
	busy[p] = true
	src := k.src
	k.src = p.src
	defer func() { k.src = src }()
	d := p.decl
	root := &Section{Name: p.Name, Title: p.Title, src: k.src}
	if d.Amends != nil {
		base, ok := k.prog.policies[d.Amends.Text]
		switch {
		case !ok:
			k.misspelt(code.UnknownPolicy, d.Amends, d.Amends.Text, func() []string { return keys(k.prog.policies) }, "there is no policy `%s`", d.Amends.Text)
		case len(busy) > k.prog.options.Limits.Nesting:
			k.errorf(code.TooMuch, d.Amends, "policies amend one another more than %d deep", k.prog.options.Limits.Nesting)
		case busy[base]:
			k.errorf(code.AmendCycle, d.Amends, "`%s` amends itself, by way of `%s`", p.Name, base.Name)
		default:
			k.buildPolicy(base, busy)
			k.src = p.src
			p.Amends = base
			root = base.root.copy()
			root.Name, root.Title, root.src = p.Name, p.Title, k.src
		}
	}
	root.Mode = k.mode(d.Decides, root.Mode)
	if d.When != nil {
		root.when = k.cond(d.When, scope{roles: true})
		k.needsHas(root.when)
	}
	p.root = root
	b := &builder{k: k, p: p, otherwise: map[*Section]bool{}, taken: map[string]Site{}, values: map[string]*lang.ReplaceValue{}, inherited: inherit(root, k.goOn)}
	b.items(root, d.Items)
	b.inherited.compact()
	k.silentModes(p, root)
	k.checkRules()
	b.revalue()
	p.lay(k.goOn)
	k.take(d.Name, len(p.nodes)*memoryOfRule)
	if k.rules += len(p.nodes) - 1; k.rules > k.prog.options.Limits.Rules {
		k.errorf(code.TooMuch, d.Name, "the policies have more than %d rules and sections altogether, those taken over by amendments counted again", k.prog.options.Limits.Rules)
		root.items, p.nodes = nil, nil
		p.lay(k.goOn)
	}
	k.priorities(p)
}

func (k *checker) mode(n *lang.Name, old Mode) Mode {
	if n == nil {
		return old
	}
	m, ok := modes[n.Text]
	if !ok {
		d := k.misspelt(code.BadMode, n, n.Text, func() []string { return keys(modes) }, "a policy decides by `strictest`, `loosest` or `first`")
		if meant := foreignModes[strings.ToLower(n.Text)]; d.Fix == nil && meant != "" {
			d.Fix = &lang.Fix{Label: "did you mean `" + meant + "`?", Span: n.Range(), Replacement: meant}
		}
	}
	return m
}

// copy copies a section's lists, so that an amendment does not change its base.
func (s *Section) copy() *Section {
	c := *s
	c.items = append([]item(nil), s.items...)
	for i, it := range c.items {
		if it.section != nil {
			c.items[i].section = it.section.copy()
		}
	}
	return &c
}

// builder carries out the items of one policy's text.
type builder struct {
	k         *checker
	p         *Policy
	number    int // of the rules in the text
	otherwise map[*Section]bool
	taken     map[string]Site // labels given in this text
	values    map[string]*lang.ReplaceValue
	inherited *inheritance
}

func (b *builder) items(s *Section, items []lang.Item) {
	s.items = slices.Grow(s.items, len(items))
	for _, it := range items {
		switch it := it.(type) {
		case *lang.Rule:
			b.number++
			if label, ok := b.label(it); ok {
				s.items = append(s.items, item{rule: b.k.rule(it, label, b.p)})
			}
		case *lang.Otherwise:
			b.sayOtherwise(s, it)
		case *lang.Repeal:
			b.repeal(it)
		case *lang.Replace:
			b.number++
			b.replace(it)
		case *lang.ReplaceValue:
			b.replaceValue(s, it)
		case *lang.Section:
			b.section(s, it)
		case *lang.RulesFrom:
			b.rulesFrom(s, it)
		}
	}
}

// label is the author's, or policy/number.
func (b *builder) label(r *lang.Rule) (string, bool) {
	if r.Label == nil {
		return b.p.Name + "/" + strconv.Itoa(b.number), true
	}
	return r.Label.Text, b.take(*r.Label)
}

func (b *builder) take(n lang.Name) bool {
	old, dup := b.taken[n.Text]
	if dup || b.inherited.has(n.Text) {
		e := b.k.errorf(code.DuplicateLabel, n, "`%s` has two rules or sections with the label `%s`", b.p.Name, n.Text)
		if dup {
			e.Notes = append(e.Notes, lang.Note{Source: old.Source, Span: old.Span, Text: "the first one"})
		} else {
			e.Say("`%s` already has a rule `%s`: write `replace %s: ...`, or choose another label", b.p.Amends.Name, n.Text, n.Text)
		}
		return false
	}
	b.taken[n.Text] = Site{b.k.src, n.Range()}
	return true
}

func (b *builder) sayOtherwise(s *Section, d *lang.Otherwise) {
	if b.otherwise[s] {
		b.k.errorf(code.TwoOtherwise, d, "`otherwise` is said twice")
		return
	}
	b.otherwise[s] = true
	if out := b.k.outcome(d.Outcome); out != nil {
		s.Otherwise = &Otherwise{Outcome: out, Requiring: texts(d.Requiring), Because: b.k.textIn(d.Because), Source: texts(d.Source), src: b.k.src, decl: d}
	}
}

// section adds a section, or goes on with one of the amended policy.
func (b *builder) section(s *Section, d *lang.Section) {
	if old := b.inherited.section(d.Name.Text, s); old != nil {
		if d.Title != nil || d.When != nil || d.Decides != nil {
			b.k.errorf(code.DuplicateLabel, d.Name, "`%s` already has a section `%s`: it can be added to here, or repealed, but not given another title, condition or way to decide", b.p.Amends.Name, d.Name.Text)
		}
		b.items(old, d.Items)
		return
	}
	if !b.take(d.Name) {
		return
	}
	sec := &Section{Name: d.Name.Text, Title: b.k.textIn(d.Title), Mode: b.k.mode(d.Decides, ByStrictest), src: b.k.src, decl: d}
	if d.When != nil {
		sec.when = b.k.cond(d.When, scope{roles: true})
		b.k.needsHas(sec.when)
	}
	s.items = append(s.items, item{section: sec})
	b.items(sec, d.Items)
}

// lay lists the rules and sections in the order of the text and finds their labels.
func (p *Policy) lay(goOn func()) {
	p.byLabel, p.kids = map[string]int32{}, map[int32][]int32{}
	var add func(s *Section, parent int32)
	add = func(s *Section, parent int32) {
		me := int32(len(p.nodes))
		p.nodes = append(p.nodes, node{section: s, parent: parent})
		if parent >= 0 {
			p.byLabel[s.Name] = me
		}
		kids := make([]int32, 0, len(s.items))
		p.nodes = slices.Grow(p.nodes, len(s.items))
		for _, it := range s.items {
			goOn()
			kids = append(kids, int32(len(p.nodes)))
			if it.section != nil {
				add(it.section, me)
				continue
			}
			p.byLabel[it.rule.Label] = int32(len(p.nodes))
			p.nodes = append(p.nodes, node{rule: it.rule, parent: me})
		}
		if len(kids) > 0 {
			p.kids[me] = kids
		}
	}
	add(p.root, -1)
}

// priorities resolves notwithstanding and subject to within the finished policy
// and refuses a circle.
func (k *checker) priorities(p *Policy) {
	p.defeaters = map[int32][]int32{}
	defer func() { k.src = p.src }()
	for i, n := range p.nodes {
		k.goOn()
		if n.rule == nil {
			continue
		}
		own := n.rule.Policy == p.Name
		if k.src = p.src; own {
			k.src = n.rule.src
		}
		for _, l := range n.rule.decl.Notwithstanding {
			if j, ok := k.priority(p, n.rule, l, own); ok {
				p.defeaters[j] = append(p.defeaters[j], int32(i))
			}
		}
		for _, l := range n.rule.decl.SubjectTo {
			if j, ok := k.priority(p, n.rule, l, own); ok {
				p.defeaters[int32(i)] = append(p.defeaters[int32(i)], j)
			}
		}
	}
	k.priorityCycle(p)
}

// priority finds the rule a label means. One that an amendment has repealed no
// longer means anything, which is worth a warning.
func (k *checker) priority(p *Policy, r *Rule, l lang.LabelRef, own bool) (int32, bool) {
	j, ok := p.byLabel[l.Text]
	if ok {
		return j, true
	}
	if own {
		k.misspelt(code.UnknownLabel, l, l.Text, func() []string { return keys(p.byLabel) }, "`%s` has no rule or section `%s`", p.Name, l.Text)
		return 0, false
	}
	if p.Amends != nil && p.Amends.byLabel != nil {
		if _, had := p.Amends.byLabel[l.Text]; had {
			k.errorf(code.LostPriority, p.decl.Name, "`%s` repeals `%s`, which the inherited rule `%s` refers to", p.Name, l.Text, r.Label)
		}
	}
	return 0, false
}
