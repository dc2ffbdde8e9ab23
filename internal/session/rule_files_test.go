package session

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang/code"
)

// ruleFiles are the rule files of the project that a session can begin with.
func ruleFiles(t *testing.T) map[string]*Session {
	t.Helper()
	out := map[string]*Session{}
	day, err := interp.ParseDate("2025-06-01")
	if err != nil {
		t.Fatal(err)
	}
	root := os.DirFS("../..")
	err = fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".ctl" {
			return err
		}
		s, err := New(Options{FS: root, Files: []string{name}, Date: day})
		if err == nil && len(s.now.prog.Policies()) > 0 {
			out[name] = s
		}
		return nil
	})
	if err != nil || len(out) < 10 {
		t.Fatalf("%d rule files, %v", len(out), err)
	}
	return out
}

// TestRulesCanBeTypedOnEveryFile types a rule under every policy of every rule file:
// tests and claims of the file that name no policy mean what they meant.
func TestRulesCanBeTypedOnEveryFile(t *testing.T) {
	for name, s := range ruleFiles(t) {
		for _, p := range s.now.prog.Policies() {
			tell(t, s, "use "+p.Name)
			before := snapshot(s)
			var r Result
			for _, object := range []string{"any", "by any", "on any", "to any", "of any", "for any"} { // where a role can be reached
				r = s.Eval(context.Background(), s.now.prog.Outcomes()[0].Name+" "+object)
				if !strings.Contains(r.Text, string(code.NoRole)) {
					break
				}
			}
			if r.Failed || !strings.Contains(r.Text, "taken into") {
				t.Errorf("%s, %s: %s", name, p.Name, r.Text)
				continue
			}
			if got := s.now.policy; got != draftOf(p.Name) {
				t.Errorf("%s: decided by %s", name, got)
			}
			tell(t, s, "show session", "rules", "undo")
			if snapshot(s) != before {
				t.Errorf("%s, %s: undo brings back another session", name, p.Name)
			}
		}
	}
}

func TestTestsWithoutAPolicyBesideADraft(t *testing.T) {
	s := ofText(t, `outcomes deny > permit
kind Item { hot: bool }
role item: Item
policy p { deny any when item.hot otherwise permit }
test "hot" { given item.hot expect deny }
claim "cold is permitted": never deny when not item.hot
`)
	tell(t, s, "mine: permit any when item.hot notwithstanding p/1", "test", "prove")
	text := tell(t, s, `test "cold" { given not item.hot expect permit }`, "policy other { permit any }")
	if !strings.Contains(text, "passed: cold") {
		t.Errorf("a test typed reads\n%s", text)
	}
	if got, _ := s.Standing(); got != "p_draft" {
		t.Errorf("decided by %s", got)
	}
	tell(t, s, "use p", "undo", "undo", "undo", "undo")
	tell(t, s, "policy other { permit any }")
	if got, _ := s.Standing(); got != "p" {
		t.Errorf("with a policy typed beside it, %s decides", got)
	}
}
