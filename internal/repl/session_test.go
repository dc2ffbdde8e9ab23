package repl

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

func newSession(t testing.TB, opts Options) *Session {
	t.Helper()
	if opts.FS == nil {
		opts.FS, opts.Files = rules.Files, []string{rules.MTCR}
	}
	if opts.Date == 0 {
		day, err := interp.ParseDate("2025-06-01")
		if err != nil {
			t.Fatal(err)
		}
		opts.Date = day
	}
	s, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ofText(t testing.TB, text string) *Session {
	t.Helper()
	return newSession(t, Options{FS: fstest.MapFS{"rules.ctl": &fstest.MapFile{Data: []byte(text)}}, Files: []string{"rules.ctl"}})
}

// tell carries inputs out that have to succeed.
func tell(t testing.TB, s *Session, inputs ...string) string {
	t.Helper()
	text := ""
	for _, in := range inputs {
		r := s.Eval(context.Background(), in)
		if r.Failed {
			t.Fatalf("%s: %s", in, r.Text)
		}
		text += r.Text
	}
	return text
}

// TestColours holds that what colours a text reaches the terminal as such, and nothing
// of it as characters.
func TestColours(t *testing.T) {
	s, err := New(Options{FS: rules.Files, Files: []string{rules.MTCR}, Date: interp.Date(20_000), Style: render.Style{Color: true}})
	if err != nil {
		t.Fatal(err)
	}
	for _, input := range []string{"item is CategoryI, recipient = AE", "decide", "why", "why not permit", "flip review", "diff us1993", "table item.form program.purpose", "rules", "show nonmember", "test", "prove", "check", "nonsense", "help"} {
		text := s.Eval(context.Background(), input).Text
		if strings.Contains(text, "\uFFFD") || strings.Contains(colours.ReplaceAllString(text, ""), "\x1b") {
			t.Errorf("%s:\n%q", input, text)
		}
	}
}

// TestWidths holds that answers fit the terminal, and are broken only where the next
// word would not have fitted.
func TestWidths(t *testing.T) {
	inputs := []string{
		"item is CategoryI, item is SLV, recipient = AE, program is SpaceLaunch", "decide", "why", "why not review", "flip review", "what if program is vetted",
		"table item.form program.purpose", "rules", "terms", "kinds", "use", "sources", "item.colour = red", "help", "help facts", "help rules", "diff us1993", "show session", "SLV and vetted", "reset", "table item.form recipient",
	}
	for _, width := range []int{40, 60, 100, 160} {
		s := newSession(t, Options{Style: render.Style{Width: width}})
		for _, input := range inputs {
			text := s.Eval(context.Background(), input).Text
			for _, line := range strings.Split(text, "\n") {
				if render.Width(line) > width {
					t.Errorf("%s: in %d columns, too wide: %q", input, width, line)
				}
			}
			if strings.HasPrefix(input, "help ") {
				paragraph, _, _ := strings.Cut(text, "\n\n")
				lines := strings.Split(paragraph, "\n")
				for i, line := range lines[1:] {
					if word, _, _ := strings.Cut(strings.TrimSpace(line), " "); len(lines[i])+1+len(word) <= width {
						t.Errorf("%s: in %d columns, broken too early: %q", input, width, lines[i])
					}
				}
			}
		}
	}
}

func TestRulesAreShownWithoutComments(t *testing.T) {
	s := newSession(t, Options{})
	if text := s.Eval(context.Background(), "rules presume_deny").Text; strings.Contains(text, "#") || !strings.Contains(text, "own_programs") {
		t.Error(text)
	}
	s.Eval(context.Background(), "hashed: deny Item when item.range > 1 km # far\n  because \"rule # 1\"")
	s.Eval(context.Background(), "hashed: deny any because \"rule # 1\" # so it is")
	if text := s.Eval(context.Background(), "rules deny").Text; strings.Contains(text, "#") || !strings.Contains(text, "hashed") {
		t.Error(text)
	}
}

var colours = regexp.MustCompile("\x1b\\[[0-9;]*m")

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
		{name: "table", input: "table program.purpose item.category", want: []string{"military_missile", "permit", "depend on further facts"}},
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
		{name: "half a rule", input: "deny CategoryI to", fails: true, want: []string{"error"}},
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

// flatText is a text however its lines are broken.
func flatText(s string) string { return strings.Join(strings.Fields(s), " ") }

// snapshot is all that undo has to bring back.
func snapshot(s *Session) string {
	return fmt.Sprint(s.now.policy, s.now.c.Date(), s.now.c.Sentences(), s.now.prog.own.text())
}

func TestUndoBringsEverythingBack(t *testing.T) {
	inputs := []string{
		"item is SLV", "item is CategoryI", "recipient = IN", "recipient = FR", "forget recipient", "reset", "use us1993", "use us", "as of 1994-05-01", "as of today",
		"mine: deny CategoryI to nonMember", "mine: review CategoryI", "repeal mine", "term Heavy of Item: payload > 1 t", "deny CategoryII to AE", "otherwise deny", "reload", "xyzzy", "deny Nothing",
	}
	rapid.Check(t, func(t *rapid.T) {
		s, err := New(Options{FS: rules.Files, Files: []string{rules.MTCR}, Date: 20_000})
		if err != nil {
			t.Fatal(err)
		}
		states := []string{snapshot(s)}
		for range rapid.IntRange(1, 6).Draw(t, "inputs") {
			s.Eval(context.Background(), rapid.SampledFrom(inputs).Draw(t, "input"))
			if len(s.past) == len(states) {
				states = append(states, snapshot(s))
			}
		}
		for i := len(states) - 2; i >= 0; i-- {
			s.Eval(context.Background(), "undo")
			if got := snapshot(s); got != states[i] {
				t.Fatalf("undo leads to\n%s\nand not\n%s", got, states[i])
			}
		}
		for _, want := range states[1:] {
			s.Eval(context.Background(), "redo")
			if got := snapshot(s); got != want {
				t.Fatalf("redo leads to\n%s\nand not\n%s", got, want)
			}
		}
	})
}

// TestHelpExamples runs the examples of every topic, in a folder of its own.
func TestHelpExamples(t *testing.T) {
	for _, topic := range topics {
		t.Run(topic.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			s := newSession(t, Options{})
			for _, e := range topic.examples {
				if r := s.Eval(context.Background(), e); r.Failed {
					t.Errorf("%s: %s", e, r.Text)
				}
			}
			if r := s.Eval(context.Background(), "help "+topic.name); r.Failed || r.Text == "" {
				t.Errorf("help %s: %s", topic.name, r.Text)
			}
		})
	}
}

