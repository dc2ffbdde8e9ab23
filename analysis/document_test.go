package analysis_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

var update = flag.Bool("update", false, "write the true output into docs/mtcr.md")

const document = "../docs/mtcr.md"

// filled is a marker of the document with what stands behind it.
var filled = regexp.MustCompile(`(?s)<!-- analysis: (\w+) -->\n(?:.*?<!-- end -->\n)?`)

// The story of the two policies is told from what the analysis really says.
func TestDocument(t *testing.T) {
	data, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	want := filled.ReplaceAllStringFunc(string(data), func(s string) string {
		name := filled.FindStringSubmatch(s)[1]
		return "<!-- analysis: " + name + " -->\n" + told(t, name) + "<!-- end -->\n"
	})
	if *update {
		if err := os.WriteFile(document, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Errorf("%s: run go test ./analysis -run Document -update (-want +got):\n%s", document, diff)
	}
}

// told is what belongs behind a marker.
func told(t *testing.T, name string) string {
	t.Helper()
	switch name {
	case "changes", "examples":
		return toldChanges(t, name == "examples")
	case "claims":
		return toldClaims(t)
	case "interchange":
		prog := mtcr(t, `claim "interchangeable" under us2025: same decision when item.form swaps ballistic_missile, space_launch_vehicle
  and program.purpose swaps military_missile, space_launch`)
		proof, err := analysis.Prove(context.Background(), prog.Claims()[len(prog.Claims())-1])
		if err != nil {
			t.Fatal(err)
		}
		return "\n```ctl-tests\n" + strings.Join(proof.Counterexample.Tests, "\n") + "```\n"
	case "membership":
		return toldMembership(t)
	}
	t.Fatalf("%s has an unknown marker %q", document, name)
	return ""
}

func toldChanges(t *testing.T, examples bool) string {
	t.Helper()
	old, now := updateOf1993(t, mtcr(t, ""))
	d, err := analysis.Diff(context.Background(), old, now, analysis.DiffOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if examples {
		b.WriteString("\n| case | 1993 | 2025 |\n|---|---|---|\n")
	} else {
		b.WriteString("\n| 1993 | 2025 | when | by |\n|---|---|---|---|\n")
	}
	for _, c := range d.Changes {
		for _, g := range c.Groups {
			if examples {
				fmt.Fprintf(&b, "| `%s` | %s by %s | %s by %s |\n", strings.Join(g.Example.Sentences(), ", "),
					c.From.Name(), labels(g.Old.Rules), c.To.Name(), labels(g.New.Rules))
			} else {
				fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", c.From.Name(), c.To.Name(), g.Short, labels(g.NewRules))
			}
		}
	}
	return b.String()
}

func toldClaims(t *testing.T) string {
	t.Helper()
	proofs, err := analysis.ProveAll(context.Background(), mtcr(t, "").Claims())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("\n")
	for _, p := range proofs {
		var names []string
		for _, pol := range p.Claim.Policies {
			names = append(names, pol.Name)
		}
		fmt.Fprintf(&b, "- %s (%s): %s\n", p.Claim.Name, strings.Join(names, ", "), p.Status)
	}
	return b.String()
}

func toldMembership(t *testing.T) string {
	t.Helper()
	p := policy(t, mtcr(t, ""), "us1993")
	d, err := analysis.Diff(context.Background(), interp.Dated{Policy: p, On: date(t, "1994-01-01")}, interp.Dated{Policy: p, On: date(t, "2017-01-01")},
		analysis.DiffOptions{Focus: []string{"recipient"}})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("\n| 1994 | 2017 | some cases when |\n|---|---|---|\n")
	for _, c := range d.Changes {
		for _, g := range c.Groups {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", c.From.Name(), c.To.Name(), g.When)
		}
	}
	return b.String()
}
