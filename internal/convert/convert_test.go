package convert

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ctl-lang/ctl/interp"
)

func TestNames(t *testing.T) {
	for text, want := range map[string]string{"Guest Count": "guest_count", "to": "to_", "1 a": "a", "Größe (cm)": "größe_cm", "--": "", "deny": "deny", "a  b": "a_b"} {
		if got := Name(text); got != want {
			t.Errorf("%q is %q", text, got)
		}
	}
}

func TestFeel(t *testing.T) {
	for _, row := range []struct{ cell, as, want string }{
		{"", "number", ""}, {"-", "text", ""}, {"3", "number", "3"}, {".5", "number", "0.5"}, {"< 5", "number", "< 5"}, {">=-1.5", "number", ">= -1.5"},
		{"[1..5]", "number", "1 .. 5"}, {"[1..5)", "number", ">= 1 and < 5"}, {"]1..5]", "number", "> 1 and <= 5"}, {"(1..5[", "number", "> 1 and < 5"},
		{"1, [3..4], > 7", "number", "1, 3 .. 4, > 7"}, {"not(1, 2)", "number", "not 1, 2"},
		{`"a","b"`, "a | b", "a, b"}, {`not("a")`, "a | b", "not a"}, {`"Korea, South", "x"`, "text", `"Korea, South", "x"`},
		{"true", "bool", "yes"}, {"not(true)", "bool", "no"}, {"false", "bool", "no"},
		{`date("2020-02-29")`, "date", "2020-02-29"}, {`>= @"2020-01-01"`, "date", ">= 2020-01-01"}, {`[date("2020-01-01")..date("2020-12-31")]`, "date", "2020-01-01 .. 2020-12-31"},
		{"x", "number", "error"}, {"1 + 2", "number", "error"}, {"null", "text", "error"}, {`"a" + "b"`, "text", "error"}, {"true, false", "bool", "error"}, {`< "a"`, "text", "error"},
		{`["a".."b"]`, "text", "error"}, {`"a`, "text", "error"}, {`date("x")`, "date", "error"}, {`"a b"`, "a | b", "error"}, {`contains(?, "a")`, "text", "error"}, {"1..5", "number", "error"}, {`"say \"so\""`, "text", "error"},
		{"not(not(1))", "number", "error"},
	} {
		got, err := feelCell(row.cell, row.as)
		if err != nil {
			got = "error"
		}
		if got != row.want {
			t.Errorf("%s as %s: got %s (%v), want %s", row.cell, row.as, got, err, row.want)
		}
	}
}

// TestCedarDecides holds converted policies to what they say.
func TestCedarDecides(t *testing.T) {
	text, err := Cedar("p.cedar", []byte(`
@id("owner")
permit (principal is User, action in [Action::"view", Action::"edit"], resource in Folder::"pub")
when { principal == resource.owner && resource.size < 5 }
unless { resource has locked && resource.locked };
@id("blocked")
forbid (principal == User::"eve", action, resource);
permit (principal, action == Action::"list", resource) when { if principal has age then principal.age >= 18 else resource.name like "pub*?" };
`))
	if err != nil {
		t.Fatal(err)
	}
	prog, err := interp.Load(context.Background(), fstest.MapFS{"p.ctl": {Data: text}}, "p.ctl")
	if err != nil {
		t.Fatalf("%s\n%s", text, err)
	}
	policy, err := prog.Policy("cedar")
	if err != nil {
		t.Fatal(err)
	}
	for facts, want := range map[string]string{
		"principal = User::ann; principal.type = User; principal.age = none; action = Action::view; action.parents = (); resource = File::a; resource.parents = (Folder::pub); resource.owner = User::ann; resource.size = 4; resource.locked = none": "permit by owner",
		"principal = User::ann; principal.type = User; principal.age = none; action = Action::view; action.parents = (); resource = File::a; resource.parents = (Folder::pub); resource.owner = User::ann; resource.size = 4; resource.locked = yes":  "forbid by ",
		"principal = User::eve; action = Action::list; principal.age = 20":                                                                        "forbid by blocked",
		"principal = User::bob; action = Action::list; action.parents = (); principal.type = User; principal.age = 20":                            "permit by policy_3",
		"principal = User::bob; action = Action::list; action.parents = (); principal.type = User; principal.age = none; resource.name = public?": "permit by policy_3",
		"principal = User::bob; action = Action::list; action.parents = (); principal.type = User; principal.age = none; resource.name = public1": "forbid by ",
	} {
		c := prog.NewCase()
		if err := c.Tell(strings.Split(facts, "; ")...); err != nil {
			t.Fatal(err)
		}
		d, err := policy.Decide(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		got := d.Answer() + " by "
		for _, r := range d.Rules {
			got += r.Label
		}
		if got != want {
			t.Errorf("%s: %s, want %s\n%s", facts, got, want, text)
		}
	}
}

func FuzzDMN(f *testing.F) {
	f.Add([]byte(`<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision name="d"><decisionTable><input><inputExpression typeRef="number"><text>a</text></inputExpression></input><output/><rule><inputEntry><text>1</text></inputEntry><outputEntry><text>"x"</text></outputEntry></rule></decisionTable></decision></definitions>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := DMN(data, "")
		if err != nil {
			return
		}
		var rows strings.Builder
		if err := table.WriteCSV(&rows); err != nil {
			t.Fatal(err)
		}
		rules := table.Rules("p", "p.csv")
		if _, err := interp.Load(context.Background(), fstest.MapFS{"p.ctl": {Data: []byte(rules)}, "p.csv": {Data: []byte(rows.String())}}, "p.ctl"); err != nil {
			t.Errorf("%s\n%s\n%s\n%s", data, rules, rows.String(), err)
		}
	})
}

func FuzzCedar(f *testing.F) {
	f.Add([]byte(`permit (principal is U, action in [A::"b"], resource) when { principal has a && principal.a.contains("x") };`))
	f.Add([]byte(`forbid (principal == U::"x", action, resource is R in F::"y") unless { context.a == true || resource.b like "a*\*?" || principal in [A::"1", A::"2"] || -(context.n + 1) * 2 <= 3 || !(resource.s.containsAll(["a", "b"])) };`))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := Cedar("p.cedar", data)
		if err != nil {
			return
		}
		if _, err := interp.LoadText(context.Background(), "p.ctl", string(text)); err != nil {
			t.Errorf("%s\n%s\n%s", data, text, err)
		}
	})
}
