package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

const oddRules = `
outcomes deny > review > permit
unit eur of money
kind Item {
  category: A | B | C | none_such
  value:    money?
  weight:   mass
  rate:     number = 3
  tags:     set of red | green | blue
  codes:    set of text
  note:     text?
  hs:       code
  made:     date?
  life:     duration?
  tested:   bool
  box:      Box?
}
kind Box { size: number  label: text }
kind Party = name
kind Land = DE | FR | KR
role item: Item
role to recipient: Party
role from origin: Land
open term checked of Item "checked by somebody"
group Denied of Party: "Acme Ltd", "Zoë 7"
group Open of Party external
constraint sane: item.weight >= 0 kg
policy p {
  listed: deny any to Denied
  opened: review any to Open
  far:    review any from DE
  worth:  review any when has item.value and item.value >= 5000 eur
  boxed:  deny any when item.box.size > 3
  tagged: deny any when red in item.tags unless item is checked
  coded:  review any when item.hs under "9A" requiring "a look"
  noted:  deny any when item.note = "none" or item.note = "7"
  old:    review any when item.made < 2020-01-01 or item.rate > 5
  otherwise permit
}
`

var oddCells = map[string][]string{
	"item.category":     {"A", "B", "c", "D", `"A"`, "(A)", "none", "none_such"},
	"item.value":        {"1 eur", "5000 eur", "5000.50 eur", "4999.99 eur", "1", "none", "-", "-5 eur", "1e3 eur", "007 eur", "5,000 eur", "2 km", "5000  eur", "1/3 eur", "2 * 3000 eur", "12345678901234567890 eur", "0 eur"},
	"item.weight":       {"1 kg", "0.5 t", "-1 kg", "heavy", "3 g", "1000.25 kg"},
	"item.rate":         {"1", "6", "6.0", "5.0000000000000000001", "007", "1e3", "1/3", "-7", "two", "1 + 5", "6.", ".5"},
	"item.tags":         {"red", "(red, blue)", "red, green", "()", "none", "pink", `"red"`, "red; blue"},
	"item.codes":        {"a, b", "(a, b)", "()", "7", `"a, b"`, "[a]"},
	"item.note":         {"none", `"none"`, "7", "x-1", "a 7", "unknown", "n/a", `"a \"b\""`, "ä", "(7)", "yes 1"},
	"item.hs":           {"9A", "9A.5", "9a5", "9A-12", "9A012", "x", "7", "--"},
	"item.made":         {"2019-12-31", "2020-01-01", "2020-02-30", "31.12.2019", "none", "2020-01-01T00:00:00Z"},
	"item.life":         {"3 years", "P1Y", "none", "3", "1 year 2 months"},
	"item.tested":       {"yes", "no", "TRUE", "x", "1"},
	"item.box":          {"none", "", "x"},
	"item.box.size":     {"1", "4", "many"},
	"item.box.label":    {"a1", "none", ""},
	"recipient":         {"Acme", "ACME ltd", "Zoe 7", "zoë-7", "Bolt", `"Acme Ltd"`, "none", "!!", "7"},
	"recipient.in Open": {"yes", "no", "maybe"},
	"origin":            {"DE", "fr", "Korea, South", "XX", "none"},
	"item.checked":      {"yes", "no", ""},
	"as_of":             {"2025-01-01", "2019-06-30", "2025-02-29", "today", ""},
}

// TestCasesAsTold holds answers to rows that are read as JSON to those to the same rows told as
// facts, problems too.
func TestCasesAsTold(t *testing.T) {
	dir := t.TempDir()
	rules := filepath.Join(dir, "rules.ctl")
	if err := os.WriteFile(rules, []byte(oddRules), 0o600); err != nil {
		t.Fatal(err)
	}
	var headings []string
	for heading := range oddCells {
		headings = append(headings, heading)
	}
	name := filepath.Join(dir, "cases.csv")
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.Permutation(headings).Draw(t, "columns")
		columns = columns[:rapid.IntRange(1, len(columns)).Draw(t, "n")]
		text := strings.Join(columns, ",") + "\n"
		for range rapid.IntRange(1, 20).Draw(t, "rows") {
			var row []string
			for _, c := range columns {
				cell := ""
				if rapid.IntRange(0, 9).Draw(t, "told") > 1 {
					cell = rapid.SampledFrom(oddCells[c][:rapid.IntRange(1, len(oddCells[c])).Draw(t, "odd")]).Draw(t, c)
				}
				row = append(row, `"`+strings.ReplaceAll(cell, `"`, `""`)+`"`)
			}
			text += strings.Join(row, ",") + "\n"
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		var outs [2]string
		for i, told := range []bool{false, true} {
			allTold = told
			var out, problems bytes.Buffer
			a := &App{Stdout: &out, Stderr: &problems, Now: func() time.Time { return time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC) }}
			status := a.Run([]string{"decide", rules, "--cases", name, "--out", filepath.Join(dir, "out.jsonl")})
			data, err := os.ReadFile(filepath.Join(dir, "out.jsonl"))
			if err != nil {
				t.Fatalf("%s%s%v", text, problems.String(), err)
			}
			outs[i] = string(data) + problems.String() + string(rune('0'+status))
		}
		allTold = false
		if outs[0] != outs[1] {
			t.Fatalf("%s\nread:\n%s\ntold:\n%s", text, outs[0], outs[1])
		}
	})
}
