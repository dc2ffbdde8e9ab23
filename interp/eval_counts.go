package interp

import "github.com/ctl-lang/ctl/lang"

func (c *tallyCond) truth(s *state) Truth {
	sure, possible := 0, 0
	for _, x := range c.xs {
		switch x.truth(s) {
		case True:
			sure++
			possible++
		case Unknown:
			possible++
		}
	}
	return tally(c.op, sure, possible, c.n)
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
	set := c.set.value(s)
	members, known := elements(set)
	if !known {
		return Unknown
	}
	t := truth(c.op == lang.AllOf)
	if c.op == lang.NoneOf {
		t = False
	}
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
	if c.op == lang.NoneOf {
		return t.not()
	}
	return t
}

func (g target) holds(s *state, v Value) Truth {
	switch {
	case g.group != nil:
		id, known := identity(v)
		if !known {
			return Unknown
		}
		return truth(g.group.has(id, s.date))
	case g.set != nil:
		return member(s, v, g.set.value(s))
	}
	return listed(s, v, g.elems)
}

func (c *quantCond) truth(s *state) Truth {
	sure, possible, n, known := c.count(s)
	if !known {
		return Unknown
	}
	switch c.op {
	case lang.Some:
		return tally(lang.Least, sure, possible, 1)
	case lang.No:
		return tally(lang.Most, sure, possible, 0)
	}
	return tally(lang.Least, sure, possible, n)
}

// count counts the members for which the body holds, surely and possibly, of n.
func (c *quantCond) count(s *state) (sure, possible, n int, known bool) {
	members, known := elements(c.list.value(s))
	if !known {
		return 0, 0, 0, false
	}
	for len(s.vars) <= c.depth {
		s.vars = append(s.vars, nil)
	}
	for _, m := range members {
		if !s.step() {
			return 0, 0, 0, false
		}
		outer := s.vars[c.depth]
		s.vars[c.depth] = m
		switch c.body.truth(s) {
		case True:
			sure++
			possible++
		case Unknown:
			possible++
		}
		s.vars[c.depth] = outer
	}
	return sure, possible, len(members), true
}
