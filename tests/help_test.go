package tests

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestHelp runs every example of every help text, in a folder that has the files they
// speak of. An example ends well, or with a case that is not decided.
func TestHelp(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash to read the command lines")
	}
	commands := strings.Fields(string(output(t, t.TempDir(), bash, "-c", "ctl __complete -- ''")))
	if len(commands) < 8 {
		t.Fatalf("only %d commands are found", len(commands))
	}
	for _, command := range commands {
		if command == "--help" {
			command = ""
		}
		t.Run("help_"+command, func(t *testing.T) {
			dir := helpFolder(t)
			text := string(output(t, dir, bash, "-c", "ctl "+command+" --help"))
			examples := 0
			for _, line := range strings.Split(text, "\n") {
				example := strings.TrimSpace(line)
				if !strings.HasPrefix(line, "    ") || !strings.HasPrefix(example, "ctl ") {
					continue
				}
				examples++
				output(t, dir, bash, "-c", example)
			}
			if examples == 0 {
				t.Errorf("the help text has no example:\n%s", text)
			}
		})
	}
}

// output runs a command in a folder; a status of 0 or 3 is well.
func output(t *testing.T, dir, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var ee *exec.ExitError
	if errors.As(err, &ee) && ee.ExitCode() == 3 {
		err = nil
	}
	if err != nil {
		t.Errorf("%s: %v\n%s%s", args[len(args)-1], err, &stdout, &stderr)
	}
	return stdout.Bytes()
}

// helpFolder holds the files that the help texts speak of.
func helpFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	rules, err := os.ReadFile("testdata/help.ctl")
	if err != nil {
		t.Fatal(err)
	}
	book, err := os.ReadFile("testdata/annex.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"book.xlsx":      string(book),
		"policies.cedar": "permit (principal, action, resource) when { principal == resource.owner };",
		"table.dmn": `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision name="d"><decisionTable><input><inputExpression typeRef="number"><text>a</text></inputExpression></input><output/>
			<rule><inputEntry><text>&lt; 3</text></inputEntry><outputEntry><text>"deny"</text></outputEntry></rule></decisionTable></decision></definitions>`,
		"rules.ctl":             string(rules),
		"policies/policies.ctl": string(rules),
		"old.ctl":               strings.Replace(string(rules), "US, GB", "US", 1),
		"session.txt":           "item.category = I\n",
		"case.json":             `{"item": {"category": "I", "form": "uav"}, "recipient": "SA"}`,
		"cases.jsonl":           `{"item": {"category": "I", "form": "uav"}, "recipient": "SA"}`,
		"export.csv":            "Klasse;Form;Land;Reichweite\nI;uav;SA;1.250,5\n",
		"headings.csv":          "heading,fact,unit\nKlasse,item.category,\nForm,item.form,\nLand,recipient,\nReichweite,-,\n",
		"cases.csv":             "expect,item.category,item.form,recipient,by\ndeny,I,uav,SA,nonmember\n",
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
