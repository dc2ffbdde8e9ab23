package interp

import (
	"errors"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
)

const (
	firstTry  = 1 << 14 // nodes of the diagrams in the first try of an order
	tryGrowth = 8       // and how many times as many in each further one
)

// arrange puts the variables into an order in which the diagrams of the policies are small, and
// makes the store. Which of the orders that is shows only when they are built: each is given few
// nodes, then more, and the first that does with them is kept, with what was built. In the end the
// likeliest has the whole budget.
func (s *Space) arrange(orders [][]int, policies []Dated) {
	vars := s.vars
	for nodes := firstTry; len(orders) > 1 && nodes < s.budget; nodes *= tryGrowth {
		for _, order := range orders {
			s.inOrder(vars, order, nodes)
			if err := s.build(policies, nodes); !errors.Is(err, dd.ErrBudget) {
				s.Store.SetBudget(s.budget)
				return
			}
		}
	}
	var likeliest []int
	if len(orders) > 0 {
		likeliest = orders[0]
	}
	s.inOrder(vars, likeliest, s.budget)
}

// inOrder makes a store of some nodes over the variables, in an order of the first of them.
func (s *Space) inOrder(vars []*variable, order []int, nodes int) {
	s.vars = make([]*variable, len(vars))
	copy(s.vars, vars)
	for place, old := range order {
		s.vars[place] = vars[old]
	}
	for i, v := range s.vars {
		v.index = i
	}
	s.done = map[atomKey]dd.Node{}
	s.Store = dd.New(s.domains(), nodes)
	s.Store.SetMemory(s.prog.options.Limits.Memory)
	s.within(s.ctx)
}

func (s *Space) domains() []int {
	out := make([]int, len(s.vars))
	for i, v := range s.vars {
		out[i] = len(v.cells)
	}
	return out
}

// build builds the diagrams of the policies.
func (s *Space) build(policies []Dated, nodes int) error {
	s.Store.SetStepLimit(stepsPerNode * uint64(nodes))
	defer s.Store.SetStepLimit(0)
	for _, p := range policies {
		k := &compiler{s: s, on: num.Date(p.On)}
		k.policy(p.Policy, k.care())
		if k.err != nil {
			return k.err
		}
	}
	return nil
}
