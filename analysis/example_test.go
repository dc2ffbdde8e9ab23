package analysis_test

import (
	"context"
	"fmt"
	"log"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

// visits are the rules of the examples: as they were, and as they are to become.
const visits = `
outcomes refuse > escort > admit

kind Visitor { badge: none | guest | staff  night: bool }
role visitor: Visitor

policy before {
  unknown: refuse when visitor.badge = none
  late: escort when visitor.night
  otherwise admit
}

policy after amends before {
  replace late: escort when visitor.night unless visitor.badge = staff
}

claim "nobody without a badge" under after: always refuse when visitor.badge = none
claim "staff always come in" under after: always admit when visitor.badge = staff
claim "nothing is looser": after never looser than before
`

func program() *interp.Program {
	p, err := interp.LoadText(context.Background(), "visits.ctl", visits)
	if err != nil {
		log.Fatal(err)
	}
	return p
}

func dated(p *interp.Program, name string) interp.Dated {
	policy, err := p.Policy(name)
	if err != nil {
		log.Fatal(err)
	}
	return interp.Dated{Policy: policy, On: p.LatestDate()}
}

func ExampleDiff() {
	p := program()
	diff, err := analysis.Diff(context.Background(), dated(p, "before"), dated(p, "after"), analysis.DiffOptions{})
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range diff.Changes {
		fmt.Printf("%s becomes %s, %s, %s of all cases\n", c.From.Name(), c.To.Name(), c.Direction, c.Share)
		for _, g := range c.Groups {
			fmt.Println("  where", g.When)
		}
	}
	// Output:
	// escort becomes admit, looser, 1/6 of all cases
	//   where visitor.badge = staff and visitor.night
}

func ExampleProve() {
	for _, claim := range program().Claims() {
		proof, err := analysis.Prove(context.Background(), claim)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(proof.Status, claim.Name)
		if proof.Counterexample != nil {
			fmt.Println("  not where", proof.Counterexample.Case.Sentences())
		}
	}
	// Output:
	// proved nobody without a badge
	// proved staff always come in
	// refuted nothing is looser
	//   not where [visitor.badge = staff visitor.night = yes]
}

func ExampleLint() {
	p, err := interp.LoadText(context.Background(), "lint.ctl", `
outcomes refuse > admit
kind Visitor { badge: bool  age: number }
role visitor: Visitor
policy door {
  young: refuse when visitor.age < 18
  child: refuse when visitor.age < 12
  staff: admit when visitor.badge
}`)
	if err != nil {
		log.Fatal(err)
	}
	report, err := analysis.Lint(context.Background(), p, analysis.LintOptions{})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range report.Findings {
		fmt.Println(f.Code, f.Message)
	}
	// Output:
	// W0201 `door` leaves cases without an answer: no rule speaks of them, and there is no `otherwise`
	// W0205 `child` is not needed: what it decides is decided alike by `young`
}

func ExampleNewTable() {
	p := program()
	table, err := analysis.NewTable(context.Background(), []interp.Dated{dated(p, "after")}, "visitor.badge", "visitor.night", nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(table.Cols.Fact, table.Cols.Labels)
	for i, row := range table.Cells {
		fmt.Print(table.Rows.Labels[i])
		for _, cell := range row {
			fmt.Print(" ", cell.Answers[0].Possible[0].Name())
		}
		fmt.Println()
	}
	// Output:
	// visitor.night [no yes]
	// none refuse refuse
	// guest admit escort
	// staff admit admit
}

func ExampleDeadRules() {
	p, err := interp.LoadText(context.Background(), "dead.ctl", `
outcomes refuse > admit
kind Visitor { age: number }
role visitor: Visitor
policy door {
  young: refuse when visitor.age < 18
  child: admit when visitor.age < 12
  otherwise admit
}`)
	if err != nil {
		log.Fatal(err)
	}
	dead, err := analysis.DeadRules(context.Background(), dated(p, "door"))
	if err != nil {
		log.Fatal(err)
	}
	for _, d := range dead {
		fmt.Println(d.Rule.Label, "applies in some case:", d.Applies)
	}
	// Output: child applies in some case: true
}

func ExampleMutate() {
	p, err := interp.LoadText(context.Background(), "tested.ctl", `
outcomes refuse > admit
kind Visitor { age: number  badge: bool }
role visitor: Visitor
policy door {
  young: refuse when visitor.age < 18 unless visitor.badge
  otherwise admit
}
test "a child" { given visitor.age = 10, visitor.badge = no  expect refuse }
test "of age"  { given visitor.age = 18, visitor.badge = no  expect admit }`)
	if err != nil {
		log.Fatal(err)
	}
	report, err := analysis.Mutate(context.Background(), p)
	if err != nil {
		log.Fatal(err)
	}
	for _, m := range report.Survivors {
		fmt.Println("no test notices", m.Text)
	}
	missing, err := analysis.Suggest(context.Background(), p, report)
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range missing {
		fmt.Println(s.Case.Sentences(), s.Decision.Answer())
	}
	// Output:
	// no test notices without `unless visitor.badge`
	// [visitor.age = 17 visitor.badge = yes] admit
}
