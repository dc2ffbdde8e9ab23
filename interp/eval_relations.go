package interp

import (
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

func (c *groupCond) truth(s *state) Truth {
	v := c.subject.value(s)
	switch v := v.(type) {
	case nil:
		return Unknown
	case None:
		return False
	default:
		id, known := identity(v)
		if !known || c.group.untold() {
			return Unknown
		}
		subject, _ := c.subject.(*path)
		return s.memberOf(c.group, v, id, subject)
	}
}

func (c *boolCond) truth(s *state) Truth {
	switch v := c.x.value(s).(type) {
	case Bool:
		return truth(bool(v))
	case None:
		return False
	}
	return Unknown
}

func (c *compareCond) truth(s *state) Truth {
	before := s.err
	if isBounded(c.x) || isBounded(c.y) {
		return s.settled(before, compareExtents(c.op, extentOf(s, c.x), extentOf(s, c.y)))
	}
	x, y := c.x.value(s), c.y.value(s)
	if isNone(x) || isNone(y) {
		return s.settled(before, False)
	}
	if x == nil || y == nil {
		return Unknown
	}
	if !s.read(x, y) {
		return Unknown
	}
	return compareValues(c.op, x, y)
}

func (c *listedCond) truth(s *state) Truth {
	before := s.err
	if isBounded(c.x) {
		x := extentOf(s, c.x)
		if v := x.value(); v == nil {
			return s.settled(before, listedExtent(s, x, c.elems))
		}
	}
	x := c.x.value(s)
	if isNone(x) {
		return False
	}
	return s.settled(before, listed(s, x, c.index))
}

// listed says whether x is one of the elements; x may be unknown.
func listed(s *state, x Value, elems elemIndex) Truth {
	if elems.has(x) {
		return True
	}
	t := False
	if elems.open(x) {
		t = Unknown
	}
	for i, e := range elems.rest {
		if i%elementsAStep == elementsAStep-1 && !s.step() {
			return Unknown
		}
		if t = t.or(e.matches(s, x)); t == True {
			break
		}
	}
	return t
}

func (e element) matches(s *state, x Value) Truth {
	lo := e.lo.value(s)
	if isNone(lo) {
		return False
	}
	if e.hi == nil {
		if x == nil || lo == nil {
			return Unknown
		}
		return compareValues(lang.Eq, x, lo)
	}
	hi := e.hi.value(s)
	if isNone(hi) {
		return False
	}
	t := True
	if x == nil || lo == nil {
		t = Unknown
	} else {
		t = compareValues(lang.Ge, x, lo)
	}
	if x == nil || hi == nil {
		return t.and(Unknown)
	}
	return t.and(compareValues(lang.Le, x, hi))
}

func (c *deniedCond) truth(s *state) Truth {
	before := s.err
	t := c.rel.truth(s).not()
	for _, h := range c.has {
		if t == False {
			break
		}
		t = t.and(h.truth(s))
	}
	return s.settled(before, t)
}

func (c *elemCond) truth(s *state) Truth {
	before := s.err
	return s.settled(before, member(s, c.x.value(s), c.set.value(s)))
}

// member says whether a value is in a set or list; both may be unknown.
func member(s *state, x, set Value) Truth {
	if isNone(x) || isNone(set) {
		return False
	}
	members, known := elements(set)
	if !known || !s.spend(len(members)/elementsAStep) {
		return Unknown
	}
	t := False
	for _, m := range members {
		if m == nil || x == nil {
			t = Unknown
			continue
		}
		if t = t.or(compareValues(lang.Eq, m, x)); t == True {
			break
		}
	}
	return t
}

func (c *hasCond) truth(s *state) Truth {
	v := c.path.value(s)
	switch {
	case isNone(v):
		return False
	case v == nil && c.path.optional():
		return Unknown
	}
	return True
}

func (c *likeCond) truth(s *state) Truth {
	v := c.x.value(s)
	if thing, ok := v.(*Thing); ok {
		v = thing.ID
	}
	switch v := v.(type) {
	case nil:
		return Unknown
	case Text, Folded:
		key, _ := keyOfText(v)
		return s.matches(key, c.pattern)
	case Choice:
		return s.matches(v.Enum.fold.of(v.Name()), c.pattern)
	}
	return False
}

func (s *state) matches(text string, p *pattern) Truth {
	if !s.spend((len(text) + len(p.text)) / bytesAStep) {
		return Unknown
	}
	t := truth(p.matches(text, s.step))
	if s.over() {
		return Unknown // and nothing that it has found out
	}
	return t
}

func (c *withinCond) truth(s *state) Truth {
	before := s.err
	x, y := c.x.value(s), c.y.value(s)
	if isNone(x) || isNone(y) {
		return s.settled(before, False)
	}
	if x == nil || y == nil {
		return Unknown
	}
	day := num.Date(x.(Date))
	first, last := c.days(num.Date(y.(Date)))
	return truth(first <= day && day <= last)
}

// days are the first and the last day that are within reach of one.
func (c *withinCond) days(around num.Date) (first, last num.Date) {
	first, err := around.Add(c.before.Neg())
	if err != nil {
		first = firstDay
	}
	if last, err = around.Add(c.after); err != nil {
		last = endOfDay
	}
	return first, last
}
