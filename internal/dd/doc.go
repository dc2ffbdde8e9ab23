// Package dd holds decision diagrams over variables with many cells: what a
// policy decides at every possible case, in one shared graph. Each variable
// is an attribute whose values fall into finitely many cells that the policy
// tells apart; each leaf is a decision, or 0 and 1 for a condition.
//
// They are multi-valued, multi-terminal decision diagrams, reduced and ordered:
// R. E. Bryant, "Graph-based algorithms for Boolean function manipulation", IEEE
// Transactions on Computers C-35 (1986), with a branch for every cell of a variable
// (A. Srinivasan et al., "Algorithms for discrete function manipulation", ICCAD 1990)
// and a leaf for every decision (E. M. Clarke et al., "Multi-terminal binary decision
// diagrams", 1993). Covers by few cubes are
// found as Espresso does: cubes are expanded to prime ones, and redundant ones left out
// (R. K. Brayton et al., "Logic minimization algorithms for VLSI synthesis", 1984).
//
// Diagrams are canonical: two that say the same at every point are the same
// Node. So equality, emptiness and difference are exact and cost nothing once
// the diagrams exist.
//
//	s := dd.New([]int{249, 3, 2}, 0)             // country, category, vetted
//	member, _ := s.Literal(0, []int{7, 13, 77})  // the country is one of three
//	first, _ := s.Literal(1, []int{0})
//	vetted, _ := s.Literal(2, []int{1})
//	safe, _ := s.And(member, vetted)
//	b, _ := s.Build([]dd.Rule{{Guard: first, Leaf: 2}, {Guard: safe, Leaf: 1}}, 0, dd.True)
//	s.Leaves(b)                             // [0 1 2]: what can be decided
//	one, _ := s.Is(b, 1)
//	cubes, _ := s.Cover(one, dd.True)            // when it is 1, in few words
//	plan, _ := s.Questions(b, dd.Asking{})  // what to ask first
//
// A diagram is small when neighbours in the order of variables occur in the
// same conditions; Order proposes one. It can be exponential nevertheless, so
// a store has a node budget, and every operation fails with ErrBudget instead
// of passing it. Given the same operations, a store does the same work and
// gives the same answers, on every machine.
//
// Constraints enter by the leaf Impossible: Within marks the points that
// cannot occur, and the operations that answer questions pass over them.
package dd
