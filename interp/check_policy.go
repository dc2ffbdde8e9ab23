package interp

import (
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
	p := &Policy{Name: d.Name.Text, Doc: d.Doc(), From: Date(period.since), Until: Date(period.until), prog: k.prog, src: k.src, decl: d, Source: texts(d.Source), cache: &policyCache{}}
	p.Title = textOf(d.Title)
	k.prog.policies[p.Name] = p
	k.prog.order.policies = append(k.prog.order.policies, p)
}

func textOf(s *lang.String) string {
	if s == nil {
		return ""
	}
	return s.Value
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
	p.root = root
	b := &builder{k: k, p: p}
	b.items(root, d.Items)
	k.silentModes(p, root)
	k.checkRules()
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

// find is the place of a label in a section, or in one within it.
func (s *Section) find(label string) (in *Section, i int) {
	for i, it := range s.items {
		if it.rule != nil && it.rule.Label == label || it.section != nil && it.section.Name == label {
			return s, i
		}
		if it.section != nil {
			if in, j := it.section.find(label); in != nil {
				return in, j
			}
		}
	}
	return nil, 0
}

func (s *Section) labels() []string {
	var out []string
	for _, it := range s.items {
		if it.rule != nil {
			out = append(out, it.rule.Label)
		} else {
			out = append(append(out, it.section.Name), it.section.labels()...)
		}
	}
	return out
}

// builder carries out the items of one policy's text.
type builder struct {
	k         *checker
	p         *Policy
	number    int // of the rules in the text
	otherwise map[*Section]bool
	taken     map[string]lang.Span // labels given in this text
	inherited map[string]bool
	changed   map[string]lang.Span // inherited labels repealed or replaced
}

func (b *builder) items(s *Section, items []lang.Item) {
	if b.taken == nil {
		b.taken, b.otherwise, b.inherited = map[string]lang.Span{}, map[*Section]bool{}, map[string]bool{}
		b.changed = map[string]lang.Span{}
		for _, l := range b.p.root.labels() {
			b.inherited[l] = true
		}
	}
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
		case *lang.Section:
			b.section(s, it)
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
	if dup || b.inherited[n.Text] {
		e := b.k.errorf(code.DuplicateLabel, n, "`%s` has two rules or sections with the label `%s`", b.p.Name, n.Text)
		if dup {
			e.Notes = append(e.Notes, lang.Note{Source: b.k.src, Span: old, Text: "the first one"})
		} else {
			e.Message = "`" + b.p.Amends.Name + "` already has a rule `" + n.Text + "`: write `replace " + n.Text + ": ...`, or choose another label"
		}
		return false
	}
	b.taken[n.Text] = n.Range()
	return true
}

func (b *builder) sayOtherwise(s *Section, d *lang.Otherwise) {
	if b.otherwise[s] {
		b.k.errorf(code.TwoOtherwise, d, "`otherwise` is said twice")
		return
	}
	b.otherwise[s] = true
	if out := b.k.outcome(d.Outcome); out != nil {
		s.Otherwise = &Otherwise{Outcome: out, Requiring: texts(d.Requiring), Because: textOf(d.Because), Source: texts(d.Source), src: b.k.src, decl: d}
	}
}

// inBase finds a label that the amended policy has, or reports that it has none.
func (b *builder) inBase(l lang.LabelRef, verb string) (*Section, int) {
	if b.p.Amends == nil {
		if b.p.decl.Amends == nil {
			b.k.errorf(code.AmendsNothing, l, "`%s` amends no policy, so there is nothing to %s", b.p.Name, verb)
		}
		return nil, 0
	}
	in, i := b.p.root.find(l.Text)
	if in == nil || !b.inherited[l.Text] {
		b.k.misspelt(code.NothingThere, l, l.Text, func() []string { return keys(b.inherited) }, "`%s` has no rule `%s` to %s", b.p.Amends.Name, l.Text, verb)
		return nil, 0
	}
	return in, i
}

// once refuses a second change of one inherited rule.
func (b *builder) once(l lang.LabelRef) bool {
	if old, changed := b.changed[l.Text]; changed {
		e := b.k.errorf(code.DuplicateLabel, l, "`%s` is repealed or replaced twice", l.Text)
		e.Notes = append(e.Notes, lang.Note{Source: b.k.src, Span: old, Text: "here first"})
		return false
	}
	b.changed[l.Text] = l.Span
	return true
}

func (b *builder) repeal(d *lang.Repeal) {
	for _, l := range d.Labels {
		if in, i := b.inBase(l, "repeal"); in != nil && b.once(l) {
			in.items = append(in.items[:i], in.items[i+1:]...)
			delete(b.inherited, l.Text)
		}
	}
}

func (b *builder) replace(d *lang.Replace) {
	in, i := b.inBase(d.Label, "replace")
	if d.Rule == nil {
		return
	}
	r := b.k.rule(d.Rule, d.Label.Text, b.p)
	if in != nil && b.once(d.Label) {
		in.items[i] = item{rule: r}
	}
}

// section adds a section, or goes on with one of the amended policy.
func (b *builder) section(s *Section, d *lang.Section) {
	if in, i := s.find(d.Name.Text); in != nil && b.inherited[d.Name.Text] && in.items[i].section != nil {
		old := in.items[i].section
		if d.Title != nil || d.When != nil || d.Decides != nil {
			b.k.errorf(code.DuplicateLabel, d.Name, "`%s` already has a section `%s`: it can be added to here, or repealed, but not given another title, condition or way to decide", b.p.Amends.Name, d.Name.Text)
		}
		b.items(old, d.Items)
		return
	}
	if !b.take(d.Name) {
		return
	}
	sec := &Section{Name: d.Name.Text, Title: textOf(d.Title), Mode: b.k.mode(d.Decides, ByStrictest), src: b.k.src, decl: d}
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
		for _, it := range s.items {
			goOn()
			p.kids[me] = append(p.kids[me], int32(len(p.nodes)))
			if it.section != nil {
				add(it.section, me)
				continue
			}
			p.byLabel[it.rule.Label] = int32(len(p.nodes))
			p.nodes = append(p.nodes, node{rule: it.rule, parent: me})
		}
	}
	add(p.root, -1)
}

