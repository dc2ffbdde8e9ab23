package render

import (
	"encoding/json"
	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

// Coverage is what tests exercise of a policy, for JSON.
type Coverage struct {
	Policy       string           `json:"policy"`
	Tests        int              `json:"tests"`
	Rules        []RuleCoverage   `json:"rules"`
	Clauses      []ClauseCoverage `json:"clauses"`
	Reached      []string         `json:"reached"`  // the answers that some test has
	Possible     []string         `json:"possible"` // and those that some case has
	Paths        int              `json:"paths"`    // 0 where they are too many to count
	PathsReached int              `json:"paths_reached"`
}

// RuleCoverage counts the tests in which a rule applies, decides, or does not prevail,
// for JSON.
type RuleCoverage struct {
	Label   string `json:"label"`
	At      string `json:"at"`
	Applies int    `json:"applies"`
	Decides int    `json:"decides"`
	Lost    int    `json:"lost"`
}

// ClauseCoverage counts the tests in which a clause holds, does not, or is not known to,
// for JSON.
type ClauseCoverage struct {
	Rule   string `json:"rule"`
	Clause string `json:"clause"` // object, a preposition, when, unless
	Text   string `json:"text"`
	At     string `json:"at"`
	True   int    `json:"true"`
	False  int    `json:"false"`
	Open   int    `json:"open"`
}

// CoverageJSON is what tests exercise as JSON has it.
func CoverageJSON(list []*analysis.Coverage) []Coverage {
	out := []Coverage{}
	for _, c := range list {
		j := Coverage{
			Policy: c.Policy.Name, Tests: c.Tests, Rules: []RuleCoverage{}, Clauses: []ClauseCoverage{},
			Reached: texts(c.Reached), Possible: texts(c.Possible), Paths: c.Paths, PathsReached: c.PathsReached,
		}
		for _, r := range c.Rules {
			j.Rules = append(j.Rules, RuleCoverage{r.Rule.Label, r.Rule.Site().String(), r.Applies, r.Decides, r.Lost})
		}
		for _, k := range askingClauses(c) {
			j.Clauses = append(j.Clauses, ClauseCoverage{k.Clause.Rule.Label, string(k.Clause.Kind), k.Clause.Text, placeOf(k.Clause.Site), k.True, k.False, k.Open})
		}
		out = append(out, j)
	}
	return out
}

// Mutation is what became of small changes of the rules, for JSON.
type Mutation struct {
	Mutants    int      `json:"mutants"`
	Killed     int      `json:"killed"`
	Equivalent int      `json:"equivalent"`
	Survivors  []Mutant `json:"survivors"`
	Notes      []string `json:"notes"`
}

// Mutant is a small change of the rules, for JSON. Rule is "" where the change is to the
// when of a section.
type Mutant struct {
	Kind    interp.VariantKind `json:"kind"`
	Policy  string             `json:"policy"`
	Rule    string             `json:"rule"`
	Text    string             `json:"text"`
	At      string             `json:"at"`
	HangsOn []string           `json:"hangs_on"` // conditions into which the analysis cannot look, where only those tell it from the rules
}

// MutationJSON is what became of small changes of the rules as JSON has it.
func MutationJSON(m *analysis.MutationReport) *Mutation {
	return &Mutation{m.Mutants, m.Killed, m.Equivalent, mutantsJSON(m.Survivors), texts(m.Notes)}
}

func mutantsJSON(list []*analysis.Mutant) []Mutant {
	out := []Mutant{}
	for _, m := range list {
		j := Mutant{Kind: m.Kind, Policy: m.Policy.Name, Text: m.Text, At: placeOf(m.Site), HangsOn: texts(m.HangsOn)}
		if m.Rule != nil {
			j.Rule = m.Rule.Label
		}
		out = append(out, j)
	}
	return out
}

// Suggestion is a test that is missing, for JSON.
type Suggestion struct {
	Test     string         `json:"test"`
	Decision json.Marshaler `json:"decision"`
	Kills    []Mutant       `json:"kills"`
}

// SuggestionsJSON is tests that are missing as JSON has them.
func SuggestionsJSON(list []analysis.Suggestion) []Suggestion {
	out := []Suggestion{}
	for _, s := range list {
		out = append(out, Suggestion{s.Test, s.Decision.About(s.Case), mutantsJSON(s.Kills)})
	}
	return out
}
