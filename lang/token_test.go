package lang

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestTokensCover holds that every token stands where it says, in order.
func TestTokensCover(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"deny", "to", "x", ".", ":", "item.form", "=", "300", "km", "1993-09-27", "\"a\"", "\"open", "\n", " ", "# so\n", "(", "}", "..", "é", "\xff", "&&", "10/12/2024"})).Draw(t, "words"), "")
		end := uint32(0)
		for _, tok := range Tokens(text) {
			if tok.Start < end || tok.End < tok.Start || int(tok.End) > len(text) || text[tok.Start:tok.End] != tok.Text {
				t.Fatalf("%q: %+v behind %d", text, tok, end)
			}
			end = tok.End
		}
	})
}

func TestTokenKinds(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []TokenKind
	}{
		{"", nil},
		{"deny X to y.to", []TokenKind{TokenName, TokenName, TokenKeyword, TokenName, TokenMark, TokenName}},
		{"# a comment\nx", []TokenKind{TokenName}},
		{`3 km = 1993-09-27 "a" @`, []TokenKind{TokenNumber, TokenName, TokenMark, TokenDate, TokenText, TokenBad}},
	} {
		var got []TokenKind
		for _, tok := range Tokens(tt.text) {
			got = append(got, tok.Kind)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %v, not %v", tt.text, got, tt.want)
		}
	}
	if ts := Tokens(`x = "a b`); !ts[2].Open {
		t.Errorf("%+v is not open", ts[2])
	}
}
