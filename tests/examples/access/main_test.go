package main

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/ctl-lang/ctl/interp"
)

func TestAccess(t *testing.T) {
	g, err := newGuard(office)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range g.policy.Program().Tests() {
		if res := r.Run(t.Context()); !res.Passed() {
			t.Errorf("%s: %v", r.Name, res.Failures)
		}
	}
	var all sync.WaitGroup
	defer all.Wait()
	for _, row := range []struct{ who, verb, document, want, by string }{
		{"ann", "delete", "plan-b", "allow", "own"},
		{"ann", "delete", "contract-7", "forbid", "hold"},
		{"rex", "delete", "contract-7", "allow", "release"},
		{"bob", "read", "contract-7", "allow", "colleagues"},
		{"bob", "write", "contract-7", "forbid", "hold"},
		{"bob", "read", "plan-b", "forbid", ""},
		{"bob", "read", "draft", "undetermined", ""},
		{"eve", "read", "menu", "forbid", "suspended"},
		{"zoe", "read", "plan-b", "allow", "audit"},
		{"zoe", "read", "menu", "allow", "audit"},
		{"rex", "read", "menu", "allow", "open"},
		{"zoe", "share", "plan-b", "forbid", ""},
	} {
		all.Go(func() {
			d, asked, err := g.may(t.Context(), row.who, row.verb, row.document)
			if err != nil || d.Answer() != row.want || row.by != "" && !strings.Contains(because(d), " by "+row.by) && !strings.Contains(because(d), ", "+row.by) {
				t.Errorf("%+v: got %v%s, %v", row, d.Answer(), because(d), err)
			}
			if len(asked) == 0 || len(asked) > 7 {
				t.Errorf("%+v: asked for %v", row, asked)
			}
		})
	}
}

func TestAccessErrors(t *testing.T) {
	g, err := newGuard(office)
	if err != nil {
		t.Fatal(err)
	}
	var evaluating *interp.EvalError
	if _, _, err := g.may(t.Context(), "ann", "burn", "menu"); err == nil || errors.As(err, &evaluating) {
		t.Errorf("got %v", err)
	}
	if _, _, err := g.may(t.Context(), "nobody", "read", "plan-b"); !errors.Is(err, errNobody) {
		t.Errorf("got %v", err)
	}
}

func TestRun(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), &out, []string{"ann", "delete", "contract-7"}); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), "forbid by hold (what a court has asked for stays as it is)\nasked for ") {
		t.Errorf("got %s", out.String())
	}
	if err := run(t.Context(), &out, nil); err == nil {
		t.Error("no arguments were taken")
	}
}
