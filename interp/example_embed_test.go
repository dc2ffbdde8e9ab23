package interp_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

const visits = `
outcomes deny > permit
kind Visitor = text sensitive { height: length  pass: number?  minor: bool }
role visitor: Visitor
policy tower {
  small: deny any when visitor.height < 1.3 m
  locked: deny any when has visitor.pass and visitor.pass < 100
  otherwise permit
}`

func loadVisits() *interp.Program {
	prog, err := interp.LoadText(context.Background(), "visits.ctl", visits)
	if err != nil {
		log.Fatal(err)
	}
	return prog
}

// A struct tells facts by its tags. A pointer or an empty text may be a fact that is not
// known; an Optional may also be a fact that is known to be none.
func ExampleSome() {
	type visitor struct {
		Name   string                   `ctl:"id,omitzero"`
		Height *float64                 `ctl:"height,unit=m"`
		Pass   interp.Optional[float64] `ctl:"pass"`
	}
	type visit struct {
		Visitor visitor `ctl:"visitor"`
	}
	prog := loadVisits()
	height := 1.7
	for _, v := range []visitor{
		{Name: "Ann", Height: &height, Pass: interp.Some(12.0)},
		{Name: "Bob", Height: &height, Pass: interp.NoneOf[float64]()},
		{Name: "Cid", Height: &height},
	} {
		c := prog.NewCase()
		if err := c.ReadStruct(visit{v}); err != nil {
			log.Fatal(err)
		}
		fmt.Println(c.Facts())
	}
	// Output:
	// [visitor = "Ann" visitor.height = 1.7 m visitor.pass = 12]
	// [visitor = "Bob" visitor.height = 1.7 m visitor.pass = none]
	// [visitor = "Cid" visitor.height = 1.7 m]
}

// The facts of a case go to JSON and come back as they were; for eyes that may not see
// everything they are masked.
func ExampleCase_MaskedMap() {
	c := loadVisits().NewCase()
	if err := c.Tell(`visitor = "Ann"`, "visitor.height = 170 cm", "visitor.pass = none"); err != nil {
		log.Fatal(err)
	}
	plain, err := json.Marshal(c.Map())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(plain))
	facts, masked := c.MaskedMap(func(interp.Value) any { return "***" })
	fmt.Println(facts["visitor"], masked)
	// Output:
	// {"visitor":{"height":"170 cm","id":"Ann","pass":null}}
	// map[height:170 cm id:*** pass:<nil>] [visitor]
}

// Two programs with one version say the same.
func ExampleProgram_Version() {
	renamed, err := interp.LoadText(context.Background(), "other.ctl", visits)
	if err != nil {
		log.Fatal(err)
	}
	changed, err := interp.LoadText(context.Background(), "visits.ctl", visits+"# a remark")
	if err != nil {
		log.Fatal(err)
	}
	version := loadVisits().Version()
	fmt.Println(strings.HasPrefix(version, "sha256:"), version == renamed.Version(), version == changed.Version())
	// Output:
	// true true false
}

// What programs that embed the rules may depend on.
func ExampleProgram_Vocabulary() {
	fmt.Println(strings.Join(loadVisits().Vocabulary(), "\n"))
	// Output:
	// outcomes deny > permit
	// role visitor: Visitor
	// kind Visitor = text
	// fact Visitor.height: length
	// fact Visitor.pass: number?
	// fact Visitor.minor: bool
	// policy tower
	// rule tower.small
	// rule tower.locked
}
