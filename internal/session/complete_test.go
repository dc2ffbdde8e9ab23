package session

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestComplete(t *testing.T) {
	s := newSession(t, Options{})
	tell(t, s, "item is SLV", "mine: deny CategoryII to AE")
	for _, tt := range []struct {
		text string
		want []string // among the candidates
		not  []string
	}{
		{"", []string{"decide", "item.form", "SLV", "deny", "term"}, nil},
		{"item.", []string{"item.form", "item.range"}, []string{"recipient"}},
		{"item.form = ", []string{"uav", "space_launch_vehicle"}, []string{"I"}},
		{"item.form != u", []string{"uav"}, []string{"II"}},
		{"item.production_facility = ", []string{"yes", "no"}, nil},
		{"item.range = 300 ", []string{"300 km", "300 mi"}, []string{"300 kg"}},
		{"item.payload >= 500 ", []string{"500 kg"}, []string{"500 km"}},
		{"recipient = ", []string{"IN", "FR"}, []string{"India"}},
		{"recipient = In", []string{"India", "Indonesia"}, []string{"IN"}},
		{"recipient = united a", []string{"United Arab Emirates"}, nil},
		{"item is SLV, recipient = Saudi A", []string{"Saudi Arabia"}, nil},
		{"recipient is ", []string{"nonMember", "strong_controls", "not"}, []string{"SLV"}},
		{"recipient is not ", []string{"Partner"}, []string{"SLV", "not"}},
		{"recipient in ", []string{"Member"}, nil},
		{"SLV and ", []string{"vetted", "item.range"}, nil},
		{"item.category ", []string{"=", "in"}, nil},
		{"forget ", []string{"item.form"}, []string{"item.range"}},
		{"why ", []string{"not"}, nil},
		{"why not ", []string{"permit", "deny"}, []string{"SLV"}},
		{"flip review ", []string{"all"}, nil},
		{"what ", []string{"if"}, nil},
		{"what if recipient = ", []string{"IN"}, nil},
		{"use ", []string{"us", "us1993", "us2025_draft"}, nil},
		{"diff us1993 ", []string{"us2025", "when"}, nil},
		{"diff us1993 us2025 when item.category = ", []string{"II"}, nil},
		{"as of ", []string{"1993-09-27", "2025-01-03", "today"}, nil},
		{"table ", []string{"item.form"}, nil},
		{"show ", []string{"nonmember", "mine", "SLV", "Member", "item.form", "session"}, nil},
		{"rules ", []string{"deny"}, nil},
		{"terms ", []string{"Country"}, nil},
		{"help ", []string{"facts", "flip"}, nil},
		{"test ", []string{"a Category I missile meets the presumption of denial"}, nil},
		{"prove every", []string{"every case is decided"}, nil},
		{"deny ", []string{"CategoryI", "SLV", "any"}, []string{"nonMember", "IN"}},
		{"deny CategoryI ", []string{"to", "for", "with", "when", "unless", "notwithstanding"}, []string{"SLV"}},
		{"deny CategoryI to ", []string{"nonMember", "Member", "any", "not"}, []string{"SLV"}},
		{"deny CategoryI to I", []string{"IN", "IT"}, nil},
		{"deny CategoryI to IN, ", []string{"nonMember"}, []string{"SLV"}},
		{"deny CategoryI for ", []string{"MilitaryMissile", "vetted"}, []string{"nonMember"}},
		{"deny CategoryI when item.form = ", []string{"uav"}, nil},
		{"deny CategoryI unless ", []string{"SLV", "item.range"}, nil},
		{"new: ", []string{"deny", "permit"}, []string{"SLV"}},
		{"deny CategoryI notwithstanding ", []string{"nonmember", "annex"}, nil},
		{"deny CategoryI subject ", []string{"to"}, []string{"nonmember"}},
		{"deny CategoryI subject to ", []string{"nonmember"}, []string{"nonMember"}},
		{"otherwise ", []string{"permit"}, []string{"SLV"}},
		{"repeal ", []string{"annex", "mine"}, nil},
		{"policy x amends ", []string{"us2025"}, nil},
		{"term X of Item: ", []string{"SLV", "item.form"}, nil},
		{"deny CategoryI to (IN, ", []string{"nonMember"}, []string{"SLV"}},
		{"deny CategoryI to not ", []string{"nonMember"}, []string{"SLV"}},
		{"deny CategoryI when item.category ", []string{"=", "in", "unless", "to"}, []string{"SLV"}},
		{"deny CategoryI when item.range > 300 ", []string{"km"}, []string{"kg"}},
		{"deny CategoryI when item.form in (uav, ", []string{"space_launch_vehicle"}, []string{"II"}},
		{"deny CategoryI when (SLV or recipient is ", []string{"nonMember", "not"}, []string{"SLV"}},
		{"replace ", []string{"annex"}, []string{"deny"}},
		{"replace annex: ", []string{"deny"}, []string{"annex"}},
		{"policy x amends us2025 { a: deny CategoryI to ", []string{"nonMember"}, []string{"SLV"}},
		{"policy x amends us2025 {\n  a: deny CategoryI\n  b: ", []string{"permit"}, []string{"SLV"}},
		{"policy x amends us2025 { section s { deny CategoryI } repeal ", []string{"annex"}, []string{"deny"}},
		{"term X of ", []string{"Item"}, []string{"deny"}},
		{"term X of Item: payload >= 500 ", []string{"kg"}, []string{"SLV", "km"}},
		{"term X of Item: form = ", []string{"uav"}, []string{"SLV", "II"}},
		{"term X ", nil, []string{"and"}},
		{"term X of Item: SLV ", []string{"and"}, []string{"deny"}},
		{"deny any when (item.form ", []string{"=", "and"}, []string{"SLV"}},
		{`claim "x" under us2025: never deny when item.form `, []string{"=", "and"}, nil},
		{"item.range - 20 ", []string{"km"}, []string{"kg"}},
		{"load ../session/complete_t", []string{"../session/complete_test.go"}, []string{"../session/complete.go"}},
		{"load ./complete_t", []string{"./complete_test.go"}, nil},
		{"constraint c: item.range >= 500 ", []string{"km"}, []string{"kg"}},
		{"role by maker: ", []string{"Country"}, []string{"deny"}},
		{"group G of ", []string{"Country"}, []string{"IN"}},
		{"group G of Country: IN, ", []string{"Member", "FR"}, []string{"SLV"}},
		{"series s: us1993, ", []string{"us2025"}, []string{"deny"}},
		{`claim "x" under `, []string{"us2025"}, []string{"deny"}},
		{`test "x" under us2025 { given item.form = `, []string{"uav"}, []string{"II"}},
		{`test "x" under us2025 { given item is SLV expect `, []string{"deny"}, []string{"SLV"}},
		{`claim "x" under us2025: never `, []string{"prohibit"}, []string{"SLV"}},
		{"not ", []string{"SLV"}, []string{"deny"}},
		{"item is SLV and (recipient in ", []string{"Member"}, []string{"SLV"}},
		{"item is SLV ", []string{"and", "or"}, []string{"item.form"}},
		{"item is SLV, recipient ", []string{"=", "is"}, []string{"SLV"}},
		{"item.form = uav # or ", nil, []string{"SLV", "uav"}},
		{"deny CategoryI because \"so ", nil, []string{"SLV", "to"}},
		{"xyzzy", nil, []string{"decide"}},
		{"DECI", []string{"decide"}, nil},
	} {
		c := s.Complete(tt.text)
		var got []string
		for _, x := range c.Candidates {
			got = append(got, x.Text)
		}
		for _, w := range tt.want {
			if !slices.Contains(got, w) {
				t.Errorf("%q is not offered behind %q: %q", w, tt.text, got)
			}
		}
		for _, w := range tt.not {
			if slices.Contains(got, w) {
				t.Errorf("%q is offered behind %q", w, tt.text)
			}
		}
		if c.Start < 0 || c.Start > len(tt.text) {
			t.Errorf("%q: completion starts at %d", tt.text, c.Start)
		}
	}
}

