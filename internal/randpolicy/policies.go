package randpolicy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// Options say what to draw. The zero value is one policy of anything.
type Options struct {
	Policies int // how many; the further ones may amend those before
	Size     int // how many full cases at most; 0 means 500
	// Plain leaves out what cannot be evaluated in some case.
	Plain bool
	// Claims is how many claims the program makes about its policies, as of AsOf.
	Claims int
}

// Program is a rule file, and the facts that its policies read.
type Program struct {
	Text     string            // all of it as one file
	Rules    string            // the text without the vocabulary
	Files    map[string]string // the program in one file or in several, and lists of members
	Policies []string
	Series   string // of the first two policies, or ""
	Hosted   bool   // it rests on Host
	AsOf     string // a date of cases; that of the claims
	Dates    []string
	// Coarse says that some condition tells values apart of which the facts have one
	// alone, so that there are cases which no full case stands for.
	Coarse bool
	focus  []*fact
}

// toldBeside are attributes that a file gives of some firms and that may be told of others,
// of which every full case has the default.
var toldBeside = regexp.MustCompile(`\.(size|ends)\b`)

// Draw draws a program.
func Draw(t *rapid.T, o Options) *Program {
	p := &Program{Dates: asOf, AsOf: rapid.SampledFrom(asOf).Draw(t, "as of")}
	p.drawFocus(t, max(o.Size, 1)+499*b2i(o.Size == 0))
	var leaves []leaf
	for _, f := range p.focus {
		leaves = append(leaves, leaf{f.path, f.typ})
		for _, a := range data[f.typ] {
			leaves = append(leaves, leaf{f.path + "." + a.path, a.typ})
		}
	}
	if slices.ContainsFunc(p.focus, func(f *fact) bool { return strings.HasPrefix(f.path, "item.main.") }) {
		leaves = append(leaves, leaf{"item.main", "Part"})
	}
	p.Hosted = rapid.Bool().Draw(t, "hosted")
	d := &drawer{source: source{t: t, leaves: leaves, plain: o.Plain, coarse: &p.Coarse, hosted: p.Hosted}}
	outcomes := (rapid.SampledFrom([]string{"outcomes o0 > o1 > o2\n", "outcomes o0, o1, o2\n", "outcomes o0 > o1, o2\n"}).Draw(t, "outcomes"))
	d.terms()
	for i := range d.upTo(3) - 1 {
		fmt.Fprintf(d, "constraint k%d: %s\n", i, d.cond(1))
	}
	terms := d.String()
	d.Reset()
	if o.Policies > 1 && d.chance(3) {
		p.Series = "all"
		d.turn = d.dateConst()
	}
	for i := range max(o.Policies, 1) {
		p.Policies = append(p.Policies, d.policy(i))
	}
	if p.Series != "" {
		fmt.Fprintf(d, "series %s: p0, p1\n", p.Series)
	}
	for i := range o.Claims {
		fmt.Fprintf(d, "claim \"%d\" %s\n", i, d.claim(p))
	}
	policies := d.resolve(d.String())
	p.Rules = outcomes + terms + policies
	declared := Vocabulary + fmt.Sprintf(sifted, d.rows(2), d.rows(2))
	if p.Hosted {
		declared += hostedVocabulary
	}
	p.Text = declared + p.Rules
	p.Coarse = p.Coarse || toldBeside.MatchString(p.Rules)
	p.file(d.chance(2), declared, outcomes, terms, policies)
	return p
}

