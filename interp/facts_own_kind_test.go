package interp

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
)

const ownKindRules = `
outcomes deny > permit
kind User = text { level: number  manager: User?  deputies: list of User }
role user: User
policy p {
  senior: permit when has user.manager.manager and user.manager.manager.level >= 3
  deputy: permit when some d in user.deputies has has d.manager and d.manager = user
  own: permit when has user.manager and user.manager = "Boss"
  otherwise deny
}`

// ownUser holds itself by a pointer, whose nil is not told; optionalUser as a fact that may be none.
type ownUser struct {
	ID       string    `ctl:"id,omitzero" json:"id,omitempty"`
	Level    int       `ctl:"level" json:"level"`
	Manager  *ownUser  `ctl:"manager" json:"manager,omitempty"`
	Deputies []ownUser `ctl:"deputies" json:"deputies"`
}

type optionalUser struct {
	ID       string                 `ctl:"id,omitzero"`
	Manager  Optional[optionalUser] `ctl:"manager"`
	Deputies []optionalUser         `ctl:"deputies"`
}

// Things within things of their own kind are decided alike from a struct, JSON, a map and a Case.
func TestThingsWithinTheirOwnKind(t *testing.T) {
	type facts struct {
		User ownUser `ctl:"user" json:"user"`
	}
	prog, err := LoadText(context.Background(), "own.ctl", ownKindRules)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("p")
	structs, err := Bind[facts](p)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := Bind[JSON](p)
	if err != nil {
		t.Fatal(err)
	}
	user := func(id string, level int, manager *ownUser, deputies ...ownUser) ownUser {
		return ownUser{id, level, manager, append([]ownUser{}, deputies...)}
	}
	top := user("Top", 3, nil)
	low := user("Low", 1, &top)
	boss := user("Boss", 1, nil)
	me := user("Me", 0, nil)
	of := user("Y", 1, &top)
	chain := user("X", 0, &of)
	for _, test := range []struct {
		user ownUser
		want string
	}{
		{user("Me", 0, &low), "decided permit"},
		{user("Me", 0, &boss), "decided permit"},
		{user("Me", 0, nil, user("Else", 0, &me)), "decided permit"},
		{user("Me", 0, nil), "undetermined "},
		{user("Me", 0, &low, user("Else", 0, &me)), "decided permit"},
		{user("Me", 0, &chain), "decided deny"},
	} {
		text, err := json.Marshal(facts{test.user})
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := json.Unmarshal(text, &m); err != nil {
			t.Fatal(err)
		}
		c := prog.NewCase()
		if err := c.ReadStruct(&facts{test.user}); err != nil {
			t.Fatal(err)
		}
		mapped := prog.NewCase()
		if err := mapped.ReadMap(m); err != nil {
			t.Fatal(err)
		}
		for range 12 { // the engine answers from the ninth on
			for name, decide := range map[string]func() (*Decision, error){
				"struct": func() (*Decision, error) { return structs.Decide(&facts{test.user}) },
				"JSON":   func() (*Decision, error) { x := JSON(text); return lines.Decide(&x) },
				"case":   func() (*Decision, error) { return p.Decide(context.Background(), c) },
				"map":    func() (*Decision, error) { return p.Decide(context.Background(), mapped) },
			} {
				d, err := decide()
				if err != nil {
					t.Fatalf("%s %s: %v", text, name, err)
				}
				got := string(d.Status) + " "
				if d.Outcome != nil {
					got += d.Outcome.Name
				}
				if got != test.want {
					t.Errorf("%s as %s is %s, not %s", text, name, got, test.want)
				}
			}
		}
	}
}

// What holds itself in Go without end, and JSON that goes on and on, is refused in time.
func TestThingsWithinTheirOwnKindEnd(t *testing.T) {
	prog, err := LoadText(context.Background(), "own.ctl", ownKindRules)
	if err != nil {
		t.Fatal(err)
	}
	circle := ownUser{ID: "Me"}
	circle.Manager, circle.Deputies = &circle, []ownUser{{ID: "Else", Manager: &circle}}
	if err := prog.NewCase().ReadStruct(&struct {
		User *ownUser `ctl:"user"`
	}{&circle}); err == nil || !strings.Contains(err.Error(), "too deep") {
		t.Errorf("a circle of pointers: %v", err)
	}
	c := prog.NewCase()
	if err := c.ReadStruct(&struct {
		User optionalUser `ctl:"user"`
	}{optionalUser{ID: "Me", Manager: Some(optionalUser{ID: "Boss", Manager: NoneOf[optionalUser]()})}}); err != nil {
		t.Error(err)
	}
	if v, err := c.Lookup("user.manager.manager"); err != nil || !isNone(v) {
		t.Errorf("the manager of the manager is %v, %v", v, err)
	}
	deep := strings.Repeat(`{"manager": `, 5000) + "null" + strings.Repeat("}", 5000)
	if err := prog.NewCase().ReadJSON(context.Background(), "deep", []byte(`{"user": `+deep+`}`)); err == nil || !strings.Contains(err.Error(), "too deep") {
		t.Errorf("deep JSON: %v", err)
	}
	if names := prog.FactNames(); strings.Join(names, " ") != "user user.level user.manager user.deputies" {
		t.Errorf("the facts are %v", names)
	}
}
