package interp

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/lang"
)

// TestOneReading holds what a rule file says of a fact to what the command line says in the
// same words: the same value or, where texts stand without quotes, a refusal by the file.
func TestOneReading(t *testing.T) {
	prog, err := LoadText(context.Background(), "values.ctl", `
outcomes deny > permit
kind Party = text
kind Place = north "The North" | south
kind Item {
  n: number  l: length  b: time  temp: temperature  d: date  t: duration  s: text  ok: bool  who: Party  at: Place  c: I | II | none
  on: number?  os: text?  tags: set of text  otags: list of text?  parts: list of a | b | none  nums: list of number  days: set of date  whos: set of Party
}
role item: Item
policy p { permit }
`)
	if err != nil {
		t.Fatal(err)
	}
	kind := prog.kinds["Item"]
	pieces := []string{"1", "2.5", "300 km", "2 h", "2 days", "1 year", "3 degC", "2020-01-01", `"none"`, `"a, b"`, `"\u{61}\""`, "none", "a", "b", "I", "yes", "north", `"The North"`,
		"()", "(", ")", ",", "+", "-", "*", "/", "as_of", "max(1, 2)", "item.n", "x.y", "..", "()"}
	read := 0
	rapid.Check(t, func(t *rapid.T) {
		a := kind.Attrs[rapid.IntRange(0, len(kind.Attrs)-1).Draw(t, "attribute")]
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 6).Draw(t, "pieces"), rapid.SampledFrom([]string{" ", ""}).Draw(t, "between"))
		if rapid.Bool().Draw(t, "list") {
			text = "(" + text + ")"
		}
		fact := "item." + a.Name + " = " + text
		e, src, ds := lang.ParseFact("fact", fact)
		if len(ds) > 0 {
			return
		}
		read++
		inFile, wrongInFile := prog.written(e.(*lang.Binary).Y, a.Type, spot{src: src})
		c := prog.NewCase()
		wrong := c.Tell(fact)
		told := c.things[0].attrs[a.index]
		free := a.Type.freeText() || a.Type.elem != nil && a.Type.elem.freeText()
		switch {
		case wrongInFile == nil && wrong != nil:
			t.Fatalf("%s: %s in a file, and %v", fact, inFile, wrong)
		case wrongInFile == nil && !equalValues(inFile, told):
			t.Fatalf("%s: %s in a file, and told %s", fact, inFile, told)
		case wrongInFile != nil && wrong == nil && !free:
			t.Fatalf("%s: told %s, and in a file %v", fact, told, wrongInFile)
		}
	})
	if read == 0 && !testing.Short() { // a short run draws too few
		t.Error("no fact was read")
	}
}
