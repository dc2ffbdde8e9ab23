package interp

import (
	"fmt"
	"strconv"
	"strings"

	"pgregory.net/rapid"
)

// vocabulary of the random policies: small enough that every completion of a
// case can be tried.
const randomVocabulary = `
kind Item { category: I | II | none  range: length  heavy: bool  tags: set of a | b | c  note: length? }
kind Country = US | GB | FR | IN | AE { adherent: bool = no }
role item: Item
role to recipient: Country
role from origin: Country
kind Firm = text
role via carrier: Firm
group Barred of Firm: since 2005-01-01: "A", "B", "C"
group Noted of Firm: Barred, "D"
group Member of Country: since 2000-01-01: US, GB, since 2016-06-27: IN
group Few of Country: FR, Member
term CategoryI of Item: category = I
term Large of Item: range >= 300 km and not heavy
term Near of Country: in (GB, FR) or vetted
open term vetted of Country "a vetted country"
open term urgent "is the case urgent"
`

// randomFacts are the facts of that vocabulary and values that stand for all.
var randomFacts = []struct {
	name   string
	values []string
}{
	{"item.category", []string{"I", "II", "none"}},
	{"item.range", []string{"50 km", "100 km", "200 km", "300 km", "400 km"}},
	{"item.heavy", []string{"yes", "no"}},
	{"item.tags", []string{"()", "(a)", "(b)", "(c)", "(a, b)", "(a, c)", "(b, c)", "(a, b, c)"}},
	{"item.note", []string{"none", "50 km", "100 km", "400 km"}},
	{"recipient", []string{"US", "GB", "FR", "IN", "AE"}},
	{"recipient.vetted", []string{"yes", "no"}},
	{"recipient.adherent", []string{"yes", "no"}},
	{"urgent", []string{"yes", "no"}},
	{"carrier", []string{"A", "B", "C", "D", "E", "F"}},
}

var randomAtoms = []string{
	"item.category = I", "item.category != II", "item.category in (I, II)", "item is CategoryI", "Large",
	"item.range >= 300 km", "item.range < 100 km", "item.range in 100 km .. 300 km", "item.range = 200 km", "300 km > item.range",
	"item.heavy", "item.heavy = no", "a in item.tags", "any of item.tags in (a, b)", "all of item.tags in (b, c)", "none of item.tags in (c)",
	"has item.note", "item.note >= 100 km", "recipient in Member", "recipient not in Few", "recipient = FR", "recipient is Near",
	"recipient is not vetted", "recipient.adherent", "urgent", "recipient like \"?R\"", "as_of >= 2010-01-01",
	"carrier in Barred", "carrier not in Noted", "carrier = \"B\"", "carrier in (\"A\", \"E\")", "carrier in Noted",
	"at least 2 of (item.heavy, urgent, recipient is vetted)", "exactly 1 of (item.heavy, urgent)",
}

// randomCondOf is a random condition over some atoms.
func randomCondOf(t *rapid.T, depth int, atoms []string) string {
	if depth == 0 || rapid.IntRange(0, 2).Draw(t, "leaf") == 0 {
		return rapid.SampledFrom(atoms).Draw(t, "atom")
	}
	a, b := randomCondOf(t, depth-1, atoms), randomCondOf(t, depth-1, atoms)
	switch rapid.IntRange(0, 3).Draw(t, "op") {
	case 0:
		return "(" + a + " or " + b + ")"
	case 1:
		return "(" + a + ") and (" + b + ")"
	case 2:
		return "not (" + a + ")"
	}
	return "((" + a + ") implies (" + b + "))"
}

// randomPolicy is a rule file with one policy: ranked and unranked outcomes,
// priorities that form no circle, sections within sections, obligations, dates, every mode.
func randomPolicy(t *rapid.T) string { return randomPolicyOf(t, randomVocabulary, randomAtoms) }

func randomPolicyOf(t *rapid.T, vocabulary string, atoms []string) string {
	w := &policyWriter{t: t, atoms: atoms, priority: rapid.SampledFrom([]string{"notwithstanding", "subject to"}).Draw(t, "priority")}
	w.WriteString(rapid.SampledFrom([]string{
		"outcomes o0 > o1 > o2\n", "outcomes o0, o1, o2\n", "outcomes o0 > o1, o2\n",
	}).Draw(t, "outcomes"))
	w.WriteString(vocabulary)
	if rapid.Bool().Draw(t, "constrained") {
		fmt.Fprintf(w, "constraint k: %s\n", w.cond(1))
	}
	mode := rapid.SampledFrom([]string{"", "decides by strictest ", "decides by loosest ", "decides by first "}).Draw(t, "mode")
	fmt.Fprintf(w, "policy p %s{\n", mode)
	for range rapid.IntRange(1, 5).Draw(t, "rules") {
		if rapid.IntRange(0, 4).Draw(t, "section") == 0 {
			w.section(2)
		} else {
			w.rule()
		}
	}
	if rapid.Bool().Draw(t, "otherwise") {
		w.otherwise()
	}
	w.WriteString("}\n")
	return w.String()
}

