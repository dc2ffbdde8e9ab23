package randpolicy

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// TwoLarge are two policies of so many unlike rules that to compare them takes long.
func TwoLarge() string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("outcomes deny > review > permit\nkind Item {\n")
	for i := range 50 {
		fmt.Fprintf(&b, "  a%d: bool\n", i)
	}
	b.WriteString("}\nrole item: Item\n")
	for _, name := range []string{"one", "two"} {
		fmt.Fprintf(&b, "policy %s {\n", name)
		for range 300 {
			fmt.Fprintf(&b, "  %s any when item.a%d and not item.a%d and item.a%d and not item.a%d\n", []string{"deny", "review", "permit"}[r.IntN(3)], r.IntN(50), r.IntN(50), r.IntN(50), r.IntN(50))
		}
		b.WriteString("  otherwise permit\n}\n")
	}
	return b.String()
}
