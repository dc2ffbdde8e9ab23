package interp

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// TestReachingBackIsWritten applies the fix of W0103 to random lists without heads, and
// compares who is a member with a reading in which a date reaches back to the last dated name.
func TestReachingBackIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type member struct {
			name  string
			dates lang.Dates
		}
		var list []member
		var texts []string
		for i := range rapid.IntRange(1, 8).Draw(t, "members") {
			m := member{name: fmt.Sprintf("M%d", i)}
			text := m.name
			if rapid.IntRange(0, 2).Draw(t, "dated") == 0 {
				d := fmt.Sprintf("20%02d-01-01", rapid.IntRange(0, 9).Draw(t, "year"))
				if rapid.Bool().Draw(t, "since") {
					m.dates.Since = &lang.Day{Text: d}
				} else {
					m.dates.Until = &lang.Day{Text: d}
				}
				text += " " + m.dates.String()
			}
			list = append(list, m)
			texts = append(texts, text)
		}
		want := map[string]period{}
		p := always
		for i := len(list) - 1; i >= 0; i-- {
			if d := list[i].dates; d.Since != nil || d.Until != nil {
				p = always
				if d.Since != nil {
					p.since, _ = num.ParseDate(d.Since.Text)
				} else {
					p.until, _ = num.ParseDate(d.Until.Text)
				}
			}
			want[list[i].name] = p
		}
		between := rapid.SampledFrom([]string{", ", ", # a comment\n  ", ",\n"}).Draw(t, "between")
		text := "kind K = none | M0 | M1 | M2 | M3 | M4 | M5 | M6 | M7\ngroup G of K: " + strings.Join(texts, between) + "\n"
		comments := strings.Count(text, "#")
		prog, err := LoadText(context.Background(), "list.ctl", text)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range prog.Warnings() {
			if w.Code == code.DateReach {
				text = text[:w.Fix.Span.Start] + w.Fix.Replacement + text[w.Fix.Span.End:]
			}
		}
		if prog, err = LoadText(context.Background(), "list.ctl", text); err != nil {
			t.Fatalf("%s\n%s", text, err)
		}
		if len(prog.Warnings()) > 0 || strings.Count(text, "#") != comments {
			t.Fatalf("%s\n%s", text, prog.Warnings())
		}
		for name, p := range want {
			for year := 1999; year <= 2010; year++ {
				day, _ := num.MakeDate(year, 6, 1)
				if got := prog.groups["G"].has(name, day); got != p.contains(day) {
					t.Fatalf("%s\n%s in %d: %v", text, name, year, got)
				}
			}
		}
	})
}

// TestReversedDays refuses days of which the last come first, in rules and in files.
func TestReversedDays(t *testing.T) {
	rules := "outcomes deny > permit\nkind Party = text\nrole to buyer: Party\n%s\npolicy p { deny to G otherwise permit }\n"
	for group, want := range map[string]string{
		`group G of Party: "A" since 1997-12 .. 1997-04`:              "1997-12 .. 1997-04 ends before it begins [E0409]",
		`group G of Party: until 1997-12-02 .. 1997-12-01: "A"`:       "1997-12-02 .. 1997-12-01 ends before it begins [E0409]",
		`group G of Party from "d.csv" column "id" since "days"`:      "d.csv, line 2: 1998..1997 ends before it begins [E0602]",
		`group G of Party: "A" since 1997-12 .. 1997`:                 "",
		`group G of Party: "A" until 1997 .. 1997-01, "B" since 1998`: "",
	} {
		files := fstest.MapFS{"r.ctl": {Data: fmt.Appendf(nil, rules, group)}, "d.csv": {Data: []byte("id,days\nA,1998..1997\n")}}
		_, err := Load(t.Context(), files, "r.ctl")
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v", group, err)
		}
	}
}
