package session

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestInputs(t *testing.T) {
	for _, tt := range []struct {
		name   string
		before []string
		input  string
		want   []string // in the answer
		not    []string
		fails  bool
	}{
		{name: "a fact", input: "item.category = I", want: []string{"item.category = I (Category I)", "facts missing"}},
		{name: "a term told", input: "item is SLV", want: []string{"item.form = space_launch_vehicle"}},
		{name: "a country by its name", input: "recipient = India", want: []string{"recipient = IN (India)"}},
		{name: "a quantity", input: "item.range = 300 km", want: []string{"item.range = 300 km"}},
		{name: "a yes-or-no fact alone", input: "item.production_facility", want: []string{"item.production_facility = yes", "-> prohibit: absolute prohibition"}},
		{name: "an open term", input: "program is not vetted", want: []string{"program is not vetted"}},
		{name: "several facts", input: "item is SLV, recipient = IN, program is vetted", want: []string{"space_launch_vehicle", "IN (India)", "program is vetted"}},
		{name: "a name with a comma", input: "recipient = Korea, Republic of", want: []string{"recipient = KR"}},
		{name: "another value", before: []string{"recipient = IN"}, input: "recipient = FR", want: []string{"recipient = FR (France), was IN"}},
		{name: "what is known already", before: []string{"recipient = IN"}, input: "recipient = India", want: []string{"nothing changes"}},
		{name: "a misspelt value", input: "recipient = Indai", fails: true, want: []string{"did you mean"}},
		{name: "no such day", input: "as of 2025-02-30", fails: true, want: []string{"there is no 30 February"}},
		{name: "a term that follows", input: "item is MissileClass", fails: true, want: []string{"to ask whether it holds", "item is MissileClass?"}},
		{name: "an impossible case", before: []string{"item is SLV, item.range = 300 km, item.payload = 500 kg"}, input: "item.category = II", fails: true, want: []string{"missile_class", "the case stays as it was"}},
		{name: "forgetting", before: []string{"recipient = IN"}, input: "forget recipient", want: []string{"recipient is not known, was IN"}},
		{name: "forgetting what is not there", input: "forget recipent", fails: true, want: []string{"did you mean `recipient`?"}},
		{name: "nothing known", input: "facts", want: []string{"nothing is known"}},
		{name: "nothing to undo", input: "undo", fails: true, want: []string{"nothing to undo"}},
		{name: "nothing to redo", input: "redo", fails: true, want: []string{"nothing to redo"}},

		{name: "a condition", before: []string{"item is SLV"}, input: "SLV and vetted", want: []string{"?    SLV and vetted", "yes    SLV: form = space_launch_vehicle", "?      vetted"}},
		{name: "a question", before: []string{"recipient = IN"}, input: "recipient = FR?", want: []string{"no   recipient = FR"}},
		{name: "a condition of quantities", before: []string{"item.range = 300 km"}, input: "item.range >= 186 mi", want: []string{"yes  item.range >= 186 mi"}},
		{name: "an expression", before: []string{"item.range = 300 km"}, input: "item.range - 20 km", want: []string{"item.range - 20 km = 280 km"}},
		{name: "a fact asked", before: []string{"recipient = IN"}, input: "recipient", want: []string{"recipient = IN (India)"}},
		{name: "a fact that is not known", input: "item.range", want: []string{"item.range is not known: "}},
		{name: "half a condition", input: "SLV and and vetted", fails: true, want: []string{"error"}},
		{name: "a misspelt term", input: "SLW and vetted", fails: true, want: []string{"did you mean `SLV`?"}},
		{name: "a misspelt command", input: "decdie", fails: true, want: []string{"did you mean `decide`?"}},
		{name: "a misspelt outcome", input: "dney CategoryI", fails: true, want: []string{"did you mean `deny`?"}},
		{name: "nonsense", input: "xyzzy", fails: true, want: []string{"`xyzzy` begins no command", "help"}},
		{name: "a near word, behind which the rest cannot stand", input: "roles are doctor and researcher", fails: true, want: []string{"`roles` begins no command"}, not: []string{"did you mean", "takes this"}},
		{name: "a comment", input: "# just a remark", not: []string{"undetermined"}},

		{name: "why not, forbidden", before: []string{"item is CategoryI, recipient = SA, program is MilitaryMissile"}, input: "why not review",
			want: []string{"a rule stands against it", "stands against review: where it applies", "nonmember (mtcr.ctl:", "source: National Security Memorandum"}},
		{name: "why not, open", input: "why not review", want: []string{"still open", "is not excluded: it is the answer when", "may apply; that depends on:", "Find out:"}},
		{name: "why not, ruled out", before: []string{"item is CategoryI"}, input: "why not permit", want: []string{"ruled out", "whatever they turn out to be", "it is what holds otherwise"}},
		{name: "why not, no rule gives it", before: []string{"item.category = none, item.form = other, item.production_facility = no"}, input: "why not review",
			want: []string{"no rule gives it", "Nothing forbids review as such", "does not apply:"}},
		{name: "why not what is", before: []string{"item.production_facility"}, input: "why not prohibit", want: []string{"prohibit is the answer"}},
		{name: "why not nothing", input: "why not", fails: true, want: []string{"which outcome?"}},
		{name: "why not what there is not", input: "why not permitt", fails: true, want: []string{"did you mean `permit`?"}},
		{name: "why an outcome", before: []string{"item.production_facility"}, input: "why review", want: []string{"Why not review"}},
		{name: "flip", before: []string{"item is CategoryI, item is SLV, recipient = AE, program is SpaceLaunch, recipient is not strong_controls, recipient is not select_partner, program is not vetted"}, input: "flip review",
			want: []string{"What would give review", "program is vetted", "then review by space_review"}},
		{name: "flip what is", before: []string{"item.production_facility"}, input: "flip prohibit", want: []string{"already"}},
		{name: "flip to nothing", input: "flip", fails: true, want: []string{"For example: flip "}},
		{name: "what if", before: []string{"item is CategoryI, item is SLV, recipient = AE, program is SpaceLaunch, recipient is not strong_controls, program is not vetted"}, input: "what if program is vetted",
			want: []string{"The case would be review (case-by-case review), and not deny", "That is looser", "space_review (mtcr.ctl:", "now decides:", "Obligations that come to it:"}},
		{name: "what if nothing", input: "what if", fails: true, want: []string{"what if which facts?"}},
		{name: "possible", before: []string{"item.production_facility"}, input: "possible", want: []string{"settled: prohibit"}},
		{name: "needs", before: []string{"item.production_facility"}, input: "needs", want: []string{"no further fact changes the answer"}},
		{name: "table", input: "table program.purpose item.category", want: []string{"military_missile", "permit", "mixed 1  deny, presume_deny, review, facilitate: it depends on recipient"}},
		{name: "table of nothing", input: "table item.form", fails: true, want: []string{"table ROWS COLUMNS"}},

		{name: "use", input: "use us1993", want: []string{"us1993: United States", "when it is not in force"}},
		{name: "use what there is not", input: "use us1994", fails: true, want: []string{"us1993"}},
		{name: "the series on a day", input: "as of 1994-05-01", want: []string{"us1993: ", "as of 1994-05-01"}},
		{name: "a day before the series", before: []string{"use us"}, input: "as of 1980-01-01", fails: true, want: []string{"not", "as of "}},
		{name: "rules", input: "rules review", want: []string{"annex ", "review CategoryII", "[guidelines]"}, not: []string{"production"}},
		{name: "show", input: "show nonmember", want: []string{"deny CategoryI to nonMember for MilitaryMissile", "can be defeated by arrow"}},
		{name: "show a term", input: "show SLV", want: []string{"term SLV of Item: form = space_launch_vehicle"}},
		{name: "show a fact", input: "show item.category", want: []string{"I | II | none", "Category II"}},
		{name: "show nothing", input: "show nonmembr", fails: true, want: []string{"did you mean `non"}},
		{name: "terms", input: "terms Country", want: []string{"nonMember of Country: not in Member", "strong_controls of Country, open"}, not: []string{"SLV"}},
		{name: "groups", input: "groups", want: []string{"Member of Country, 35 members"}},
		{name: "kinds", input: "kinds", want: []string{"Item, as item", "production_facility: bool = no"}},
		{name: "sources", input: "sources", want: []string{"MTCR Guidelines, paragraph 2\n  production"}},
		{name: "help about a command", input: "help flip", want: []string{"flip OUTCOME", "help asking"}},
		{name: "help about nothing", input: "help flop", fails: true, want: []string{"did you mean `flip`?"}},
		{name: "a command with too much", input: "undo everything", fails: true, want: []string{"`undo` stands alone"}},

		{name: "a rule", before: []string{"item is CategoryI, recipient = SA, program.purpose = civil, program is not vetted"}, input: "deny CategoryI to nonMember unless SLV and vetted",
			want: []string{"taken into the policy us2025_draft of this session, which amends us2025", "us2025_draft/1 decides the present case", "-> deny"}},
		{name: "a rule that does not apply", before: []string{"item is CategoryII"}, input: "mine: deny CategoryI", want: []string{"mine does not apply in the present case: `CategoryI` does not hold", "stays: "}},
		{name: "a rule that is open", input: "mine: deny CategoryI to nonMember", want: []string{"mine may apply in the present case: `CategoryI` and `to nonMember` are not known"}},
		{name: "a misspelt rule", input: "deny CategoryI to nonMembr", fails: true, want: []string{"rule:1:19", "did you mean `nonMember`?"}},
		{name: "half a rule", input: "deny CategoryI to", fails: true, want: []string{"error", "a backslash at the end of a line says that the next line goes on with it"}},
		{name: "half a condition", input: "SLV and", fails: true, want: []string{"a condition is missing", "a backslash at the end"}},
		{name: "half a declaration", input: "term X of Item:", fails: true, want: []string{"a condition is missing", "a backslash at the end"}},
		{name: "an open bracket", input: "SLV and (vetted", fails: true, want: []string{"should be `)`", "a backslash at the end"}},
		{name: "half a sentence", input: "recipient is", fails: true, want: []string{"a backslash at the end"}},
		{name: "an inherited label", input: "annex: deny CategoryII", fails: true, want: []string{"replace annex"}},
		{name: "replacing", input: "replace annex: deny CategoryII", want: []string{"taken into"}},
		{name: "repealing", input: "repeal annex", want: []string{"taken into"}},
		{name: "otherwise", before: []string{"item.category = none, item.form = other, item.production_facility = no"}, input: "otherwise deny", want: []string{"-> deny"}},
		{name: "an outcome alone", input: "deny", fails: true, want: []string{"would be a rule for every case", "why not deny"}},
		{name: "brackets that end the policy", input: "deny CategoryI } policy x {", fails: true, want: []string{"error"}},
		{name: "a declaration", input: "term Heavy of Item: payload > 1 t", want: []string{"declared: term Heavy"}},
		{name: "a misspelt declaration", input: "term Heavy of Itm: payload > 1 t", fails: true, want: []string{"declaration:1:15", "did you mean `Item`?"}},
		{name: "what is declared in the files", input: "term SLV of Item: form = uav", fails: true, want: []string{"SLV", "mtcr.ctl"}},
		{name: "a test declared", input: `test "x" under us2025 { given item.production_facility expect prohibit }`, want: []string{"passed: x"}},
		{name: "a test that fails", input: `test "x" under us2025 { given item.production_facility expect deny }`, fails: true, want: []string{"failed: x"}},
		{name: "a claim declared", input: `claim "x" under us2025: never prohibit when item is not ProductionFacility`, want: []string{"prove x"}},
		{name: "a policy declared", input: "policy mine { deny CategoryI }", want: []string{"use mine"}},
		{name: "a module", input: "use iso3166", want: []string{"declared: use iso3166"}},
		{name: "diff without a change", before: []string{"use guidelines"}, input: "diff", fails: true, want: []string{"compare with which policy?"}},
		{name: "diff of a rule", before: []string{"mine: deny CategoryII to AE"}, input: "diff", want: []string{"us2025 to us2025_draft", "review", "deny", "mine"}},
		{name: "diff on dates", input: "diff us1993@1994-01-01 when recipient = KR and item is CategoryII", want: []string{"No case is answered differently"}},
		{name: "prove", input: "prove never tightens", want: []string{"proved", "the update of 2025 never tightens"}},
		{name: "prove nothing", input: "prove xyzzy", fails: true, want: []string{"no claim has a name"}},
		{name: "test", input: "test launch vehicle", want: []string{"passed"}},
		{name: "check", input: "check", want: []string{"no problems: 3 policies"}},
		{name: "no declarations to save", input: "save x.ctl", fails: true, want: []string{"nothing has been declared"}},
		{name: "a name of several words", before: []string{"term Heavy of Item: payload > 1 t"}, input: "save my case", fails: true,
			want: []string{"`my case` is several words", `save "my case"`, `save test "my case" keeps the present case`}},
		{name: "a record of several words", input: "record my session", fails: true, want: []string{`record "my session"`}},
		{name: "a test into several words", before: []string{"recipient = AE, item is CategoryI"}, input: `save test "x" my tests.ctl`, fails: true, want: []string{`save test "x" "my tests.ctl"`}},
		{name: "replaying nothing", input: "replay nothing.txt", fails: true, want: []string{"cannot read nothing.txt"}},
		{name: "editing without a terminal", input: "edit", fails: true, want: []string{"no terminal"}},
		{name: "a block", input: "item is SLV\nterm Heavy of Item:\n  payload > 1 t\ndeny Heavy\n  to nonMember\nfacts", want: []string{"declared: term Heavy", "us2025_draft/1", "item.form = space_launch_vehicle"}},
		{name: "a block that fails in between", input: "item is SLV\nxyzzy\nrecipient = IN", fails: true, want: []string{"xyzzy", "recipient = IN"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSession(t, Options{})
			tell(t, s, tt.before...)
			before := snapshot(s)
			r := s.Eval(context.Background(), tt.input)
			if r.Failed != tt.fails {
				t.Errorf("failed: %v", r.Failed)
			}
			for _, w := range tt.want {
				if !strings.Contains(flatText(r.Text), flatText(w)) {
					t.Errorf("the answer lacks %q", w)
				}
			}
			for _, w := range tt.not {
				if strings.Contains(r.Text, w) {
					t.Errorf("the answer has %q", w)
				}
			}
			if r.Failed && !strings.Contains(tt.name, "block") && !strings.Contains(tt.name, "test that fails") && snapshot(s) != before {
				t.Errorf("an input that failed changed the session")
			}
			if t.Failed() {
				t.Logf("the answer is\n%s", r.Text)
			}
		})
	}
}

