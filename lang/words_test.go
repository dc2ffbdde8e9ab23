package lang

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// TestWordsBegin holds the lists of words to the parser: a declaration word begins a
// declaration that is read as one, every preposition can be a role's, and each word of a
// clause is one of the grammar.
func TestWordsBegin(t *testing.T) {
	for _, w := range DeclarationWords() {
		if sym := wordSymbols[w]; sym < symUse || sym > symClaim {
			t.Errorf("%s begins no declaration", w)
		}
	}
	if n := int(symClaim-symUse) + 1; n != len(DeclarationWords()) {
		t.Errorf("%d words begin declarations, and %d are listed", n, len(DeclarationWords()))
	}
	for _, w := range Prepositions() {
		if _, ds := Parse(context.Background(), "", "role "+w+" x: K"); ds.HasErrors() {
			t.Errorf("%s is no preposition: %s", w, ds)
		}
	}
	for _, w := range slices.Concat(ItemWords(), ClauseWords()) {
		if !strings.Contains(Grammar(), `"`+w+`"`) {
			t.Errorf("the grammar does not know `%s`", w)
		}
	}
}
