package interp

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/lang"
)

// TestRulesAreCheckedAlikeOnAllCores holds the problems and the dates of a large
// policy that several cores check to those that one finds.
func TestRulesAreCheckedAlikeOnAllCores(t *testing.T) {
	var b strings.Builder
	b.WriteString("outcomes deny > permit\nkind Item { size: number  made: date }\nrole item: Item\npolicy p {\n")
	for i := range 3 * manyRules {
		switch {
		case i%1001 == 0:
			fmt.Fprintf(&b, "deny when item.sise > %d\n", i)
		case i%1003 == 0:
			fmt.Fprintf(&b, "deny when item.made > as_of and item.made < %d-01-01\n", 1990+i%30)
		default:
			fmt.Fprintf(&b, "deny when item.size = %d\n", i)
		}
	}
	b.WriteString("}\n")
	load := func(text string, cores int) (*Program, []string) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		prog, err := LoadText(context.Background(), "many.ctl", text)
		var diags lang.Diagnostics
		errors.As(err, &diags)
		var out []string
		for _, d := range diags {
			out = append(out, d.Error())
		}
		return prog, out
	}
	_, one := load(b.String(), 1)
	_, many := load(b.String(), 4)
	if diff := cmp.Diff(one, many); diff != "" || len(one) == 0 {
		t.Errorf("one core finds %d problems, several others: %s", len(one), diff)
	}
	text := strings.ReplaceAll(b.String(), "sise", "size")
	p, _ := load(text, 1)
	q, _ := load(text, 4)
	if diff := cmp.Diff(p.dates, q.dates); diff != "" || !p.readsDate || !q.readsDate {
		t.Errorf("the dates differ: %s", diff)
	}
}
