package interp_test

import (
	"context"
	"os"
	"testing"

	"github.com/ctl-lang/ctl/interp"
)

// TestConformance runs the tests written in tests/conformance.
func TestConformance(t *testing.T) {
	entries, err := os.ReadDir("../tests/conformance")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		prog, err := interp.Load(context.Background(), os.DirFS("../tests/conformance"), entry.Name())
		if err != nil {
			t.Errorf("%s: %s", entry.Name(), err)
			continue
		}
		if len(prog.Tests()) == 0 {
			t.Errorf("%s has no tests", entry.Name())
		}
		for _, test := range prog.Tests() {
			if r := test.Run(t.Context()); !r.Passed() {
				t.Errorf("%s: %s: %v", test.Site().String(), test.Name, r.Failures)
			}
		}
	}
}
