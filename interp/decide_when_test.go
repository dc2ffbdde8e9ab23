package interp_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// What the facts not told have to be, as data: a list of cases is filtered by it, or a query made of it.
func ExamplePolicy_When() {
	policy, c := desk("reader.member = yes")
	when, err := policy.When(context.Background(), c, "ask")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(when, when.Exact())
	data, err := json.Marshal(when.Parts[0])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(data))
	never, err := policy.When(context.Background(), c, "refuse")
	fmt.Println(never, err)
	// Output:
	// book.kind = manuscript or book.value > 1000 true
	// {"op":"=","fact":"book.kind","value":"manuscript"}
	// no <nil>
}

const shapes = `
outcomes deny > permit
kind Party = text { vetted: bool?  tags: set of text  code: text  born: date?  mass: mass  cap: mass  spare: mass?  ids: list of Part }
kind Part { weight: mass }
kind Country = AA | BB | CC | DD
role by party: Party
role to country: Country
group Known of Party: "Ann", "Bob"
policy p {
  deny when %s
  otherwise permit
}`

// Every operator has its form as data, as text and as JSON.
func TestWhenShapes(t *testing.T) {
	for rule, want := range map[string][2]string{
		"party.vetted":                            {`party.vetted`, `{"op":"=","fact":"party.vetted","value":true}`},
		"not party.vetted":                        {`not party.vetted`, `{"op":"not","parts":[{"op":"=","fact":"party.vetted","value":true}]}`},
		"has party.vetted":                        {`has party.vetted`, `{"op":"has","fact":"party.vetted"}`},
		"party.mass > 3 kg":                       {`party.mass > 3 kg`, `{"op":">","fact":"party.mass","value":"3 kg"}`},
		"party.mass in 3 kg .. 5 kg":              {`party.mass in 3 kg .. 5 kg`, `{"op":"between","fact":"party.mass","values":["3 kg","5 kg"]}`},
		"party.born < 2000-01-01":                 {`party.born < 2000-01-01`, `{"op":"<","fact":"party.born","value":"2000-01-01"}`},
		"party.mass < party.cap":                  {`party.mass < party.cap`, `{"op":"<","fact":"party.mass","other":"party.cap"}`},
		"party.mass + 1 kg < party.cap":           {`party.mass + 1 kg < party.cap`, `{"op":"condition","text":"party.mass + 1 kg < party.cap","reads":["party.cap","party.mass"]}`},
		"country in (AA, BB)":                     {`country in (AA, BB)`, `{"op":"in","fact":"country","values":["AA","BB"]}`},
		"country != AA":                           {`country in (BB, CC, DD)`, `{"op":"in","fact":"country","values":["BB","CC","DD"]}`},
		"party in Known":                          {`party in Known`, `{"op":"in","fact":"party","group":"Known"}`},
		"party not in Known":                      {`party not in Known`, `{"op":"not in","fact":"party","group":"Known"}`},
		`"x" in party.tags`:                       {`"x" in party.tags`, `{"op":"any of","fact":"party.tags","values":["x"]}`},
		`none of party.tags in ("x", "y")`:        {`none of party.tags in ("x", "y")`, `{"op":"none of","fact":"party.tags","values":["x","y"]}`},
		`all of party.tags in ("x", "y")`:         {`all of party.tags in ("x", "y")`, `{"op":"all of","fact":"party.tags","values":["x","y"]}`},
		`count(party.tags) > 0`:                   {`count(party.tags) > 0`, `{"op":"condition","text":"count(party.tags) > 0","reads":["party.tags"]}`},
		`party.code like "9A*"`:                   {`party.code like "9A*"`, `{"op":"like","fact":"party.code","value":"9A*"}`},
		`party.code not like "9A*"`:               {`party.code not like "9A*"`, `{"op":"not like","fact":"party.code","value":"9A*"}`},
		`some i in party.ids has i.weight > 1 kg`: {`(some i in party.ids has i.weight > 1 kg)`, `{"op":"condition","text":"(some i in party.ids has i.weight > 1 kg)","reads":["party.ids"]}`},
		"not (party.mass in (party.spare, 3 kg))": {"not (party.mass in (party.spare, 3 kg))", `{"op":"not","parts":[{"op":"condition","text":"party.mass in (party.spare, 3 kg)","reads":["party.mass","party.spare"]}]}`},
		"yes or party.vetted":                     {`yes`, `{"op":"and","parts":[]}`},
		"no and party.vetted":                     {`no`, `{"op":"or","parts":[]}`},
	} {
		prog, err := interp.LoadText(t.Context(), "shapes.ctl", fmt.Sprintf(shapes, rule))
		if err != nil {
			t.Errorf("%s: %s", rule, err)
			continue
		}
		said, err := prog.Policies()[0].When(t.Context(), prog.NewCase(), "deny")
		if err != nil {
			t.Errorf("%s: %s", rule, err)
			continue
		}
		data, err := json.Marshal(said)
		if got := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(string(data)); err != nil || said.String() != want[0] || got != want[1] {
			t.Errorf("%s: %s\n%s\nwant %s\n%s (%v)", rule, said, got, want[0], want[1], err)
		}
		if _, err := prog.Condition(said.String()); err != nil {
			t.Errorf("%s is not read again: %s", said, err)
		}
	}
}

