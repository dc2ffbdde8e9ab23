package render

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/interp"
)

// WriteProofs shows what became of claims: of a refuted one the smallest case, as tests
// that can be put into a rule file.
func WriteProofs(w io.Writer, proofs []*analysis.Proof, st Style) {
	count := map[analysis.ClaimStatus]int{}
	for _, p := range proofs {
		count[p.Status]++
		writeProof(w, p, st)
	}
	parts := []string{fmt.Sprintf("%d proved", count[analysis.Proved]), fmt.Sprintf("%d refuted", count[analysis.Refuted])}
	if n := count[analysis.Unknown]; n > 0 {
		parts = append(parts, fmt.Sprintf("%d unknown", n))
	}
	fmt.Fprintln(w, strings.Join(parts, ", "))
}

func writeProof(w io.Writer, p *analysis.Proof, st Style) {
	color := map[analysis.ClaimStatus]string{analysis.Proved: green, analysis.Refuted: red, analysis.Unknown: yellow}[p.Status]
	status := pad(string(p.Status), len(analysis.Refuted))
	name := st.Wrap("", status+"  ", p.Claim.Name)
	fmt.Fprint(w, st.paint(color, status)+strings.TrimPrefix(name, status))
	for _, n := range p.Notes {
		fmt.Fprint(w, st.Wrap("  ", "note: ", n))
	}
	if p.Status == analysis.Proved {
		return
	}
	fmt.Fprint(w, st.Wrap("  ", "", p.Claim.Site().String()+": "+p.Claim.Text()))
	if p.Reason != "" {
		fmt.Fprint(w, st.Wrap("  ", "", p.Reason))
	}
	if x := p.Counterexample; x != nil {
		writeCounterexample(w, x, st)
	}
	fmt.Fprintln(w)
}

func writeCounterexample(w io.Writer, x *analysis.Counterexample, st Style) {
	say := "does not hold in this case:"
	if len(x.Tests) == 0 {
		say = "does not hold in this case, which has facts that a test cannot tell: " + sentences(x.Case)
	}
	if len(x.Tests) > 1 {
		say = "does not hold in this case, as these two tests show:"
	}
	if x.Obligation != "" {
		say = strings.TrimSuffix(say, ":") + ": " + strconv.Quote(x.Obligation) + " is required in one and not in the other:"
	}
	fmt.Fprint(w, st.Wrap("  ", "", say))
	for _, t := range x.Tests {
		fmt.Fprintln(w)
		WriteSource(w, t, "    ")
	}
}

// WriteSource shows what can be put into a rule file, such as a test, each line behind an indent.
func WriteSource(w io.Writer, text, indent string) {
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		fmt.Fprintln(w, strings.TrimRight(indent+plain.Line(line), " "))
	}
}

// Proofs is what became of claims, for JSON.
type Proofs struct {
	Claims  []Proof `json:"claims"`
	Proved  int     `json:"proved"`
	Refuted int     `json:"refuted"`
	Unknown int     `json:"unknown"`
}

// Proof is what became of a claim, for JSON. Counterexample is null unless it is
// refuted, Swapped unless the claim is about swapped values.
type Proof struct {
	Name           string               `json:"name"`
	At             string               `json:"at"`
	Text           string               `json:"text"`
	Policies       []string             `json:"policies"`
	AsOf           interp.Date          `json:"as_of"`
	Status         analysis.ClaimStatus `json:"status"`
	Reason         string               `json:"reason"` // of unknown, else ""
	Notes          []string             `json:"notes"`
	Counterexample map[string]any       `json:"counterexample"`
	Swapped        map[string]any       `json:"swapped"`
	Decisions      []json.Marshaler     `json:"decisions"`
	Obligation     string               `json:"obligation"` // that one of the two decisions carries and the other does not; else ""
	Tests          []string             `json:"tests"`
}

// ProofsJSON is what became of claims as JSON has it.
func ProofsJSON(proofs []*analysis.Proof) *Proofs {
	out := &Proofs{Claims: []Proof{}}
	for _, p := range proofs {
		switch p.Status {
		case analysis.Proved:
			out.Proved++
		case analysis.Refuted:
			out.Refuted++
		default:
			out.Unknown++
		}
		out.Claims = append(out.Claims, proofJSON(p))
	}
	return out
}

func proofJSON(p *analysis.Proof) Proof {
	j := Proof{
		Name: p.Claim.Name, At: p.Claim.Site().String(), Text: p.Claim.Text(), Policies: []string{}, AsOf: p.AsOf, Status: p.Status,
		Reason: p.Reason, Notes: texts(p.Notes), Decisions: []json.Marshaler{}, Tests: []string{},
	}
	for _, pol := range p.Claim.Policies {
		j.Policies = append(j.Policies, pol.Name)
	}
	x := p.Counterexample
	if x == nil {
		return j
	}
	j.Counterexample, j.Tests, j.Obligation = x.Case.Map(), texts(x.Tests), x.Obligation
	if x.Swapped != nil {
		j.Swapped = x.Swapped.Map()
	}
	for i, d := range x.Decisions {
		decided := x.Case
		if i == 1 && x.Swapped != nil {
			decided = x.Swapped
		}
		j.Decisions = append(j.Decisions, d.About(decided))
	}
	return j
}
