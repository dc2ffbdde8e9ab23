package ergonomics

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
	"github.com/ctl-lang/ctl/bench/ergonomics/withcedar"
	"github.com/ctl-lang/ctl/bench/ergonomics/withcel"
	"github.com/ctl-lang/ctl/bench/ergonomics/withctl"
	"github.com/ctl-lang/ctl/bench/ergonomics/withexpr"
)

// engines are the twelve tasks, four times. Range is how a range of 500 km is written in JSON.
var engines = []struct {
	name, folder string
	jsonRange    string
	rules        string // the file of rules
	permitAll    string // a change of it: an old text, a new one
	withPermit   string
	task.Tasks
}{
	{"Ctl", "withctl", `"500 km"`, "rules.ctl", "review when", "permit when", task.Tasks{
		Decide: withctl.Decide, Why: withctl.Why, Missing: withctl.Missing, OwnFunction: withctl.OwnFunction, Group: withctl.Group, Reload: withctl.Reload,
		Batch: withctl.Batch, Struct: withctl.Struct, JSON: withctl.JSON, Test: withctl.Test, Metrics: withctl.Metrics, UI: withctl.UI}},
	{"expr", "withexpr", `500`, "rules.json", `"review"`, `"permit"`, task.Tasks{
		Decide: withexpr.Decide, Why: withexpr.Why, Missing: withexpr.Missing, OwnFunction: withexpr.OwnFunction, Group: withexpr.Group, Reload: withexpr.Reload,
		Batch: withexpr.Batch, Struct: withexpr.Struct, JSON: withexpr.JSON, Test: withexpr.Test, Metrics: withexpr.Metrics, UI: withexpr.UI}},
	{"cel-go", "withcel", `500`, "rules.json", `"review"`, `"permit"`, task.Tasks{
		Decide: withcel.Decide, Why: withcel.Why, Missing: withcel.Missing, OwnFunction: withcel.OwnFunction, Group: withcel.Group, Reload: withcel.Reload,
		Batch: withcel.Batch, Struct: withcel.Struct, JSON: withcel.JSON, Test: withcel.Test, Metrics: withcel.Metrics, UI: withcel.UI}},
	{"cedar-go", "withcedar", `500`, "rules.cedar", `"review"`, `"permit"`, task.Tasks{
		Decide: withcedar.Decide, Why: withcedar.Why, Missing: withcedar.Missing, OwnFunction: withcedar.OwnFunction, Group: withcedar.Group, Reload: withcedar.Reload,
		Batch: withcedar.Batch, Struct: withcedar.Struct, JSON: withcedar.JSON, Test: withcedar.Test, Metrics: withcedar.Metrics, UI: withcedar.UI}},
}

func request(category string, km float64, to string, vetted, convicted bool) task.Request {
	return task.Request{
		Item:      task.Item{Category: category, Range: &km},
		Recipient: task.Recipient{ID: to, Vetted: &vetted},
		Applicant: task.Applicant{ID: "Acme", Convicted: &convicted},
	}
}

// cases are requests, and what is right.
var cases = []struct {
	task.Request
	outcome string
}{
	{request("I", 100, "AE", false, false), "deny"},
	{request("I", 100, "AE", true, false), "review"},
	{request("II", 500, "AE", false, false), "review"},
	{request("II", 100, "AE", false, false), "permit"},
	{request("II", 100, "US", false, true), "deny"},
}

func requests() (all []task.Request, outcomes []string) {
	for _, c := range cases {
		all, outcomes = append(all, c.Request), append(outcomes, c.outcome)
	}
	return all, outcomes
}

// TestTasks holds what every engine's twelve tasks give to what is right.
func TestTasks(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Run("decide", func(t *testing.T) {
				for _, c := range cases {
					got, err := e.Decide(c.Item.Category, *c.Item.Range, c.Recipient.ID, *c.Recipient.Vetted, c.Applicant.ID, *c.Applicant.Convicted)
					equal(t, got, c.outcome, err)
				}
			})
			t.Run("why", func(t *testing.T) {
				why, err := e.Why(cases[0].Request)
				equal(t, why, task.Why{Outcome: "deny", Rules: []string{"nonmember"}, Facts: []string{"item.category", "recipient", "recipient.vetted"}}, err)
			})
			t.Run("missing", func(t *testing.T) { testMissing(t, e.Missing) })
			t.Run("own function", func(t *testing.T) { testOwnFunction(t, e.OwnFunction) })
			t.Run("group", func(t *testing.T) { testGroup(t, e.Group) })
			t.Run("reload", func(t *testing.T) {
				testReload(t, e.Reload, filepath.Join(e.folder, e.rules), e.permitAll, e.withPermit)
			})
			t.Run("batch", func(t *testing.T) {
				all, want := requests()
				open := request("II", 100, "US", false, false)
				open.Applicant.Convicted = nil
				got, err := e.Batch(append(all, open))
				equal(t, got, append(want, ""), err)
			})
			t.Run("struct", func(t *testing.T) {
				for _, c := range cases {
					got, err := e.Struct(c.Request)
					equal(t, got, c.outcome, err)
				}
			})
			t.Run("JSON", func(t *testing.T) { testJSON(t, e.JSON, e.jsonRange) })
			t.Run("test", func(t *testing.T) {
				failed, err := e.Test()
				equal(t, failed, []string{"wrong on purpose"}, err)
			})
			t.Run("metrics", func(t *testing.T) {
				all, _ := requests()
				counts, err := e.Metrics(all)
				equal(t, counts, map[string]int{"deny": 2, "review": 2, "permit": 1}, err)
			})
			t.Run("UI", func(t *testing.T) { testUI(t, e.UI) })
		})
	}
}