// rows is a condition on the rows of lists/sifted.csv.
func (d *drawer) rows(depth int) string {
	switch k := d.upTo(6); {
	case depth > 0 && k == 0:
		return "not (" + d.rows(depth-1) + ")"
	case depth > 0 && k <= 3:
		return "(" + d.rows(depth-1) + d.one(" and ", " or ") + d.rows(depth-1) + ")"
	case k <= 4:
		return d.one(`"source" = "SDN"`, `"type" != "Entity"`, `"land" = "US"`, `"firm" != "B"`, `"off" = ""`)
	case k == 5:
		return d.one(`"type"`, `"land"`) + " " + d.in() + " (" + d.several([]string{`"Ship, old"`, `"Plane"`, `"IN"`}) + ")"
	}
	return d.one(`"type" like "*e*"`, `"firm" not like "?"`, `"source" like "D*"`)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// drawFocus draws facts of which there are few enough cases.
func (p *Program) drawFocus(t *rapid.T, most int) {
	size := 1
	add := func(f *fact) bool {
		if len(f.values) == 0 || slices.Contains(p.focus, f) {
			return true
		}
		if size*len(f.values) > most {
			return false
		}
		size *= len(f.values)
		p.focus = append(p.focus, f)
		return true
	}
	for range rapid.IntRange(2, 8).Draw(t, "facts") {
		f := &facts[rapid.IntRange(0, len(facts)-1).Draw(t, "fact")]
		for i := range facts { // a fact of a thing stands behind the thing
			if owner := &facts[i]; strings.HasPrefix(f.path, owner.path+".") && !add(owner) {
				return
			}
		}
		if !add(f) {
			return
		}
	}
}

// drawer writes a program.
type drawer struct {
	source
	strings.Builder
	labels   map[string][]string // of each policy, what can be defeated, in an order without circles
	sections map[string][]string
	turn     string              // the day on which the second policy takes the place of the first, or ""
	subject  map[string][]string // of the rules written, what they are subject to: it stands further down
	around   []string            // the sections in which a rule stands now
	within   map[string][]string // and those of the rules written
}

// terms declares terms: those of the vocabulary, two about the item, one about the case.
func (d *drawer) terms() {
	about := d.source
	about.inTerm, about.leaves = "Item", nil
	for _, l := range d.leaves {
		if path, ok := strings.CutPrefix(l.path, "item."); ok {
			about.leaves = append(about.leaves, leaf{path, l.typ})
		}
	}
	d.labels, d.sections = map[string][]string{}, map[string][]string{}
	d.subject, d.within = map[string][]string{}, map[string][]string{}
	if len(about.leaves) > 0 {
		fmt.Fprintf(d, "term Hot of Item: %s\n", about.cond(1))
		fmt.Fprintf(d, "term Cold of Item: not Hot or %s\n", about.cond(0))
		d.usable = append(d.usable, "Hot", "item is Cold", "item is not Hot", "Cold")
	}
	fmt.Fprintf(d, "term Grave: %s\n", d.cond(1))
	d.usable = append(d.usable, "Grave")
}

// policy writes a policy and gives its name.
func (d *drawer) policy(i int) string {
	name := fmt.Sprintf("p%d", i)
	base := ""
	if i > 0 && d.chance(2) {
		base = fmt.Sprintf("p%d", d.upTo(i-1))
	}
	fmt.Fprintf(d, "policy %s ", name)
	if d.turn != "" && i < 2 {
		fmt.Fprintf(d, "%s %s ", []string{"until", "from"}[i], d.turn)
	}
	strict := true
	speaks := ""
	if d.chance(4) {
		speaks = "when " + d.cond(1) + " "
	}
	if base != "" {
		fmt.Fprintf(d, "amends %s %s{\n", base, speaks)
		d.amend(name, base)
	} else {
		mode := d.one("", "", "decides by strictest ", "decides by loosest ", "decides by first ")
		strict = mode == "" || strings.Contains(mode, "strictest")
		d.WriteString(mode + speaks + "{\n")
	}
	for range 1 + d.upTo(3) {
		d.rule(name)
	}
	if d.chance(3) {
		d.section(name, strict && base == "", 1)
	}
	if d.chance(2) {
		d.rule(name)
	}
	if d.chance(2) {
		d.otherwise()
	}
	d.WriteString("}\n")
	return name
}

// replaceable are values as amendments may replace them.
var replaceable = [][]string{
	{"little = 2", "little = 400 %"}, {"much = 3", "much = little + 1"}, {"near = 3 km, 1 km since 2010-01-01"}, {"dear = 0 eur, 4 eur since 2015-02-28"},
	{"turned = 2015-02-28"}, {"spell = 1 month"},
}

// amend repeals and replaces some of what a policy takes over.
func (d *drawer) amend(name, base string) {
	known := slices.Clone(d.labels[base])
	if len(known) > 0 && d.chance(2) {
		l := known[d.upTo(len(known)-1)]
		if !strings.HasPrefix(l, "s") {
			fmt.Fprintf(d, "repeal %s\n", l)
			known = slices.DeleteFunc(known, func(k string) bool { return k == l })
		}
	}
	if len(known) > 0 && d.chance(2) {
		if l := known[d.upTo(len(known)-1)]; !strings.HasPrefix(l, "s") {
			fmt.Fprintf(d, "replace %s: %s", l, d.sentence(nil))
		}
	}
	for _, v := range replaceable {
		if d.chance(6) {
			fmt.Fprintf(d, "replace value %s\n", d.pick("value", v))
		}
	}
	d.labels[name] = known
	d.sections[name] = slices.Clone(d.sections[base])
	for _, s := range d.sections[name] {
		if d.chance(3) {
			fmt.Fprintf(d, "section %s {\n", s)
			fmt.Fprintf(d, "%s_%s: %s", name, s, d.sentence(nil))
			if d.chance(3) {
				d.otherwise()
			}
			d.WriteString("}\n")
		}
	}
}

// rule writes a rule that may defeat what stands before it.
func (d *drawer) rule(policy string) {
	label := fmt.Sprintf("r%s%d", policy[1:], len(d.labels[policy]))
	sentence := d.sentence(d.labels[policy])
	if d.chance(6) {
		d.WriteString(sentence)
		return
	}
	fmt.Fprintf(d, "%s: %s%s\n", label, strings.TrimSuffix(sentence, "\n"), mark(label))
	d.within[label] = slices.Clone(d.around)
	d.label(policy, label)
}

// label notes a rule or section that is written, and now and then has a rule before it be
// subject to it.
func (d *drawer) label(policy, label string) {
	var yield []string
	for _, l := range d.labels[policy] {
		if around, written := d.within[l]; written && l[1:2] == policy[1:] && !slices.Contains(around, label) {
			yield = append(yield, l)
		}
	}
	if len(yield) > 0 && d.chance(6) {
		l := d.pick("yields", yield)
		d.subject[l] = append(d.subject[l], label)
	}
	d.labels[policy] = append(d.labels[policy], label)
}

// mark stands for the `subject to` of a rule until all that stands below it is written.
func mark(label string) string { return "\x00" + label + "\x00" }

func (d *drawer) resolve(text string) string {
	for label := range d.within {
		clause := ""
		if to := d.subject[label]; to != nil {
			clause = " subject to " + strings.Join(to, ", ")
		}
		text = strings.ReplaceAll(text, mark(label), clause)
	}
	return text
}

// sentence is a rule without its label.
func (d *drawer) sentence(before []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "o%d", d.upTo(2))
	if slices.Contains(d.usable, "Hot") && d.chance(4) {
		b.WriteString(" " + d.one("Hot", "Cold", "not Hot", "any", "Hot and not Cold"))
	}
	for _, p := range [][2]string{{"to", "dest"}, {"from", "src"}, {"by", "firm"}} {
		if len(d.paths("Land", "Firm")) > 0 && slices.ContainsFunc(d.leaves, func(l leaf) bool { return l.path == p[1] }) && d.chance(3) {
			b.WriteString(" " + p[0] + " " + d.phrase(p[1]))
		}
	}
	if !d.chance(4) {
		b.WriteString(" when " + d.cond(2))
	}
	if d.chance(4) {
		b.WriteString(" unless " + d.cond(1))
	}
	if len(before) > 0 && d.chance(3) {
		b.WriteString(" notwithstanding " + d.several(before))
	}
	if d.chance(4) {
		b.WriteString(" requiring " + d.several([]string{`"x"`, `"y"`, `"z"`}))
	}
	switch d.upTo(7) {
	case 0:
		b.WriteString(" from 2010-01-01")
	case 1:
		b.WriteString(" until 2020-06-01")
	}
	if b.Len() == len("o0") { // or the outcome of a next rule without a label would be its object
		b.WriteString(" any")
	}
	return b.String() + "\n"
}

