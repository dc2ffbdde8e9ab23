package interp_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

const memberRules = `
outcomes deny > permit
kind Party = text
kind Place = north "The North" | south
role to party: Party
role at place: Place
group Denied of Party external
group Closed of Place external
group Known of Party: Denied, "Friend"
policy p {
  deny to Denied
  deny at Closed
  otherwise permit
}
`

func day(t *testing.T, s string) *interp.Date {
	t.Helper()
	d, err := interp.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

// membersAre gives members in a row.
func membersAre(ms ...interp.Member) interp.Members {
	return func(yield func(interp.Member, error) bool) {
		for _, m := range ms {
			if !yield(m, nil) {
				return
			}
		}
	}
}

// TestMembers reads external groups, with dates and without, and decides by them.
func TestMembers(t *testing.T) {
	reads := 0
	groups := map[string]interp.Members{
		"Denied": func(yield func(interp.Member, error) bool) {
			reads++
			for i := range 10_000 {
				if !yield(interp.Member{ID: fmt.Sprint("Acme ", i)}, nil) {
					return
				}
			}
			yield(interp.Member{ID: "Late", Since: day(t, "2020-01-01")}, nil)
		},
		"Closed": membersAre(interp.Member{ID: "the north", Until: day(t, "2021-01-01")}),
	}
	prog, err := interp.Options{Groups: groups}.LoadText("members.ctl", memberRules)
	if err != nil {
		t.Fatal(err)
	}
	p, err := prog.Policy("p")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ on, party, place, want string }{
		{"2020-06-01", "Acme 9999", "south", "deny"},
		{"2020-06-01", "Acme 10000", "south", "permit"},
		{"2019-12-31", "Late", "south", "permit"},
		{"2020-01-01", "Late", "south", "deny"},
		{"2020-12-31", "Friend", "north", "deny"},
		{"2021-01-01", "Friend", "north", "permit"},
	} {
		c := prog.NewCase()
		c.SetDate(*day(t, row.on))
		if err := c.Tell("party = "+row.party, "place = "+row.place); err != nil {
			t.Fatal(err)
		}
		for range 12 {
			d, err := p.Decide(c)
			if err != nil || d.Answer() != row.want {
				t.Errorf("%+v: got %v, %v", row, d, err)
			}
		}
	}
	for _, g := range prog.Groups() {
		if g.Name == "Known" && g.Len() != 10_002 {
			t.Errorf("%s has %d members", g.Name, g.Len())
		}
	}
	if reads != 1 {
		t.Errorf("the members were read %d times", reads)
	}
	if got := prog.DefaultDate().String(); got != "2021-01-02" {
		t.Errorf("without a date cases are decided as on %s", got)
	}
}

// TestBadMembers refuses programs whose external groups are not as they should be.
func TestBadMembers(t *testing.T) {
	closed := interp.MembersOf("north")
	failing := func(yield func(interp.Member, error) bool) {
		if yield(interp.Member{ID: "Acme"}, nil) {
			yield(interp.Member{}, errDown)
		}
	}
	many := make([]interp.Member, 30)
	for i := range many {
		many[i].ID = "\xff"
	}
	for _, row := range []struct {
		name   string
		groups map[string]interp.Members
		code   lang.Code
		want   string
		is     error
	}{
		{"none", nil, lang.NoMembers, "nothing gives the members of the external group `Denied`", nil},
		{"one missing", map[string]interp.Members{"Closed": closed}, lang.NoMembers, "`Denied`", nil},
		{"another name", map[string]interp.Members{"Closed": closed, "Denyed": interp.MembersOf(), "Denied": interp.MembersOf()}, lang.BadData, "there is no external group `Denyed` (did you mean `Denied`?)", nil},
		{"not external", map[string]interp.Members{"Closed": closed, "Known": interp.MembersOf(), "Denied": interp.MembersOf()}, lang.BadData, "there is no external group `Known`", nil},
		{"an unknown thing", map[string]interp.Members{"Closed": interp.MembersOf("south", "west"), "Denied": interp.MembersOf()}, lang.BadData, "member 2 of `Closed`: there is no Place `west`", nil},
		{"empty", map[string]interp.Members{"Closed": closed, "Denied": interp.MembersOf("")}, lang.BadData, "member 1 of `Denied`: its identity is empty", nil},
		{"many bad ones", map[string]interp.Members{"Closed": closed, "Denied": membersAre(many...)}, lang.BadData, "`Denied` has more such members", nil},
		{"dates", map[string]interp.Members{"Closed": closed, "Denied": membersAre(interp.Member{ID: "x", Since: day(t, "2020-01-01"), Until: day(t, "2020-01-01")})}, lang.BadData, "until is not after since", nil},
		{"an error", map[string]interp.Members{"Closed": closed, "Denied": failing}, lang.BadData, "cannot read the members of `Denied`: the list is down", errDown},
		{"a panic", map[string]interp.Members{"Closed": closed, "Denied": func(func(interp.Member, error) bool) { panic(fs.ErrClosed) }}, lang.BadData, "reading the members of `Denied` panicked: file already closed", fs.ErrClosed},
	} {
		_, err := interp.Options{Groups: row.groups}.LoadText("members.ctl", memberRules)
		if err == nil || !strings.Contains(err.Error(), row.want) || !hasCode(err, row.code) || row.is != nil && !errors.Is(err, row.is) {
			t.Errorf("%s: got %v, want %s", row.name, err, row.want)
		}
	}
	endless := func(yield func(interp.Member, error) bool) {
		for yield(interp.Member{ID: "again"}, nil) {
		}
	}
	_, err := interp.Options{Groups: map[string]interp.Members{"Closed": closed, "Denied": endless}, Limits: interp.Limits{Members: 100}}.LoadText("members.ctl", memberRules)
	if !hasCode(err, lang.TooMuch) {
		t.Errorf("members without end: got %v", err)
	}
}

