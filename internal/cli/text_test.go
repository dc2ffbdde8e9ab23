package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
)

// hostile is what texts of rules and facts would do to whoever reads them.
const hostile = `\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m\u{202e}\u{200b}\n\nFORGED\n\n<script>` + "` <img src=x>"

// rulesOfOthers say HOSTILE wherever rules say what they like.
const rulesOfOthers = `outcomes deny "HOSTILE" > review > permit
kind Who = text
kind Item { form: x "HOSTILE" | y "HOSTILE"  ok: bool "HOSTILE"  n: number "HOSTILE"  note: text "HOSTILE" }
role item: Item
role by who: Who
group Bad of Who: "HOSTILE"
constraint sane: item.n >= 0
open term vetted "HOSTILE"
policy p "HOSTILE" {
  first: deny any when item.form = x and item.ok because "HOSTILE" source "HOSTILE" requiring "HOSTILE"
  second: review by Bad because "HOSTILE" source "HOSTILE" requiring "HOSTILE" notwithstanding first
  third: review when item.note = "HOSTILE" or vetted
  otherwise permit
}
policy q "HOSTILE" { otherwise permit requiring "HOSTILE" }
test "HOSTILE" under p { given item.form = x, item.ok, who = "HOSTILE" expect permit }
claim "HOSTILE" under p: always permit when item.ok
`

// Whatever a rule or a fact says, nothing that is printed or written steers a terminal, and
// no line is one that the text has made.
func TestTextOfOthers(t *testing.T) {
	dir := t.TempDir()
	rules := filepath.Join(dir, "rules.ctl")
	text := strings.ReplaceAll(rulesOfOthers, "HOSTILE", hostile)
	if err := os.WriteFile(rules, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	fact := `item.note="` + hostile + `"`
	who := `who="` + hostile + `"`
	raw := "\x1b[2J\u009b31m\u202e\nFORGED\n!"
	kept, transcript, junit := filepath.Join(dir, "case.json"), filepath.Join(dir, "transcript.txt"), filepath.Join(dir, "junit.xml")
	for _, row := range []struct {
		args  []string
		stdin string
	}{
		{args: []string{"check", rules}},
		{args: []string{"check", "--json", rules}},
		{args: []string{"check", "--sarif", rules}},
		{args: []string{"decide", rules, "-p", "p", fact, who}},
		{args: []string{"decide", rules, "-p", "p"}},
		{args: []string{"decide", "--json", rules, "-p", "p", fact, who}},
		{args: []string{"decide", rules, "-p", "p", "--lines", "-"}, stdin: `{"item": {"note": "\u001b\u009b` + "\u009b" + `", "` + raw[:3] + `": 1}}` + "\n{\"\u009b\": 1}\n"},
		{args: []string{"explain", rules, "-p", "p", fact, who, "item.form=x", "item.ok=yes"}},
		{args: []string{"explain", "--json", rules, "-p", "p", fact, who, "item.form=x", "item.ok=yes"}},
		{args: []string{"explain", rules, "-p", "p", "--why-not", "permit", who, "item.form=x", "item.ok=yes"}},
		{args: []string{"explain", rules, "-p", "p", "--why-not", "permit", "--markdown", who, "item.form=x", "item.ok=yes"}},
		{args: []string{"explain", rules, "-p", "p", "--flip", "permit", who, "item.form=x", "item.ok=yes"}},
		{args: []string{"explain", rules, "-p", "p", "--flip", "permit", "--markdown", who, "item.form=x", "item.ok=yes"}},
		{args: []string{"ask", rules, "-p", "p", "--save", kept, "--transcript", transcript}, stdin: "why\nhelp\n1\nyes\n2\n" + raw + "\n?\nunknown\nunknown\nunknown\nunknown\n"},
		{args: []string{"ask", rules, "-p", "p", "--json"}, stdin: "why\n1\nyes\n" + raw + "\n"},
		{args: []string{"diff", "--old", rules, rules, "p", "q"}},
		{args: []string{"diff", rules, "p", "q"}},
		{args: []string{"diff", rules, "p", "q", "--markdown"}},
		{args: []string{"diff", rules, "p", "q", "--json"}},
		{args: []string{"prove", rules}},
		{args: []string{"prove", "--json", rules}},
		{args: []string{"table", rules, "-p", "p", "--rows", "item.form", "--cols", "item.ok"}},
		{args: []string{"table", rules, "-p", "p", "--rows", "item.note", "--cols", "item.ok", "--markdown"}},
		{args: []string{"table", rules, "-p", "p", "--rows", "item.note", "--cols", "item.ok", "--html"}},
		{args: []string{"table", rules, "-p", "p", "--rows", "item.note", "--cols", "item.ok", "--csv"}},
		{args: []string{"table", rules, "-p", "p", "--rows", "item.note", "--cols", "item.ok", "--json"}},
		{args: []string{"test", rules, "--junit", junit}},
		{args: []string{"test", "--json", rules}},
		{args: []string{"gen", "go", rules}},
		{args: []string{"repl", rules, "-p", "p", fact}, stdin: "why\nneeds\nask\n1\nyes\nstop\nshow item\nitem.form\nitem.note\nrules\nlist\ndiff q\ntable item.form item.ok\nprove\ntest\n" + who + "\nexplain\n" + raw + "\n"},
		{args: []string{"repl", "--json", rules, "-p", "p", fact}, stdin: "why\nneeds\nask\n1\nyes\nstop\nshow item\n" + raw + "\n"},
		{args: []string{"decide", "--" + raw}},
		{args: []string{raw}},
		{args: []string{"decide", rules, raw + "=1"}},
		{args: []string{"check", raw + ".ctl"}},
		{args: []string{"check", "--explain", raw}},
		{args: []string{"decide", rules, "-p", raw}},
		{args: []string{"compile", rules, "-o", dir + "/none/" + raw}},
		{args: []string{"test", rules, "--cases", raw + ".csv"}},
	} {
		var out, problems bytes.Buffer
		a := &App{Stdin: strings.NewReader(row.stdin), Stdout: &out, Stderr: &problems, Now: time.Now}
		if status := a.Run(row.args); row.args[0] == "check" && len(row.args) == 2 && row.args[1] == rules && strings.Contains(problems.String(), "error[") {
			t.Fatalf("status %d:\n%s", status, problems.String())
		}
		if out.Len()+problems.Len() == 0 {
			t.Errorf("%q says nothing", row.args)
		}
		safe(t, strings.Join(row.args, " "), out.String())
		safe(t, strings.Join(row.args, " "), problems.String())
		for _, arg := range row.args {
			if arg == "--html" && strings.Contains(out.String(), "<script>") {
				t.Errorf("%q prints a tag:\n%s", row.args, out.String())
			}
			if arg == "--json" && row.args[0] != "repl" && !json.Valid(out.Bytes()) {
				t.Errorf("%q is no JSON:\n%s", row.args, out.String())
			}
		}
	}
	for _, name := range []string{kept, transcript, junit} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
		}
		safe(t, name, string(data))
	}
}

// forged is a line that a text has made.
var forged = regexp.MustCompile(`(?m)^\s*FORGED$`)

func safe(t *testing.T, what, shown string) {
	t.Helper()
	for _, r := range shown {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			t.Errorf("ctl %q prints %U in\n%q", what, r, shown)
			return
		}
	}
	if forged.MatchString(shown) {
		t.Errorf("ctl %q prints a forged line:\n%s", what, shown)
	}
}
