package interp

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"testing/fstest"
)

// A condition on what a file gives of a thing, and a case may tell beside it, hangs on which thing
// it is wherever nothing else is told: Bind reads it off the name, and decides as the reference does.
func TestBindReadsWhatFilesGiveOffTheName(t *testing.T) {
	prog, err := Load(context.Background(), fstest.MapFS{
		"chart.csv": {Data: []byte("country,NS1,NP1,MT1\nDE,X,,\nCN,X,X,X\nVN,,X,\nUS,,,\n")},
		"codes.csv": {Data: []byte("code,reasons\n1A1,NS1\n2B2,NP1;MT1\n3C3,\n")},
		"chart.ctl": {Data: []byte(`use iso3166
outcomes deny > review > permit
kind Country {
  chart: set of NS1 | NP1 | MT1 from "chart.csv" column "country" marks "X"
}
kind Eccn = code from "codes.csv" column "code" { reasons: set of NS1 | NP1 | MT1 from column "reasons" split ";" }
kind Item { eccn: Eccn  value: number }
role item: Item
role to destination: Country
policy p {
  chart: deny any when any of item.eccn.reasons in destination.chart
  marked: review any when NP1 in destination.chart and item.value > 3
  none: review any when none of destination.chart in (NS1, MT1) and item.value > 5 notwithstanding chart
  otherwise permit
}
`)},
	}, "chart.ctl")
	if err != nil {
		t.Fatal(err)
	}
	type facts struct {
		Item struct {
			Eccn  string `ctl:"eccn" json:"eccn"`
			Value int    `ctl:"value" json:"value"`
		} `ctl:"item" json:"item"`
		Destination string `ctl:"destination" json:"destination"`
	}
	p := prog.Policies()[0]
	structs, err := Bind[facts](p)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := Bind[JSON](p)
	if err != nil {
		t.Fatal(err)
	}
	if b := structs.binder(); len(b.plain.things) == 0 || slices.ContainsFunc(b.fields, func(f field) bool { return f.kind == slowField }) {
		t.Fatal("structs are read the slow way")
	}
	slow := 0
	check := func(name string, got *Decision, err error, c *Case) {
		t.Helper()
		want, wantErr := p.Decide(context.Background(), c)
		switch {
		case (err == nil) != (wantErr == nil):
			t.Errorf("%s: %v, the reference %v", name, err, wantErr)
		case err == nil && (got.Status != want.Status || got.Outcome != want.Outcome):
			t.Errorf("%s: %s %v, the reference %s %v", name, got.Status, got.Outcome, want.Status, want.Outcome)
		}
	}
	for _, country := range []string{"DE", "CN", "VN", "US", "FR", "KP", "Viet Nam", "Germany", "Atlantis", ""} {
		for _, code := range []string{"1A1", "2b2", "3C3"} {
			for _, value := range []int{1, 4, 9} {
				var f facts
				f.Item.Eccn, f.Item.Value, f.Destination = code, value, country
				c := prog.NewCase()
				if err := c.ReadStruct(&f); err != nil {
					slow++
					continue
				}
				d, err := structs.Decide(&f)
				check(country, d, err, c)
				text, _ := json.Marshal(f)
				line := JSON(text)
				d, err = lines.Decide(&line)
				check(string(text), d, err, c)
			}
		}
	}
	if slow == 0 || slow == 90 {
		t.Errorf("%d of the cases cannot be read", slow)
	}
	for _, text := range []string{`{"item": {"eccn": "1A1", "value": 9}, "destination": {"id": "FR", "chart": ["NS1"]}}`,
		`{"item": {"eccn": "1A1", "value": 9}, "destination": {"id": "FR", "chart": []}}`,
		`{"item": {"eccn": "1A1", "value": 9}, "destination": {"chart": ["NP1"], "id": "FR"}}`} {
		c := prog.NewCase()
		line := JSON(text)
		if err := c.ReadJSON(context.Background(), "facts", line); err != nil {
			t.Fatal(err)
		}
		d, err := lines.Decide(&line)
		check(text, d, err, c)
	}
}