// TestLoadErrors reaches what the file system gave, and each diagnostic.
func TestLoadErrors(t *testing.T) {
	_, err := interp.Load(fstest.MapFS{"a.ctl": {Data: []byte(`use "b.ctl"`)}}, "a.ctl")
	var d *lang.Diagnostic
	var ds lang.Diagnostics
	if !errors.Is(err, os.ErrNotExist) || !errors.As(err, &d) || d.Code != lang.CannotRead || !errors.As(err, &ds) {
		t.Errorf("got %#v", err)
	}
	prog, err := interp.LoadText("p.ctl", "outcomes deny policy p { deny }")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = prog.Policy("q"); !errors.As(err, &d) || d.Code != lang.UnknownPolicy {
		t.Errorf("got %#v", err)
	}
}

// TestCompileWithMembers refuses to write down what only the program that loads the
// rules can give.
func TestCompileWithMembers(t *testing.T) {
	files := fstest.MapFS{"m.ctl": {Data: []byte(memberRules)}}
	for _, o := range []interp.Options{
		{},
		{Groups: map[string]interp.Members{"Denied": interp.MembersOf("x"), "Closed": interp.MembersOf()}},
		{Functions: ownFunctions},
	} {
		if err := o.Compile(io.Discard, files, "m.ctl"); err == nil {
			t.Errorf("%v was compiled", o)
		}
	}
}

// TestMembersVersion tells programs apart by the members that they were given, and not by
// the order in which these came.
func TestMembersVersion(t *testing.T) {
	version := func(denied interp.Members) string {
		o := interp.Options{Groups: map[string]interp.Members{"Denied": denied, "Closed": interp.MembersOf()}}
		prog, err := o.LoadText("members.ctl", memberRules)
		if err != nil {
			t.Fatal(err)
		}
		return prog.Version()
	}
	first := version(interp.MembersOf("a", "b"))
	if again := version(interp.MembersOf("b", "a")); again != first {
		t.Error("the order of members makes another version")
	}
	for name, members := range map[string]interp.Members{
		"fewer":   interp.MembersOf("a"),
		"another": interp.MembersOf("a", "c"),
		"joined":  interp.MembersOf("ab"),
		"dated":   membersAre(interp.Member{ID: "a"}, interp.Member{ID: "b", Since: day(t, "2020-01-01")}),
	} {
		if version(members) == first {
			t.Errorf("%s: the same version", name)
		}
	}
}

// TestOtherProgram refuses a case of the version before.
func TestOtherProgram(t *testing.T) {
	_, p := functionProgram(t, "policy p { permit }")
	other, _ := functionProgram(t, "policy p { permit }")
	if _, err := p.Decide(other.NewCase()); !errors.Is(err, interp.ErrOtherProgram) {
		t.Errorf("got %v", err)
	}
}
