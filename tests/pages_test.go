package tests

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	pathInPage = regexp.MustCompile(`(?:^|[^\w/-])((?:analysis|bench|cmd|docs|internal|interp|lang|record|rules|stdlib|tests|watch)/[\w./*-]*\w)`)
	linkInPage = regexp.MustCompile(`\]\(([^)#:]+)\)`)
	testInPage = regexp.MustCompile(`\b(?:Test|Fuzz|Benchmark|Example)[A-Z]\w*`)
)

// TestPages holds what the pages for maintainers say of files and tests: that they are there.
func TestPages(t *testing.T) {
	pages := []string{"../CONTRIBUTING.md", "../docs/architecture.md", "../docs/glossary.md", "../docs/release.md", "../docs/security.md"}
	decisions, err := filepath.Glob("../docs/decisions/*.md")
	if err != nil || len(decisions) == 0 {
		t.Fatalf("%d decisions: %v", len(decisions), err)
	}
	known := testNames(t)
	for _, page := range append(pages, decisions...) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			for _, path := range pathInPage.FindAllStringSubmatch(line, -1) {
				if found, err := filepath.Glob("../" + path[1]); err != nil || len(found) == 0 {
					t.Errorf("%s:%d: there is no %s", page, i+1, path[1])
				}
			}
			for _, link := range linkInPage.FindAllStringSubmatch(line, -1) {
				if _, err := os.Stat(filepath.Join(filepath.Dir(page), link[1])); err != nil {
					t.Errorf("%s:%d: a link leads nowhere: %s", page, i+1, link[1])
				}
			}
			for _, name := range testInPage.FindAllString(line, -1) {
				if !known[name] {
					t.Errorf("%s:%d: there is no %s", page, i+1, name)
				}
			}
		}
	}
}

// testNames are the tests, fuzzers, benchmarks and examples of the project.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	known := map[string]bool{}
	declaration := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark|Example)\w+)\(`)
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range declaration.FindAllStringSubmatch(string(text), -1) {
			known[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return known
}
