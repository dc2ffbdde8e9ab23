package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ctl-lang/ctl/record"
	"github.com/ctl-lang/ctl/watch"
)

// office is a service over a folder with the rules and the denied parties.
type office struct {
	*httptest.Server
	dir     string
	watcher *watch.Watcher
}

func open(t *testing.T) *office {
	t.Helper()
	dir := t.TempDir()
	text, err := os.ReadFile("rules/licences.ctl")
	if err != nil {
		t.Fatal(err)
	}
	o := &office{dir: dir}
	o.write(t, "licences.ctl", string(text))
	o.write(t, "denied.txt", "Acme Trading\n\nBlue Sky Ltd\n")
	if o.watcher, err = watchRules(dir, filepath.Join(dir, "denied.txt")); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(o.records())
	if err != nil {
		t.Fatal(err)
	}
	s := &service{rules: o.watcher, log: record.NewWriter(file, record.Options{Clock: time.Now}), patience: time.Minute, now: time.Now}
	o.Server = httptest.NewServer(s.routes())
	t.Cleanup(func() {
		o.Close()
		o.watcher.Close()
		file.Close()
	})
	return o
}

func (o *office) records() string { return filepath.Join(o.dir, "decisions.jsonl") }

// write puts a file in the place of another, at once.
func (o *office) write(t *testing.T, name, text string) {
	t.Helper()
	next := filepath.Join(o.dir, "next")
	if err := os.WriteFile(next, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(next, filepath.Join(o.dir, name)); err != nil {
		t.Fatal(err)
	}
}

func (o *office) ask(t *testing.T, facts string) (int, answer) {
	t.Helper()
	r, err := http.Post(o.URL+"/decisions", "application/json", strings.NewReader(facts))
	if err != nil {
		t.Error(err)
		return 0, answer{}
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Error(err)
	}
	var a answer
	if r.Header.Get("Content-Type") == "application/json" {
		if err := json.Unmarshal(body, &a); err != nil {
			t.Errorf("%v in %s", err, body)
		}
	}
	return r.StatusCode, a
}

const granted = `{"item": {"category": "none", "value": 6000}, "applicant": {"id": "Good Ltd", "registered": true}, "destination": "FR"}`

func TestDecisions(t *testing.T) {
	o := open(t)
	for _, row := range []struct {
		facts, want, more string
		status            int
	}{
		{granted, "grant", "", 200},
		{strings.Replace(granted, "FR", "BR", 1), "review", "far", 200},
		{strings.Replace(granted, "none", "I", 1), "review", "an end-use statement", 200},
		{strings.Replace(granted, "Good Ltd", "Acme Trading", 1), "refuse", "denied", 200},
		{`{"item": {"category": "none"}, "applicant": {"id": "Good Ltd", "registered": true}}`, "undetermined", "destination", 200},
		{`{"item": {"category": "III"}}`, "error", "E0702", 422},
		{`{`, "error", "E0709", 422},
		{strings.Repeat(" ", mostBody+1), "", "", 400},
	} {
		status, a := o.ask(t, row.facts)
		text, _ := json.Marshal(a)
		if status != row.status || a.Answer != row.want || !strings.Contains(string(text), row.more) {
			t.Errorf("%.80s: got %d, %s", row.facts, status, text)
		}
	}
}

// TestReloadUnderLoad changes the rules, well and badly, while clients ask: each answer is
// that of the version it names, and every decision is on disk.
func TestReloadUnderLoad(t *testing.T) {
	o := open(t)
	first := o.watcher.Program().Version()
	text, err := os.ReadFile("rules/licences.ctl")
	if err != nil {
		t.Fatal(err)
	}
	const clients, each = 8, 60
	seen := make(chan answer, clients*each)
	var all sync.WaitGroup
	for range clients {
		all.Go(func() {
			for range each {
				if status, a := o.ask(t, granted); status == http.StatusOK {
					seen <- a
				}
			}
		})
	}
	o.write(t, "licences.ctl", "no rules")
	if err := o.watcher.Reload(); err == nil {
		t.Error("a text that is no rules was taken")
	}
	o.write(t, "licences.ctl", strings.Replace(string(text), "otherwise grant", "otherwise review", 1))
	if err := o.watcher.Reload(); err == nil {
		t.Error("rules whose test fails were taken")
	}
	o.write(t, "licences.ctl", strings.Replace(string(text), "value <= 5000", "value <= 6000", 1)+"\n# a new version\n")
	if err := o.watcher.Reload(); err != nil {
		t.Error(err)
	}
	all.Wait()
	close(seen)
	second := o.watcher.Program().Version()
	if first == second {
		t.Error("the rules were not taken")
	}
	n := 0
	for a := range seen {
		n++
		if a.Answer != "grant" || a.Version != first && a.Version != second {
			t.Errorf("got %+v", a)
		}
	}
	if _, a := o.ask(t, granted); a.Version != second {
		t.Errorf("got %+v", a)
	}
	o.recorded(t, n+1, first, second)
}

// recorded reads the records back: there are n, of these versions, without the names of applicants.
func (o *office) recorded(t *testing.T, n int, versions ...string) {
	t.Helper()
	data, err := os.ReadFile(o.records())
	if err != nil {
		t.Fatal(err)
	}
	if n != 8*60+1 || strings.Contains(string(data), "Good Ltd") {
		t.Errorf("%d answers; names in the records: %v", n, strings.Contains(string(data), "Good Ltd"))
	}
	ids := map[string]bool{}
	for r, err := range record.Read(strings.NewReader(string(data))) {
		if err != nil {
			t.Fatal(err)
		}
		ids[r.ID] = true
		if r.Answer() != "grant" || !strings.Contains(strings.Join(versions, " "), r.Version) {
			t.Errorf("recorded: %+v", r)
		}
	}
	if len(ids) != n {
		t.Errorf("%d decisions, %d records", n, len(ids))
	}
}

// TestServe starts the program's server and ends it.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	denied := filepath.Join(dir, "denied.txt")
	if err := os.WriteFile(denied, []byte("Acme Trading\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	if err := serve(ctx, "localhost:0", "rules", denied, filepath.Join(dir, "decisions.jsonl")); err != nil {
		t.Error(err)
	}
	if err := serve(t.Context(), "localhost:0", "rules", denied+"x", filepath.Join(dir, "decisions.jsonl")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without the denied parties: got %v", err)
	}
}