// A named set holds of no value too: what is taken out of it by its values says that there is one.
func TestNamedSetOfNone(t *testing.T) {
	prog, err := interp.LoadText(t.Context(), "named.ctl", `outcomes o0, o1
kind Item { cat: I | II  sub: text? }
role item: Item
term Hot of Item: sub != "1a" and sub like "1a*"
policy p {
  o0 when (has item.sub or item.cat != I) unless Hot
  o1 when item.sub = "1a" or Hot
  otherwise o0
}
`)
	if err != nil {
		t.Fatal(err)
	}
	d, err := prog.Policies()[0].Decide(t.Context(), prog.NewCase())
	if want := `(item is not Hot and item.sub != "1a") or not has item.sub`; err != nil || d.Possible[0].When != want {
		t.Errorf("o0 when %q (%v), want %q", d.Possible[0].When, err, want)
	}
}

// What cannot be said is an error, and never a shorter condition.
func TestWhenErrors(t *testing.T) {
	policy, c := desk()
	if _, err := policy.When(t.Context(), c, "lent"); !strings.Contains(fmt.Sprint(err), "did you mean `lend`?") {
		t.Errorf("of an answer that there is not: %v", err)
	}
	if _, err := policy.When(t.Context(), nil, "lend"); err == nil {
		t.Error("of no case: no error")
	}
	for name, limits := range map[string]interp.Limits{"Limits.Ways": {Ways: 1}, "Limits.Nodes": {Nodes: 3}} {
		prog, err := interp.Options{Limits: limits}.LoadText(t.Context(), "lending.ctl", lending)
		if err != nil {
			t.Fatal(err)
		}
		_, err = prog.Policies()[0].When(t.Context(), prog.NewCase(), "ask")
		var failed *interp.EvalError
		if !errors.As(err, &failed) || failed.Code != code.TooManySteps || !strings.Contains(err.Error(), name) {
			t.Errorf("past %s: %v", name, err)
		}
	}
	prog, err := interp.LoadText(t.Context(), "kept.ctl", lending+`constraint few: book.value < 9 `)
	if err != nil {
		t.Fatal(err)
	}
	broken := prog.NewCase()
	if err := broken.Tell("book.value = 10"); err != nil {
		t.Fatal(err)
	}
	_, err = prog.Policies()[0].When(t.Context(), broken, "ask")
	if problems := lang.Diagnostics(nil); !errors.As(err, &problems) || problems[0].Code != code.BrokenConstraint {
		t.Errorf("of a case that breaks a constraint: %v", err)
	}
	said, err := prog.Policies()[0].When(t.Context(), prog.NewCase(), "lend")
	if err != nil || !strings.Contains(said.String(), "book.value < 9") {
		t.Errorf("a completion that breaks a constraint has no answer: %v, %v", said, err)
	}
}
