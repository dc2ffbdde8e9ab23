package interp_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/ctl-lang/ctl/interp"
)

const studentRules = `
outcomes refuse > grant
kind University { country: text }
kind Student { field: arts | science  born: date  credits: number  until: date? }
role student: Student
role host: University
policy exchange {
  refuse when student.field = science and student.born >= 2010-01-01
  refuse when student.credits < 3
  refuse when has student.until
  otherwise grant
}`

func studentPolicy(t *testing.T) *interp.Policy {
	t.Helper()
	prog, err := interp.LoadText(context.Background(), "test.ctl", studentRules)
	if err != nil {
		t.Fatal(err)
	}
	p, err := prog.Policy("exchange")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// both is what ReadStruct says of facts, and what Bind and the Bound say of them.
func both[T any](t *testing.T, p *interp.Policy, facts T) (read, bound string) {
	t.Helper()
	if err := p.Program().NewCase().ReadStruct(facts); err != nil {
		read = err.Error()
	}
	b, err := interp.Bind[T](p)
	if err == nil {
		_, err = b.Decide(&facts)
	}
	if err != nil {
		bound = err.Error()
	}
	return read, bound
}

// A time that was never set is no date: as 0001-01-01 it would decide cases.
func TestZeroTimeIsNoFact(t *testing.T) {
	type facts struct {
		Student struct {
			Field string    `ctl:"field"`
			Born  time.Time `ctl:"born"`
		} `ctl:"student"`
	}
	var f facts
	f.Student.Field = "science"
	read, bound := both(t, studentPolicy(t), f)
	for _, got := range []string{read, bound} {
		if !strings.Contains(got, "`student.born` is the zero time.Time") || !strings.Contains(got, "omitzero") {
			t.Errorf("got %q", got)
		}
	}
	type optional struct {
		Student struct {
			Until interp.Optional[time.Time] `ctl:"until"`
		} `ctl:"student"`
	}
	var o optional
	o.Student.Until = interp.Some(time.Time{})
	if read, bound := both(t, studentPolicy(t), o); !strings.Contains(read, "zero time.Time") || !strings.Contains(bound, "zero time.Time") {
		t.Errorf("got %q and %q", read, bound)
	}
}

// An empty text that is no value says how to leave a fact out.
func TestEmptyChoice(t *testing.T) {
	type facts struct {
		Student struct {
			Field string `ctl:"field"`
		} `ctl:"student"`
	}
	read, bound := both(t, studentPolicy(t), facts{})
	for _, got := range []string{read, bound} {
		if !strings.Contains(got, "is not one of") || !strings.Contains(got, "tag its field omitzero") {
			t.Errorf("got %q", got)
		}
	}
}

// Every field that is wrong is reported, and a struct that tells nothing.
func TestWrongFields(t *testing.T) {
	type facts struct {
		Student struct {
			Feild   string `ctl:"feild"`
			Credits string `ctl:"credits"`
			Age     int    `ctl:"age"`
		} `ctl:"student"`
		Hosts string `ctl:"hosts"`
	}
	read, bound := both(t, studentPolicy(t), facts{})
	for _, want := range []string{"feild", "age", "hosts"} {
		if !strings.Contains(read, want) || !strings.Contains(bound, want) {
			t.Errorf("%s is missing in\n%s\nor in\n%s", want, read, bound)
		}
	}
	type untagged struct{ Student struct{ Field string } }
	read, bound = both(t, studentPolicy(t), untagged{})
	for _, got := range []string{read, bound} {
		if !strings.Contains(got, "has no field with a ctl tag") {
			t.Errorf("got %q", got)
		}
	}
	type within struct {
		Student struct{ Field string } `ctl:"student"`
	}
	read, bound = both(t, studentPolicy(t), within{})
	for _, got := range []string{read, bound} {
		if !strings.Contains(got, "`student`") || !strings.Contains(got, "has no field with a ctl tag") {
			t.Errorf("got %q", got)
		}
	}
}

func TestArticles(t *testing.T) {
	p := studentPolicy(t)
	err := p.Program().NewCase().ReadMap(map[string]any{"host": 3})
	if err == nil || !strings.Contains(err.Error(), "a University") {
		t.Error(err)
	}
}

func TestNilCase(t *testing.T) {
	p := studentPolicy(t)
	_, decided := p.Decide(t.Context(), nil)
	_, flipped := p.Flip(t.Context(), nil, "grant", interp.FlipOptions{})
	b, err := interp.Bind[interp.Case](p)
	if err != nil {
		t.Fatal(err)
	}
	_, bound := b.Decide(nil)
	_, given := b.Given(nil)
	for i, err := range []error{decided, flipped, bound, given} {
		if err == nil || !strings.Contains(err.Error(), "the case is nil") {
			t.Errorf("%d: %v", i, err)
		}
	}
}
