package lang_test

import (
	"context"
	"fmt"

	"github.com/ctl-lang/ctl/lang"
)

func ExampleParse() {
	_, problems := lang.Parse(context.Background(), "us2025.ctl", `outcomes deny > permit
policy us2025 {
  deny CategoryI to nonMember unles SLV and vetted
  permit to
}
`)
	for _, p := range problems {
		fmt.Println(p)
	}
	// Output:
	// us2025.ctl:3:31: `unles` is no word of a rule (did you mean `unless`?) [E0103]
	// us2025.ctl:4:12: after `to`, there must be the name of a term, a group or a thing, or `any`, not the end of the line [E0109]
}

func ExampleFormat() {
	file, problems := lang.Parse(context.Background(), "us2025.ctl", `# Later than us1993.
policy us2025 amends us1993 { replace nonmember : deny CategoryI
   to nonMember unless SLV and vetted repeal allied_slv # not needed any more
 }`)
	if problems.HasErrors() {
		fmt.Println(problems)
		return
	}
	fmt.Print(lang.Format(file))
	// Output:
	// # Later than us1993.
	// policy us2025 amends us1993 {
	//   replace nonmember: deny CategoryI to nonMember unless SLV and vetted
	//   repeal allied_slv  # not needed any more
	// }
}

func ExampleParseExpr() {
	x, _, _ := lang.ParseExpr("question", "item.range>=300km and(item is SLV or not recipient is vetted)")
	fmt.Println(lang.FormatExpr(x))
	// Output: item.range >= 300 km and (item is SLV or not recipient is vetted)
}

func ExampleParseFact() {
	for _, fact := range []string{"item.range=300km", "recipient is not vetted", "not item.listed", "subject.roles = (admin, clerk)", "item.range > 3 km"} {
		x, _, problems := lang.ParseFact("fact", fact)
		if problems.HasErrors() {
			fmt.Println(problems)
			continue
		}
		fmt.Printf("%T %s\n", x, lang.FormatExpr(x))
	}
	// Output:
	// *lang.Binary item.range = 300 km
	// *lang.Is recipient is not vetted
	// *lang.Unary not item.listed
	// *lang.Binary subject.roles = (admin, clerk)
	// fact:1:12: a fact says what something is: `path = value`; `>` cannot stand here [E0119]
}

func ExampleNearest() {
	fmt.Println(lang.Nearest("nonmembr", []string{"Member", "nonMember", "SLV"}))
	// Output: nonMember true
}
