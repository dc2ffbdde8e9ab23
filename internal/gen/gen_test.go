package gen

import (
	"context"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

var update = flag.Bool("update", false, "rewrite the generated code")

// golden holds the code for a program, and its test, to that in files.
func golden(t *testing.T, prog *interp.Program, o Options, rules Place, file string) {
	t.Helper()
	code, err := Go(prog, o)
	if err != nil {
		t.Fatal(err)
	}
	test, err := FuzzTest(prog, o, rules)
	if err != nil {
		t.Fatal(err)
	}
	for name, code := range map[string][]byte{file + ".go": code, file + "_test.go": test} {
		if *update {
			if err := os.WriteFile(name, code, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(code)); diff != "" {
			t.Errorf("the code has changed (rewrite it with -update):\n%s", diff)
		}
	}
}

func TestMTCR(t *testing.T) {
	prog, err := interp.Load(context.Background(), rules.Files, rules.MTCR)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, prog, Options{Package: "mtcr", From: rules.MTCR}, Place{}, "internal/mtcr/mtcr")
}

func TestEveryType(t *testing.T) {
	prog, err := interp.Options{OpenGroups: true}.Load(context.Background(), os.DirFS("testdata"), "every.ctl")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, prog, Options{Package: "every", From: "every.ctl", OpenGroups: []string{"Watched"}}, Place{Folder: "../../testdata", Files: []string{"every.ctl"}}, "internal/every/every")
}
