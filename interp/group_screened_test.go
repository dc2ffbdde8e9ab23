package interp_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ctl-lang/ctl/interp"
)

const screenedRules = `outcomes deny > permit
kind Party = name
kind Deal { maker: Party  also: set of Party }
role deal: Deal
role to buyer: Party
group Denied of Party from "d.csv" column "name" screened at 0.9
group Blocked of Party: since 2020-01-01: Denied, "Mr Bad"
policy direct { deny to Denied  otherwise permit }
policy within { deny to Blocked  otherwise permit }
policy of_set { deny when any of deal.also in Denied  otherwise permit }
policy inside { deny when deal.maker not in Denied  otherwise permit }
`

const screenedList = "name,since\n\"Orion Marine Co., Ltd.\",2019-01-01\nAcme Trading,\nZeta Shipping Lines,2018\n"

func screenedProgram(t *testing.T) *interp.Program {
	t.Helper()
	prog, err := interp.Load(t.Context(), fstest.MapFS{"r.ctl": {Data: []byte(screenedRules)}, "d.csv": {Data: []byte(screenedList)}}, "r.ctl")
	if err != nil {
		t.Fatal(err)
	}
	return prog
}

// TestScreened decides by names that are listed, near a listed one, and neither, in the walk, by the
// engine and from JSON.
func TestScreened(t *testing.T) {
	prog := screenedProgram(t)
	for _, x := range []struct{ policy, on, facts, answer string }{
		{"direct", "2025-01-01", `buyer = "ORION MARINE CO LTD"`, "deny"},
		{"direct", "2025-01-01", `buyer = "Orion Marine Trading"`, "undetermined"},
		{"direct", "2025-01-01", `buyer = "Marine Orion"`, "undetermined"},
		{"direct", "2025-01-01", `buyer = "Orion Marine Trading"; buyer is not Denied`, "permit"},
		{"direct", "2025-01-01", `buyer = "Orion Marine Trading"; buyer is Denied`, "deny"},
		{"direct", "2018-12-31", `buyer = "Orion Marine Trading"`, "permit"},
		{"direct", "2025-01-01", `buyer = "Nobody at all"`, "permit"},
		{"direct", "2025-01-01", `buyer = "Nobody at all"; buyer is Denied`, "deny"},
		{"direct", "", `buyer = "Nobody at all"`, "permit"},
		{"direct", "", `buyer = "Orion Marine Trading"; buyer is not Denied`, "permit"},
		{"direct", "", `buyer = "Acme Trade"`, "undetermined"},
		{"direct", "2018-06-01", `buyer = "Zeta Shiping Lines"`, "undetermined"},
		{"direct", "2017-06-01", `buyer = "Zeta Shiping Lines"`, "permit"},
		{"direct", "2025-01-01", `buyer = "Acme Trading"; buyer is Denied`, "deny"},
		{"within", "2025-01-01", `buyer = "Acme Trade"`, "undetermined"},
		{"within", "2019-06-01", `buyer = "Acme Trade"`, "permit"},
		{"within", "2019-06-01", `buyer = "Acme Trade"; buyer is Denied`, "permit"},
		{"within", "2025-01-01", `buyer = "Acme Trade"; buyer is not Denied`, "permit"},
		{"within", "2025-01-01", `buyer = "mr bad"`, "deny"},
		{"of_set", "2025-01-01", `deal.also = ("Acme Trade", "Nobody")`, "undetermined"},
		{"of_set", "2025-01-01", `deal.also = ("Acme Trading", "Acme Trade")`, "deny"},
		{"of_set", "2025-01-01", `deal.also = ("Nobody")`, "permit"},
		{"inside", "2025-01-01", `deal.maker = "Nobody"`, "deny"},
		{"inside", "2025-01-01", `deal.maker = "Acme Trade"; deal.maker is Denied`, "permit"},
		{"inside", "2025-01-01", `deal.maker = "Acme Trade"`, "undetermined"},
	} {
		p, err := prog.Policy(x.policy)
		if err != nil {
			t.Fatal(err)
		}
		c := prog.NewCase()
		if x.on != "" {
			on, err := interp.ParseDate(x.on)
			if err != nil {
				t.Fatal(err)
			}
			c.SetDate(on)
		}
		if err := c.Tell(strings.Split(x.facts, "; ")...); err != nil {
			t.Fatal(err)
		}
		for i := range 12 { // from the ninth on it is the engine that decides
			d, err := p.Decide(t.Context(), c)
			if err != nil {
				t.Fatalf("%s: %v", x.facts, err)
			}
			if d.Answer() != x.answer {
				t.Errorf("%s on %s, decision %d: %s is %s, not %s", x.policy, x.on, i, x.facts, d.Answer(), x.answer)
				break
			}
		}
	}
}

