package rules_test

import (
	"context"
	"testing"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

func load(t *testing.T) *interp.Program {
	t.Helper()
	prog, err := interp.Load(context.Background(), rules.Files, rules.MTCR)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range prog.Warnings() {
		t.Error(w)
	}
	return prog
}

func TestEveryTestOfTheFilePasses(t *testing.T) {
	prog := load(t)
	if n := len(prog.Tests()); n < 40 {
		t.Errorf("the file has %d tests, and should have 40 or more", n)
	}
	for _, test := range prog.Tests() {
		for _, failure := range test.Run(t.Context()).Failures {
			t.Errorf("%s: %s: %s", test.Site().String(), test.Name, failure)
		}
	}
}

// Every rule says why and where it is written, in every policy.
func TestEveryRuleHasReasonAndSource(t *testing.T) {
	for _, p := range load(t).Policies() {
		for _, r := range p.Rules() {
			if r.Because == "" || len(r.Source) == 0 {
				t.Errorf("%s: the rule %s has no reason or no source", r.Site().String(), r.Label)
			}
		}
	}
}

// The partners, each with its first day as counted in the rules and the day before.
var partners = []struct{ joined, before, countries string }{
	{"1987-04-16", "1987-04-15", "CA FR DE IT JP GB US"},
	{"1990-01-01", "1989-12-31", "AU BE DK ES LU NL NO"},
	{"1991-01-01", "1990-12-31", "AT FI NZ SE"},
	{"1992-01-01", "1991-12-31", "CH GR IE PT"},
	{"1993-01-01", "1992-12-31", "AR HU IS"},
	{"1995-01-01", "1994-12-31", "BR RU ZA"},
	{"1997-01-01", "1996-12-31", "TR"},
	{"1998-01-01", "1997-12-31", "CZ PL UA"},
	{"2001-03-26", "2001-03-25", "KR"},
	{"2004-01-01", "2003-12-31", "BG"},
	{"2016-06-27", "2016-06-26", "IN"},
}