// TestEveryCommandIsExplained wants each command in some topic's examples.
func TestEveryCommandIsExplained(t *testing.T) {
	for _, c := range commands {
		if !slices.Contains([]string{"quit", "help", "edit"}, c.name) && topicOf(c) == nil {
			t.Errorf("no topic shows `%s`", c.name)
		}
	}
}

func TestInterview(t *testing.T) {
	s := newSession(t, Options{})
	tell(t, s, "item is CategoryI, item is SLV, recipient = AE")
	if text := tell(t, s, "ask"); !strings.Contains(text, "military_missile") {
		t.Errorf("the question is\n%s", text)
	}
	if fact, ok := s.Asking(); !ok || fact != "program.purpose" {
		t.Errorf("asked is %s", fact)
	}
	if r := s.Eval(context.Background(), "space_lunch"); !r.Failed || !strings.Contains(r.Text, "space_launch") {
		t.Errorf("a misspelt answer: %s", r.Text)
	}
	tell(t, s, "2", "yes", "back", "no", "why", "stop")
	if text := tell(t, s, "facts"); !strings.Contains(text, "program.purpose = space_launch") {
		t.Errorf("the answers are lost:\n%s", text)
	}
	tell(t, s, "undo")
	if text := tell(t, s, "facts"); strings.Contains(text, "program") {
		t.Errorf("one undo does not take the interview back:\n%s", text)
	}
}

