package interp_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
	"github.com/ctl-lang/ctl/rules"
)

// lending are the rules of most examples here.
const lending = `
outcomes refuse > ask > lend "the book goes out"

kind Book { value: number  kind: novel | atlas | manuscript  bound: date }
kind Reader = text { member: bool  owes: number }
role book: Book
role to reader: Reader

term Precious of Book: kind = manuscript or value > 1000
term Member of Reader: member

policy desk {
  debts: refuse any to not Member
  rare: ask Precious
    requiring "a reading room"
  otherwise lend
}
`

// desk is the policy of the examples, and a case with some facts.
func desk(facts ...string) (*interp.Policy, *interp.Case) {
	program, err := interp.LoadText(context.Background(), "lending.ctl", lending)
	if err != nil {
		log.Fatal(err)
	}
	policy, err := program.Policy("desk")
	if err != nil {
		log.Fatal(err)
	}
	c := program.NewCase()
	if err := c.Tell(facts...); err != nil {
		log.Fatal(err)
	}
	return policy, c
}

func ExampleLoad() {
	program, err := interp.Load(context.Background(), rules.Files, rules.MTCR) // or root.FS() of an os.Root, "export.ctl"
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range program.AllSeries() {
		for _, p := range s.Policies {
			fmt.Println(s.Name, p.Name, "from", p.From)
		}
	}
	// Output:
	// us us1993 from 1993-09-27
	// us us2025 from 2025-01-03
}

func ExampleLoadText() {
	_, err := interp.LoadText(context.Background(), "lending.ctl", "outcomes refuse > lend\npolicy desk { otherwise lent }")
	var problems lang.Diagnostics
	if errors.As(err, &problems) {
		for _, d := range problems {
			fmt.Println(d.Code, d.Message, d.Fix.Label)
		}
	}
	// Output: E0206 there is no outcome `lent` did you mean `lend`?
}

func ExamplePolicy_Decide() {
	policy, c := desk("book.kind = atlas", "book.value = 1200", "reader is Member")
	d, err := policy.Decide(context.Background(), c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Outcome, "by", d.Rules[0].Label, d.Obligations)

	policy, c = desk("book.kind = atlas", "reader is Member")
	d, err = policy.Decide(context.Background(), c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Status)
	for _, p := range d.Possible {
		fmt.Printf("  %s when %s\n", p.Name(), p.When)
	}
	for _, n := range d.Needs {
		fmt.Println(" ", n.Question)
	}
	// Output:
	// ask by rare [a reading room]
	// undetermined
	//   ask when book.value > 1000
	//   lend when book.value <= 1000
	//   what is book.value?
}

func ExamplePolicy_Decide_deadline() {
	policy, c := desk("book.kind = atlas")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := policy.Decide(ctx, c)
	var stopped *interp.EvalError
	fmt.Println(errors.Is(err, context.Canceled), errors.As(err, &stopped), stopped.Code == code.Stopped)
	// Output: true true true
}

func ExamplePolicy_Explain() {
	policy, c := desk("book.kind = manuscript", "reader is Member")
	x, err := policy.Explain(context.Background(), c)
	if err != nil {
		log.Fatal(err)
	}
	for _, why := range x.Deciding {
		fmt.Println(why.Rule.Text())
		for _, clause := range why.Clauses {
			fmt.Println(" ", clause.Truth, clause.Text)
		}
	}
	// Output:
	// rare: ask Precious
	//     requiring "a reading room"
	//   yes Precious
}

func ExamplePolicy_WhyNot() {
	policy, c := desk("book.kind = novel", "book.value = 5", "not reader.member")
	w, err := policy.WhyNot(context.Background(), c, "lend")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(w.Outcome, "is", w.Verdict)
	for _, r := range w.Deciding {
		fmt.Println("because of", r.Rule.Label)
	}
	// Output:
	// lend is forbidden
	// because of debts
}

func ExamplePolicy_Flip() {
	policy, c := desk("book.kind = novel", "book.value = 2000", "not reader.member")
	flips, err := policy.Flip(context.Background(), c, "lend", interp.FlipOptions{All: true})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range flips {
		for _, change := range f.Changes {
			fmt.Println(change.Fact, "from", change.From, "so that", change.To)
		}
	}
	// Output:
	// reader.member from no so that reader is Member
	// book.value from 2000 so that book.value <= 1000
}

func ExamplePolicy_WhatIf() {
	policy, c := desk("book.kind = novel", "book.value = 5", "reader is not Member")
	w, err := policy.WhatIf(context.Background(), c, "reader is Member")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(w.Before.Answer(), "becomes", w.After.Answer())
	// Output: refuse becomes lend
}

