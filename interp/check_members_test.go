package interp_test

import (
	"bytes"
	"context"
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
	"github.com/ctl-lang/ctl/lang/code"
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

// screening is a case of memberRules and its answer.
type screening struct{ on, party, place, want string }

// answersAre decides each case as often as it takes for the compiled policy to answer.
func answersAre(t *testing.T, p *interp.Policy, rows []screening) {
	t.Helper()
	for _, row := range rows {
		c := p.Program().NewCase()
		c.SetDate(*day(t, row.on))
		if err := c.Tell("party = "+row.party, "place = "+row.place); err != nil {
			t.Fatal(err)
		}
		for range 12 {
			d, err := p.Decide(t.Context(), c)
			if err != nil || d.Answer() != row.want {
				t.Errorf("%+v: got %v, %v", row, d, err)
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
	prog, err := interp.Options{Groups: groups}.LoadText(context.Background(), "members.ctl", memberRules)
	if err != nil {
		t.Fatal(err)
	}
	p, err := prog.Policy("p")
	if err != nil {
		t.Fatal(err)
	}
	answersAre(t, p, []screening{
		{"2020-06-01", "Acme 9999", "south", "deny"},
		{"2020-06-01", "Acme 10000", "south", "permit"},
		{"2019-12-31", "Late", "south", "permit"},
		{"2020-01-01", "Late", "south", "deny"},
		{"2020-12-31", "Friend", "north", "deny"},
		{"2021-01-01", "Friend", "north", "permit"},
	})
	for _, g := range prog.Groups() {
		if g.Name == "Known" && g.Len() != 10_002 {
			t.Errorf("%s has %d members", g.Name, g.Len())
		}
	}
	if reads != 1 {
		t.Errorf("the members were read %d times", reads)
	}
	if got := prog.LatestDate().String(); got != "2021-01-02" {
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
		code   code.Code
		want   string
		is     error
	}{
		{"none", nil, code.NoMembers, "nothing gives the members of the external group `Denied`", nil},
		{"one missing", map[string]interp.Members{"Closed": closed}, code.NoMembers, "`Denied`", nil},
		{"another name", map[string]interp.Members{"Closed": closed, "Denyed": interp.MembersOf(), "Denied": interp.MembersOf()}, code.BadData, "there is no external group `Denyed` (did you mean `Denied`?)", nil},
		{"not external", map[string]interp.Members{"Closed": closed, "Known": interp.MembersOf(), "Denied": interp.MembersOf()}, code.BadData, "there is no external group `Known`", nil},
		{"an unknown thing", map[string]interp.Members{"Closed": interp.MembersOf("south", "west"), "Denied": interp.MembersOf()}, code.BadData, "member 2 of `Closed`: there is no Place `west`", nil},
		{"empty", map[string]interp.Members{"Closed": closed, "Denied": interp.MembersOf("")}, code.BadData, "member 1 of `Denied`: its identity is empty", nil},
		{"many bad ones", map[string]interp.Members{"Closed": closed, "Denied": membersAre(many...)}, code.BadData, "`Denied` has more such members", nil},
		{"dates", map[string]interp.Members{"Closed": closed, "Denied": membersAre(interp.Member{ID: "x", Since: day(t, "2020-01-01"), Until: day(t, "2020-01-01")})}, code.BadData, "until is not after since", nil},
		{"an error", map[string]interp.Members{"Closed": closed, "Denied": failing}, code.BadData, "cannot read the members of `Denied`: the list is down", errDown},
		{"a panic", map[string]interp.Members{"Closed": closed, "Denied": func(func(interp.Member, error) bool) { panic(fs.ErrClosed) }}, code.BadData, "reading the members of `Denied` panicked: file already closed", fs.ErrClosed},
	} {
		_, err := interp.Options{Groups: row.groups}.LoadText(context.Background(), "members.ctl", memberRules)
		if err == nil || !strings.Contains(err.Error(), row.want) || !hasCode(err, row.code) || row.is != nil && !errors.Is(err, row.is) {
			t.Errorf("%s: got %v, want %s", row.name, err, row.want)
		}
	}
	endless := func(yield func(interp.Member, error) bool) {
		for yield(interp.Member{ID: "again"}, nil) {
		}
	}
	_, err := interp.Options{Groups: map[string]interp.Members{"Closed": closed, "Denied": endless}, Limits: interp.Limits{Members: 100}}.LoadText(context.Background(), "members.ctl", memberRules)
	if !hasCode(err, code.TooMuch) {
		t.Errorf("members without end: got %v", err)
	}
}

// TestGroupFiles reads external groups from files, and says what is wrong with these.
func TestGroupFiles(t *testing.T) {
	files := fstest.MapFS{
		"rules/m.ctl":  {Data: []byte(memberRules)},
		"lists/d.csv":  {Data: []byte("id,since,until\nAcme,,\nLate,2020-01-01,\n")},
		"closed.csv":   {Data: []byte("Name,until\nThe North,2021-01-01\n")},
		"unknown.csv":  {Data: []byte("north\nwest\n")},
		"rows.csv":     {Data: []byte("id\tsince\nnorth\n")},
		"quote.csv":    {Data: []byte("\"north\n")},
		"heading.csv":  {Data: []byte("Name,until\nnorth,\n")},
		"dates.csv":    {Data: []byte("id,since,until\nsouth,2020-01-01,2020-01-01\n")},
		"latin.csv":    {Data: []byte("id\nM\xfcller\n")},
		"excluded.csv": {Data: []byte("id\n")},
	}
	load := func(o interp.Options) (*interp.Program, error) {
		return o.Load(context.Background(), files, "rules/m.ctl")
	}
	denied := interp.GroupFile{Name: "lists/d.csv"}
	prog, err := load(interp.Options{GroupFiles: map[string]interp.GroupFile{"Denied": denied, "Closed": {Name: "closed.csv", Column: "name"}}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := prog.Policy("p")
	if err != nil {
		t.Fatal(err)
	}
	answersAre(t, p, []screening{
		{"2019-12-31", "Late", "south", "permit"},
		{"2020-01-01", "Late", "south", "deny"},
		{"2020-12-31", "x", "north", "deny"},
		{"2021-01-01", "x", "north", "permit"},
		{"2021-01-01", "Acme", "north", "deny"},
	})

	given := interp.MembersOf("Acme")
	if dated, err := load(interp.Options{GroupFiles: map[string]interp.GroupFile{"Closed": {Name: "excluded.csv"}}, Groups: map[string]interp.Members{
		"Denied": membersAre(interp.Member{ID: "Acme"}, interp.Member{ID: "Late", Since: day(t, "2020-01-01")})}}); err != nil {
		t.Error(err)
	} else if other, err := load(interp.Options{GroupFiles: map[string]interp.GroupFile{"Closed": {Name: "excluded.csv"}, "Denied": denied}}); err != nil || other.Version() != dated.Version() {
		t.Errorf("the same members make another version, from a file (%v)", err)
	}
	for _, row := range []struct {
		closed interp.GroupFile
		want   string
	}{
		{interp.GroupFile{Name: "gone.csv"}, "there is no file gone.csv"},
		{interp.GroupFile{Name: "../closed.csv"}, "there is no file"},
		{interp.GroupFile{}, "GroupFiles of interp.Options names no file for `Closed`"},
		{interp.GroupFile{Name: "unknown.csv"}, "unknown.csv, line 2: there is no Place `west`"},
		{interp.GroupFile{Name: "rows.csv"}, "rows.csv, line 2: `north` has 1 field, and the heading has 2"},
		{interp.GroupFile{Name: "quote.csv"}, "quote.csv, line 1: the quotes that open in `\"north` are not closed"},
		{interp.GroupFile{Name: "heading.csv"}, "has no column `id`"},
		{interp.GroupFile{Name: "heading.csv", Column: "nam"}, "heading.csv has no column `nam`"},
		{interp.GroupFile{Name: "latin.csv"}, "latin.csv, line 2: this is no UTF-8 text: save the file as UTF-8"},
		{interp.GroupFile{Name: "dates.csv"}, "dates.csv, line 2: until is not after since"},
	} {
		_, err := load(interp.Options{Groups: map[string]interp.Members{"Denied": given}, GroupFiles: map[string]interp.GroupFile{"Closed": row.closed}})
		if err == nil || !strings.Contains(err.Error(), row.want) || !hasCode(err, code.BadData) {
			t.Errorf("%v: got %v, want %s", row.closed, err, row.want)
		}
	}
	_, err = load(interp.Options{Groups: map[string]interp.Members{"Denied": given}, GroupFiles: map[string]interp.GroupFile{"Denied": denied, "Closed": {Name: "excluded.csv"}}})
	if err == nil || !strings.Contains(err.Error(), "both Groups and GroupFiles") {
		t.Errorf("members that are given twice: got %v", err)
	}
	if _, err := (interp.Options{GroupFiles: map[string]interp.GroupFile{"Denied": denied}}).LoadText(context.Background(), "m.ctl", memberRules); err == nil || !strings.Contains(err.Error(), "can use no files") {
		t.Errorf("of a text: got %v", err)
	}
}

// TestLoadErrors reaches what the file system gave, and each diagnostic.
func TestLoadErrors(t *testing.T) {
	_, err := interp.Load(context.Background(), fstest.MapFS{"a.ctl": {Data: []byte(`use "b.ctl"`)}}, "a.ctl")
	var d *lang.Diagnostic
	var ds lang.Diagnostics
	if !errors.Is(err, os.ErrNotExist) || !errors.As(err, &d) || d.Code != code.CannotRead || !errors.As(err, &ds) {
		t.Errorf("got %#v", err)
	}
	prog, err := interp.LoadText(context.Background(), "p.ctl", "outcomes deny policy p { deny }")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = prog.Policy("q"); !errors.As(err, &d) || d.Code != code.UnknownPolicy {
		t.Errorf("got %#v", err)
	}
}

// TestCompileWithMembers compiles rules with external groups, whose members are given anew to the
// compiled form, and refuses the form without them, as it does the rules.
func TestCompileWithMembers(t *testing.T) {
	files := fstest.MapFS{"m.ctl": {Data: []byte(memberRules)}, "m.csv": {Data: []byte("id\n")}}
	given := interp.Options{Groups: map[string]interp.Members{"Denied": interp.MembersOf("x"), "Closed": interp.MembersOf()}}
	for _, o := range []interp.Options{given, {OpenGroups: true}, {GroupFiles: map[string]interp.GroupFile{"Denied": {Name: "m.csv"}, "Closed": {Name: "m.csv"}}}} {
		var form bytes.Buffer
		if err := o.Compile(context.Background(), &form, files, "m.ctl"); err != nil {
			t.Fatal(err)
		}
		compiled := fstest.MapFS{"m.ctlc": {Data: form.Bytes()}, "m.csv": {Data: []byte("id\n")}}
		if _, err := interp.Load(context.Background(), compiled, "m.ctlc"); err == nil {
			t.Error("the form was loaded without members")
		}
		for _, with := range []interp.Options{given, {GroupFiles: map[string]interp.GroupFile{"Denied": {Name: "m.csv"}, "Closed": {Name: "m.csv"}}}} {
			prog, err := with.Load(context.Background(), compiled, "m.ctlc")
			if err != nil {
				t.Fatal(err)
			}
			text, err := with.Load(context.Background(), fstest.MapFS{"m.ctl": files["m.ctl"], "m.csv": compiled["m.csv"]}, "m.ctl")
			if err != nil {
				t.Fatal(err)
			}
			if prog.Version() != text.Version() || prog.LatestDate() != text.LatestDate() {
				t.Errorf("the form is another program: %s of %s, and %s of %s", prog.Version(), prog.LatestDate(), text.Version(), text.LatestDate())
			}
		}
	}
	if err := (interp.Options{}).Compile(context.Background(), io.Discard, files, "m.ctl"); err == nil {
		t.Error("rules without the members of their groups were compiled")
	}
}

// TestMembersVersion tells programs apart by the members that they were given, and not by
// the order in which these came.
func TestMembersVersion(t *testing.T) {
	version := func(denied interp.Members) string {
		o := interp.Options{Groups: map[string]interp.Members{"Denied": denied, "Closed": interp.MembersOf()}}
		prog, err := o.LoadText(context.Background(), "members.ctl", memberRules)
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
	if _, err := p.Decide(t.Context(), other.NewCase()); !errors.Is(err, interp.ErrOtherProgram) {
		t.Errorf("got %v", err)
	}
}

// FuzzMemberFile reads files of members: a group that the rules read from a file has those
// that an external group is given from it, or neither is read.
func FuzzMemberFile(f *testing.F) {
	for _, text := range []string{"id,since,until\nAcme,,\nLate,2020-01-01,2021-01-01\n", "Acme\nLate\n", "name,since\nAcme,2020-01-01\n", "\ufeffid\nAcme\n",
		"a;b\n", "id\tsince\n", "\"Acme, Inc.\",\n# a comment\n", "id,since\nAcme,soon\n", "\"", "\xff\xfe", "id,until\nAcme,0001-01-01\n"} {
		f.Add(text, "id")
		f.Add(text, "name")
	}
	f.Fuzz(func(t *testing.T, text, column string) {
		const rules = "outcomes deny > permit\nkind Party = text\nrole party: Party\n"
		const policy = "\npolicy p { deny any when party in Denied  otherwise permit }\n"
		files := fstest.MapFS{
			"from.ctl":   {Data: []byte(rules + "group Denied of Party from \"d.csv\" column " + lang.Quote(column) + policy)},
			"given.ctl":  {Data: []byte(rules + "group Denied of Party external" + policy)},
			"d.csv":      {Data: []byte(text)},
			"other/d.md": {Data: []byte(text)},
		}
		o := interp.Options{Limits: interp.Limits{Members: 1_000}}
		from, err := o.Load(context.Background(), files, "from.ctl")
		o.GroupFiles = map[string]interp.GroupFile{"Denied": {Name: "other/d.md", Column: column}}
		given, errGiven := o.Load(context.Background(), files, "given.ctl")
		if column == "" { // in the rules an empty name, and no name at all in an option
			return
		}
		if (err == nil) != (errGiven == nil) {
			t.Fatalf("from a file: %v; given: %v", err, errGiven)
		}
		if err != nil {
			return
		}
		if one, other := from.Groups()[0].Len(), given.Groups()[0].Len(); one != other {
			t.Fatalf("%d members, and %d given", one, other)
		}
		ids := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '\n' })
		for _, id := range ids[:min(3, len(ids))] {
			if one, other := screened(from, id), screened(given, id); one != other {
				t.Fatalf("%q: %s, and %s given", id, one, other)
			}
		}
	})
}

// FuzzGivenFile reads a file as a vocabulary, as what is known of one, and as the rows of a group that
// are meant. Whatever is listed can be told.
func FuzzGivenFile(f *testing.F) {
	for _, text := range []string{"id,n,m,w,since\nA,1,X,a;b,2020\nB,,,,1997-04\n", "id;n;m;w;since\n1 a;2.5;yes;;\n1A;2.5;1;;\n", "id\tn\tm\tw\tsince\n\"a\"\"b\"\t-1\tno\ta\t2001..2003\n",
		"id,n,m,w,since\na,1,,,\nA,2,,,\n", "id,id,n,m,w,since\n", "<html><table>", "PK\x03\x04", "\xff\xfei\x00d\x00", "id,n,m,w,since\rA,x,?,c,soon\r", "id,n,m,w,since\nÉtoile Co.,1,,,\nETOILE CO,1,,,\n"} {
		f.Add(text)
	}
	rules := "outcomes deny > permit\nunit usd of money\n"
	for _, k := range []struct{ name, says string }{{"Plain", ""}, {"Coded", " = code"}, {"Named", " = name"}} {
		rules += "kind " + k.name + k.says + ` from "d.csv" column "id" { n: money? from column "n" in usd  m: bool = no from marked "m"  w: set of a | b from column "w" split ";" }` + "\nrole " + strings.ToLower(k.name) + ": " + k.name + "\n"
	}
	rules += "kind Party = name\nrole party: Party\n" + `group Denied of Party from "d.csv" column "id" since "since" where "m" != "" or "n" like "1*" screened at 0.9
policy p { deny when plain.n > 1 usd or coded.m or any of named.w in (a)  deny when party in Denied  otherwise permit }
`
	f.Fuzz(func(t *testing.T, text string) {
		files := fstest.MapFS{"r.ctl": {Data: []byte(rules)}, "d.csv": {Data: []byte(text)}}
		o := interp.Options{Limits: interp.Limits{Members: 1_000, Nodes: 2_000, Steps: 20_000}}
		prog, err := o.Load(context.Background(), files, "r.ctl")
		if err != nil {
			return
		}
		decideAll(prog, prog.Policies()[0])
		for _, k := range prog.Kinds()[:3] {
			if k.Ids == nil {
				continue
			}
			for _, id := range k.Ids.Names()[:min(3, len(k.Ids.Names()))] {
				if c := prog.NewCase(); c.Tell(strings.ToLower(k.Name)+" = "+lang.Quote(id)) != nil {
					t.Fatalf("%s lists %q, and it cannot be told: %v", k.Name, id, c.Tell(strings.ToLower(k.Name)+" = "+lang.Quote(id)))
				}
			}
		}
	})
}

// screened is the answer to a party, or why there is none.
func screened(prog *interp.Program, id string) string {
	p, err := prog.Policy("p")
	if err != nil {
		return err.Error()
	}
	c := prog.NewCase()
	if err := c.Tell("party = " + lang.Quote(id)); err != nil {
		return err.Error()
	}
	d, err := p.Decide(context.Background(), c)
	if err != nil {
		return err.Error()
	}
	return d.Answer()
}
