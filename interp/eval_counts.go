package interp

import "github.com/ctl-lang/ctl/lang"

func (c *tallyCond) truth(s *state) Truth {
	before := s.err
	sure, possible := 0, 0
	for _, x := range c.xs {
		if !s.step() {
			return Unknown
		}
		switch x.truth(s) {
		case True:
			sure++
			possible++
		case Unknown:
			possible++
		}
	}
	return s.settled(before, tally(c.op, sure, possible, c.n))
}

// tally compares a count between sure and possible with n.
func tally(op lang.Op, sure, possible, n int) Truth {
	least := Unknown
	if sure >= n {
		least = True
	} else if possible < n {
		least = False
	}
	most := Unknown
	if possible <= n {
		most = True
	} else if sure > n {
		most = False
	}
	switch op {
	case lang.Least:
		return least
	case lang.Most:
		return most
	}
	return least.and(most)
}

func (c *setCond) truth(s *state) Truth {
	before := s.err
	set := c.set.value(s)
	there := c.target.there(s)
	if isNone(set) || there == False {
		return s.settled(before, False)
	}
	members, known := elements(set)
	if !known {
		return Unknown
	}
	t := truth(c.op == lang.AllOf)
	for _, m := range members {
		if !s.step() {
			return Unknown
		}
		in := c.target.holds(s, m)
		if c.op == lang.AllOf {
			t = t.and(in)
		} else {
			t = t.or(in)
		}
	}
	return s.settled(before, t.and(there))
}

// there says whether there is what members are looked for in: a fact may be none.
func (g target) there(s *state) Truth {
	if p, ok := g.set.(*path); ok {
		return (&hasCond{path: p}).truth(s)
	}
	return True
}

func (g target) holds(s *state, v Value) Truth {
	switch {
	case g.group != nil:
		id, known := identity(v)
		if !known {
			return Unknown
		}
		return s.memberOf(g.group, v, id, nil)
	case g.set != nil:
		return member(s, v, g.set.value(s))
	}
	return listed(s, v, g.index)
}

func (c *quantCond) truth(s *state) Truth {
	before := s.err
	list := c.list.value(s)
	if isNone(list) {
		return False
	}
	sure, possible, n, known := c.count(s, list)
	switch {
	case !known:
		return Unknown
	case c.op == lang.Some:
		return s.settled(before, tally(lang.Least, sure, possible, 1))
	}
	return s.settled(before, tally(lang.Least, sure, possible, n))
}

// count counts the members of a list for which the body holds, surely and possibly, of n.
func (c *quantCond) count(s *state, list Value) (sure, possible, n int, known bool) {
	n, known = c.each(s, list, func(t Truth) {
		switch t {
		case True:
			sure++
			possible++
		case Unknown:
			possible++
		}
	})
	return sure, possible, n, known
}

// each calls f for the n members of a list, each bound to the variable, with the truth of the body.
func (c *quantCond) each(s *state, list Value, f func(Truth)) (n int, known bool) {
	members, known := elements(list)
	if !known {
		return 0, false
	}
	for len(s.vars) <= c.depth {
		s.vars = append(s.vars, nil)
	}
	for _, m := range members {
		if !s.step() {
			return 0, false
		}
		outer := s.vars[c.depth]
		s.vars[c.depth] = m
		f(c.body.truth(s))
		s.vars[c.depth] = outer
	}
	return len(members), true
}
