package dd

import "slices"

// groups is, by variable, the number of the group that one question tells with it, or
// less than 0 where the variable is a question by itself; nil where all are.
func (s *Store) groups(together [][]int) []int {
	if len(together) == 0 {
		return nil
	}
	group := make([]int, len(s.domains))
	for v := range group {
		group[v] = -1
	}
	for i, vars := range together {
		for _, v := range vars {
			s.checkVar(v)
			if group[v] >= 0 && group[v] != i {
				failArgument("variable %d is in two groups", v)
			}
			group[v] = i
		}
	}
	return group
}

// questions are the variables that f depends on, those of a group together.
func (s *Store) questions(f Node, group []int) [][]int {
	vars := s.Support(f)
	if group != nil {
		slices.SortStableFunc(vars, func(v, w int) int { return group[v] - group[w] })
	}
	out := make([][]int, 0, len(vars))
	for len(vars) > 0 {
		n := 1
		for n < len(vars) && group != nil && group[vars[0]] >= 0 && group[vars[n]] == group[vars[0]] {
			n++
		}
		out, vars = append(out, vars[:n:n]), vars[n:]
	}
	return out
}