// Facts are fetched one after the other, and only as far as they matter: the kind of the
// book alone is enough here.
func ExamplePolicy_Gather() {
	policy, c := desk("reader is Member")
	catalogue := map[string]any{"book.kind": "manuscript", "book.value": 40, "book.bound": "1480-01-01"}
	d, err := policy.Gather(context.Background(), c, func(_ context.Context, need interp.Need) (any, bool, error) {
		fmt.Println("looked up", need.Fact)
		value, known := catalogue[need.Fact]
		return value, known, nil
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Answer())
	// Output:
	// looked up book.kind
	// ask
}

// binding is an enumeration of the rules as a Go type.
type binding string

// loan is a request as a service has it.
type loan struct {
	Book struct {
		Kind  binding   `ctl:"kind,omitzero"`  // "": not known
		Value *float64  `ctl:"value"`          // nil: not known
		Bound time.Time `ctl:"bound,omitzero"` // its day
	} `ctl:"book"`
	Reader struct {
		Name   string `ctl:"id"`
		Member bool   `ctl:"member"`
	} `ctl:"reader"`
	Clerk string // no tag: no fact
}

func ExampleCase_ReadStruct() {
	policy, c := desk()
	request := loan{Clerk: "Ann"}
	request.Book.Kind = "manuscript"
	request.Book.Bound = time.Date(1480, 1, 1, 12, 0, 0, 0, time.UTC)
	request.Reader.Name, request.Reader.Member = "Bob", true
	if err := c.ReadStruct(&request); err != nil {
		log.Fatal(err)
	}
	for _, f := range c.Facts() {
		fmt.Println(f)
	}
	d, err := policy.Decide(context.Background(), c)
	fmt.Println(d.Answer(), err)
	// Output:
	// book.kind = manuscript
	// book.bound = 1480-01-01
	// reader = "Bob"
	// reader.member = yes
	// ask <nil>
}

func ExampleCase_ReadJSON() {
	policy, c := desk()
	err := c.ReadJSON(context.Background(), "request.json", []byte(`{"book": {"kind": "novel", "value": 12.5}, "reader": {"id": "Bob", "member": true}}`))
	if err != nil {
		log.Fatal(err)
	}
	d, err := policy.Decide(context.Background(), c)
	fmt.Println(d.Answer(), err)

	err = c.ReadJSON(context.Background(), "request.json", []byte(`{"book": {"kind": "novell"}}`))
	fmt.Println(err)
	// Output:
	// lend <nil>
	// request.json:1:19: `novell` is not one of `novel`, `atlas` and `manuscript` (did you mean `novel`?) [E0702]
}

// What in a type is which fact is found out once; deciding then costs well below a microsecond.
func ExampleBind() {
	policy, _ := desk()
	bound, err := interp.Bind[loan](policy)
	if err != nil {
		log.Fatal(err)
	}
	value := 1500.0
	request := loan{}
	request.Book.Kind, request.Book.Value = "atlas", &value
	request.Reader.Member = true
	d, err := bound.Decide(&request)
	fmt.Println(d.Answer(), err)
	// Output: ask <nil>
}

// A Go function is called like those of the standard library.
func ExampleFunction() {
	errUnreachable := errors.New("the credit agency does not answer")
	options := interp.Options{Functions: []interp.Function{
		{Name: "credit_of", Params: []string{"Reader"}, Result: "number", Go: func(reader string) (float64, bool, error) {
			switch reader {
			case "Bob":
				return 710, true, nil
			case "Eve":
				return 0, false, errUnreachable
			}
			return 0, false, nil // not known
		}},
	}}
	program, err := options.LoadText(context.Background(), "credit.ctl", `
outcomes refuse > lend
kind Reader = text
role to reader: Reader
policy desk { refuse when credit_of(reader) < 600  otherwise lend }`)
	if err != nil {
		log.Fatal(err)
	}
	policy, err := program.Policy("desk")
	if err != nil {
		log.Fatal(err)
	}
	for _, reader := range []string{"Bob", "Ann", "Eve"} {
		c := program.NewCase()
		if err := c.Tell("reader = " + reader); err != nil {
			log.Fatal(err)
		}
		d, err := policy.Decide(context.Background(), c)
		if err != nil {
			fmt.Println(reader, err, errors.Is(err, errUnreachable))
			continue
		}
		fmt.Println(reader, d.Answer())
	}
	// Output:
	// Bob lend
	// Ann undetermined
	// Eve the function credit_of failed: the credit agency does not answer in `credit_of(reader)` true
}

// The members of an external group come from the program.
func ExampleMembers() {
	since, err := interp.ParseDate("2024-03-01")
	if err != nil {
		log.Fatal(err)
	}
	options := interp.Options{Groups: map[string]interp.Members{
		"Barred": func(yield func(interp.Member, error) bool) { // such as the rows of a table
			_ = yield(interp.Member{ID: "Eve"}, nil) && yield(interp.Member{ID: "Bob", Since: &since}, nil)
		},
		"Staff": interp.MembersOf("Ann"),
	}}
	program, err := options.LoadText(context.Background(), "barred.ctl", `
outcomes refuse > lend
kind Reader = text
role to reader: Reader
group Barred of Reader external
group Staff of Reader external
policy desk { refuse to Barred and not Staff  otherwise lend }`)
	if err != nil {
		log.Fatal(err)
	}
	for _, g := range program.Groups() {
		fmt.Println(g.Name, g.Len())
	}
	// Output:
	// Barred 2
	// Staff 1
}

// Rules and facts from strangers get no more room than they need.
func ExampleLimits() {
	options := interp.Options{Limits: interp.Limits{Bytes: 100_000, Rules: 1_000, Steps: 10_000, Text: 100}}
	program, err := options.LoadText(context.Background(), "lending.ctl", lending)
	if err != nil {
		log.Fatal(err)
	}
	err = program.NewCase().Set("reader", string(make([]byte, 101)))
	fmt.Println(err)
	// Output: `reader`: a fact is at most 100 bytes long [E0710]
}
