package tests

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// promised are the tests that docs/security.md names for a promise, and the packages that they stand in.
var promised = regexp.MustCompile("((?:`(?:Test|Fuzz|Benchmark)\\w+`(?:, )?)+) \\(([a-z/]+(?:(?:, | and )[a-z/]+)*)\\)")

// TestSecurityPage finds every test that docs/security.md names, in its package, so that no
// promise there outlives what shows it; and on the page every fuzzer of the project.
func TestSecurityPage(t *testing.T) {
	page, err := os.ReadFile("../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string][]string{} // packages by the names of their tests
	for _, pattern := range []string{"*/*_test.go", "*/*/*_test.go"} {
		names, err := filepath.Glob("../" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)\w+)\(`).FindAllStringSubmatch(string(text), -1) {
				declared[m[1]] = append(declared[m[1]], filepath.ToSlash(filepath.Dir(strings.TrimPrefix(name, ".."+string(filepath.Separator)))))
			}
		}
	}
	word := regexp.MustCompile("`((?:Test|Fuzz|Benchmark)\\w+)`")
	named := map[string]bool{}
	for _, m := range word.FindAllStringSubmatch(string(page), -1) {
		named[m[1]] = true
		if declared[m[1]] == nil {
			t.Errorf("there is no %s", m[1])
		}
	}
	for _, m := range promised.FindAllStringSubmatch(string(page), -1) {
		for _, test := range word.FindAllStringSubmatch(m[1], -1) {
			for _, where := range regexp.MustCompile("[a-z/]+").FindAllString(strings.ReplaceAll(m[2], " and ", " "), -1) {
				if !slices.Contains(declared[test[1]], where) {
					t.Errorf("%s does not stand in %s, but in %s", test[1], where, declared[test[1]])
				}
			}
		}
	}
	if len(named) < 20 {
		t.Errorf("the page names %d tests", len(named))
	}
	for name, packages := range declared {
		if strings.HasPrefix(name, "Fuzz") && !named[name] {
			t.Errorf("the page does not name %s of %s", name, packages)
		}
	}
}

// TestLinks follows the links of the documents to files of the project.
func TestLinks(t *testing.T) {
	pages, err := filepath.Glob("../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`\]\(([^)#: ]*[./][^)#: ]*)(#[^)]*)?\)`)
	for _, page := range slices.Concat(pages, []string{"../README.md", "../SPEC.md"}) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", strings.TrimPrefix(page, "../"), m[1])
			}
		}
	}
}
