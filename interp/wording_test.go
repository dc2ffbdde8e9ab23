package interp

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/fstest"
)

const translated = `outcomes no "refused" de "abgelehnt" > yes "granted"
kind Gas = A "Air" de "Gift" fr "air" | B "Gift" "Present" de "Geschenk"
kind Party = text { cleared: bool "has a clearance" de-AT "hat eine Freigabe" en-GB "has got a clearance" }
role gas: Gas
role by party: Party
open term known of Party "on the register" pt-BR "no registro" pt "no registo" zh "在册吗？"
function risk(Party) -> number "the risk" de "das Risiko"
policy p "the rules" de "die Regeln" {
  section s "the section" de "der Abschnitt" {
    a: no when gas = B because "a present" de "ein Geschenk"
    otherwise yes because "nothing" de "nichts"
  }
  b: no when risk(party) > 3 and party.known and not party.cleared
}
`

func inLanguage(t *testing.T, tag, text string) *Program {
	t.Helper()
	p, err := Options{Language: tag}.LoadText(context.Background(), "p.ctl", text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestLanguages asks each thing that has a text for it in each language.
func TestLanguages(t *testing.T) {
	question := func(fact string) func(*Program) string {
		return func(p *Program) string {
			info, ok := p.FactInfo(fact)
			if !ok {
				t.Fatalf("there is no fact %s", fact)
			}
			return info.Question
		}
	}
	for _, x := range []struct {
		of         func(*Program) string
		tag, wants string
	}{
		{func(p *Program) string { return p.Outcomes()[0].Title }, "de", "abgelehnt"},
		{func(p *Program) string { return p.Outcomes()[1].Title }, "de", "granted"},
		{func(p *Program) string { return p.Policies()[0].Title }, "DE-ch", "die Regeln"},
		{func(p *Program) string { return p.Policies()[0].SectionOf(0).Title }, "de", "der Abschnitt"},
		{func(p *Program) string { return p.Policies()[0].Rules()[0].Because }, "de", "ein Geschenk"},
		{func(p *Program) string { return p.Policies()[0].Otherwises()[0].Because }, "de", "nichts"},
		{func(p *Program) string { return p.Policies()[0].Otherwises()[0].Because }, "nl", "nothing"},
		{func(p *Program) string { return p.Signatures()[0].Title }, "de", "das Risiko"},
		{question(`risk("x")`), "de", `risk("x"): das Risiko?`},
		{question(`risk("x")`), "", `what is risk("x"), the risk?`},
		{question("party.cleared"), "", "has a clearance?"},
		{question("party.cleared"), "de", "hat eine Freigabe?"},
		{question("party.cleared"), "en", "has got a clearance?"},
		{question("party.known"), "", "is the party on the register?"},
		{question("party.known"), "pt", "party: no registo?"},
		{question("party.known"), "pt-BR", "party: no registro?"},
		{question("party.known"), "pt-AO", "party: no registo?"},
		{question("party.known"), "zh-Hant-TW", "在册吗？"},
	} {
		if got := x.of(inLanguage(t, x.tag, translated)); got != x.wants {
			t.Errorf("in %q it is %q, and should be %q", x.tag, got, x.wants)
		}
	}
}

// TestNamesAreTheSameInEveryLanguage: a title in any language is a name, behind those that are
// written first.
func TestNamesAreTheSameInEveryLanguage(t *testing.T) {
	for _, tag := range []string{"", "de", "fr", "en", "xx-x-own"} {
		p := inLanguage(t, tag, translated)
		for name, code := range map[string]string{"Air": "A", "air": "A", "Gift": "B", "Geschenk": "B", "Present": "B"} {
			c := p.NewCase()
			if err := c.Tell(`gas = "` + name + `"`); err != nil {
				t.Errorf("in %q: %v", tag, err)
			} else if v, _ := c.Lookup("gas"); !strings.HasPrefix(v.String(), code) {
				t.Errorf("in %q %s is %v, not %s", tag, name, v, code)
			}
		}
		if version := inLanguage(t, "", translated).Version(); p.Version() != version {
			t.Errorf("in %q it is another version", tag)
		}
	}
}

func TestCompiledInEveryLanguage(t *testing.T) {
	var form bytes.Buffer
	files := fstest.MapFS{"p.ctl": {Data: []byte(translated)}}
	if err := (Options{Language: "fr"}).Compile(context.Background(), &form, files, "p.ctl"); err != nil {
		t.Fatal(err)
	}
	files["p.ctlc"] = &fstest.MapFile{Data: form.Bytes()}
	p, err := Options{Language: "de"}.Load(context.Background(), files, "p.ctlc")
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Policies()[0].Rules()[0].Because; got != "ein Geschenk" {
		t.Errorf("the reason is %q", got)
	}
}

func TestLanguageOfTheOptionsIsATag(t *testing.T) {
	for _, tag := range []string{"german", "d", "de_DE", "de-", "-de", "de DE", "de-DE-", strings.Repeat("de-", 1<<16)} {
		if _, err := (Options{Language: tag}).LoadText(context.Background(), "p.ctl", "outcomes a"); err == nil || !strings.Contains(err.Error(), "no tag of a language") {
			t.Errorf("%.20s is taken for a language: %v", tag, err)
		}
	}
}
