package render

import (
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

// Difference is what a change of policy changes, with the names that the two sides are
// called by: us1993, us1993@1994-01-01, or "export in old.ctl".
type Difference struct {
	*analysis.Difference
	OldName, NewName string
	Where            string // the condition of the cases looked at; "" for all
}

// unseenHead stands before the changes of which no case was found.
const unseenHead = "No example confirms what follows. It hangs on conditions that the analysis cannot look into, and there may be no such cases:"

// unseenFrom says whether the changes of which no case was found begin with this one.
func (d Difference) unseenFrom(i int) bool {
	return d.Changes[i].Unseen && (i == 0 || !d.Changes[i-1].Unseen)
}

// everyCase is what analysis says of a group that is all of the cases it is said of.
const everyCase = "in every case"

// WriteDiff shows a difference: the changes of answer, each in a few groups of cases
// with the rules on both sides and an example.
func WriteDiff(w io.Writer, d Difference, st Style) {
	fmt.Fprint(w, st.painted(bold, d.between()))
	fmt.Fprint(w, st.Wrap("", "", d.summary()))
	number := 0
	for i, c := range d.Changes {
		if d.unseenFrom(i) {
			fmt.Fprint(w, "\n"+st.Wrap("", "", unseenHead))
		}
		fmt.Fprint(w, "\n"+st.painted(directionColor(c.Direction), d.changeHead(c)))
		for _, g := range c.Groups {
			number++
			d.writeGroup(w, number, c, g, st)
		}
	}
	for _, n := range d.Notes {
		fmt.Fprint(w, "\n"+st.Wrap("", "note: ", n))
	}
}

// between says what is compared, as of which dates.
func (d Difference) between() string {
	text := "From " + d.OldName + " as of " + d.Old.On.String() + " to " + d.NewName + " as of " + d.New.On.String()
	if d.Old.On == d.New.On {
		text = "From " + d.OldName + " to " + d.NewName + ", as of " + d.New.On.String()
	}
	if d.Where != "" {
		text += ", of the cases where " + d.Where
	}
	return text
}

// cases are what the shares are of.
func (d Difference) cases() string {
	if d.Where != "" {
		return "these cases"
	}
	return "all cases"
}

// summary is how much is different, and in which direction.
func (d Difference) summary() string {
	switch {
	case d.Equal && d.Only != "":
		return "No case " + becomes(d.Only, "becomes", "gets") + "; other changes are not shown."
	case d.Equal:
		return "No case is answered differently."
	}
	text := d.howMuch()
	if !d.Exact {
		text += " Conditions that the analysis cannot look into are counted as if each of their answers were as frequent as the others."
	}
	if len(d.Focus) > 0 {
		text += " The groups are said in terms of " + strings.Join(d.Focus, ", ") + " alone: of the cases of a group some change, and others may not."
	}
	return text
}

// howMuch is the sentence of the shares.
func (d Difference) howMuch() string {
	become, get, are := "become", "get", " are answered differently"
	if !d.Exact {
		become, get, are = "may become", "may get", " may be answered differently"
	}
	if d.Only != "" {
		return percent(d.Share) + " of " + d.cases() + " " + becomes(d.Only, become, get) + "; other changes are not shown."
	}
	shares := map[analysis.Direction]*big.Rat{}
	for _, c := range d.Changes {
		if shares[c.Direction] == nil {
			shares[c.Direction] = new(big.Rat)
		}
		shares[c.Direction].Add(shares[c.Direction], c.Share)
	}
	text := percent(d.Share) + " of " + d.cases() + are
	var parts []string
	for _, dir := range []analysis.Direction{analysis.Looser, analysis.Stricter, analysis.Other, analysis.Obligations} {
		switch s := shares[dir]; {
		case s == nil:
		case len(shares) == 1 && dir == analysis.Obligations:
			return percent(s) + " of " + d.cases() + " " + becomes(dir, become, get) + "; no answer changes."
		case len(shares) == 1:
			return text + ", all of them " + directionWord(dir) + "."
		default:
			parts = append(parts, percent(s)+" "+directionWord(dir))
		}
	}
	return text + ": " + strings.Join(parts, ", ") + "."
}

// becomes is what happens to cases in a direction, by verbs for an answer and for obligations.
func becomes(d analysis.Direction, answer, obligations string) string {
	if d == analysis.Obligations {
		return obligations + " other obligations with the same answer"
	}
	return answer + " " + string(d)
}

func directionWord(d analysis.Direction) string {
	switch d {
	case analysis.Other:
		return "neither looser nor stricter"
	case analysis.Obligations:
		return "with other obligations"
	}
	return string(d)
}

func directionColor(d analysis.Direction) string {
	switch d {
	case analysis.Looser:
		return green
	case analysis.Stricter:
		return red
	}
	return yellow
}

func (d Difference) changeHead(c analysis.Change) string {
	becomes, about := " becomes ", ""
	if c.Unseen {
		becomes = " may become "
	}
	if !c.Exact {
		about = "about "
	}
	if c.Direction == analysis.Obligations {
		stays := " stays, "
		if c.Unseen {
			stays = " stays, maybe "
		}
		return c.From.Name() + stays + directionWord(c.Direction) + ": " + about + percent(c.Share) + " of " + d.cases()
	}
	return c.From.Name() + becomes + c.To.Name() + ": " + directionWord(c.Direction) + ", " + about + percent(c.Share) + " of " + d.cases()
}

func (d Difference) writeGroup(w io.Writer, number int, c analysis.Change, g analysis.CaseSet, st Style) {
	lead := "  " + strconv.Itoa(number) + ". "
	words := d.groupWords(c, g, plainText)
	if len(c.Groups) > 1 {
		words += " (" + percent(g.Share) + ")"
	}
	fmt.Fprint(w, "\n"+st.Wrap("", lead, words))
	in := strings.Repeat(" ", len(lead))
	for _, l := range groupLines(c, g, plainText) {
		fmt.Fprint(w, st.Wrap(in, pad(l[0], len("for example"))+"  ", l[1]))
	}
	if g.Example != nil {
		fmt.Fprint(w, st.wrapList(in, "for example  ", g.Example.Sentences()))
	}
	for _, n := range g.Notes {
		fmt.Fprint(w, st.Wrap(in, "note: ", n))
	}
}

// plainText is how a condition stands in plain text.
func plainText(s string) string { return s }

// groupWords says in which cases a group lies: as short as what is said above allows.
// With a focus it is some of them that change. Names and conditions are quoted as the
// document quotes them.
func (d Difference) groupWords(c analysis.Change, g analysis.CaseSet, quote func(string) string) string {
	among := ""
	switch g.Among {
	case analysis.OldAnswer:
		among = "of what was " + quote(c.From.Name())
	case analysis.Remaining:
		among = "of what else was " + quote(c.From.Name())
	}
	every := g.Short == everyCase && !g.Rest
	switch {
	case g.Rest && among == "":
		return g.Short
	case g.Rest:
		return among + ": " + g.Short
	case every && len(d.Focus) > 0 && among == "":
		return "in some cases, whatever " + these(d.Focus)
	case every && len(d.Focus) > 0:
		return "some " + among + ", whatever " + these(d.Focus)
	case every && among == "":
		return g.Short
	case every:
		return "all " + among
	case among == "":
		return quote(g.Short)
	}
	return among + ": " + quote(g.Short)
}

// these are facts behind "whatever".
func these(facts []string) string {
	if len(facts) == 1 {
		return facts[0] + " is"
	}
	return strings.Join(facts, ", ") + " are"
}

// groupLines say what gave the answer before and after, and which obligations change.
func groupLines(c analysis.Change, g analysis.CaseSet, quote func(string) string) [][2]string {
	lines := [][2]string{
		{"before", answerBy(c.From, g.OldRules, g.Old, quote)},
		{"after", answerBy(c.To, g.NewRules, g.New, quote)},
	}
	return append(lines, obligationLines(g.Lost, g.Gained, g.Partly, quote)...)
}

// obligationLines say which obligations are no longer required, and which are added;
// partly are those of which that is not so in every case.
func obligationLines(lost, gained, partly []string, quote func(string) string) [][2]string {
	var lines [][2]string
	add := func(verb, o string) {
		words := "the obligation " + quote(o)
		if containsText(partly, o) {
			words = "in some of them " + words
		}
		lines = append(lines, [2]string{verb, words})
	}
	for _, o := range lost {
		add("loses", o)
	}
	for _, o := range gained {
		add("gains", o)
	}
	return lines
}

// answerBy is an answer with the rules that give it.
func answerBy(p interp.Possibility, rules []*interp.Rule, d *interp.Decision, quote func(string) string) string {
	switch {
	case len(rules) > 0:
		return quote(p.Name()) + " by " + quote(strings.Join(labels(rules), ", "))
	case d != nil && d.Otherwise != nil:
		return quote(p.Name()) + " by otherwise, as no rule applies"
	case p.Status == interp.Undecided && p.Outcome == nil:
		return quote(p.Name()) + ", as no rule applies"
	}
	return quote(p.Name())
}

func labels(rules []*interp.Rule) []string {
	out := make([]string, 0, len(rules))
	for _, r := range rules {
		out = append(out, r.Label)
	}
	return out
}

// sentences are the facts of a case in one line.
func sentences(c *interp.Case) string {
	if s := c.Sentences(); len(s) > 0 {
		return strings.Join(s, ", ")
	}
	return "any case"
}

// percent is a share with two digits that count.
func percent(r *big.Rat) string {
	f, _ := new(big.Rat).Mul(r, big.NewRat(100, 1)).Float64()
	switch {
	case r.Sign() == 0:
		return "0%"
	case r.Cmp(big.NewRat(1, 1)) == 0:
		return "100%"
	case f < 0.001:
		return "less than 0.001%"
	case f > 99:
		return "more than 99%"
	}
	digits := 0
	for limit := 10.0; f < limit && digits < 4; limit /= 10 {
		digits++
	}
	return strconv.FormatFloat(f, 'f', digits, 64) + "%"
}