func TestRecordAndReplay(t *testing.T) {
	t.Chdir(t.TempDir())
	s := newSession(t, Options{})
	tell(t, s, "item is SLV", "recipient = IN", "record a.txt", "policy mine amends us2025\n{\n  deny SLV to IN\n    because \"so\" # a remark\n}", "use mine",
		"mine: deny SLV\n  to FR", "as of 2025-07-01", `save test "one" tests.ctl`, "use us", "ask", "uav", "stop", "undo", "use mine")
	if r := s.Eval(context.Background(), "frobnicate"); !r.Failed {
		t.Error("nonsense is understood")
	}
	want := snapshot(s)
	text, err := os.ReadFile("a.txt")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "frobnicate") {
		t.Errorf("what failed is recorded:\n%s", text)
	}

	replayed := newSession(t, Options{})
	tell(t, replayed, "replay a.txt")
	if got := snapshot(replayed); got != want {
		t.Errorf("the replayed session differs (-recorded +replayed):\n%s\n%s", cmp.Diff(want, got), text)
	}

	if _, err := os.Stat("tests.ctl"); err != nil {
		t.Error(err)
	}

	// The same through a pipe, where nobody looks ahead.
	piped := newSession(t, Options{})
	if status := piped.script(Config{Stdin: strings.NewReader(string(text)), Stdout: new(strings.Builder)}); status != exitOK {
		t.Errorf("the piped session ends with status %d", status)
	}
	if got := snapshot(piped); got != want {
		t.Errorf("the piped session differs (-recorded +piped):\n%s", cmp.Diff(want, got))
	}
	if err := os.WriteFile("loop.txt", []byte("replay loop.txt\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := piped.Eval(context.Background(), "replay loop.txt"); !r.Failed || !strings.Contains(r.Text, "deep") {
		t.Errorf("a session that replays itself: %s", r.Text)
	}
}

func TestSaveWritesWhatCanBeLoaded(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	text, err := rules.Files.ReadFile(rules.MTCR)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("mtcr.ctl", text, 0o600); err != nil {
		t.Fatal(err)
	}
	s := newSession(t, Options{FS: os.DirFS(dir), Files: []string{"mtcr.ctl"}})
	tell(t, s, "term Heavy of Item: payload > 1 t", "deny Heavy to AE", "item is CategoryI, recipient = AE", `save test "the case"`, "save own.ctl", `save "a copy.ctl"`, `save test "another" "more tests.ctl"`)
	for _, file := range []string{"a copy.ctl", "more tests.ctl"} {
		if _, err := os.Stat(file); err != nil {
			t.Error(err)
		}
	}
	if r := s.Eval(context.Background(), "save own.ctl"); !r.Failed || !strings.Contains(r.Text, "already") {
		t.Errorf("a file is written over: %s", r.Text)
	}
	again := newSession(t, Options{FS: os.DirFS(dir), Files: []string{"mtcr.ctl", "own.ctl"}, Policy: "us2025_draft"})
	if text := tell(t, again, "test the case"); !strings.Contains(text, "1 passed") {
		t.Errorf("the saved test: %s", text)
	}
	tell(t, again, "show Heavy", "rules")
}

