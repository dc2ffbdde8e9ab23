package tests

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDocs runs the examples of the pages in docs that have any.
func TestDocs(t *testing.T) {
	pages, err := filepath.Glob("../docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	ran := 0
	for _, page := range pages {
		if text, err := os.ReadFile(page); err != nil || !strings.Contains(string(text), "```") {
			continue // a page of words
		}
		ran++
		t.Run(filepath.Base(page), func(t *testing.T) { runDocument(t, page) })
	}
	if ran == 0 {
		t.Error("no page has an example")
	}
}
