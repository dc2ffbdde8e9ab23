package tests

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/internal/book"
)

// ctl runs the command in a folder and is what it prints, and its exit status.
func ctl(t *testing.T, dir string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	cmd := exec.Command("ctl", args...)
	cmd.Dir = dir
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), problems.String(), cmd.ProcessState.ExitCode()
}

// TestPublishedTable takes a decision table of 61 rows that is kept as a spreadsheet through all that
// an officer does with it: imported, linted, compared with the same rules as sentences, and 1,000 cases
// decided into a spreadsheet.
func TestPublishedTable(t *testing.T) {
	dir := t.TempDir()
	data, err := os.ReadFile("testdata/annex.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "annex.xlsx"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, problems, status := ctl(t, dir, "import", "annex.xlsx", "--ctl", "-o", "annex.ctl"); status != 0 {
		t.Fatal(problems)
	}
	rules, err := os.ReadFile(filepath.Join(dir, "annex.ctl"))
	if err != nil {
		t.Fatal(err)
	}
	_, problems, status := ctl(t, dir, "check", "annex.ctl")
	if status != 0 || !strings.Contains(problems, "annex.csv:62:1: warning[W0204]: `sensors_late` never decides: wherever it applies, `sensors_d22` prevails") || !strings.HasSuffix(problems, "\n1 warning\n") {
		t.Errorf("the row that never decides is not all that is found: %d\n%s", status, problems)
	}

	// The same as sentences, made of the rows one by one.
	table, err := os.ReadFile(filepath.Join(dir, "annex.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil || len(rows) != 62 {
		t.Fatal(len(rows), err)
	}
	at := func(row []string, heading string) string { return row[slices.Index(rows[0], heading)] }
	sentences := strings.Replace(string(rules), `rules from "annex.csv"`, "ROWS", 1)
	var all strings.Builder
	for _, row := range rows[1:] {
		fmt.Fprintf(&all, "%s: %s to %s when goods.category = %s and goods.use = %s", at(row, "label"), at(row, "outcome"), at(row, "to"), at(row, "goods.category"), at(row, "goods.use"))
		if value := at(row, "goods.value"); value != "" {
			all.WriteString(" and goods.value " + value)
		}
		fmt.Fprintf(&all, " because %q source %q\n", at(row, "because"), at(row, "source"))
	}
	sentences = strings.Replace(sentences, "ROWS", all.String(), 1)
	for name, text := range map[string]string{"sentences.ctl": sentences, "changed.ctl": strings.Replace(sentences, "marine_b41: general_licence", "marine_b41: permit", 1)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, problems, status := ctl(t, dir, "diff", "--old", "annex.ctl", "sentences.ctl"); status != 0 || !strings.Contains(out, "No case is answered differently.") {
		t.Errorf("the sentences are not proved the same: %d\n%s%s", status, out, problems)
	}
	if out, _, status := ctl(t, dir, "diff", "--old", "annex.ctl", "changed.ctl"); status != 3 || !strings.Contains(out, "general_licence becomes permit") {
		t.Errorf("a sentence that says otherwise is not found: %d\n%s", status, out)
	}
	out, problems, status := ctl(t, dir, "table", "sentences.ctl", "--rules")
	if written := strings.Count(out, "\n"); status != 0 || written != 62 {
		t.Errorf("%d rows are written back: %s", written, problems)
	}

	// A thousand cases, into a spreadsheet that can be sorted.
	var cases strings.Builder
	cases.WriteString("name;recipient;goods.category;goods.value;goods.use\n")
	for i := range 1000 {
		fmt.Fprintf(&cases, "case %d;%s;%s;%d eur;%s\n", i, []string{"GroupA", "GroupB", "GroupD"}[i%3], []string{"sensors", "marine", "aerospace"}[i/3%3], i*13, []string{"civil", "military", "unknown"}[i/9%3])
	}
	if err := os.WriteFile(filepath.Join(dir, "cases.csv"), []byte(cases.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, problems, status := ctl(t, dir, "decide", "annex.ctl", "--cases", "cases.csv", "--out", "answers.xlsx"); status != 0 || !strings.HasPrefix(problems, "1000 cases: ") {
		t.Fatal(status, problems)
	}
	answers, err := os.ReadFile(filepath.Join(dir, "answers.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := book.Open(answers)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := b.CSV(0, &text, '.'); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(text.String(), "\n")
	if len(lines) != 1002 || !strings.HasPrefix(lines[0], "name,recipient,goods.category,goods.value,goods.use,status,outcome,rules") || !strings.HasPrefix(lines[1], "case 0,GroupA,sensors,0 eur,civil,decided,permit,sensors_a13,") {
		t.Errorf("%d lines: %s\n%s", len(lines), lines[0], lines[1])
	}
}
