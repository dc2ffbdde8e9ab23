package record_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/record"
)

const screened = `outcomes deny > permit
kind Party = name sensitive
kind Clearance { by: text "who looked into it"  note: text }
role to buyer: Party
role clearance: Clearance
group Denied of Party from "denied.csv" column "name" screened at 0.9
policy sales { deny to Denied  otherwise permit }
`

// listing is the program with some names listed.
func listing(t *testing.T, names string) *interp.Program {
	t.Helper()
	files := fstest.MapFS{"r.ctl": {Data: []byte(screened)}, "denied.csv": {Data: []byte("name\n" + names)}}
	prog, err := interp.Load(t.Context(), files, "r.ctl")
	if err != nil {
		t.Fatal(err)
	}
	return prog
}

// TestOfficersWord keeps what an officer said of a name that is near a listed one, who it was and
// when, and decides by it again: also under a list to which another near name was added, and not under
// one that lists the name itself.
func TestOfficersWord(t *testing.T) {
	prog := listing(t, "\"Orion Marine Co., Ltd.\"\n")
	word := []string{`buyer = "Orion Marine Trading"`, "buyer is not Denied", `clearance.by = "M. Okafor"`, `clearance.note = "another registration number"`}
	var out bytes.Buffer
	write(t, record.NewWriter(&out, record.Options{Clock: noon, Unmasked: true}), policy(t, prog, "sales"), told(t, prog, word[0]), told(t, prog, word...))
	var got []*record.Record
	for r, err := range record.Read(bytes.NewReader(out.Bytes())) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, r)
	}
	facts := map[string]any{"buyer": map[string]any{"id": "Orion Marine Trading", "in Denied": false}, "clearance": map[string]any{"by": "M. Okafor", "note": "another registration number"}}
	if diff := cmp.Diff(facts, got[1].Facts); diff != "" || !got[1].Time.Equal(noon()) || got[1].Answer() != "permit" || got[1].Version != prog.Version() {
		t.Errorf("%+v\n%s", got[1], diff)
	}
	if len(got[0].Needs) != 1 || got[0].Needs[0].Question != `is the buyer "Orion Marine Trading" the listed "Orion Marine Co., Ltd." (0.92)?` {
		t.Errorf("%+v", got[0].Needs)
	}
	for _, x := range []struct {
		listed string
		want   []string
		same   int
	}{
		{"\"Orion Marine Co., Ltd.\"\n", nil, 2},
		{"\"Orion Marine Co., Ltd.\"\nOrion Marine Trade\n", nil, 2},
		{"Nobody\n", []string{"case 1: undetermined -> permit [] []"}, 1},
		{"Orion Marine Trading\n", []string{"case 1: undetermined -> deny [] []"}, 0},
	} {
		lines, counts := replay(t, bytes.NewReader(out.Bytes()), policy(t, listing(t, x.listed), "sales"))
		if len(lines) < len(x.want) || !cmp.Equal(lines[:len(x.want)], x.want) || counts.Same != x.same {
			t.Errorf("with %q: %q %+v", x.listed, lines, counts)
		}
		if x.same == 0 && (len(lines) != 2 || !strings.Contains(lines[1], "is listed there")) {
			t.Errorf("with %q: %q", x.listed, lines)
		}
	}
}

// TestSensitiveNamesInQuestions masks a name in what is to be found out about it, too.
func TestSensitiveNamesInQuestions(t *testing.T) {
	prog := listing(t, "\"Orion Marine Co., Ltd.\"\n")
	var out bytes.Buffer
	write(t, record.NewWriter(&out, record.Options{}), policy(t, prog, "sales"), told(t, prog, `buyer = "Orion Marine Trading"`))
	if text := out.String(); strings.Contains(text, "Orion") || !strings.Contains(text, `"fact":"buyer.in Denied"`) {
		t.Errorf("the record is %s", text)
	}
}
