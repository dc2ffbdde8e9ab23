package render

import (
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// The types below are the part of SARIF 2.1.0 (OASIS, 27 March 2020) that a report of
// diagnostics needs: what code hosts show beside the lines of a change.

// SARIF is a report in the Static Analysis Results Interchange Format.
type SARIF struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool       sarifTool     `json:"tool"`
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version,omitempty"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID       string       `json:"id"`
	Name     string       `json:"name"`
	Short    sarifText    `json:"shortDescription"`
	Help     *sarifText   `json:"help,omitempty"`
	Defaults sarifDefault `json:"defaultConfiguration"`
}

type sarifDefault struct {
	Level string `json:"level"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID       string             `json:"ruleId,omitempty"`
	RuleIndex    *int               `json:"ruleIndex,omitempty"`
	Level        string             `json:"level"`
	Message      sarifText          `json:"message"`
	Locations    []sarifLocation    `json:"locations,omitempty"`
	Related      []sarifLocation    `json:"relatedLocations,omitempty"`
	Fixes        []sarifFix         `json:"fixes,omitempty"`
	Suppressions []sarifSuppression `json:"suppressions,omitempty"`
}

type sarifLocation struct {
	ID       *int          `json:"id,omitempty"`
	Message  *sarifText    `json:"message,omitempty"`
	Physical sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"`
}

type sarifFix struct {
	Description sarifText             `json:"description"`
	Changes     []sarifArtifactChange `json:"artifactChanges"`
}

type sarifArtifactChange struct {
	Artifact     sarifArtifact      `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  sarifRegion `json:"deletedRegion"`
	Inserted sarifText   `json:"insertedContent"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Justification string `json:"justification"`
}

// Suppressed is a problem that a comment keeps quiet, with the reason that it gives.
type Suppressed struct {
	*lang.Diagnostic
	Because string
}

// SARIFOf is a report of problems, those kept quiet among them, as the version of the
// program that is given found them.
func SARIFOf(ds lang.Diagnostics, quiet []Suppressed, version string) *SARIF {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "ctl", Version: version, Rules: []sarifRule{}}
	for _, d := range ds {
		run.Results = append(run.Results, run.result(d))
	}
	for _, q := range quiet {
		r := run.result(q.Diagnostic)
		r.Suppressions = []sarifSuppression{{Kind: "inSource", Justification: q.Because}}
		run.Results = append(run.Results, r)
	}
	return &SARIF{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}}
}

// result is a problem; its code is listed among the run's rules.
func (run *sarifRun) result(d *lang.Diagnostic) sarifResult {
	level, _ := severity(d)
	out := sarifResult{RuleID: string(d.Code), Level: level, Message: sarifText{d.Message}}
	if d.Code != "" {
		i := run.rule(d.Code)
		out.RuleIndex = &i
	}
	if d.Source != nil {
		out.Locations = []sarifLocation{{Physical: physical(d.Source, d.Span)}}
	}
	for _, n := range d.Notes {
		if n.Source == nil {
			out.Message.Text += "\n" + n.Text
			continue
		}
		id := len(out.Related)
		out.Related = append(out.Related, sarifLocation{ID: &id, Message: &sarifText{n.Text}, Physical: physical(n.Source, n.Span)})
	}
	if d.Fix != nil && d.Source != nil {
		p := physical(d.Source, d.Fix.Span)
		out.Fixes = []sarifFix{{sarifText{d.Fix.Label}, []sarifArtifactChange{{p.Artifact, []sarifReplacement{{p.Region, sarifText{d.Fix.Replacement}}}}}}}
	}
	return out
}

// rule is the index of a code among the run's rules, where it is entered once.
func (run *sarifRun) rule(c code.Code) int {
	rules := &run.Tool.Driver.Rules
	if i := slices.IndexFunc(*rules, func(r sarifRule) bool { return r.ID == string(c) }); i >= 0 {
		return i
	}
	level := "error"
	if c.Severity() == code.Warning {
		level = "warning"
	}
	x, _ := code.Explain(c)
	r := sarifRule{ID: string(c), Name: x.Name, Short: sarifText{upperFirst(x.Occurs) + "."}, Defaults: sarifDefault{level}}
	if x.Text != "" {
		r.Help = &sarifText{x.Text}
	}
	*rules = append(*rules, r)
	return len(*rules) - 1
}

// physical is a span of a file.
func physical(src *lang.Source, span lang.Span) sarifPhysical {
	var r sarifRegion
	r.StartLine, r.StartColumn = src.Position(span.Start)
	r.EndLine, r.EndColumn = src.Position(span.End)
	return sarifPhysical{sarifArtifact{fileURI(src.Name)}, r}
}

// fileURI is a path as a reference relative to the working folder, or of an absolute
// path as a whole URI.
func fileURI(name string) string {
	slashed := filepath.ToSlash(name)
	if filepath.IsAbs(name) {
		return (&url.URL{Scheme: "file", Path: "/" + strings.TrimLeft(slashed, "/")}).String()
	}
	return (&url.URL{Path: slashed}).String()
}