// TestScreenedByBind decides structs and JSON like cases.
func TestScreenedByBind(t *testing.T) {
	prog := screenedProgram(t)
	p, err := prog.Policy("direct")
	if err != nil {
		t.Fatal(err)
	}
	type facts struct {
		Buyer string `ctl:"buyer"`
	}
	on, _ := interp.ParseDate("2025-01-01")
	bound, err := interp.Bind[facts](p)
	if err == nil {
		bound, err = bound.On(on)
	}
	if err != nil {
		t.Fatal(err)
	}
	lines, err := interp.Bind[interp.JSON](p)
	if err == nil {
		lines, err = lines.On(on)
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"Acme Trading": "deny", "Acme Trade": "undetermined", "Nobody": "permit"} {
		d, err := bound.Decide(&facts{name})
		if err != nil || d.Answer() != want {
			t.Errorf("%s: %v %v, not %s", name, d, err, want)
		}
		line := interp.JSON(fmt.Sprintf(`{"buyer": %q}`, name))
		if d, err := lines.Decide(&line); err != nil || d.Answer() != want {
			t.Errorf("%s as JSON: %v %v, not %s", name, d, err, want)
		}
	}
	for range 12 { // each is asked about by its own name
		for name, question := range map[string]string{
			"Acme Trading LLC":     `is the buyer "Acme Trading LLC" the listed "Acme Trading" (1.00)?`,
			"Orion Marine Trading": `is the buyer "Orion Marine Trading" the listed "Orion Marine Co., Ltd." (0.92)?`,
		} {
			line := interp.JSON(fmt.Sprintf(`{"buyer": %q}`, name))
			one, err := bound.Decide(&facts{name})
			two, errJSON := lines.Decide(&line)
			if err != nil || errJSON != nil || len(one.Needs) != 1 || one.Needs[0].Question != question || len(two.Needs) != 1 || two.Needs[0].Question != question {
				t.Fatalf("%s: %v %v, %v %v", name, one, err, two, errJSON)
			}
		}
	}
	told := interp.JSON(`{"buyer": {"id": "Acme Trade", "in Denied": false}}`)
	if d, err := lines.Decide(&told); err != nil || d.Answer() != "permit" {
		t.Errorf("told in JSON: %v %v", d, err)
	}
}

