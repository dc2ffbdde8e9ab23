package rules_test

import (
	"errors"
	"testing"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// Range and payload fix the category of a complete rocket or UAV system: a case
// with another one is refused. They fix nothing of anything else.
func TestMissileClassBoundaries(t *testing.T) {
	prog := load(t)
	policy, err := prog.Policy("guidelines")
	if err != nil {
		t.Fatal(err)
	}
	type facts struct{ form, reach, payload string }
	for _, test := range []struct {
		facts
		allowed string // categories
	}{
		{facts{"ballistic_missile", "300 km", "500 kg"}, "I"},
		{facts{"ballistic_missile", "300 km", "499.999 kg"}, "II"},
		{facts{"ballistic_missile", "299.999 km", "500 kg"}, "I II none"},
		{facts{"ballistic_missile", "299 km", "499 kg"}, "I II none"},
		{facts{"uav", "300000 m", "0.5 t"}, "I"},
		{facts{"uav", "300 km", "20 kg"}, "II"},
		{facts{"cruise_missile", "186.42 mi", "1102.4 lb"}, "I"}, // 300.014 km, 500.04 kg
		{facts{"cruise_missile", "186.41 mi", "1102.4 lb"}, "I II none"},
		{facts{"space_launch_vehicle", "5000 km", "2 t"}, "I"},
		{facts{"sounding_rocket", "300 km", "499 kg"}, "II"},
		{facts{"subsystem", "300 km", "500 kg"}, "I II none"},
		{facts{"technology", "300 km", "499 kg"}, "I II none"},
	} {
		allowed := ""
		for _, category := range []string{"I", "II", "none"} {
			c := prog.NewCase()
			if err := c.Tell("item.form = "+test.form, "item.range = "+test.reach, "item.payload = "+test.payload,
				"item.category = "+category, "recipient = US", "program.purpose = civil"); err != nil {
				t.Fatal(err)
			}
			_, err := policy.Decide(t.Context(), c)
			var broken lang.Diagnostics
			switch {
			case err == nil && allowed == "":
				allowed = category
			case err == nil:
				allowed += " " + category
			case !errors.As(err, &broken) || broken[0].Code != code.BrokenConstraint:
				t.Fatal(err)
			}
		}
		if allowed != test.allowed {
			t.Errorf("%+v may be of category %s, want %s", test.facts, allowed, test.allowed)
		}
	}
}
