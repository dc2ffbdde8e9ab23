package interp

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang/code"
)

const licenceRules = `outcomes licence > nlr
kind Code from "codes.csv" column "code" OPEN { reasons: set of REASONS from column "reasons" split ";" }
kind Land from "chart.csv" column "land" { chart: set of REASONS from "chart.csv" column "land" marks "X" }
kind Item { code: Code  note: text }
role item: Item
role to land: Land
policy p { licence when any of item.code.reasons in land.chart  otherwise nlr }
`

// licences is a chart of so many lands by so many reasons, of which few combinations differ,
// with the code C0 to C9 for the reasons R0 to R9.
func licences(t *testing.T, open string, lands, reasons int) *Program {
	t.Helper()
	var names []string
	for r := range reasons {
		names = append(names, fmt.Sprintf("R%d", r))
	}
	chart := "land," + strings.Join(names, ",") + "\n"
	for l := range lands {
		chart += fmt.Sprintf("L%d", l)
		for r := range reasons {
			chart += map[bool]string{true: ",X", false: ","}[l%8>>(r%3)&1 == 1]
		}
		chart += "\n"
	}
	codes := "code,reasons\n"
	for r := range reasons {
		codes += fmt.Sprintf("C%d,R%d\n", r, r)
	}
	text := strings.NewReplacer("REASONS", strings.Join(names, " | "), "OPEN", open).Replace(licenceRules)
	prog, err := Load(context.Background(), fstest.MapFS{
		"rules.ctl": {Data: []byte(text)}, "chart.csv": {Data: []byte(chart)}, "codes.csv": {Data: []byte(codes)},
	}, "rules.ctl")
	if err != nil {
		t.Fatal(err)
	}
	return prog
}

// Of a chart the analysis sees the classes of lands that conditions tell apart.
func TestChartIsSmall(t *testing.T) {
	p := licences(t, "", 200, 16)
	s := NewSpace(context.Background(), []Dated{{p.order.policies[0], p.LatestDate()}}, nil, 100_000)
	cells := 0
	for _, v := range s.vars {
		if v.t.basic == thingType {
			cells += len(v.cells)
		}
	}
	if cells != 8+16 { // eight rows that differ, and a code for each reason
		t.Errorf("the chart has %d cells", cells)
	}
	k := &compiler{s: s, on: num.Date(p.LatestDate())}
	if n := s.Store.Size(k.policy(p.order.policies[0], k.care())); n > 64 || k.err != nil {
		t.Errorf("its diagram has %d nodes (%v)", n, k.err)
	}
}

// By whatever door a case comes, what it tells is held to the files.
func TestFilesAreNotContradicted(t *testing.T) {
	for _, open := range []string{"", "open"} {
		p := licences(t, open, 8, 3)
		pol := p.order.policies[0]
		type facts struct {
			Item struct {
				Code struct {
					ID      string   `ctl:"id"`
					Reasons []string `ctl:"reasons,omitzero"`
				} `ctl:"code"`
			} `ctl:"item"`
			Land string `ctl:"land"`
		}
		structs, err := Bind[facts](pol)
		if err != nil {
			t.Fatal(err)
		}
		objects, err := Bind[JSON](pol)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time by the engine, where it can
			for _, row := range []struct {
				reasons string
				wrong   bool
			}{{"", false}, {"R1", false}, {"R2", true}} {
				f := facts{Land: "L7"}
				f.Item.Code.ID = "C1"
				object := JSON(`{"item": {"code": {"id": "C1"}}, "land": "L7"}`)
				if row.reasons != "" {
					f.Item.Code.Reasons = []string{row.reasons}
					object = JSON(`{"item": {"code": {"id": "C1", "reasons": ["` + row.reasons + `"]}}, "land": "L7"}`)
				}
				for door, decide := range map[string]func() (*Decision, error){
					"struct": func() (*Decision, error) { return structs.Decide(&f) },
					"JSON":   func() (*Decision, error) { return objects.Decide(&object) },
				} {
					d, err := decide()
					switch {
					case row.wrong && (err == nil || !strings.Contains(err.Error(), string(code.Contradiction))):
						t.Errorf("%s %s: %s is not refused: %v, %v", open, door, row.reasons, d, err)
					case !row.wrong && (err != nil || d.Outcome == nil || d.Outcome.Name != "licence"):
						t.Errorf("%s %s: %q: %v, %v", open, door, row.reasons, d, err)
					}
				}
			}
		}
	}
}

// TestGivenValuesThatAreNone has conditions into which the analysis cannot look that hang on
// values of a file: of B it has none, and the default of what it does not list is not that of B.
func TestGivenValuesThatAreNone(t *testing.T) {
	for constraint, want := range map[string]string{
		"has item.maker.size and not (item.maker.since within 10 years before item.maker.ends or has item.maker.since)": "not has item.maker.since and has item.maker",
		"item.x or item.maker.since within 10 years before item.maker.ends":                                             "item.x or item.maker.since within 10 years before item.maker.ends",
	} {
		prog, err := Load(t.Context(), fstest.MapFS{
			"sizes.csv": {Data: []byte("firm,size,ends\nA,3,2010-01-01\nB,1,\n")},
			"rules.ctl": {Data: []byte(`outcomes deny > permit
kind Firm = text { since: date? }
kind Firm {
  size: number = 1 from "sizes.csv" column "firm" value "size"
  ends: date? = 2020-06-01 from "sizes.csv" column "firm" value "ends"
}
kind Item { maker: Firm?  x: bool }
role item: Item
constraint k: ` + constraint + `
policy p { otherwise permit }
`)},
		}, "rules.ctl")
		if err != nil {
			t.Fatal(err)
		}
		got, err := prog.order.policies[0].When(t.Context(), prog.NewCase(), "permit")
		if err != nil || got.String() != want {
			t.Errorf("under %q permit comes about when %v (%v), want %s", constraint, got, err, want)
		}
	}
}

// TestGivenOperandsOfOpaqueConditions compares what a file says of one thing with what it says of
// another: of neither is it known until both are.
func TestGivenOperandsOfOpaqueConditions(t *testing.T) {
	prog, err := Load(t.Context(), fstest.MapFS{
		"zones.csv": {Data: []byte("land,zone\nUS,x\nFR,\nIN,y\n")},
		"rules.ctl": {Data: []byte(`outcomes deny > permit
kind Land = US | FR | IN
kind Land { zone: x | y ? from "zones.csv" column "land" value "zone" }
kind Item { home: Land? }
role item: Item
role to dest: Land
policy p { deny when dest.zone in (item.home.zone, x)  otherwise permit }
`)},
	}, "rules.ctl")
	if err != nil {
		t.Fatal(err)
	}
	for facts, want := range map[string]string{
		"": "undetermined", "dest = US": "deny", "dest = FR": "permit", "dest = IN": "undetermined",
		"dest = IN, item.home = IN": "deny", "dest = IN, item.home = FR": "permit", "dest = US, item.home = none": "deny",
	} {
		c := prog.NewCase()
		if facts != "" {
			if err := c.Tell(strings.Split(facts, ", ")...); err != nil {
				t.Fatal(err)
			}
		}
		d, err := prog.order.policies[0].Decide(t.Context(), c)
		if err != nil || d.Answer() != want {
			t.Errorf("%q: %s (%v), want %s", facts, d.Answer(), err, want)
		}
	}
}
