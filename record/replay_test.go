package record_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/record"
	"github.com/ctl-lang/ctl/rules"
)

// replay tells what a replay yields, a line each, and its counts.
func replay(t testing.TB, records io.Reader, p *interp.Policy) ([]string, record.Counts) {
	t.Helper()
	var lines []string
	r := record.NewReplay(records, p)
	for c, err := range r.Changes(t.Context()) {
		switch {
		case err != nil:
			lines = append(lines, err.Error())
		case c.Err != nil:
			lines = append(lines, fmt.Sprintf("%s: %s -> %v", c.Record.ID, c.Record.Answer(), c.Err))
		case c.Unclear:
			lines = append(lines, fmt.Sprintf("%s: %s -> ?", c.Record.ID, c.Record.Answer()))
		default:
			lines = append(lines, fmt.Sprintf("%s: %s -> %s %q %q", c.Record.ID, c.Record.Answer(), c.Now(), c.Lost, c.Added))
		}
	}
	return lines, r.Counts()
}

func TestReplay(t *testing.T) {
	prog := load(t, screening)
	sales := policy(t, prog, "sales")
	cases := []*interp.Case{
		told(t, prog, `buyer = "Acme"`, "buyer.age = 12", "item.price = 5"),
		told(t, prog, `buyer = "Else"`, "buyer.age = 30", "buyer.clean", "item.price = 2000"),
		told(t, prog, `buyer = "Else"`, "buyer.age = 30", "item.price = 2000"),
		told(t, prog, `buyer = "Else"`, "buyer.age = 12", "item.price = 1"),
		told(t, prog, "item.price = -1"),
	}
	records := func(o record.Options) io.Reader {
		var out bytes.Buffer
		write(t, record.NewWriter(&out, o), sales, cases...)
		return &out
	}
	for _, test := range []struct {
		name    string
		opts    record.Options
		records io.Reader
		policy  *interp.Policy
		want    []string
		counts  record.Counts
	}{
		{
			name: "the same policy", opts: record.Options{Unmasked: true}, policy: sales,
			counts: record.Counts{Same: 5},
		},
		{
			name: "the same policy without the masked facts", policy: sales,
			want: []string{
				"case 1: permit -> ?", // whether the buyer is known is masked
				"case 2: review -> ?",
				"case 3: undetermined -> ?",
				"case 4: deny -> ?",
				"case 5: error -> undetermined [] []",
			},
			counts: record.Counts{Unclear: 4, Changed: 1},
		},
		{
			name: "a stricter policy", opts: record.Options{Unmasked: true}, policy: policy(t, prog, "strict"),
			want: []string{
				`case 1: permit -> deny ["a signature"] []`,
				"case 2: review -> deny [] []",
				"case 3: undetermined -> undetermined [] []", // between deny and permit now
			},
			counts: record.Counts{Same: 2, Changed: 3},
		},
		{
			name: "a stricter policy without the masked facts", policy: policy(t, prog, "strict"),
			want: []string{
				`case 1: permit -> deny ["a signature"] []`, // whoever the buyer is
				"case 2: review -> undetermined [] []",
				"case 3: undetermined -> ?",
				"case 5: error -> undetermined [] []",
			},
			counts: record.Counts{Same: 1, Changed: 3, Unclear: 1},
		},
		{
			name: "other obligations", opts: record.Options{Unmasked: true}, policy: policy(t, prog, "signed"),
			want:   []string{`case 1: permit -> permit ["a signature"] ["two signatures"]`},
			counts: record.Counts{Same: 4, Changed: 1},
		},
		{
			name: "another vocabulary", opts: record.Options{Unmasked: true},
			policy: policy(t, load(t, strings.ReplaceAll(screening, "clean", "spotless")), "sales"),
			want: []string{
				"line 4: `buyer` has no attribute `clean`; Party has `age`, `code` and `spotless` [E0701]",
			},
			counts: record.Counts{Same: 4, Bad: 1},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, counts := replay(t, records(test.opts), test.policy)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.counts, counts); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Each record is decided under the policy that is picked for it.
func TestReplayUnder(t *testing.T) {
	prog := load(t, screening)
	var out bytes.Buffer
	w := record.NewWriter(&out, record.Options{Unmasked: true})
	acme := told(t, prog, `buyer = "Acme"`, "buyer.age = 12", "item.price = 5")
	for _, name := range []string{"sales", "strict", "signed"} {
		write(t, w, policy(t, prog, name), acme)
	}
	r := record.NewReplayUnder(&out, func(rec *record.Record) (*interp.Policy, error) {
		if rec.Policy == "strict" {
			return nil, nil
		}
		return prog.PolicyOn(rec.Policy, acme.Date())
	})
	for c, err := range r.Changes(t.Context()) {
		t.Errorf("%v %v", c, err)
	}
	if diff := cmp.Diff(record.Counts{Same: 2, Skipped: 1}, r.Counts()); diff != "" {
		t.Error(diff)
	}
}

// randomCase tells some facts of the shipped rules' vocabulary.
func randomCase(t *rapid.T, prog *interp.Program) *interp.Case {
	c := prog.NewCase()
	for _, name := range prog.FactNames() {
		info, _ := prog.FactInfo(name)
		var value string
		switch {
		case rapid.IntRange(0, 2).Draw(t, name) == 0:
			continue
		case info.Form == interp.YesNoAnswer:
			value = rapid.SampledFrom([]string{"yes", "no"}).Draw(t, "value")
		case info.Form == interp.ChoiceAnswer, info.Form == interp.IdentityAnswer:
			value = rapid.SampledFrom(info.Choices).Draw(t, "value").Name
		case info.Form == interp.QuantityAnswer:
			value = strings.Replace(info.Example, "300", fmt.Sprint(rapid.IntRange(0, 900).Draw(t, "value")), 1)
		default:
			continue
		}
		if err := c.Tell(name + " = " + value); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// Under the policy that decided nothing changes, in full; and where facts are masked no
// change is ever claimed that is none.
func TestReplayOfRandomCases(t *testing.T) {
	plain, err := interp.Load(context.Background(), rules.Files, rules.MTCR)
	if err != nil {
		t.Fatal(err)
	}
	masked := load(t, sensitiveRules(t))
	rapid.Check(t, func(t *rapid.T) {
		c := randomCase(t, plain)
		for _, name := range []string{"us1993", "us2025"} {
			p, err := masked.Policy(name)
			if err != nil {
				t.Fatal(err)
			}
			again := masked.NewCase()
			if err := again.ReadMap(c.Map()); err != nil {
				t.Fatal(err)
			}
			d, err := p.Decide(t.Context(), again)
			if err != nil {
				continue // the case is none that occurs
			}
			for _, o := range []record.Options{{}, {Unmasked: true}} {
				var out bytes.Buffer
				if err := record.NewWriter(&out, o).Decided("", again, d); err != nil {
					t.Fatal(err)
				}
				line := out.String()
				r := record.NewReplay(&out, p)
				for change, err := range r.Changes(t.Context()) {
					if err != nil || !change.Unclear || o.Unmasked {
						t.Fatalf("%+v %v\n%s", change, err, line)
					}
				}
			}
		}
	})
}

// sensitiveRules are the shipped rules, with some facts marked as sensitive.
func sensitiveRules(t testing.TB) string {
	t.Helper()
	text, err := rules.Files.ReadFile(rules.MTCR)
	if err != nil {
		t.Fatal(err)
	}
	out := string(text)
	for _, word := range []string{"  range: length", "  payload: mass", "open term vetted of Program"} {
		if !strings.Contains(out, word) {
			t.Fatalf("the rules do not hold %s", word)
		}
		out = strings.Replace(out, word, word+" sensitive", 1)
	}
	return out
}

// FuzzRead reads any text: what is taken for a record is one that is written and read
// again as the same, and everything else is an error with its line.
func FuzzRead(f *testing.F) {
	const good = `{"ctl":1,"policy":"p","version":"v","as_of":"2025-06-01","facts":{},"status":"undecided"}`
	for _, seed := range []string{
		good, good + "\n\n" + good, good[:50], `{"ctl":1}`, "\n\r\n", "{}{}", "[1]", `{"ctl":1e0,"facts":null}`,
		strings.Replace(good, "{}", `{"item":{"a":[1.50,null,{"id":"x"}],"b":"***"}},"masked":["item.b"]`, 1),
		strings.Replace(good, `"undecided"`, `"decided","outcome":"deny","rules":["a"],"defeated":[{"label":"b","by":["a"]}]`, 1),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for r, err := range record.Read(strings.NewReader(text)) {
			var at *record.LineError
			if err != nil {
				if !errors.As(err, &at) || at.Line < 1 || at.Line > strings.Count(text, "\n")+1 || r != nil {
					t.Fatalf("%v, %v", r, err)
				}
				continue
			}
			var out bytes.Buffer
			if err := record.NewWriter(&out, record.Options{}).Write(r); err != nil {
				t.Fatal(err)
			}
			line := out.String()
			for again, err := range record.Read(&out) {
				if err != nil {
					t.Fatalf("%v\n%s", err, line)
				}
				again.Line = r.Line
				var twice bytes.Buffer
				if err := record.NewWriter(&twice, record.Options{}).Write(again); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(line, twice.String()); diff != "" {
					t.Fatal(diff)
				}
			}
		}
	})
}
