package lang

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestBrokenTexts spoils formatted texts token by token. Whatever comes out, the
// answer of Parse must be sound, and a text that happens to be well-formed must
// survive formatting.
func TestBrokenTexts(t *testing.T) { rapid.Check(t, brokenText) }

func FuzzBroken(f *testing.F) { f.Fuzz(rapid.MakeFuzz(brokenText)) }

func brokenText(t *rapid.T) {
	text := withOutcomes + Format(gen{t}.file())
	src := NewSource("", text)
	tokens := scan(src, &problems{source: src}).tokens
	words := make([]string, 0, len(tokens))
	for i, tok := range tokens[:len(tokens)-1] {
		words = append(words, text[prevEnd(tokens, i):tok.end])
	}
	for range rapid.IntRange(1, 3).Draw(t, "slips") {
		i := rapid.IntRange(0, len(words)-1).Draw(t, "where")
		switch rapid.IntRange(0, 3).Draw(t, "slip") {
		case 0:
			words[i] = ""
		case 1:
			words[i] += words[i]
		case 2:
			j := rapid.IntRange(0, len(words)-1).Draw(t, "and where")
			words[i], words[j] = words[j], words[i]
		default:
			words[i] = " " + rapid.SampledFrom([]string{
				"deny", "unless", "(", ")", "{", "}", ",", ":", "\"", "300", "km", "of", "in", "1993-09-27", "policy", "\nterm", "@", ".", "..", "has", "=", "«", "not", "to", "?", "|",
				"from \"a.csv\"", "column", "where \"c\" = \"x\"", "marks", "marked", "split", "also", "open", "since", "1997-04 .. 1997", "screened at", "screened", "at", "0.9",
			}).Draw(t, "what")
		}
	}
	text = strings.Join(words, "")
	file, ds := Parse(context.Background(), "broken.ctl", text)
	sound(t, text, file, ds)
	if len(ds) > 0 {
		return
	}
	once, _ := formatted(t, text)
	if again, parsed := formatted(t, once); again != once || dump(parsed) != dump(file) {
		t.Fatalf("formatting changes the tree or is not stable:\n%s\n%s", text, cmp.Diff(dump(file), dump(parsed)))
	}
}
