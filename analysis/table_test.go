package analysis_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

func TestTableMTCR(t *testing.T) {
	prog := mtcr(t, "")
	old, now := updateOf1993(t, prog)
	given := prog.NewCase()
	if err := given.Tell("recipient = AE", "program is vetted", "recipient is not strong_controls", "transfer.undertakings = no"); err != nil {
		t.Fatal(err)
	}
	table, err := analysis.NewTable(context.Background(), []interp.Dated{old, now}, "program.purpose", "item.category", given)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, row := range table.Cells {
		line := table.Rows.Labels[i] + ":"
		for _, cell := range row {
			line += " " + cellText(cell)
		}
		got = append(got, line)
	}
	want := []string{
		"military_missile: deny review permit",
		"space_launch: deny|deny/review* review permit",
		"uav: deny|presume_deny* review permit",
		"scientific: deny|presume_deny/review* review permit",
		"civil: deny|presume_deny/review* review permit",
		"wmd_delivery: deny|presume_deny* presume_deny presume_deny/permit",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%v (-want +got):\n%s", table.Cols.Labels, diff)
	}
}

// cellText is the answers of a cell: once where the policies agree.
func cellText(c analysis.TableCell) string {
	var parts []string
	for _, a := range c.Answers {
		var names []string
		for _, p := range a.Possible {
			names = append(names, p.Name())
		}
		parts = append(parts, strings.Join(names, "/"))
	}
	if c.Differs {
		return strings.Join(parts, "|") + "*"
	}
	return parts[0]
}

// A cell lists the answers that its cases have, and no others.
func TestTableAgainstBruteForce(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 11))
		prog := load(t, vocabulary+policyText(r, "one", true)+policyText(r, "two", true)+"# item.form, dest: the axes")
		on := prog.LatestDate()
		dated := []interp.Dated{{Policy: policy(t, prog, "one"), On: on}, {Policy: policy(t, prog, "two"), On: on}}
		table, err := analysis.NewTable(context.Background(), dated, "item.form", "dest", prog.NewCase())
		if err != nil {
			t.Fatal(err)
		}
		cases := everyCase(t, prog, on)
		want := [2][]string{answers(t, dated[0].Policy, cases), answers(t, dated[1].Policy, cases)}
		for i, row := range table.Cells {
			for j, cell := range row {
				var seen [2]map[string]bool
				differs := false
				for n := range seen {
					seen[n] = map[string]bool{}
				}
				for k, c := range cases {
					if fits(t, c, "item.form", table.Rows.Labels[i]) && fits(t, c, "dest", table.Cols.Labels[j]) && !given(t, c, "item.spare") {
						for n := range seen {
							seen[n][want[n][k]] = true
						}
						differs = differs || want[0][k] != want[1][k]
					}
				}
				for n := range seen {
					got := map[string]bool{}
					for _, p := range cell.Answers[n].Possible {
						got[p.Name()] = true
					}
					if diff := cmp.Diff(seen[n], got); diff != "" && len(cases) < mostCases {
						t.Errorf("seed %d: %s, %s (-want +got):\n%s", seed, table.Rows.Labels[i], table.Cols.Labels[j], diff)
					}
				}
				if differs && !cell.Differs {
					t.Errorf("seed %d: %s, %s differs", seed, table.Rows.Labels[i], table.Cols.Labels[j])
				}
			}
		}
	}
}

// Values that no rule tells apart stand where they are declared all the same.
func TestTableKeepsTheOrderOfTheDeclaration(t *testing.T) {
	prog := load(t, `
outcomes deny > permit
kind Item { form: a | b | c | d  flag: bool }
role item: Item
policy p { deny when item.form in (d, b)  otherwise permit }
`)
	table, err := analysis.NewTable(t.Context(), []interp.Dated{{Policy: policy(t, prog, "p"), On: prog.LatestDate()}}, "item.form", "item.flag", prog.NewCase())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a", "b", "c", "d"}, table.Rows.Labels); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for i, want := range []string{"permit", "deny", "permit", "deny"} {
		if got := table.Cells[i][0].Answers[0].Possible[0].Name(); got != want {
			t.Errorf("%s: %s, not %s", table.Rows.Labels[i], got, want)
		}
	}
}

// A fact that matters to which cases are possible, and to no answer, is none that an
// answer depends on.
func TestTableDependsOnWhatRulesAsk(t *testing.T) {
	prog := load(t, `
outcomes deny > permit
kind Item { form: a | b | c  colour: red | green  size: number  flag: bool }
role item: Item
constraint big: item.size > 5 implies item.flag
constraint small: item.size < 2 implies not item.flag
policy p { deny when item.flag  otherwise permit }
`)
	table, err := analysis.NewTable(t.Context(), []interp.Dated{{Policy: policy(t, prog, "p"), On: prog.LatestDate()}}, "item.form", "item.colour", prog.NewCase())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"item.flag"}, table.Cells[0][0].Answers[0].Depends); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func fits(t *testing.T, c *interp.Case, name, label string) bool {
	return label == "any" || fact(t, c, name) == label
}

// given says whether a yes-or-no fact is yes: not at its default.
func given(t *testing.T, c *interp.Case, name string) bool { return fact(t, c, name) == "yes" }

func TestTableRefuses(t *testing.T) {
	prog := load(t, vocabulary+"policy one { deny when x in item.tags }")
	one := []interp.Dated{{Policy: policy(t, prog, "one"), On: prog.LatestDate()}}
	for _, axes := range [][2]string{{"item.tags", "item.form"}, {"item.form", "item.form"}, {"item.nothing", "item.form"}} {
		if _, err := analysis.NewTable(context.Background(), one, axes[0], axes[1], prog.NewCase()); err == nil {
			t.Errorf("a table of %v", axes)
		}
	}
}
