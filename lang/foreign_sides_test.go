package lang_test

import (
	"context"
	"testing"

	"github.com/ctl-lang/ctl/lang"
)

// A call by a word that others write between two sides is no second side without a first.
func TestCallIsNoSide(t *testing.T) {
	for _, text := range []string{
		"constraint k: item.a < 3 and before(item.b) = 2",
		"constraint k: item.a < 3 or after(item.b) >= item.c",
	} {
		if _, diags := lang.Parse(context.Background(), "call.ctl", text); len(diags) > 0 {
			t.Errorf("%s: %v", text, diags)
		}
	}
}