// TestCompleteData offers what declarations say of files, and the headings of these.
func TestCompleteData(t *testing.T) {
	s := newSession(t, Options{Files: []string{"rules.ctl"}, FS: fstest.MapFS{
		"rules.ctl":    &fstest.MapFile{Data: []byte("outcomes deny > permit\nkind Party = name\nunit usd of money\nrole to buyer: Party\npolicy p { deny }\n")},
		"lists/a.csv":  &fstest.MapFile{Data: []byte("name;source;\"listed; on\"\nx;y;z\n" + strings.Repeat("é;b;c\n", 40_000))},
		"lists/no.csv": &fstest.MapFile{Data: []byte("PK\x03\x04\x00\x00")},
	}})
	headings := []string{`"name"`, `"source"`, `"listed; on"`}
	for text, want := range map[string][]string{
		"group D ":                                                           {"of"},
		"group D of ":                                                        {"Party"},
		"group D of Party ":                                                  {"from", "external"},
		"group D of Party external ":                                         {"screened"},
		"group D of Party external screened ":                                {"at"},
		`group D of Party from "lists/a.csv" `:                               {"column", "since", "until", "where", "screened"},
		`group D of Party from "lists/a.csv" column `:                        headings,
		`group D of Party from "lists/a.csv" column "na`:                     {`"name"`},
		`group D of Party from "lists/a.csv" column "name" `:                 {"since", "until", "where", "screened"},
		`group D of Party from "lists/a.csv" column "name" since `:           headings,
		`group D of Party from "lists/a.csv" column "name" since "x" `:       {"until", "where", "screened"},
		`group D of Party from "lists/a.csv" where `:                         append(headings, "not"),
		`group D of Party from "lists/a.csv" where not `:                     append(headings, "not"),
		`group D of Party from "lists/a.csv" where ("so`:                     {`"source"`},
		`group D of Party from "lists/a.csv" where "source" `:                {"=", "!=", "in", "like", "not"},
		`group D of Party from "lists/a.csv" where "source" not `:            {"in", "like"},
		`group D of Party from "lists/a.csv" where "source" = "S" `:          {"and", "or", "screened"},
		`group D of Party from "lists/a.csv" where "source" in ("S", "T") `:  {"and", "or", "screened"},
		`group D of Party from "lists/a.csv" where "source" in ("S`:          nil,
		`group D of Party from "lists/a.csv" where "source" = "S" and `:      append(headings, "not"),
		`group D of Party from "lists/a.csv" where "source" = "S" screened `: {"at"},
		`group D of Party from "lists/a.csv" screened at `:                   {"0.9"},
		`group D of Party from "lists/a.csv" column "name" # so `:            nil,
		`group D of Party from "lists/no.csv" column `:                       nil,
		`group D of Party from "../../etc/passwd" column `:                   nil,
		`group D of Party from "lists/none.csv" column `:                     nil,
		"kind K ":                    {"also", "from"},
		"kind K = ":                  {"text", "code", "name"},
		"kind K = code ":             {"from"},
		`kind K from "lists/a.csv" `: {"column", "open"},
		`kind K = name from "lists/a.csv" column `:                                                 headings,
		`kind K from "lists/a.csv" column "name" `:                                                 {"open"},
		`kind K from "lists/a.csv" column "name" { a: text `:                                       {"from", "sensitive", "json"},
		`kind K from "lists/a.csv" column "name" { a: text from `:                                  {"column", "marked", "marks"},
		`kind K from "lists/a.csv" column "name" { a: text from column `:                           headings,
		`kind K from "lists/a.csv" column "name" { a: set of x | y from column "source" `:          {"split", "in"},
		`kind K from "lists/a.csv" column "name" { a: bool from marked "s`:                         {`"source"`},
		"kind Party { a: bool from marked ":                                                        nil,
		`kind Party { a: bool from "lists/a.csv" `:                                                 {"column", "value", "marked", "marks"},
		`kind Party { a: bool from "lists/a.csv" column `:                                          headings,
		`kind Party { a: bool from "lists/a.csv" column "name" `:                                   {"value", "marked", "marks"},
		`kind Party { a: bool from "lists/a.csv" column "name" value `:                             headings,
		`kind Party { a: money from "lists/a.csv" column "name" value "source" `:                   {"split", "in"},
		`kind Party { a: text from "lists/a.csv" column "name" value "source" b: bool from marked`: {"marked"},
	} {
		var got []string
		c := s.Complete(text)
		for _, x := range c.Candidates {
			got = append(got, x.Text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("behind %s: %q", text, got)
		}
	}
}

// TestCompletionsAreUnderstood takes what is offered for facts and tells it.
func TestCompletionsAreUnderstood(t *testing.T) {
	s := newSession(t, Options{})
	for _, name := range s.now.prog.FactNames() {
		for _, c := range s.Complete(name + " = ").Candidates {
			if err := s.now.prog.NewCase().Tell(name + " = " + c.Text); err != nil {
				t.Errorf("%s = %s is offered: %v", name, c.Text, err)
			}
		}
	}
	for _, c := range s.Complete("recipient = S").Candidates {
		if err := s.now.prog.NewCase().Tell("recipient = " + c.Text); err != nil {
			t.Errorf("recipient = %s is offered: %v", c.Text, err)
		}
	}
	for _, c := range s.Complete("item.range = 3 ").Candidates {
		if err := s.now.prog.NewCase().Tell("item.range = " + c.Text); err != nil {
			t.Errorf("item.range = %s is offered: %v", c.Text, err)
		}
	}
}

// manyRules is a program of so many rules.
func manyRules(n int) string {
	var b strings.Builder
	b.WriteString("use iso3166\noutcomes deny > review > permit\nkind Item { code: number\n size: length\n form: a | b | c }\nrole item: Item\nrole to recipient: Country\n")
	for i := range n / 10 {
		fmt.Fprintf(&b, "term T%d of Item: code = %d\n", i, i)
	}
	b.WriteString("policy p {\n")
	for i := range n {
		fmt.Fprintf(&b, "  rule_%d: deny T%d to IN when item.size > %d km\n", i, i%(n/10), i)
	}
	b.WriteString("  otherwise permit\n}\n")
	return b.String()
}

var completed = []string{"", "r", "show rule_99", "show ", "deny T5", "deny T5 to I", "deny T5 to ", "item.size > 3 ", "repeal rule_1", "deny T1 when it", "deny T1 notwithstanding rule_77", "recipient = Uni", "T"}

func TestCompletionFindsOneOfManyLabels(t *testing.T) {
	s := ofText(t, manyRules(10_000))
	for _, text := range []string{"show rule_987", "repeal rule_987", "deny T1 notwithstanding rule_987", "deny T1 subject to rule_987"} {
		c := s.Complete(text)
		if len(c.Candidates) != 11 { // itself, and ten that go on
			t.Errorf("%q: %d candidates: %v", text, len(c.Candidates), c.Candidates)
		}
	}
}

func BenchmarkComplete(b *testing.B) {
	s := ofText(b, manyRules(10_000))
	for _, text := range completed {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				s.Complete(text)
			}
		})
	}
	b.Run("index", func(b *testing.B) {
		for b.Loop() {
			newIndex(s.now.prog)
		}
	})
}