// TestScreenedQuestion names the nearest of the listed, of one name after another; where it is not
// known who the buyer is, that is asked first.
func TestScreenedQuestion(t *testing.T) {
	prog := screenedProgram(t)
	p, _ := prog.Policy("direct")
	on, _ := interp.ParseDate("2025-01-01")
	for range 12 {
		for _, x := range []struct {
			facts     []string
			questions []string
		}{
			{[]string{`buyer = "Acme Trading LLC"`}, []string{`is the buyer "Acme Trading LLC" the listed "Acme Trading" (1.00)?`}},
			{[]string{`buyer = "Orion Marine Trading"`}, []string{`is the buyer "Orion Marine Trading" the listed "Orion Marine Co., Ltd." (0.92)?`}},
			{nil, []string{"which is the buyer?", "is the buyer in Denied?"}},
		} {
			c := prog.NewCase()
			c.SetDate(on)
			if err := c.Tell(x.facts...); err != nil {
				t.Fatal(err)
			}
			d, err := p.Decide(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			var questions []string
			for _, n := range d.Needs {
				questions = append(questions, n.Question)
			}
			if !slices.Equal(questions, x.questions) || d.Questions != len(questions) || !d.Exact {
				t.Fatalf("%v: %q, %d, %t", x.facts, questions, d.Questions, d.Exact)
			}
		}
	}
}

// TestScreenedRefused refuses what cannot be screened, and what is told of one that is listed.
func TestScreenedRefused(t *testing.T) {
	for text, part := range map[string]string{
		"kind Party = text\ngroup Denied of Party from \"d.csv\" column \"name\" screened at 0.9":                                        "names are screened",
		"kind Party = name\ngroup Denied of Party from \"d.csv\" column \"name\" screened at 0.5":                                        "0.8 to 1",
		"kind Party = name\ngroup Denied of Party from \"d.csv\" column \"name\" screened 0.9":                                           "behind `screened`",
		"kind Party = name\ngroup Denied of Party from \"d.csv\" column \"name\" screened at 0.9\ngroup All of Party: Denied since 2020": "are to be known exactly",
		"kind Party = name\ngroup Denied of Party from \"long.csv\" column \"name\" screened at 0.9":                                     "too long",
	} {
		files := fstest.MapFS{"r.ctl": {Data: []byte("outcomes deny\n" + text + "\npolicy p { deny }\n")}, "d.csv": {Data: []byte(screenedList)},
			"long.csv": {Data: []byte("name\n" + strings.Repeat("ab ", 1001) + "\n")}}
		if _, err := interp.Load(context.Background(), files, "r.ctl"); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%s\n%v", text, err)
		}
	}
	prog := screenedProgram(t)
	if err := prog.NewCase().Tell(`buyer = "Acme Trading"`, `buyer is not Denied`); err == nil || !strings.Contains(err.Error(), "is listed there") {
		t.Errorf("got %v", err)
	}
}

func BenchmarkScreened(b *testing.B) {
	for _, n := range []int{25_000, 250_000} {
		var list strings.Builder
		list.WriteString("name\n")
		for i := range n {
			list.WriteString(listedName(i) + "\n")
		}
		files := fstest.MapFS{"r.ctl": {Data: []byte(screenedRules)}, "d.csv": {Data: []byte(list.String())}}
		var prog *interp.Program
		b.Run(fmt.Sprintf("load %d", n), func(b *testing.B) {
			for range b.N {
				var err error
				if prog, err = interp.Load(b.Context(), files, "r.ctl"); err != nil {
					b.Fatal(err)
				}
			}
		})
		p, err := prog.Policy("direct")
		if err != nil {
			b.Fatal(err)
		}
		decide := func(b *testing.B, name func(i int) string) {
			for i := range b.N {
				c := prog.NewCase()
				if err := c.Set("buyer", name(i)); err != nil {
					b.Fatal(err)
				}
				if _, err := p.Decide(b.Context(), c); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.Run(fmt.Sprintf("listed %d", n), func(b *testing.B) {
			decide(b, func(i int) string { return listedName(i % n) })
		})
		b.Run(fmt.Sprintf("not listed %d", n), func(b *testing.B) {
			decide(b, func(i int) string { return fmt.Sprintf("%s %s Works", syllables(i*31+7), syllables(i*17+3)) })
		})
	}
}

// syllables is a made-up word.
func syllables(i int) string {
	parts := []string{"ba", "cor", "del", "en", "fa", "gra", "hin", "jo", "kal", "mar", "nor", "pe", "qui", "ros", "tan", "vel"}
	word := "X"
	for range 4 {
		word += parts[i%len(parts)]
		i /= len(parts)
	}
	return word
}
