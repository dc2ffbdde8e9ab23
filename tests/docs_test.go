package tests

import (
	"path/filepath"
	"testing"
)

// TestDocs runs the examples of the pages in docs that have any.
func TestDocs(t *testing.T) {
	pages, err := filepath.Glob("../docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, page := range pages {
		t.Run(filepath.Base(page), func(t *testing.T) { runDocument(t, page) })
	}
}