// priorities resolves notwithstanding and subject to within the finished policy
// and refuses a circle.
func (k *checker) priorities(p *Policy) {
	p.defeaters = map[int32][]int32{}
	for i, n := range p.nodes {
		k.goOn()
		if n.rule == nil {
			continue
		}
		own := n.rule.Policy == p.Name
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

// priorityCycle finds a circle in who depends on whom: a rule on its defeaters and
// on its section being live, a section on its defeaters and on what it holds.
func (k *checker) priorityCycle(p *Policy) {
	g := &dependency{p: p, state: map[int32]int8{}}
	for i := range p.nodes {
		for _, half := range []int32{2 * int32(i), 2*int32(i) + 1} {
			if cycle := g.visit(half); cycle != nil {
				k.reportCycle(p, cycle)
				return
			}
		}
	}
}

// dependency walks vertices 2i (node i takes effect) and 2i+1 (section i is live).
type dependency struct {
	p     *Policy
	state map[int32]int8
	stack []int32
}

func (g *dependency) next(v int32) []int32 {
	i := v / 2
	n := g.p.nodes[i]
	var out []int32
	if v%2 == 1 || n.rule != nil {
		for _, d := range g.p.defeaters[i] {
			out = append(out, 2*d)
		}
		if n.parent >= 0 {
			out = append(out, 2*n.parent+1)
		}
		return out
	}
	out = append(out, v+1)
	for _, c := range g.p.kids[i] {
		out = append(out, 2*c)
	}
	return out
}

func (g *dependency) visit(v int32) []int32 {
	switch g.state[v] {
	case 2:
		return nil
	case 1:
		for i, u := range g.stack {
			if u == v {
				return append(append([]int32(nil), g.stack[i:]...), v)
			}
		}
	}
	g.state[v] = 1
	g.stack = append(g.stack, v)
	for _, u := range g.next(v) {
		if cycle := g.visit(u); cycle != nil {
			return cycle
		}
	}
	g.stack = g.stack[:len(g.stack)-1]
	g.state[v] = 2
	return nil
}

func (k *checker) reportCycle(p *Policy, cycle []int32) {
	text := ""
	last := ""
	var at *Rule
	for _, v := range cycle {
		n := p.nodes[v/2]
		label := p.label(v / 2)
		if label == last {
			continue
		}
		if text != "" {
			text += " yields to "
		}
		text += "`" + label + "`"
		last = label
		if at == nil && n.rule != nil {
			at = n.rule
		}
	}
	span := lang.Node(p.decl.Name)
	if at != nil && at.src == k.src {
		span = at.decl.Range()
	}
	k.errorf(code.PriorityCycle, span, "rules defeat one another in a circle: %s", text)
}