// BenchmarkStart is from nothing to the first prompt, with the embedded rules.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		s := newSession(b, Options{})
		s.Prompt(false, 80)
	}
}

// BenchmarkFact is a fact told and the decision on it.
func BenchmarkFact(b *testing.B) {
	s := newSession(b, Options{})
	values := []string{"IN", "FR"}
	for i := 0; b.Loop(); i++ {
		tell(b, s, "recipient = "+values[i%2])
	}
}

func TestCompleteSets(t *testing.T) {
	s := newSession(t, Options{Files: []string{"rules.ctl"}, FS: fstest.MapFS{
		"rules.ctl": &fstest.MapFile{Data: []byte("outcomes deny > permit\nkind User { roles: set of admin | guest  level: admin | guest }\nrole user: User\npolicy p { deny when user.roles = (admin) and user.level = guest }\n")},
	}})
	for text, want := range map[string][]string{
		"deny when user.roles is ":              {"empty", "not"},
		"deny when user.roles is not ":          {"empty"},
		"deny when user.roles = (":              {"admin", "guest"},
		"deny when user.roles = (admin, ":       {"admin", "guest"},
		"deny when user.roles != (admin, gu":    {"guest"},
		"deny when not (user.roles = (admin, g": {"guest"},
	} {
		found := s.Complete(text).Candidates
		for _, w := range want {
			if !slices.ContainsFunc(found, func(c Candidate) bool { return c.Text == w }) {
				t.Errorf("%q: %q is not among %v", text, w, found)
			}
		}
	}
	for _, c := range s.Complete("deny when user.level is ").Candidates {
		if c.Text == "empty" {
			t.Error("a single value is said to be empty")
		}
	}
}