func TestLoadGoesOnWithASavedCase(t *testing.T) {
	t.Chdir(t.TempDir())
	s := newSession(t, Options{FS: rules.Files, Files: []string{rules.MTCR}})
	tell(t, s, "as of 1994-05-01", "item is UAV, item.range = 350 km, recipient = SG", `save case "my case.json"`)
	kept := tell(t, s, "facts")

	again := newSession(t, Options{FS: rules.Files, Files: []string{rules.MTCR}})
	tell(t, again, "recipient = AE, program.purpose = civil")
	if text := tell(t, again, `load "my case.json"`); !strings.Contains(text, "as of 1994-05-01") || !strings.Contains(text, "recipient = SG (Singapore), was AE") {
		t.Errorf("the loaded case:\n%s", text)
	}
	if text := tell(t, again, "facts"); text != kept {
		t.Errorf("another case than was saved:\n%s", text)
	}
	tell(t, again, "undo")
	if text := tell(t, again, "facts"); !strings.Contains(text, "recipient = AE") || !strings.Contains(text, "civil") {
		t.Errorf("undo keeps the loaded case:\n%s", text)
	}

	if err := os.WriteFile("impossible.json", []byte(`{"item": {"form": "uav", "range": "350 km", "payload": "600 kg", "category": "II"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("rules.ctl", []byte("outcomes deny > permit\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for input, want := range map[string]string{
		"load": "save case FILE", "load nowhere.json": "cannot read nowhere.json", "save case": "save the case where?", "save test": "a test needs a name in quotes", "load impossible.json": "missile_class",
		"load rules.ctl": "ctlrepl rules.ctl", `save case "my case.json"`: "already", "save case my case.json": `save case "my case.json"`,
	} {
		before := tell(t, again, "facts")
		if r := again.Eval(context.Background(), input); !r.Failed || !strings.Contains(r.Text, want) {
			t.Errorf("%s:\n%s", input, r.Text)
		}
		if after := tell(t, again, "facts"); after != before {
			t.Errorf("%s changes the case:\n%s", input, after)
		}
	}
}

func TestReloadCarriesTheFactsOver(t *testing.T) {
	files := fstest.MapFS{"rules.ctl": &fstest.MapFile{Data: []byte("outcomes deny > permit\nkind K { a: bool\n b: number }\nrole k: K\npolicy p { deny any when k.a }\n"), ModTime: time.Unix(1, 0)}}
	s := newSession(t, Options{FS: files, Files: []string{"rules.ctl"}})
	tell(t, s, "k.a = yes, k.b = 3")
	if s.Changed() != "" {
		t.Error("nothing has changed yet")
	}
	files["rules.ctl"] = &fstest.MapFile{Data: []byte("outcomes deny > permit\nkind K { a: bool }\nrole k: K\npolicy p { permit any when k.a }\n"), ModTime: time.Unix(2, 0)}
	if note := s.Changed(); !strings.Contains(note, "rules.ctl changed on disk") {
		t.Errorf("the note is %q", note)
	}
	if s.Changed() != "" {
		t.Error("the note comes twice")
	}
	text := tell(t, s, "reload")
	for _, want := range []string{"no longer a fact of the case: k.b = 3", "-> permit"} {
		if !strings.Contains(text, want) {
			t.Errorf("reload does not say %q:\n%s", want, text)
		}
	}
	files["rules.ctl"] = &fstest.MapFile{Data: []byte("outcomes deny >\n"), ModTime: time.Unix(3, 0)}
	if r := s.Eval(context.Background(), "reload"); !r.Failed || !strings.Contains(r.Text, "stay as they were") {
		t.Errorf("a broken file: %s", r.Text)
	}
	tell(t, s, "decide", "undo")
}

func TestUndecidedAndConflict(t *testing.T) {
	s := ofText(t, "outcomes permit, deny\nkind K { a: bool\n b: bool }\nrole k: K\npolicy p { one: permit any when k.a\n two: deny any when k.b }\n")
	tell(t, s, "k.a = no, k.b = no")
	if text := tell(t, s, "why not permit"); !strings.Contains(flatText(text), "undecided: no rule of the policy applies") || !strings.Contains(text, "gap") {
		t.Errorf("undecided reads\n%s", text)
	}
	tell(t, s, "k.a, k.b = yes")
	if text := tell(t, s, "why not permit"); !strings.Contains(flatText(text), "outcomes do not rank, so the policy gives no answer") || !strings.Contains(text, "In conflict:") {
		t.Errorf("a conflict reads\n%s", text)
	}
	if p := s.Prompt(false, 80); p != "p: conflict> " {
		t.Errorf("the prompt is %q", p)
	}
}

func TestSeveralPoliciesAndNoSeries(t *testing.T) {
	s := ofText(t, "outcomes permit > deny\nkind K { a: bool }\nrole k: K\npolicy p { permit any }\npolicy q { deny any }\n")
	if p := s.Prompt(false, 80); p != "no policy> " {
		t.Errorf("the prompt is %q", p)
	}
	for _, input := range []string{"decide", "why", "possible", "needs", "rules", "flip deny", "ask", "deny any when k.a", "diff p", `save test "x"`} {
		if r := s.Eval(context.Background(), input); !r.Failed || !strings.Contains(r.Text, "use q") {
			t.Errorf("%s: %s", input, r.Text)
		}
	}
	tell(t, s, "k.a = yes", "use q", "decide")
}

// TestJSON wants one object for each statement, with the same fields.
func TestJSON(t *testing.T) {
	s := newSession(t, Options{JSON: true})
	var out strings.Builder
	script := strings.Join([]string{
		"item is CategoryI, item is SLV", "recipient = AE", "", "why", "why not permit", "flip review", "what if program is vetted", "SLV and vetted", "item.range", "possible", "needs", "table item.category item.form",
		"mine: deny CategoryI to AE", "diff", "term T of Item: category = I", "use us1993", "as of today", "use", "rules", "show nonmember", "show SLV", "show item.form", "terms", "groups", "kinds", "sources",
		"check", "test launch", "prove mass", "help", "help facts", "undo", "redo", "facts", "forget recipient", "reset", "ask", "1", "stop", "reload",
	}, "\n") + "\nnonsense\nquit\nfacts\n"
	if status := s.script(Config{Stdin: strings.NewReader(script), Stdout: &out, JSON: true}); status != exitFailed {
		t.Errorf("the status is %d", status)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if want := strings.Count(script, "\n") - 1; len(lines) != want {
		t.Errorf("%d lines for %d inputs", len(lines), want)
	}
	for i, l := range lines {
		var e struct {
			Input       *string           `json:"input"`
			OK          *bool             `json:"ok"`
			Kind        string            `json:"kind"`
			Answer      any               `json:"answer"`
			Text        string            `json:"text"`
			Diagnostics []json.RawMessage `json:"diagnostics"`
			State       *stateJSON        `json:"state"`
		}
		dec := json.NewDecoder(strings.NewReader(l))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&e); err != nil {
			t.Fatalf("line %d: %v: %s", i+1, err, l)
		}
		if e.Input == nil || e.OK == nil || e.Kind == "" || e.Diagnostics == nil || e.State == nil {
			t.Errorf("line %d lacks a field: %s", i+1, l)
		}
		if bad := *e.Input == "nonsense"; *e.OK == bad || bad != (len(e.Diagnostics) > 0) {
			t.Errorf("line %d: ok is %v with %d problems", i+1, *e.OK, len(e.Diagnostics))
		}
	}
}

func TestScripts(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		status   int
		want     string
	}{
		{"empty", "", exitOK, ""},
		{"no end of line", "recipient = IN", exitOK, "recipient = IN (India)"},
		{"other line ends", "item is SLV\r\nrecipient = IN\r\n", exitOK, "recipient = IN (India)"},
		{"ends within a rule", "deny CategoryI to (nonMember", exitFailed, "error"},
		{"ends within the questions", "ask\nspace_launch\n", exitOK, "program.purpose = space_launch"},
		{"bad text", "recipient = \xff\xfe\n", exitFailed, "error"},
		{"a NUL", "recipient = I\x00N\n", exitFailed, "error"},
		{"a rule over lines", "deny CategoryI to (\nnonMember)\nrules deny\n", exitOK, "deny CategoryI to"},
		{"a rule with clauses on lines of their own", "mine: deny CategoryI\nto nonMember\n  because \"so\"\nshow mine\n", exitOK, "because \"so\""},
		{"a clause alone", "facts\nbecause \"so\"\n", exitFailed, "begins no input, but goes on with one"},
		{"quit in between", "quit\nxyzzy\n", exitOK, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSession(t, Options{})
			var out strings.Builder
			if status := s.script(Config{Stdin: strings.NewReader(tt.in), Stdout: &out}); status != tt.status {
				t.Errorf("the status is %d, not %d", status, tt.status)
			}
			if !strings.Contains(out.String(), tt.want) {
				t.Errorf("the output lacks %q:\n%s", tt.want, out.String())
			}
		})
	}
}

// TestScriptsRunAtFullSpeed tells thousands of facts, each of which is decided.
func TestScriptsRunAtFullSpeed(t *testing.T) {
	s := newSession(t, Options{})
	began := time.Now()
	if status := s.script(Config{Stdin: strings.NewReader(strings.Repeat("recipient = IN\nrecipient = FR\n", 2000)), Stdout: new(strings.Builder)}); status != exitOK {
		t.Errorf("the status is %d", status)
	}
	if took := time.Since(began); took > 60*time.Second {
		t.Errorf("4,000 facts took %s", took)
	}
}

func TestPromptDoesNotWaitForALongDecision(t *testing.T) {
	s := ofText(t, manyRules(10_000))
	began := time.Now()
	s.Prompt(false, 80)
	if took := time.Since(began); took > 2*promptWaits+20*time.Second {
		t.Errorf("the prompt took %s", took)
	}
	if text := tell(t, s, "item.code = 3, item.size = 10 km, recipient = IN"); !strings.Contains(text, "-> deny") {
		t.Errorf("the answer is\n%s", text)
	}
	if p := s.Prompt(false, 80); p != "p: deny> " {
		t.Errorf("the prompt is %q", p)
	}
}

func TestStopping(t *testing.T) {
	s := newSession(t, Options{})
	before := snapshot(s)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r := s.Eval(ctx, "recipient = IN"); !r.Failed || snapshot(s) != before {
		t.Errorf("what was stopped has changed the session: %s", r.Text)
	}
	file := filepath.Join(t.TempDir(), "long.txt")
	if err := os.WriteFile(file, []byte(strings.Repeat("recipient = IN\nrecipient = FR\n", 100_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel = context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	if r := s.Eval(ctx, "replay "+file); !r.Failed || !strings.Contains(r.Text, "stopped") {
		t.Errorf("a long replay: %s", r.Text)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("stopping took %s", took)
	}
	if snapshot(s) != before {
		t.Error("half a replay has changed the session")
	}
}

func TestUnfinished(t *testing.T) {
	s := newSession(t, Options{})
	for _, in := range []string{"deny CategoryI to", "deny CategoryI (", "term X of Item:", "policy p {", "policy p", "SLV and", "recipient is", "facts \\"} {
		if !s.Unfinished(in) {
			t.Errorf("%q is taken for whole", in)
		}
	}
	for _, in := range []string{"", "why not", "as of", "use", "test", "what if", "deny CategoryI", "SLV", "recipient = IN", "}", `x = "open`} {
		if s.Unfinished(in) {
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
	} {
		if diff := cmp.Diff(tt.want, s.statements(tt.in)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.in, diff)
		}
	}
}

// TestRecordedReadsBack writes statements as record does and reads them line by line.
func TestRecordedReadsBack(t *testing.T) {
	s := newSession(t, Options{})
	for _, statement := range []string{"facts", "deny X\n  unless Y", "policy p\n{\n deny X\n because \"a\"\n}", "a = 1,\nb = 2"} {
		open := ""
		lines := strings.Split(recorded(s, statement), "\n")
		for i, l := range lines {
			open = joinLines(open, l)
			if s.Unfinished(open) != (i < len(lines)-1) {
				t.Fatalf("%q is cut behind line %d: %q", statement, i+1, open)
			}
		}
		if flatText(open) != flatText(statement) {
			t.Errorf("%q reads back as %q", statement, open)
		}
	}
}

// While a question is asked, a command is no answer, and it is said how to come to it.
func TestCommandWhileAsked(t *testing.T) {
	s := newSession(t, Options{})
	tell(t, s, "item is SLV", "item is CategoryI", "recipient = AE", "program.purpose = space_launch")
	if text := tell(t, s, "ask"); !strings.Contains(text, "`stop` ends the questions") {
		t.Errorf("it is not said how to leave:\n%s", text)
	}
	for _, input := range []string{"why not permit", "facts"} {
		if r := s.Eval(context.Background(), input); !r.Failed || !strings.Contains(r.Text, "and then `"+input+"`") {
			t.Errorf("%s: %s", input, r.Text)
		}
	}
	if text := tell(t, s, "?"); !strings.Contains(text, "`why` says what") {
		t.Error(text)
	}
}

// TestEndlessFiles refuses to read what never ends.
func TestEndlessFiles(t *testing.T) {
	const endless = "/dev/zero"
	if _, err := os.Stat(endless); err != nil {
		t.Skip("there is no file without an end here")
	}
	s := ofText(t, "outcomes deny policy p { deny }")
	for _, in := range []string{"load " + endless, "replay " + endless} {
		if r := s.Eval(t.Context(), in); !r.Failed || !strings.Contains(r.Text, "cannot read /dev/zero: it is larger than 64 MiB") {
			t.Errorf("%s: %s", in, r.Text)
		}
	}
}
