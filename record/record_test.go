package record_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/record"
)

const screening = `
outcomes deny > review > permit
kind Party = text sensitive { age: number  code: text  clean: bool }
kind Item { price: number sensitive json "Price.of it"  parts: list of Party }
role item: Item
role to buyer: Party
open term urgent
term Known of Party: in ("Acme", "Bolt")
constraint priced: item.price >= 0

policy sales {
  minors: deny any when buyer.age < 18
  known: permit to Known notwithstanding minors requiring "a signature"
  dear: review any when item.price > 1000 and buyer.clean
  odd: review any when 1 / buyer.age > 1
  otherwise permit
}
policy strict amends sales { repeal known  replace dear: deny any when item.price > 1000 and buyer.clean }
policy signed amends sales { replace known: permit to Known notwithstanding minors requiring "two signatures" }
`

func load(t testing.TB, text string) *interp.Program {
	t.Helper()
	prog, err := interp.LoadText(context.Background(), "screening.ctl", text)
	if err != nil {
		t.Fatal(err)
	}
	return prog
}

func policy(t testing.TB, prog *interp.Program, name string) *interp.Policy {
	t.Helper()
	p, err := prog.Policy(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func told(t testing.TB, prog *interp.Program, facts ...string) *interp.Case {
	t.Helper()
	c := prog.NewCase()
	if err := c.Tell(facts...); err != nil {
		t.Fatal(err)
	}
	day, err := interp.ParseDate("2025-06-01")
	if err != nil {
		t.Fatal(err)
	}
	c.SetDate(day)
	return c
}

func noon() time.Time { return time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC) }

// write decides cases and records them.
func write(t testing.TB, w *record.Writer, p *interp.Policy, cases ...*interp.Case) {
	t.Helper()
	for i, c := range cases {
		id := fmt.Sprint("case ", i+1)
		d, err := p.Decide(t.Context(), c)
		if err != nil {
			err = w.Failed(id, c, p, err)
		} else {
			err = w.Decided(id, c, d)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// The form is what others read for years: it changes on purpose or not at all.
func TestForm(t *testing.T) {
	prog := load(t, screening)
	var out bytes.Buffer
	w := record.NewWriter(&out, record.Options{Clock: noon})
	write(t, w, policy(t, prog, "sales"),
		told(t, prog, `buyer = "Acme"`, "buyer.age = 12", `buyer.code = "<9A&>"`, "item.price = 5", "urgent"),
		told(t, prog, `buyer = "Else"`, "buyer.age = 30", "item.price = 2000"),
		told(t, prog, `buyer = "Else"`, "buyer.age = 30", "item.price = 1"),
		told(t, prog, `buyer = "Else"`, "buyer.age = 0", "item.price = 1"),
		told(t, prog, "item.price = -7"),
	)
	want := strings.ReplaceAll(`
{"ctl":1,"id":"case 1","time":"2025-06-01T12:00:00Z","policy":"sales","version":"VERSION","as_of":"2025-06-01","facts":{"buyer":{"age":12,"code":"<9A&>","id":"***"},"item":{"Price.of it":"***"},"urgent":true},"masked":["item.price","buyer"],"status":"decided","outcome":"permit","rules":["known"],"defeated":[{"label":"minors","by":["known"]}],"obligations":["a signature"]}

{"ctl":1,"id":"case 2","time":"2025-06-01T12:00:00Z","policy":"sales","version":"VERSION","as_of":"2025-06-01","facts":{"buyer":{"age":30,"id":"***"},"item":{"Price.of it":"***"}},"masked":["item.price","buyer"],"status":"undetermined","possible":[{"status":"decided","outcome":"review","when":"buyer.clean"},{"status":"decided","outcome":"permit","when":"not buyer.clean"}],"needs":[{"fact":"buyer.clean","question":"is it so: buyer.clean?"}]}

{"ctl":1,"id":"case 3","time":"2025-06-01T12:00:00Z","policy":"sales","version":"VERSION","as_of":"2025-06-01","facts":{"buyer":{"age":30,"id":"***"},"item":{"Price.of it":"***"}},"masked":["item.price","buyer"],"status":"decided","outcome":"permit","otherwise":true}

{"ctl":1,"id":"case 4","time":"2025-06-01T12:00:00Z","policy":"sales","version":"VERSION","as_of":"2025-06-01","facts":{"buyer":{"age":0,"id":"***"},"item":{"Price.of it":"***"}},"masked":["item.price","buyer"],"status":"decided","outcome":"deny","rules":["minors"]}

{"ctl":1,"id":"case 5","time":"2025-06-01T12:00:00Z","policy":"sales","version":"VERSION","as_of":"2025-06-01","facts":{"item":{"Price.of it":"***"}},"masked":["item.price"],"status":"error","error":"no real case is like this: it breaks the constraint `+"`priced`"+`: item.price >= 0 [E0706]"}
`, "VERSION", prog.Version())
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

// With a key equal values can be matched, whatever unit they come in, and nothing else is told.
func TestKey(t *testing.T) {
	prog := load(t, "outcomes deny > permit\nkind P = text sensitive { height: length sensitive }\nrole from seller: P\nkind Q = text sensitive\nrole to buyer: Q\npolicy p { deny }")
	facts := func(key string, told_ ...string) map[string]any {
		c := told(t, prog, told_...)
		d, err := policy(t, prog, "p").Decide(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		return record.Options{Key: []byte(key)}.Decided("", c, d).Facts
	}
	a := facts("k", `seller = "Acme"`, `buyer = "Acme"`, "seller.height = 1 km")
	b := facts("k", `seller = "Bolt"`, `buyer = "Bolt"`, "seller.height = 1000 m")
	other := facts("l", `seller = "Acme"`, `buyer = "Acme"`, "seller.height = 1 km")
	seller := func(m map[string]any, name string) any { return m["seller"].(map[string]any)[name] }
	switch {
	case seller(a, "id") != a["buyer"]:
		t.Error("equal values cannot be matched")
	case a["buyer"] == b["buyer"] || a["buyer"] == other["buyer"]:
		t.Error("values or keys cannot be told apart")
	case seller(a, "height") != seller(b, "height"):
		t.Error("1 km and 1000 m differ")
	case strings.Contains(fmt.Sprint(a), "Acme"):
		t.Errorf("a sensitive value stands in %v", a)
	}
}

// No sensitive value stands in a record, and none is missing from an unmasked one.
func TestMasking(t *testing.T) {
	prog := load(t, screening)
	p := policy(t, prog, "sales")
	cases := []*interp.Case{
		told(t, prog, `buyer = "Secret Ltd"`, "buyer.age = 30", "item.price = 31337"),
		told(t, prog, `buyer = "Secret Ltd"`, "buyer.age = 0.0001", "item.price = -31337"),
	}
	if err := cases[0].Set("item.parts", []any{map[string]any{"id": "Secret Part", "code": "x"}}); err != nil {
		t.Fatal(err)
	}
	for _, unmasked := range []bool{false, true} {
		var out bytes.Buffer
		opts := record.Options{Unmasked: unmasked}
		write(t, record.NewWriter(&out, opts), p, cases...)
		text := out.String()
		var logged bytes.Buffer
		log := slog.New(slog.NewJSONHandler(&logged, nil))
		for r, err := range record.Read(strings.NewReader(text)) {
			if err != nil {
				t.Fatal(err)
			}
			log.Info("decided", "decision", r)
		}
		for _, word := range []string{"Secret Ltd", "31337", "Secret Part"} {
			if strings.Contains(text, word) != unmasked || strings.Contains(logged.String(), word) != unmasked {
				t.Errorf("unmasked %v, and %s stands in: %v\n%s%s", unmasked, word, !unmasked, text, logged.String())
			}
		}
	}
}

func TestLogValue(t *testing.T) {
	prog := load(t, screening)
	c := told(t, prog, `buyer = "Acme"`, "buyer.age = 12", "item.price = 5")
	d, err := policy(t, prog, "sales").Decide(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&out, nil))
	log.Info("decided", "decision", record.Options{}.Decided("4711", c, d))
	var got struct{ Decision map[string]any }
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"id": "4711", "policy": "sales", "version": prog.Version(), "as_of": "2025-06-01", "status": "decided", "outcome": "permit",
		"facts": map[string]any{"buyer": map[string]any{"id": "***", "age": 12.0}, "item": map[string]any{"Price.of it": "***"}},
		"rules": []any{"known"}, "obligations": []any{"a signature"},
	}
	if diff := cmp.Diff(want, got.Decision); diff != "" {
		t.Error(diff)
	}
}

// Neither a record nor a log of it holds what a terminal obeys, and the record is read as it was.
func TestTextOfOthers(t *testing.T) {
	prog := load(t, `outcomes deny
kind Item { note: text  notes: list of text }
role item: Item
policy p { deny requiring "\u{9b}31m\u{202e}" }`)
	const hostile = "\x1b[2J\u009b31m\u202e\nforged"
	c := prog.NewCase()
	for name, v := range map[string]any{"item.note": hostile, "item.notes": []string{hostile}} {
		if err := c.Set(name, v); err != nil {
			t.Fatal(err)
		}
	}
	d, err := policy(t, prog, "p").Decide(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	var out, logged bytes.Buffer
	if err := record.NewWriter(&out, record.Options{}).Decided(hostile, c, d); err != nil {
		t.Fatal(err)
	}
	for _, h := range []slog.Handler{slog.NewTextHandler(&logged, nil), slog.NewJSONHandler(&logged, nil)} {
		slog.New(h).Info("decided", "case", record.Options{}.Decided(hostile, c, d))
	}
	for _, text := range []string{out.String(), logged.String()} {
		if strings.ContainsAny(text, "\x1b\u009b\u202e") || strings.Contains(text, "\nforged") {
			t.Errorf("%q", text)
		}
	}
	for r, err := range record.Read(&out) {
		if err != nil || r.ID != hostile || r.Facts["item"].(map[string]any)["note"] != hostile {
			t.Errorf("%+v, %v", r, err)
		}
	}
}

// The name of a file of records steers no terminal in an error.
func TestErrorsAreText(t *testing.T) {
	err := error(&record.LineError{Name: "\x1b[2J\nforged", Line: 1, Err: errors.New("\u202e")})
	if strings.ContainsAny(err.Error(), "\x1b\u202e\n") || !strings.Contains(err.Error(), "forged") {
		t.Errorf("%q", err)
	}
}

// Many goroutines write whole lines.
func TestConcurrentWrites(t *testing.T) {
	prog := load(t, screening)
	p := policy(t, prog, "sales")
	c := told(t, prog, `buyer = "Acme"`, "item.price = 5")
	d, err := p.Decide(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := record.NewWriter(&out, record.Options{Clock: noon})
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := range 50 {
				if err := w.Decided(fmt.Sprint(g, "/", i), c, d); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	ids := map[string]bool{}
	for r, err := range record.Read(&out) {
		if err != nil {
			t.Fatal(err)
		}
		ids[r.ID] = true
	}
	if len(ids) != 400 {
		t.Errorf("%d records of 400", len(ids))
	}
}

// faulty fails now and then, after writing a part or nothing.
type faulty struct {
	bytes.Buffer
	calls int
}

var errDisk = errors.New("no space left")

func (f *faulty) Write(p []byte) (int, error) {
	f.calls++
	switch f.calls {
	case 2:
		return 0, errDisk
	case 3:
		n, _ := f.Buffer.Write(p[:10])
		return n, errDisk
	case 5:
		return f.Buffer.Write(p[:7]) // a short write without an error
	}
	return f.Buffer.Write(p)
}

// Every error comes back, is remembered, and costs the one record that it is about.
func TestWriteErrors(t *testing.T) {
	prog := load(t, screening)
	p := policy(t, prog, "sales")
	c := told(t, prog, `buyer = "Acme"`, "item.price = 5")
	d, err := p.Decide(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	var out faulty
	w := record.NewWriter(&out, record.Options{})
	var failed []int
	for i := range 7 {
		if err := w.Decided(fmt.Sprint(i+1), c, d); err != nil {
			failed = append(failed, i+1)
			if !errors.Is(err, errDisk) && !errors.Is(err, io.ErrShortWrite) {
				t.Errorf("record %d: %v", i+1, err)
			}
		}
	}
	if diff := cmp.Diff([]int{2, 3, 5}, failed); diff != "" {
		t.Error(diff)
	}
	if err := w.Err(); !errors.Is(err, errDisk) || !strings.Contains(err.Error(), "3 decisions") {
		t.Errorf("Err is %v", err)
	}
	var read []string
	bad := 0
	for r, err := range record.Read(&out) {
		if err != nil {
			bad++
			continue
		}
		read = append(read, r.ID)
	}
	if diff := cmp.Diff([]string{"1", "4", "6", "7"}, read); diff != "" || bad != 2 {
		t.Errorf("%d bad lines, and %s", bad, diff)
	}
}

// What could not be read again is not written.
func TestTooLong(t *testing.T) {
	prog := load(t, "outcomes deny\nkind Item { notes: list of text }\nrole item: Item\npolicy p { deny }")
	c := prog.NewCase()
	notes := make([]string, 600)
	for i := range notes {
		notes[i] = strings.Repeat("x", 60_000)
	}
	if err := c.Set("item.notes", notes); err != nil {
		t.Fatal(err)
	}
	d, err := policy(t, prog, "p").Decide(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := record.NewWriter(&out, record.Options{})
	if err := w.Decided("", c, d); err == nil || w.Err() == nil || out.Len() > 0 {
		t.Errorf("%v, %v, and %d bytes are written", err, w.Err(), out.Len())
	}
}

type named struct{ io.Reader }

func (named) Name() string { return "log.jsonl" }

func TestBadLines(t *testing.T) {
	const good = `{"ctl":1,"policy":"p","version":"v","as_of":"2025-06-01","facts":{},"status":"undecided"}`
	lines := []string{
		good,
		"",
		strings.Replace(good, `"ctl":1`, `"ctl":2`, 1),
		strings.Replace(good, `"ctl":1,`, ``, 1),
		strings.Replace(good, `"undecided"`, `"decided"`, 1),
		strings.Replace(good, `"undecided"`, `"perhaps"`, 1),
		strings.Replace(good, `2025-06-01`, `2025-02-30`, 1),
		strings.Replace(good, `"facts":{}`, `"facts":[]`, 1),
		strings.Replace(good, `"facts":{},`, ``, 1),
		strings.Replace(good, `"p"`, `""`, 1),
		good + good,
		"\xff",
		"hello",
		strings.Repeat("x", 33<<20),
		strings.Replace(good, `"policy"`, `"new":{"a":[1]},"policy"`, 1),
		`{"ctl":1,"id":"case \"4\"","policy":"p`,
		`{"ctl":1,"id":"case 5`,
		`{"ctl":1,"id":"case 6","facts":{"who":"J` + "\xc3",
		good[:40] + "\x00\x00\x00",
		good + "\x00",
		"\x00\x00",
		good[:40],
	}
	want := []string{
		"log.jsonl:3: the record has the format 2, and this program reads the format 1",
		`log.jsonl:4: this is no record of a decision: it has no member "ctl"`,
		"log.jsonl:5: a decided case has an outcome, and no other has one",
		`log.jsonl:6: there is no status "perhaps"`,
		"log.jsonl:7: as_of: there is no 30 February",
		`log.jsonl:8: byte 66: "facts" cannot be a JSON array`,
		"log.jsonl:9: the record has no facts",
		"log.jsonl:10: the record names no policy",
		"log.jsonl:11: something follows the record",
		"log.jsonl:12: this is not UTF-8 text",
		"log.jsonl:13: byte 1: this is no JSON: invalid character 'h' looking for beginning of value",
		"log.jsonl:14: the line is longer than a record may be (32 MiB)",
		`log.jsonl:16: the record "case \"4\"" is torn: it breaks off after 38 bytes`,
		"log.jsonl:17: the record is torn: it breaks off after 21 bytes",
		`log.jsonl:18: the record "case 6" is torn: it breaks off after 41 bytes`,
		"log.jsonl:19: the record is torn: it breaks off after 40 bytes",
		"log.jsonl:21: the record is torn: it breaks off after 0 bytes",
		"log.jsonl:22: the record is torn: it breaks off after 40 bytes",
	}
	var got []string
	var read []int
	for r, err := range record.Read(named{strings.NewReader(strings.Join(lines, "\n"))}) {
		var at *record.LineError
		switch {
		case err == nil:
			read = append(read, r.Line)
		case errors.As(err, &at):
			got = append(got, err.Error())
		default:
			t.Error(err)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]int{1, 15, 20}, read); diff != "" {
		t.Error(diff)
	}
}

// broken fails after what it holds.
type broken struct{ io.Reader }

func (b broken) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = errDisk
	}
	return n, err
}

func TestReaderFails(t *testing.T) {
	const good = `{"ctl":1,"policy":"p","version":"v","as_of":"2025-06-01","facts":{},"status":"undecided"}` + "\n"
	var got []string
	for r, err := range record.Read(broken{strings.NewReader(good + "half")}) {
		got = append(got, fmt.Sprint(r != nil, " ", err))
	}
	if diff := cmp.Diff([]string{"true <nil>", "false line 2: no space left"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestCancelled(t *testing.T) {
	prog := load(t, screening)
	var out bytes.Buffer
	write(t, record.NewWriter(&out, record.Options{}), policy(t, prog, "sales"), told(t, prog, `buyer = "Acme"`))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	replay := record.NewReplay(&out, policy(t, prog, "strict"))
	for change, err := range replay.Changes(ctx) {
		if change != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("%v %v", change, err)
		}
	}
	if replay.Counts() != (record.Counts{}) {
		t.Errorf("%+v", replay.Counts())
	}
}
