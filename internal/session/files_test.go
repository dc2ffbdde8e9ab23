package session

import (
	"context"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/rules"
)

func TestRecordAndReplay(t *testing.T) {
	t.Chdir(t.TempDir())
	s := newSession(t, Options{})
	tell(t, s, "item is SLV", "recipient = IN", "record a.txt", "policy mine amends us2025\n{\n  deny SLV to IN\n    because \"so\" # a remark\n}", "use mine",
		"mine: deny SLV\n  to FR", "as of 2025-07-01", `save test "one" tests.ctl`, "use us", "ask", "uav", "stop", "undo", "use mine")
	if r := s.Eval(context.Background(), "frobnicate"); !r.Failed {
		t.Error("nonsense is understood")
	}
	want := snapshot(s)
	text, err := os.ReadFile("a.txt")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "frobnicate") {
		t.Errorf("what failed is recorded:\n%s", text)
	}

	replayed := newSession(t, Options{})
	tell(t, replayed, "replay a.txt")
	if got := snapshot(replayed); got != want {
		t.Errorf("the replayed session differs (-recorded +replayed):\n%s\n%s", cmp.Diff(want, got), text)
	}

	if _, err := os.Stat("tests.ctl"); err != nil {
		t.Error(err)
	}

	if err := os.WriteFile("loop.txt", []byte("replay loop.txt\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := replayed.Eval(context.Background(), "replay loop.txt"); !r.Failed || !strings.Contains(r.Text, "deep") {
		t.Errorf("a session that replays itself: %s", r.Text)
	}
}

// TestRecordedReadsBack writes statements as record does and reads them line by line.
func TestRecordedReadsBack(t *testing.T) {
	s := newSession(t, Options{})
	for _, statement := range []string{"facts", "deny X\n  unless Y", "policy p\n{\n deny X\n because \"a\"\n}", "a = 1,\nb = 2"} {
		open := ""
		lines := strings.Split(recorded(s, statement), "\n")
		for i, l := range lines {
			open = join(open, l)
			if (s.Open(open) != "") != (i < len(lines)-1) {
				t.Fatalf("%q is cut behind line %d: %q", statement, i+1, open)
			}
		}
		if flatText(open) != flatText(statement) {
			t.Errorf("%q reads back as %q", statement, open)
		}
	}
}

func TestSaveWritesWhatCanBeLoaded(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	text, err := rules.Files.ReadFile(rules.MTCR)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("mtcr.ctl", text, 0o600); err != nil {
		t.Fatal(err)
	}
	s := newSession(t, Options{FS: os.DirFS(dir), Files: []string{"mtcr.ctl"}})
	tell(t, s, "term Heavy of Item: payload > 1 t", "deny Heavy to AE", "item is CategoryI, recipient = AE", `save test "the case"`, "save own.ctl", `save "a copy.ctl"`, `save test "another" "more tests.ctl"`)
	for _, file := range []string{"a copy.ctl", "more tests.ctl"} {
		if _, err := os.Stat(file); err != nil {
			t.Error(err)
		}
	}
	again := newSession(t, Options{FS: os.DirFS(dir), Files: []string{"mtcr.ctl", "own.ctl"}, Policy: "us2025_draft"})
	if text := tell(t, again, "test the case"); !strings.Contains(text, "1 passed") {
		t.Errorf("the saved test: %s", text)
	}
	tell(t, again, "show Heavy", "rules")
}

func TestLoadGoesOnWithASavedCase(t *testing.T) {
	t.Chdir(t.TempDir())
	s := newSession(t, Options{FS: rules.Files, Files: []string{rules.MTCR}})
	tell(t, s, "as of 1994-05-01", "item is UAV, item.range = 350 km, recipient = SG", `save case "my case.json"`)
	kept := tell(t, s, "facts")

	again := newSession(t, Options{FS: rules.Files, Files: []string{rules.MTCR}})
	tell(t, again, "recipient = AE, program.purpose = civil")
	if text := tell(t, again, `load "my case.json"`); !strings.Contains(text, "as of 1994-05-01") || !strings.Contains(text, "recipient = SG (Singapore), was AE") {
		t.Errorf("the loaded case:\n%s", text)
	}
	if text := tell(t, again, "facts"); text != kept {
		t.Errorf("another case than was saved:\n%s", text)
	}
	tell(t, again, "undo")
	if text := tell(t, again, "facts"); !strings.Contains(text, "recipient = AE") || !strings.Contains(text, "civil") {
		t.Errorf("undo keeps the loaded case:\n%s", text)
	}

	if err := os.WriteFile("impossible.json", []byte(`{"item": {"form": "uav", "range": "350 km", "payload": "600 kg", "category": "II"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("rules.ctl", []byte("outcomes deny > permit\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for input, want := range map[string]string{
		"load": "save case FILE", "load nowhere.json": "cannot read nowhere.json", "save test": "a test needs a name in quotes", "load impossible.json": "missile_class",
		"load rules.ctl": "ctlrepl rules.ctl", "save case rules.ctl": "already", "save case my case.json": `save case "my case.json"`,
	} {
		before := tell(t, again, "facts")
		if r := again.Eval(context.Background(), input); !r.Failed || !strings.Contains(r.Text, want) {
			t.Errorf("%s:\n%s", input, r.Text)
		}
		if after := tell(t, again, "facts"); after != before {
			t.Errorf("%s changes the case:\n%s", input, after)
		}
	}
}

func TestReloadCarriesTheFactsOver(t *testing.T) {
	files := fstest.MapFS{"rules.ctl": &fstest.MapFile{Data: []byte("outcomes deny > permit\nkind K { a: bool\n b: number }\nrole k: K\npolicy p { deny any when k.a }\n"), ModTime: time.Unix(1, 0)}}
	s := newSession(t, Options{FS: files, Files: []string{"rules.ctl"}})
	tell(t, s, "k.a = yes, k.b = 3")
	if s.Changed() != "" {
		t.Error("nothing has changed yet")
	}
	files["rules.ctl"] = &fstest.MapFile{Data: []byte("outcomes deny > permit\nkind K { a: bool }\nrole k: K\npolicy p { permit any when k.a }\n"), ModTime: time.Unix(2, 0)}
	if note := s.Changed(); !strings.Contains(note, "rules.ctl changed on disk") {
		t.Errorf("the note is %q", note)
	}
	if s.Changed() != "" {
		t.Error("the note comes twice")
	}
	text := tell(t, s, "reload")
	for _, want := range []string{"no longer a fact of the case: k.b = 3", "-> permit"} {
		if !strings.Contains(text, want) {
			t.Errorf("reload does not say %q:\n%s", want, text)
		}
	}
	files["rules.ctl"] = &fstest.MapFile{Data: []byte("outcomes deny >\n"), ModTime: time.Unix(3, 0)}
	if r := s.Eval(context.Background(), "reload"); !r.Failed || !strings.Contains(r.Text, "stay as they were") {
		t.Errorf("a broken file: %s", r.Text)
	}
	tell(t, s, "decide", "undo")
}

// TestEndlessFiles refuses to read what never ends.
func TestEndlessFiles(t *testing.T) {
	const endless = "/dev/zero"
	if _, err := os.Stat(endless); err != nil {
		t.Skip("there is no file without an end here")
	}
	s := ofText(t, "outcomes deny policy p { deny }")
	for _, in := range []string{"load " + endless, "replay " + endless} {
		if r := s.Eval(t.Context(), in); !r.Failed || !strings.Contains(r.Text, "cannot read /dev/zero: it is a device, and no file") {
			t.Errorf("%s: %s", in, r.Text)
		}
	}
}