// policyWriter writes a random policy.
type policyWriter struct {
	strings.Builder
	t        *rapid.T
	atoms    []string
	n        int
	priority string   // one of the words, so that there is no circle
	before   []string // labels of what is written
	sections []string // those of sections
}

func (w *policyWriter) cond(depth int) string { return randomCondOf(w.t, depth, w.atoms) }

func (w *policyWriter) label(letter string) string {
	w.n++
	return letter + strconv.Itoa(w.n)
}

func (w *policyWriter) rule() {
	t, label := w.t, w.label("r")
	fmt.Fprintf(w, "%s: o%d", label, rapid.IntRange(0, 2).Draw(t, "outcome"))
	if rapid.IntRange(0, 2).Draw(t, "object") == 0 {
		w.WriteString(" " + rapid.SampledFrom([]string{"CategoryI", "not CategoryI", "Large, CategoryI"}).Draw(t, "object"))
	}
	if rapid.IntRange(0, 2).Draw(t, "to") == 0 {
		w.WriteString(" to " + rapid.SampledFrom([]string{"Member", "FR, GB", "not Few", "any", "Near and Member"}).Draw(t, "phrase"))
	}
	if rapid.Bool().Draw(t, "when") {
		w.WriteString(" when " + w.cond(2))
	}
	if rapid.IntRange(0, 3).Draw(t, "unless") == 0 {
		w.WriteString(" unless " + w.cond(1))
	}
	if len(w.before) > 0 && rapid.Bool().Draw(t, "prior") {
		among := w.before
		if len(w.sections) > 0 && rapid.Bool().Draw(t, "sections") {
			among = w.sections
		}
		over := rapid.SliceOfN(rapid.SampledFrom(among), 1, 2).Draw(t, "over") // the same one twice, too
		w.WriteString(" " + w.priority + " " + strings.Join(over, ", "))
	}
	w.requiring()
	if rapid.IntRange(0, 5).Draw(t, "dated") == 0 {
		w.WriteString(" from 2010-01-01")
	}
	w.WriteString("\n")
	w.before = append(w.before, label)
}

func (w *policyWriter) requiring() {
	if rapid.IntRange(0, 2).Draw(w.t, "obliges") == 0 {
		fmt.Fprintf(w, " requiring %q", rapid.SampledFrom([]string{"a seal", "a report", "a visit"}).Draw(w.t, "obligation"))
	}
}

func (w *policyWriter) otherwise() {
	fmt.Fprintf(w, "otherwise o%d", rapid.IntRange(0, 2).Draw(w.t, "else"))
	w.requiring()
	w.WriteString("\n")
}

// section writes one, with sections in it down to a depth.
func (w *policyWriter) section(depth int) {
	label := w.label("s")
	mode := rapid.SampledFrom([]string{"strictest", "loosest", "first"}).Draw(w.t, "mode")
	fmt.Fprintf(w, "section %s decides by %s ", label, mode)
	if rapid.Bool().Draw(w.t, "when") {
		w.WriteString("when " + w.cond(1) + " ")
	}
	w.WriteString("{\n")
	for range rapid.IntRange(1, 2).Draw(w.t, "inner") {
		if depth > 0 && rapid.IntRange(0, 2).Draw(w.t, "nested") == 0 {
			w.section(depth - 1)
		} else {
			w.rule()
		}
	}
	if rapid.IntRange(0, 2).Draw(w.t, "sotherwise") == 0 {
		w.otherwise()
	}
	w.WriteString("}\n")
	w.before, w.sections = append(w.before, label), append(w.sections, label)
}

// randomCase tells most facts, and gives the names of the others.
func randomCase(t *rapid.T, p *Program, unknown int) (*Case, []int) {
	c := p.NewCase()
	d, _ := ParseDate(rapid.SampledFrom([]string{"1999-05-05", "2012-01-01", "2020-01-01"}).Draw(t, "date"))
	c.SetDate(d)
	var open []int
	for i, f := range randomFacts {
		if len(open) < unknown && rapid.IntRange(0, 2).Draw(t, "unknown") == 0 && f.name != "recipient.adherent" {
			open = append(open, i)
			continue
		}
		if err := c.Tell(f.name + " = " + rapid.SampledFrom(f.values).Draw(t, f.name)); err != nil {
			t.Fatal(err)
		}
	}
	return c, open
}

// completions calls f for every completion of the case by the listed values.
func completions(c *Case, open []int, f func(*Case)) {
	if len(open) == 0 {
		f(c)
		return
	}
	fact := randomFacts[open[0]]
	for _, v := range fact.values {
		d := c.Clone()
		if err := d.Tell(fact.name + " = " + v); err != nil {
			panic(err)
		}
		completions(d, open[1:], f)
	}
}
