package tests

import (
	"context"
	"testing"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

// TestMTCR runs the tests of the rules that the project ships.
func TestMTCR(t *testing.T) {
	prog, err := interp.Load(context.Background(), rules.Files, rules.MTCR)
	if err != nil {
		t.Fatal(err)
	}
	if ds := prog.Warnings(); len(ds) > 0 {
		t.Error(ds)
	}
	if n := len(prog.Tests()); n < 40 {
		t.Errorf("there are %d tests, fewer than 40", n)
	}
	for _, test := range prog.Tests() {
		for _, f := range test.Run(t.Context()).Failures {
			t.Errorf("%s: %s: %s", test.Site().String(), test.Name, f)
		}
	}
}
