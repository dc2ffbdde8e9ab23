package dd_test

import (
	"fmt"

	"github.com/ctl-lang/ctl/internal/dd"
)

func Example() {
	s := dd.New([]int{249, 3, 2}, 0)            // country, category, vetted
	member, _ := s.Literal(0, []int{7, 13, 77}) // the country is one of three
	first, _ := s.Literal(1, []int{0})
	vetted, _ := s.Literal(2, []int{1})
	safe, _ := s.And(member, vetted)
	b, _ := s.Build([]dd.Rule{{Guard: first, Leaf: 2}, {Guard: safe, Leaf: 1}}, 0, dd.True)
	fmt.Println("leaves", s.Leaves(b))
	one, _ := s.Is(b, 1)
	cubes, _ := s.Cover(one, dd.True)
	fmt.Println("1 when", cubes)
	plan, _ := s.Questions(b, dd.Asking{})
	fmt.Println("at most", plan.Depth, "questions, first", plan.Questions[0].Var)
	changes, _ := s.MinimalChanges(one, []int{5, 1, 1}, []int{0, 1, 2}, 2)
	fmt.Println("to reach 1 change", changes)
	// Output:
	// leaves [0 1 2]
	// 1 when [[{0 [7 13 77]} {1 [1 2]} {2 [1]}]]
	// at most 3 questions, first 1
	// to reach 1 change [{[0] [[{0 [7 13 77]}]]}]
}
