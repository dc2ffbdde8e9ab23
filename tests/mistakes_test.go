package tests

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// fileWithHoles is a file with a hole for a mistake.
const fileWithHoles = `use iso3166
outcomes deny > review > permit
unit eur of money "euro"
kind Part = text { weight: mass }
kind Item {
  category: I | II | III
  reason: NS | MT | NP | AT
  range: length  cost: money  share: number
  ok: bool  sealed: bool = no
  made: date  end: date?
  tags: set of text  note: text  remark: text?  eccn: code
  homes: set of Country  parts: list of Part
@ATTR
}
kind Person = text { born: date  cleared: bool }
role item: Item
role to dest: Country
role by person: Person
group Member of Country: US, GB, FR, DE
term Big of Item: range >= 300 km
open term vetted of Country "a vetted partner"
@DECL
policy p {
  @RULE
  otherwise permit
}
test "t" under p {
  @TEST
  expect permit
}
`

// TestUsualMistakes types what people write who know other languages, or English, and holds
// what they are told: every mistake by itself, once, with a fix that leaves nothing to say.
// A line of the table is a place and the mistake, a line behind an arrow what must be
// said: the fix's text, or behind a tilde a part of the message where no fix is certain.
func TestUsualMistakes(t *testing.T) {
	table, err := os.ReadFile("testdata/mistakes.txt")
	if err != nil {
		t.Fatal(err)
	}
	mistake, rows := "", 0
	for line := range strings.Lines(string(table)) {
		line = strings.TrimSpace(line)
		want, isAnswer := strings.CutPrefix(line, "-> ")
		switch {
		case line == "" || line[0] == '#':
		case !isAnswer:
			mistake = line
		default:
			rows++
			t.Run(mistake, func(t *testing.T) { answersMistake(t, mistake, strings.ReplaceAll(want, `\n`, "\n")) })
		}
	}
	if rows < 200 {
		t.Errorf("the table has %d mistakes", rows)
	}
}

func answersMistake(t *testing.T, mistake, want string) {
	place, text, _ := strings.Cut(mistake, " ")
	text = strings.ReplaceAll(text, `\n`, "\n")
	var said lang.Diagnostics
	source := ""
	if place == "FACT" {
		said = told(t, text)
	} else {
		source = withMistake(place, text)
		said = problems("mistake.ctl", source)
	}
	if len(said) == 0 {
		t.Fatal("it is accepted")
	}
	if len(said) > 1 && place != "TWICE" {
		t.Errorf("more than one thing is said:\n%v", said)
	}
	d := said[0]
	if message, noFix := strings.CutPrefix(want, "~"); noFix {
		whole := d.Error()
		for _, n := range d.Notes {
			whole += "\n" + n.Text
		}
		if !strings.Contains(whole, message) || d.Fix != nil {
			t.Errorf("got %v", d)
		}
		return
	}
	if d.Fix == nil {
		t.Fatalf("there is no fix: %v", d)
	}
	if strings.TrimSpace(d.Fix.Replacement) != want && !(want == "REMOVE" && d.Fix.Replacement == "") {
		t.Errorf("the fix is %q: %v", d.Fix.Replacement, d)
	}
	if place == "FACT" {
		if rest := told(t, fixed(text, said)); len(rest) > 0 {
			t.Errorf("the fix leaves %v", rest)
		}
		return
	}
	if rest := problems("fixed.ctl", fixed(source, said)); len(rest) > 0 {
		t.Errorf("the fix leaves %v\n%s", rest, fixed(source, said))
	}
}

// withMistake is that file with a mistake in one of its holes.
func withMistake(place, text string) string {
	holes := map[string]string{"ATTR": "", "DECL": "", "RULE": "", "TEST": "given item.note = \"\""}
	switch place {
	case "WHEN", "TWICE":
		holes["RULE"] = "a: deny any when " + text
	case "GIVEN":
		holes["TEST"] = "given " + text
	case "FILE":
		return text
	default:
		holes[place] = text
	}
	file := fileWithHoles
	for hole, filled := range holes {
		file = strings.ReplaceAll(file, "@"+hole, filled)
	}
	return file
}

// fixed is a text with all its fixes carried out.
func fixed(text string, said lang.Diagnostics) string {
	byPlace := slices.Clone(said)
	slices.SortStableFunc(byPlace, func(a, b *lang.Diagnostic) int { return int(b.Span.Start) - int(a.Span.Start) })
	for _, d := range byPlace {
		if f := d.Fix; f != nil {
			text = text[:f.Span.Start] + f.Replacement + text[f.Span.End:]
		}
	}
	return text
}

// told is what is said of a fact on the command line.
func told(t *testing.T, fact string) lang.Diagnostics {
	p, err := interp.LoadText(context.Background(), "mistake.ctl", withMistake("RULE", ""))
	if err != nil {
		t.Fatal(err)
	}
	var said lang.Diagnostics
	errors.As(p.NewCase().Tell(fact), &said)
	return said
}