func TestCompleteMembersOfLists(t *testing.T) {
	s := newSession(t, Options{Files: []string{"rules.ctl"}, FS: fstest.MapFS{
		"rules.ctl": &fstest.MapFile{Data: []byte("outcomes deny > permit\nkind Part { grade: high | low  weight: mass  sold: bool }\nkind Item { parts: list of Part }\nrole item: Item\npolicy p { deny when some p in item.parts has p.grade = high and p.sold and p.weight > 1 kg }\n")},
	}})
	for text, want := range map[string][]string{
		"deny when some p in item.parts has p.":                                {"p.grade", "p.weight"},
		"deny when some p in item.parts has p.grade = ":                        {"high", "low"},
		"deny when (sum of p.weight for p in item.parts where p.":              {"p.grade", "p.sold"},
		"deny when (sum of p.weight for p in item.parts where p.grade = ":      {"high", "low"},
		"deny when (sum of p.weight for p in item.parts where p.sold = ":       {"yes", "no"},
		"deny when (max of p.weight for p in item.parts where p.weight > 3 ":   {"kg", "t"},
		"deny when sum of p.weight for p in item.p":                            {"item.parts"},
		"deny when (average of p.weight for p in item.parts where p.sold and ": {"p", "item.parts"},
	} {
		found := s.Complete(text).Candidates
		for _, w := range want {
			if !slices.ContainsFunc(found, func(c Candidate) bool { return c.Text == w }) {
				t.Errorf("%q: %q is not among %v", text, w, found)
			}
		}
	}
}
