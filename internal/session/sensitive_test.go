package session

import (
	"context"
	"os"
	"strings"
	"testing"
)

const clinic = `outcomes deny > permit
kind Patient = text sensitive { born: date sensitive  ward: text  objects: set of text sensitive  vip: bool = no }
kind Staff { name: text }
role with patient: Patient
role by staff: Staff
open term competent of Patient sensitive "is the patient competent?"
policy p { minor: deny with any when patient.born > 2007-01-01 and patient is not competent
 vip: deny with any when patient.vip
 otherwise permit }
`

// secrets are the values that are not to be seen.
var secrets = []string{"Jane", "1999", "Smith", "competent"}

func TestSensitiveFactsStayOutOfFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	s := ofText(t, clinic)
	tell(t, s, "record r.txt")
	tell(t, s, "patient = Jane", "patient.born = 1999-02-03", "patient.objects = (Smith)", "patient is competent", "patient.ward = north, staff.name = Eve", "patient.vip = no")
	clear := func(file string, want ...string) {
		t.Helper()
		text := readFile(t, file)
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%s holds %s:\n%s", file, secret, text)
			}
		}
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s lacks %s:\n%s", file, w, text)
			}
		}
	}
	clear("r.txt", "staff.name = Eve", "# left out")
	if text := tell(t, s, "save case a.json"); !strings.Contains(flatText(text), "left out, as sensitive: patient, patient.born, patient.competent and patient.objects") {
		t.Errorf("it is not said what is left out:\n%s", text)
	}
	clear("a.json", `"ward": "north"`, "Eve")
	tell(t, ofText(t, clinic), "load a.json")
	for _, input := range []string{`save test "one"`, `save test "one" t.ctl`} {
		if r := s.Eval(context.Background(), input); !r.Failed || !strings.Contains(flatText(r.Text), "sensitive: `"+input+" unmasked`") {
			t.Errorf("%s: %s", input, r.Text)
		}
	}
	tell(t, s, `test "typed" { given patient = "Jane", patient.born = 1950-01-01 expect permit }`)
	if r := s.Eval(context.Background(), "save own.ctl"); !r.Failed {
		t.Errorf("a typed test is saved: %s", r.Text)
	}

	for _, input := range []string{"note n.txt", "facts > n.txt", "why > n.txt", "patient.vip? > ./n.txt", "what if patient.vip > n.txt", "show session > n.txt", "show patient.born > n.txt"} {
		if r := s.Eval(context.Background(), input); !r.Failed || !strings.Contains(flatText(r.Text), "sensitive: `"+input+" unmasked`") {
			t.Errorf("%s: %s", input, r.Text)
		}
	}
	tell(t, s, "rules > of-rules.txt", "help ask > help.txt", "show minor > rule.txt")
	for _, file := range []string{"of-rules.txt", "help.txt", "rule.txt"} {
		if text := readFile(t, file); strings.Contains(text, "Jane") || strings.Contains(text, "1999") {
			t.Errorf("%s holds a secret:\n%s", file, text)
		}
	}

	tell(t, s, "save case b.json unmasked", `save test "one" t.ctl unmasked`, "save own.ctl unmasked", "record r2.txt unmasked")
	for _, file := range []string{"b.json", "t.ctl", "own.ctl", "r2.txt"} {
		if !strings.Contains(readFile(t, file), "Jane") {
			t.Errorf("%s lacks what was asked for", file)
		}
	}
	if _, err := os.Stat("unmasked"); err == nil {
		t.Error("the word is taken for a file")
	}
}

func TestPrivateInputs(t *testing.T) {
	for input, want := range map[string]bool{
		"patient = Jane": true, "patient.born = 1999-02-03": true, "patient.born = 3.2.1999": true, "patient is competent": true, "what if patient = Jane": true,
		"patient.born > 1999-01-01": true, "patinet = Jane": true, `test "t" { given patient = "Jane" expect permit }`: true, "patient.objects = (Smith)": true,
		"patient.ward = north": false, "patient.vip = no": false, "staff.name = Eve": false, "facts": false, "show patient.born": false,
		"mine: deny with any when patient.born > 2010-01-01": false, "term Old of Patient: born < 1950-01-01": false, "why": false, "forget patient": false,
	} {
		s := ofText(t, clinic)
		if r := s.Eval(context.Background(), input); r.Private != want {
			t.Errorf("%s is private: %v", input, r.Private)
		}
	}
	s := ofText(t, clinic)
	tell(t, s, "patient.vip = no", "ask")
	if fact, _ := s.Asking(); fact != "patient.born" && fact != "patient.competent" {
		t.Fatalf("asked is %s", fact)
	}
	if r := s.Eval(context.Background(), "no"); !r.Private && !r.Failed {
		t.Error("the answer to a question about a sensitive fact is not private")
	}
	open := newSession(t, Options{})
	if r := open.Eval(context.Background(), "nonsense = x"); r.Private {
		t.Error("where nothing is sensitive, nothing is private")
	}
}
