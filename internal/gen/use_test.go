//go:build go1.26

package gen_test

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/internal/gen/internal/every"
	"github.com/ctl-lang/ctl/internal/gen/internal/mtcr"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

func loadMTCR(t *testing.T) *interp.Program {
	t.Helper()
	prog, err := interp.Load(context.Background(), rules.Files, rules.MTCR)
	if err != nil {
		t.Fatal(err)
	}
	return prog
}

// loadEvery loads the rules with everything, with what they leave to the program.
func loadEvery(t *testing.T, functions every.Functions) *interp.Program {
	t.Helper()
	o := every.Options(functions, every.Members{Denied: interp.MembersOf("Dent")})
	prog, err := o.Load(context.Background(), os.DirFS("testdata"), "every.ctl")
	if err != nil {
		t.Fatal(err)
	}
	return prog
}

// A case in generated types is decided as the same case in words, and its outcome is
// compared without one.
func TestGeneratedMTCR(t *testing.T) {
	prog := loadMTCR(t)
	if err := mtcr.Check(prog); err != nil {
		t.Fatal(err)
	}
	policy, err := prog.Policy(mtcr.PolicyUs2025)
	if err != nil {
		t.Fatal(err)
	}
	c := prog.NewCase()
	if err := c.ReadStruct(mtcr.Case{
		Item: mtcr.Item{
			Category: mtcr.ItemCategoryI, Form: mtcr.ItemFormSpaceLaunchVehicle,
			Range: mtcr.LengthKm(1000.5), ProductionFacility: new(false),
		},
		Recipient: mtcr.Country{ID: mtcr.CountryAE, StrongControls: new(false)},
		Program:   mtcr.Program{Purpose: mtcr.ProgramPurposeSpaceLaunch, Vetted: new(true)},
	}); err != nil {
		t.Fatal(err)
	}
	words := prog.NewCase()
	if err := words.Tell("item.category = I", "item.form = space_launch_vehicle", "item.range = 1000.5 km", "item.production_facility = no",
		"recipient = AE", "recipient is not strong_controls", "program.purpose = space_launch", "program is vetted"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(words.Map(), c.Map()); diff != "" {
		t.Error(diff)
	}
	d, err := policy.Decide(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if got := mtcr.OutcomeOf(d); got != mtcr.OutcomeReview || got.String() != "review" {
		t.Errorf("the outcome is %s", got)
	}
	if d.Rules[0].Label != mtcr.RuleUs2025SpaceReview {
		t.Errorf("the rule is %s", d.Rules[0].Label)
	}
	open, err := policy.Decide(t.Context(), prog.NewCase())
	if err != nil {
		t.Fatal(err)
	}
	if got := mtcr.OutcomeOf(open); got != mtcr.NoOutcome || got.String() != "" {
		t.Errorf("the outcome of an open case is %s", got)
	}
}

// Every type of fact comes through, none and the empty list as such, and what is not
// said stays unknown.
func TestGeneratedTypes(t *testing.T) {
	prog := loadEvery(t, nil)
	if err := every.Check(prog); err != nil {
		t.Fatal(err)
	}
	day := time.Date(2025, 6, 1, 23, 0, 0, 0, time.FixedZone("", 3600))
	full := every.Case{
		Request: every.Request{
			Purpose: every.RequestPurposeResearch, Volume: new(0.1), Width: interp.Some(every.LengthKm(2.5)), Heat: every.TemperatureK(300), Price: every.MoneyCent(3),
			Prices: []every.Money{every.MoneyEur(1), every.MoneyCent(2.5)}, Until: interp.NoneOf[time.Time](), Since: &day, Days: []time.Time{day}, Wait: &interp.Duration{Days: 30},
			Word: new(` "none" `), URL: interp.Some("none"), Number: new("2 b1"), Names: []string{"Zoë", "ZOE"}, Letters: interp.Some("É"), NoneOr: interp.Some(every.RequestNoneOrB), Tags: []every.RequestTags{every.RequestTagsRed},
			Flags: []bool{}, Numbers: []float64{1e21, 1e-7}, Nested: [][]float64{{1}, {}},
			Holders: []every.Party{{ID: "Acme", Cleared: new(true)}, {}},
			Owner:   every.Party{ID: " Bolt", InWatched: new(true)}, Second: interp.Some(every.Party{ID: "Cog", Vetted: new(false)}),
			Maker: every.Maker{Größe: new(-1.0), Type: every.MakerTypeA2, X中文: new(true)},
			Level: &every.Level{ID: every.LevelTopSecret}, SelfService: new(false),
		},
		Case: every.Case2{Outcome: new(true)}, Level: every.Level{ID: every.LevelIdentity2}, Type: new(true),
	}
	for _, row := range []struct {
		name string
		in   any
		want string
	}{
		{"nothing", every.Case{}, `{}`},
		{"a pointer", &every.Case{Urgent: new(false)}, `{"urgent": false}`},
		{"none of everything", every.Case{Request: every.Request{
			Width: interp.NoneOf[every.Length](), URL: interp.NoneOf[string](), NoneOr: interp.NoneOf[every.RequestNoneOr](), Second: interp.NoneOf[every.Party](),
		}}, `{"request": {"width": null, "url": null, "none_or": null, "second": null}}`},
		{"everything", full, `{
			"request": {
				"purpose": "research", "volume": 0.1, "width": "2.5 km", "heat": "300 K", "price": "3 cent",
				"prices": ["1 eur", "2.5 cent"], "until": null, "since": "2025-06-01", "days": ["2025-06-01"], "wait": "30 days",
				"word": " \"none\" ", "url": "none", "number": "2 b1", "names": ["Zoë"], "letters": "É", "none_or": "b", "tags": ["red"],
				"flags": [], "numbers": [1000000000000000000000, 0.0000001], "nested": [[1], []],
				"holders": [{"id": "Acme", "cleared": true}, {}],
				"owner": {"id": " Bolt", "in Watched": true}, "second": {"id": "Cog", "vetted": false},
				"maker": {"größe": -1, "type": "A", "中文": true},
				"level": "top_secret", "self_service": false
			},
			"case": {"outcome": true}, "level": "Identity", "type": true
		}`},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := prog.NewCase()
			if err := c.ReadStruct(row.in); err != nil {
				t.Fatal(err)
			}
			read := prog.NewCase()
			if err := read.ReadJSON(context.Background(), "want", []byte(row.want)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(text(t, read), text(t, c)); diff != "" {
				t.Error(diff)
			}
			if row.want == "{}" && len(c.Facts()) > 0 {
				t.Errorf("out of nothing: %v", c.Facts())
			}
		})
	}
}

// Bound to the generated types a policy decides as it does by itself.
func TestBoundToGenerated(t *testing.T) {
	prog := loadEvery(t, nil)
	policy, err := prog.Policy(every.PolicyType)
	if err != nil {
		t.Fatal(err)
	}
	bound, err := interp.Bind[every.Case](policy)
	if err != nil {
		t.Fatal(err)
	}
	answers := map[every.Outcome]int{}
	decide := func(in every.Case) {
		c := prog.NewCase()
		if err := c.ReadStruct(in); err != nil {
			t.Fatal(err)
		}
		want, err := policy.Decide(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		got, err := bound.Decide(&in)
		if err != nil {
			t.Fatal(err)
		}
		if got.Answer() != want.Answer() {
			t.Errorf("%s, and bound %s: %v", want.Answer(), got.Answer(), c.Facts())
		}
		answers[every.OutcomeOf(got)]++
	}
	for _, volume := range []*float64{nil, new(1.0), new(4.0)} {
		for _, width := range []interp.Optional[every.Length]{{}, interp.NoneOf[every.Length](), interp.Some(every.LengthKm(1)), interp.Some(every.LengthM(4000))} {
			for _, second := range []interp.Optional[every.Party]{
				{}, interp.NoneOf[every.Party](), interp.Some(every.Party{ID: "Acme"}), interp.Some(every.Party{Cleared: new(true)}),
			} {
				for _, level := range []*every.Level{nil, {ID: every.LevelPublic}, {ID: every.LevelTopSecret}} {
					for _, urgent := range []*bool{nil, new(true), new(false)} {
						in := every.Case{Urgent: urgent}
						in.Request.Volume, in.Request.Width, in.Request.Second, in.Request.Level = volume, width, second, level
						decide(in)
					}
				}
			}
		}
	}
	if len(answers) != 4 {
		t.Errorf("not all answers came up: %v", answers)
	}
}

func text(t *testing.T, c *interp.Case) string {
	t.Helper()
	data, err := json.MarshalIndent(c.Map(), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Rules that no longer have what the code speaks of are found out at once, with all that
// is missing; rules that have more are not.
func TestGeneratedCheck(t *testing.T) {
	source, err := os.ReadFile("testdata/every.ctl")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name, old, new string
		missing        []string
	}{
		{"more", "kind Unused { x: bool }", "kind Unused { x: number y: bool }\nkind Level { more: bool }\npolicy more { refuse }", nil},
		{"a type", "volume: number", "volume: number?", []string{"fact Request.volume: number"}},
		{"a further outcome", "admit, log", "admit, warn, log", []string{"outcomes refuse > admit, log > forget"}},
		{"the rank", "refuse \"no\" > admit", "refuse \"no\", admit", []string{"outcomes refuse > admit, log > forget"}},
		{"an identity", "| 最高", "", []string{"kind Level = public | Identity | top_secret | 最高"}},
		{"a label", "{ A: admit", "{ B: admit", []string{"rule types.A"}},
		{"a group of which cases tell", "group Watched of Party external", "group Watched of Party: \"Will\"", []string{"fact Party.in Watched: bool"}},
		{"an open term", "open term type", "", []string{"fact type: bool"}},
		{"a role and a series", "role from case: Case", "series some: types", []string{"role case: Case", "kind Case", "fact Case.outcome: bool"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			if !strings.Contains(string(source), row.old) {
				t.Fatalf("the rules do not hold %s", row.old)
			}
			prog, err := every.Options(nil, every.Members{Denied: interp.MembersOf()}).LoadText(context.Background(), "every.ctl", strings.Replace(string(source), row.old, row.new, 1))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			if err := every.Check(prog); err != nil {
				for line := range strings.Lines(err.Error()) {
					got = append(got, strings.TrimPrefix(strings.TrimSpace(line), "the rules no longer have: "))
				}
			}
			if diff := cmp.Diff(row.missing, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
