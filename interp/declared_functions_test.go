package interp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ctl-lang/ctl/interp"
)

const declaredRules = `outcomes deny > permit
kind Party = text sensitive
kind Place = north | south
role by applicant: Party
function risk(Party) -> number "the risk score"
function home(Party) -> Place
function far(Place, length) -> bool
policy p {
  risky: deny when risk(applicant) >= 5
  away: deny when far(home(applicant), 2 km)
  otherwise permit
}
`

// TestDeclaredFunctionsAreMatched refuses a Go function that is not as the rules declare it.
func TestDeclaredFunctionsAreMatched(t *testing.T) {
	for _, row := range []struct {
		f    interp.Function
		want string
	}{
		{interp.Function{Name: "risk", Go: func(string) float64 { return 1 }}, ""},
		{interp.Function{Name: "risk", Params: []string{"Party"}, Result: "number", Go: func(string) float64 { return 1 }}, ""},
		{interp.Function{Name: "far", Go: func(string, interp.Number) (bool, error) { return true, nil }}, ""},
		{interp.Function{Name: "home", Go: func(context.Context, string) string { return "north" }}, ""},
		{interp.Function{Name: "risk", Go: func() float64 { return 1 }}, "the rules declare `risk(Party) -> number` (d.ctl:5:1), and the Go function takes 0 arguments"},
		{interp.Function{Name: "risk", Go: func(int) float64 { return 1 }}, "and the Go function takes int as argument 1"},
		{interp.Function{Name: "risk", Go: func(string) string { return "" }}, "and the Go function gives string"},
		{interp.Function{Name: "risk", Params: []string{"text"}, Result: "number", Go: func(string) float64 { return 1 }}, "and this one says it is `risk(text) -> number`"},
	} {
		_, err := interp.Options{Functions: []interp.Function{row.f}}.LoadText(t.Context(), "d.ctl", declaredRules)
		if got := errorText(err); (got == "") != (row.want == "") || !strings.Contains(got, row.want) {
			t.Errorf("%T: %s, want %s", row.f.Go, got, row.want)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestResultsByEveryDoor tells results in words, by name, as JSON, in a map and as what is fixed for all
// cases: by each the policy says the same, and what the program itself would give does not count.
func TestResultsByEveryDoor(t *testing.T) {
	own := interp.Options{Functions: []interp.Function{{Name: "risk", Go: func(string) int { return 1 }}, {Name: "home", Go: func(string) string { return "north" }}}}
	for name, opts := range map[string]interp.Options{"without functions": {}, "with functions": own} {
		prog, err := opts.LoadText(t.Context(), "d.ctl", declaredRules)
		if err != nil {
			t.Fatal(err)
		}
		p, _ := prog.Policy("p")
		const facts = `{"applicant": "Acme", "risk(\"Acme\")": 9}`
		var asMap map[string]any
		if err := json.Unmarshal([]byte(facts), &asMap); err != nil {
			t.Fatal(err)
		}
		doors := map[string]func(*interp.Case) error{
			"words":  func(c *interp.Case) error { return c.Tell("applicant = Acme", `risk("Acme") = 9`) },
			"tests":  func(c *interp.Case) error { return c.Tell("applicant = Acme", `risk( "Acme" )=4.5*2`) },
			"name":   func(c *interp.Case) error { _ = c.Set("applicant", "Acme"); return c.Set(`risk("Acme")`, 9) },
			"JSON":   func(c *interp.Case) error { return c.ReadJSON(t.Context(), "facts", []byte(facts)) },
			"a map":  func(c *interp.Case) error { return c.ReadMap(asMap) },
			"Map":    func(c *interp.Case) error { d := prog.NewCase(); _ = d.ReadMap(asMap); return c.ReadMap(d.Map()) },
			"a copy": func(c *interp.Case) error { d := prog.NewCase(); _ = d.ReadMap(asMap); return c.Tell(d.Sentences()...) },
		}
		for door, tell := range doors {
			c := prog.NewCase()
			if err := tell(c); err != nil {
				t.Errorf("%s, by %s: %s", name, door, err)
				continue
			}
			for range 12 { // by the walk, and by the engine
				if d, err := p.Decide(t.Context(), c); err != nil || d.Answer() != "deny" {
					t.Fatalf("%s, by %s: %v %v", name, door, d.Answer(), err)
				}
			}
			if v, err := c.Lookup(`risk("Acme")`); err != nil || v == nil || v.String() != "9" {
				t.Errorf("%s, by %s: %v %v", name, door, v, err)
			}
			if err := c.Forget(`risk("Acme")`); err != nil {
				t.Error(err)
			}
			if len(c.Facts()) != 1 {
				t.Errorf("%s, by %s: forgotten, and there are %v", name, door, c.Facts())
			}
		}
		lines, err := interp.Bind[interp.JSON](p)
		if err != nil {
			t.Fatal(err)
		}
		type applicant struct {
			Applicant string `ctl:"applicant"`
		}
		bound, err := interp.Bind[applicant](p)
		if err != nil {
			t.Fatal(err)
		}
		given := prog.NewCase()
		if err := given.Tell(`risk("Acme") = 9`); err != nil {
			t.Fatal(err)
		}
		if bound, err = bound.Given(given); err != nil {
			t.Fatal(err)
		}
		for range 12 {
			line := interp.JSON(facts)
			if d, err := lines.Decide(&line); err != nil || d.Answer() != "deny" {
				t.Fatalf("%s, bound to JSON: %v %v", name, d.Answer(), err)
			}
			if d, err := bound.Decide(&applicant{"Acme"}); err != nil || d.Answer() != "deny" {
				t.Fatalf("%s, bound to a struct: %v %v", name, d.Answer(), err)
			}
		}
		facts2, masked := given.MaskedMap(func(interp.Value) any { return "***" })
		if text, _ := json.Marshal(facts2); strings.Contains(string(text), "Acme") || len(masked) != 1 {
			t.Errorf("masked, it is %s", text)
		}
	}
}

// TestNeedsOfResults asks for the result of a call once its arguments are known, and for that of
// another once it is told on which it hangs.
func TestNeedsOfResults(t *testing.T) {
	prog, err := interp.LoadText(t.Context(), "d.ctl", declaredRules)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("p")
	var asked []string
	answers := map[string]any{"applicant": "Acme", `risk("Acme")`: 2, `home("Acme")`: "south", `far(south, 2000 m)`: false}
	d, err := p.Gather(t.Context(), prog.NewCase(), func(_ context.Context, n interp.Need) (any, bool, error) {
		asked = append(asked, n.Fact+": "+n.Question)
		v, ok := answers[n.Fact]
		return v, ok, nil
	})
	if err != nil || d.Answer() != "permit" {
		t.Fatal(d.Answer(), err, asked)
	}
	want := "applicant: which is the applicant?\nrisk(\"Acme\"): what is risk(\"Acme\"), the risk score?\nhome(\"Acme\"): what is home(\"Acme\")?\nfar(south, 2000 m): is it so: far(south, 2000 m)?"
	if got := strings.Join(asked, "\n"); got != want {
		t.Errorf("asked was\n%s\nwant\n%s", got, want)
	}
}

// TestCompiledFunctions compiles rules that rest on functions, and loads them with the same, with none
// and with others.
func TestCompiledFunctions(t *testing.T) {
	const rules = declaredRules + "policy q { deny when twice(2) = 4  otherwise permit }\n"
	twice := interp.Function{Name: "twice", Go: func(n int) int { return 2 * n }}
	var form bytes.Buffer
	if err := (interp.Options{Functions: []interp.Function{twice}}).Compile(t.Context(), &form, fstest.MapFS{"d.ctl": {Data: []byte(rules)}}, "d.ctl"); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		fs   []interp.Function
		want string
	}{
		{[]interp.Function{twice}, ""},
		{nil, "these rules were compiled with the function `twice(number) -> number`, and this program brings none of that name"},
		{[]interp.Function{{Name: "twice", Go: func(string) int { return 1 }}}, "and that of this program is `twice(text) -> number`"},
		{[]interp.Function{twice, {Name: "risk", Go: func(int) int { return 1 }}}, "the rules declare `risk(Party) -> number`"},
	} {
		prog, err := interp.Options{Functions: row.fs}.Load(t.Context(), fstest.MapFS{"d.ctlc": {Data: form.Bytes()}}, "d.ctlc")
		if got := errorText(err); (got == "") != (row.want == "") || !strings.Contains(got, row.want) {
			t.Errorf("%s, want %s", got, row.want)
		}
		if err == nil {
			p, _ := prog.Policy("q")
			if d, err := p.Decide(t.Context(), prog.NewCase()); err != nil || d.Answer() != "deny" {
				t.Error(d.Answer(), err)
			}
		}
	}
}