func (d *drawer) phrase(path string) string {
	kind := "Land"
	if path == "firm" {
		kind = "Firm"
	}
	words := slices.Concat(identities[kind], d.groupsOf(kind), d.termsOf(kind, path+"."))
	*d.coarse = *d.coarse || slices.Contains(words, "Old")
	if kind == "Land" {
		words = append(words, `"France"`)
	}
	x, y := d.pick("word", words), d.pick("word", words)
	return d.one(x, x+", "+y, "not "+x, x+" and not "+y, "any", "("+x+", "+y+") and "+x, x+" or "+y)
}

// section writes a section, which may stand in others.
func (d *drawer) section(policy string, strict bool, depth int) {
	name := fmt.Sprintf("s%s%d", policy[1:], len(d.sections[policy]))
	d.sections[policy] = append(d.sections[policy], name)
	mode := d.one("decides by strictest ", "decides by loosest ", "decides by first ")
	if strict && d.chance(2) {
		mode = ""
	}
	when := ""
	if d.chance(2) {
		when = "when " + d.cond(1) + " "
	}
	fmt.Fprintf(d, "section %s %s%s{\n", name, mode, when)
	d.around = append(d.around, name)
	for range 1 + d.upTo(1) {
		d.rule(policy)
	}
	if depth > 0 && d.chance(4) {
		d.section(policy, mode == "" || strings.Contains(mode, "strictest"), depth-1)
	}
	if d.chance(3) {
		d.otherwise()
	}
	d.WriteString("}\n")
	d.around = d.around[:len(d.around)-1]
	d.label(policy, name)
}

func (d *drawer) otherwise() {
	fmt.Fprintf(d, "otherwise o%d%s\n", d.upTo(2), d.one("", "", ` requiring "x"`, ` requiring "w"`))
}
