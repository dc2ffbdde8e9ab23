package ergonomics

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/ext"
	"github.com/cedar-policy/cedar-go"
	"github.com/ctl-lang/ctl/bench/ergonomics/task"
	"github.com/ctl-lang/ctl/bench/ergonomics/withcedar"
	"github.com/ctl-lang/ctl/bench/ergonomics/withcel"
	"github.com/ctl-lang/ctl/bench/ergonomics/withctl"
	"github.com/ctl-lang/ctl/bench/ergonomics/withexpr"
	"github.com/expr-lang/expr"
)

// surprises are what one has to know of an engine beforehand. Each is shown.
var surprises = []struct {
	engine, text string
	show         func(*testing.T)
}{
	{"Ctl", "A number that is a quantity comes with its unit: `\"500 km\"` in JSON and in maps, a tag in structs; `500` is refused.", func(t *testing.T) {
		_, err := withctl.JSON([]byte(`{"item": {"range": 500}}`))
		fails(t, err, "needs a unit")
	}},
	{"Ctl", "A case whose answer hangs on no missing fact is decided though some are missing. The others' code above refuses it where a rule reads one before another decides.", func(t *testing.T) {
		open := request("I", 100, "AE", false, false)
		open.Applicant.Convicted = nil
		got, err := withctl.Struct(open)
		equal(t, got, "deny", err)
		for _, decide := range []func(task.Request) (string, error){withexpr.Struct, withcel.Struct, withcedar.Struct} {
			_, err := decide(open)
			fails(t, err, "")
		}
	}},
	{"expr", "A `*bool` is no condition, so that what may be missing is `any`, copied by hand.", func(t *testing.T) {
		_, err := expr.Compile("convicted", expr.Env(struct {
			Convicted *bool `expr:"convicted"`
		}{}), expr.AsBool())
		fails(t, err, "expected bool, but got *bool")
	}},
	{"expr", "With `AsBool` a missing fact is false and `deny when convicted` does not deny; without it, a rule that is no condition is told when it is run.", func(t *testing.T) {
		var env struct {
			Convicted any `expr:"convicted"`
		}
		program, err := expr.Compile("convicted", expr.Env(env), expr.AsBool())
		if err != nil {
			t.Fatal(err)
		}
		got, err := expr.Run(program, env)
		equal(t, got, any(false), err)
		if _, err := expr.Compile("1 + 1"); err != nil {
			t.Error(err)
		}
	}},
	{"expr", "What is missing is found by trying values, which whoever changes a rule's numbers has to keep right.", func(t *testing.T) {
		open := request("II", 0, "US", false, false)
		open.Item.Range = nil
		got, err := withexpr.Missing(open)
		equal(t, got, []string{"item.range"}, err)
	}},
	{"cel-go", "A nil `*bool` of a struct is false and a nil `*float64` is 0, so that what is not known permits, unless each is marked as unknown.", func(t *testing.T) {
		env, err := cel.NewEnv(ext.NativeTypes(reflect.TypeFor[task.Applicant](), ext.ParseStructTags(true)), cel.Variable("applicant", cel.ObjectType("task.Applicant")))
		if err != nil {
			t.Fatal(err)
		}
		ast, issues := env.Compile("applicant.convicted")
		if issues.Err() != nil {
			t.Fatal(issues.Err())
		}
		program, err := env.Program(ast)
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := program.Eval(map[string]any{"applicant": task.Applicant{}})
		equal(t, got == types.False, true, err)
	}},
	{"cel-go", "`item.range >= 300` is refused where the range is a `float64`: it is `300.0`.", func(t *testing.T) {
		env, err := cel.NewEnv(cel.Variable("range", cel.DoubleType))
		if err != nil {
			t.Fatal(err)
		}
		_, issues := env.Compile("range >= 300")
		fails(t, issues.Err(), "no matching overload")
	}},
	{"cedar-go", "A policy that cannot be evaluated is passed over: a `forbid` whose fact is missing permits, unless one looks at the diagnostic.", func(t *testing.T) {
		policies, err := cedar.NewPolicySetFromBytes("", []byte(`permit(principal, action, resource); forbid(principal, action, resource) when { context.convicted };`))
		if err != nil {
			t.Fatal(err)
		}
		decision, diagnostic := cedar.Authorize(policies, cedar.EntityMap{}, cedar.Request{})
		equal(t, decision, cedar.Allow, nil)
		equal(t, len(diagnostic.Errors), 1, nil)
	}},
	{"cedar-go", "There are two outcomes: the third is an annotation, and its order is the program's. What a function gives is a fact that is computed beforehand: where that fails, so does a case whose answer does not hang on it.", func(t *testing.T) {
		down := func(string) (float64, error) { return 0, errors.New("down") }
		_, err := withcedar.OwnFunction(request("I", 100, "AE", false, true), down)
		fails(t, err, "down")
		got, err := withctl.OwnFunction(request("I", 100, "AE", false, true), down)
		equal(t, got, "deny", err)
	}},
	{"cedar-go", "Numbers are whole: a range of 299.9 km has to be rounded, or is a decimal, which has no `>=`.", func(t *testing.T) {
		var p cedar.Policy
		if err := p.UnmarshalCedar([]byte(`forbid(principal, action, resource) when { resource.range >= 299.9 };`)); err == nil {
			t.Error("taken")
		}
	}},
}

// TestSurprises shows each of them.
func TestSurprises(t *testing.T) {
	for _, s := range surprises {
		t.Run(s.engine, s.show)
	}
}

func fails(t *testing.T, err error, with string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), with) {
		t.Errorf("%v; want %q", err, with)
	}
}
