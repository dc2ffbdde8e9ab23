package tests

import (
	"path/filepath"
	"testing"
)

// TestDocs runs every example of the pages in docs.
func TestDocs(t *testing.T) {
	pages, err := filepath.Glob("../docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, page := range pages {
		t.Run(filepath.Base(page), func(t *testing.T) { runDocument(t, page) })
	}
}
