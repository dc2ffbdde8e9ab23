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

// everyCase is what analysis says of a group that is all of the cases it is said of.
const everyCase = "in every case"

// WriteDiff shows a difference: the changes of answer, each in a few groups of cases
// with the rules on both sides and an example.
func WriteDiff(w io.Writer, d Difference, st Style) {
	fmt.Fprint(w, st.painted(bold, d.between()))
	fmt.Fprint(w, st.Wrap("", "", d.summary()))
	number := 0
	for _, c := range d.Changes {
		fmt.Fprint(w, "\n"+st.painted(directionColor(c.Direction), d.changeHead(c)))
		for _, g := range c.Groups {
			number++
			writeGroup(w, number, c, g, st)
		}
	}
	for _, n := range d.remarks() {
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
	if d.Equal {
		return "No case is answered differently."
	}
	shares := map[analysis.Direction]*big.Rat{}
	for _, c := range d.Changes {
		if shares[c.Direction] == nil {
			shares[c.Direction] = new(big.Rat)
		}
		shares[c.Direction].Add(shares[c.Direction], c.Share)
	}
	text := percent(d.Share) + " of " + d.cases() + " are answered differently"
	var parts []string
	for _, dir := range []analysis.Direction{analysis.Looser, analysis.Stricter, analysis.Other} {
		switch s := shares[dir]; {
		case s == nil:
		case len(shares) == 1:
			return text + ", all of them " + directionWord(dir) + "."
		default:
			parts = append(parts, percent(s)+" "+directionWord(dir))
		}
	}
	return text + ": " + strings.Join(parts, ", ") + "."
}

func directionWord(d analysis.Direction) string {
	if d == analysis.Other {
		return "neither looser nor stricter"
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
	return c.From.Name() + " becomes " + c.To.Name() + ": " + directionWord(c.Direction) + ", " + percent(c.Share) + " of " + d.cases()
}

// remarks are the notes of a difference, and whether it is exact.
func (d Difference) remarks() []string {
	notes := d.Notes
	if !d.Exact {
		notes = append([]string{"some of this hangs on conditions that the analysis cannot look into"}, notes...)
	}
	return notes
}

func writeGroup(w io.Writer, number int, c analysis.Change, g analysis.Group, st Style) {
	lead := "  " + strconv.Itoa(number) + ". "
	words := groupWords(c, g, plainText)
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
// Names and conditions are quoted as the document quotes them.
func groupWords(c analysis.Change, g analysis.Group, quote func(string) string) string {
	among := ""
	switch g.Among {
	case analysis.OldAnswer:
		among = "of what was " + quote(c.From.Name())
	case analysis.Remaining:
		among = "of what else was " + quote(c.From.Name())
	}
	switch {
	case g.Rest && among == "":
		return g.Short
	case g.Rest:
		return among + ": " + g.Short
	case g.Short == everyCase && among == "":
		return g.Short
	case g.Short == everyCase:
		return "all " + among
	case among == "":
		return quote(g.Short)
	}
	return among + ": " + quote(g.Short)
}

// groupLines say what gave the answer before and after.
func groupLines(c analysis.Change, g analysis.Group, quote func(string) string) [][2]string {
	return [][2]string{
		{"before", answerBy(c.From, g.OldRules, g.Old, quote)},
		{"after", answerBy(c.To, g.NewRules, g.New, quote)},
	}
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
