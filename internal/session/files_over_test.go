package session

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
)

// readFile is what a file holds; it has to be there, for its owner alone.
func readFile(t *testing.T, name string) string {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("%s has the mode %o", name, info.Mode().Perm())
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestFilesAreWrittenAgain(t *testing.T) {
	t.Chdir(t.TempDir())
	s := newSession(t, Options{})
	tell(t, s, "recipient = IN", "save case a.json", "recipient = FR", "save case a.json")
	if text := readFile(t, "a.json"); !strings.Contains(text, "FR") {
		t.Errorf("the case is not written again:\n%s", text)
	}
	tell(t, s, "recipient = DE", "save case")
	if text := readFile(t, "a.json"); !strings.Contains(text, "DE") {
		t.Errorf("`save case` does not write to the file of before:\n%s", text)
	}

	other := newSession(t, Options{})
	tell(t, other, "recipient = JP")
	for _, input := range []string{"save case a.json"} {
		if r := other.Eval(context.Background(), input); !r.Failed || !strings.Contains(r.Text, "already") || !slices.Equal(r.Offers, []string{"save! case a.json"}) {
			t.Errorf("%s over the file of another: %q, offering %q", input, r.Text, r.Offers)
		}
	}
	for input, want := range map[string]string{`save case ""`: "the name of the file is empty", "note .": "it is a folder", "note! .": "it is a folder", "facts >": "goes to which file?"} {
		if r := other.Eval(context.Background(), input); !r.Failed || !strings.Contains(r.Text, want) {
			t.Errorf("%s: %s", input, r.Text)
		}
	}
	tell(t, other, "facts")
	if r := other.Eval(context.Background(), "yes"); strings.Contains(r.Text, "wrote") {
		t.Errorf("a yes counts after something else was typed: %s", r.Text)
	}
	other.Eval(context.Background(), "save case a.json")
	tell(t, other, "yes")
	if text := readFile(t, "a.json"); !strings.Contains(text, "JP") {
		t.Errorf("a yes does not write over it:\n%s", text)
	}
	if r := s.Eval(context.Background(), "save case"); !r.Failed {
		t.Errorf("a file that another has changed since is written over: %s", r.Text)
	}
	tell(t, s, "save! case a.json")
	if text := readFile(t, "a.json"); !strings.Contains(text, "DE") {
		t.Errorf("`save!` does not write over it:\n%s", text)
	}

	tell(t, s, "mine: deny CategoryI", "save own.ctl", "mine: review CategoryI", "save")
	if text := readFile(t, "own.ctl"); !strings.Contains(text, "mine: review") {
		t.Errorf("`save` does not write again:\n%s", text)
	}
	tell(t, s, "record r.txt", "facts", "record", "record r.txt")
	if text := readFile(t, "r.txt"); !strings.Contains(text, "facts") {
		t.Errorf("the record is\n%s", text)
	}
}

func TestUnsaved(t *testing.T) {
	t.Chdir(t.TempDir())
	s := newSession(t, Options{})
	want := func(unsaved bool, after string) {
		t.Helper()
		if text, _ := s.Unsaved(); (text != "") != unsaved {
			t.Errorf("after %s: unsaved is %q", after, text)
		}
	}
	tell(t, s, "recipient = IN")
	want(false, "a fact")
	tell(t, s, "mine: deny CategoryI")
	want(true, "a rule")
	tell(t, s, "undo")
	want(false, "undo")
	tell(t, s, "redo", "save own.ctl")
	want(false, "save")
	tell(t, s, "as of 2025-07-01")
	want(false, "a date")
	tell(t, s, "term Heavy of Item: payload > 1 t")
	want(true, "a term")

	again := newSession(t, Options{})
	tell(t, again, "recipient = IN, item is CategoryI", "load own.ctl")
	if got, _ := again.Standing(); got != "us2025_draft" {
		t.Errorf("what was loaded does not decide, but %s", got)
	}
	tell(t, again, "show mine", "facts", "undo")
	if r := again.Eval(context.Background(), "show mine"); !r.Failed {
		t.Error("undo does not take back what was loaded")
	}
}