func testMissing(t *testing.T, missing func(task.Request) ([]string, error)) {
	for _, c := range []struct {
		change func(*task.Request)
		want   []string
	}{
		{func(r *task.Request) {}, nil},
		{func(r *task.Request) { r.Applicant.Convicted = nil }, nil}, // denied all the same
		{func(r *task.Request) { r.Recipient.Vetted = nil }, []string{"recipient.vetted"}},
		{func(r *task.Request) { r.Recipient.Vetted, r.Applicant.Convicted = nil, nil }, []string{"applicant.convicted", "recipient.vetted"}},
		{func(r *task.Request) { r.Recipient.ID, r.Recipient.Vetted = "US", nil }, nil}, // a member: nobody asks
		{func(r *task.Request) { r.Item.Category, r.Item.Range = "II", nil }, []string{"item.range"}},
		{func(r *task.Request) { r.Item.Range = nil }, nil},
	} {
		r := request("I", 100, "AE", false, false)
		c.change(&r)
		got, err := missing(r)
		if len(got) == 0 {
			got = nil
		}
		equal(t, got, c.want, err)
	}
}

func testOwnFunction(t *testing.T, decide func(task.Request, func(string) (float64, error)) (string, error)) {
	down := errors.New("the risk service is down")
	riskOf := func(country string) (float64, error) {
		if country == "ZW" {
			return 0, down
		}
		return map[string]float64{"AE": 0.75}[country], nil
	}
	for to, want := range map[string]string{"AE": "review", "US": "permit"} {
		got, err := decide(request("II", 100, to, false, false), riskOf)
		equal(t, got, want, err)
	}
	if got, err := decide(request("II", 100, "ZW", false, false), riskOf); !errors.Is(err, down) {
		t.Errorf("with the service down: %q, %v", got, err)
	}
}

func testGroup(t *testing.T, decide func(task.Request, iter.Seq2[string, error]) (string, error)) {
	lost := errors.New("the database is gone")
	rows := func(err error) iter.Seq2[string, error] {
		return func(yield func(string, error) bool) {
			if yield("US", nil) && yield("AE", nil) && err != nil {
				yield("", err)
			}
		}
	}
	got, err := decide(cases[0].Request, rows(nil))
	equal(t, got, "review", err)
	if got, err := decide(cases[0].Request, rows(lost)); !errors.Is(err, lost) {
		t.Errorf("without the database: %q, %v", got, err)
	}
}

func testReload(t *testing.T, serve func(string) (task.Service, error), rules, old, new string) {
	text, err := os.ReadFile(rules)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), filepath.Base(rules))
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file+".new", []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(file+".new", file); err != nil {
			t.Fatal(err)
		}
	}
	write(string(text))
	service, err := serve(file)
	if err != nil {
		t.Fatal(err)
	}
	defer service.Close()
	decides := func(want string) {
		t.Helper()
		got, err := service.Decide(cases[2].Request)
		equal(t, got, want, err)
	}
	decides("review")
	write(strings.ReplaceAll(string(text), old, new))
	if err := service.Reload(); err != nil {
		t.Fatal(err)
	}
	decides("permit")
	write(strings.ReplaceAll(string(text), old, strings.Replace(old, "review", "revew", 1)))
	if err := service.Reload(); err == nil {
		t.Error("an outcome that there is not was taken")
	}
	decides("permit")
}

func testJSON(t *testing.T, decide func([]byte) ([]byte, error), kilometres string) {
	const text = `{"item": {"category": "II", "range": %s}, "recipient": {"id": "AE", "vetted": false}, "applicant": {"id": "Acme", "convicted": false}}`
	in := fmt.Sprintf(text, kilometres)
	data, err := decide([]byte(in))
	if err != nil {
		t.Fatal(err)
	}
	var out struct {
		Outcome string
		Rules   []struct{ Label string }
	}
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	equal(t, out.Outcome, "review", nil)
	equal(t, out.Rules, []struct{ Label string }{{"listed"}}, nil)
	for _, wrong := range []string{strings.Replace(in, "category", "categry", 1), strings.Replace(in, "II", "III", 1)} {
		if data, err := decide([]byte(wrong)); err == nil {
			t.Errorf("%s: %s", wrong, data)
		}
	}
}

func testUI(t *testing.T, ui func() (task.Page, error)) {
	page, err := ui()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range page.Fields {
		names = append(names, f.Name)
		if f.Question == "" {
			t.Errorf("no question for %s", f.Name)
		}
		if f.Name == "item.category" {
			equal(t, f.Choices, []string{"I", "II", "uncontrolled"}, nil)
		}
	}
	slices.Sort(names)
	equal(t, names, []string{"applicant.convicted", "item.category", "item.range", "recipient", "recipient.vetted"}, nil)
	for _, r := range page.Rules {
		if r.Label == "listed" {
			equal(t, r.Facts, []string{"item.category", "item.range"}, nil)
			if !strings.Contains(r.Text, "300") {
				t.Errorf("%q", r.Text)
			}
			return
		}
	}
	t.Error("no rule listed")
}

func equal[T any](t *testing.T, got, want T, err error) {
	t.Helper()
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
}