func TestOpen(t *testing.T) {
	s := newSession(t, Options{})
	for _, in := range []string{"deny CategoryI (", "deny CategoryI and (SLV or", "term X of Item: (form = uav or", "policy p {", "facts \\", `x = "open`, `x = "a, y = "b" c, z = "`, `x = "a`, `x = C++, y = "b`} {
		if s.Open(in) == "" {
			t.Errorf("%q is taken for whole", in)
		}
	}
	for _, in := range []string{"", "why not", "as of", "use", "test", "what if", "deny CategoryI", "SLV", "recipient = IN", "}", "x = Acme Ltd.", "x = Foo &", "x = a (b", "x = 12\" pipe", "item is SLV, x = C++", "recipient is Acme Ltd.",
		"SLV and", "SLV and (", "(", "deny CategoryI to", "deny CategoryI and", "term X of Item:", "policy p", "recipient is", "item.range >", `x = , "`, `x = ("`, `x = a = "`, `x = 12" (a "b`, `recipient is "`} {
		if s.Open(in) != "" {
			t.Errorf("%q is taken for unfinished", in)
		}
	}
}

func TestStatements(t *testing.T) {
	s := newSession(t, Options{})
	for _, tt := range []struct {
		in   string
		want []string
	}{
		{"a", []string{"a"}},
		{"item is SLV\nrecipient = IN", []string{"item is SLV", "recipient = IN"}},
		{"deny X\n  unless Y\ndeny Z\nunless W", []string{"deny X\n  unless Y", "deny Z\nunless W"}},
		{"policy p {\n  deny X\n\n  deny Y\n}\nfacts", []string{"policy p {\n  deny X\n\n  deny Y\n}", "facts"}},
		{"a = 1 \\\n, b = 2", []string{"a = 1\n, b = 2"}},
		{"source.x = 1\nto.y = 2", []string{"source.x = 1", "to.y = 2"}},
		{"\n\nfacts\n\n\n", []string{"facts"}},
		{"a = Foo and\nb = 1", []string{"a = Foo and", "b = 1"}},
		{"a = x\n  b = y\n\tfacts", []string{"a = x", "b = y", "facts"}},
		{"SLV and\nrecipient = IN", []string{"SLV and", "recipient = IN"}},
		{"SLV\n  and vetted\n  recipient = IN", []string{"SLV\n  and vetted", "recipient = IN"}},
		{"SLV and \\\nvetted", []string{"SLV and\nvetted"}},
		{"term X of Item:\n  form = uav and\n  range > 3 km\nfacts", []string{"term X of Item:\n  form = uav and\n  range > 3 km", "facts"}},
		{"term X of Item:\nfacts", []string{"term X of Item:", "facts"}},
		{"  a: deny X\n    unless Y\n  b: deny Z\n  facts", []string{"a: deny X\n    unless Y", "b: deny Z", "facts"}},
		{"policy p\n{ deny X }\nfacts", []string{"policy p\n{ deny X }", "facts"}},
		{"deny X when (a\nor b)\nfacts", []string{"deny X when (a\nor b)", "facts"}},
		{"a = \"x\ny\"\nfacts", []string{"a = \"x\ny\"", "facts"}},
	} {
		if diff := cmp.Diff(tt.want, s.statements(tt.in)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.in, diff)
		}
	}
}
