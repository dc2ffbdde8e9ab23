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
		if !known {
			return Unknown
		}
		return truth(c.group.has(id, s.date))
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
	x, y := c.x.value(s), c.y.value(s)
	if isNone(x) || isNone(y) {
		return False
	}
	if x == nil || y == nil {
		return Unknown
	}
	return compareValues(c.op, x, y)
}

func isNone(v Value) bool { _, none := v.(None); return none }

// compareValues compares two known values of one type.
func compareValues(op lang.Op, x, y Value) Truth {
	if thing, ok := x.(*Thing); ok {
		x = thing.ID
	}
	if thing, ok := y.(*Thing); ok {
		y = thing.ID
	}
	if x == nil || y == nil {
		return Unknown
	}
	order := 0
	switch x := x.(type) {
	case Number:
		order = x.N.Cmp(y.(Number).N)
	case Date:
		order = num.Date(x).Sub(num.Date(y.(Date)))
	case Duration:
		order = num.Duration(x).Cmp(num.Duration(y.(Duration)))
	case List:
		return equalLists(op, x, y.(List))
	default:
		if !equalValues(x, y) {
			order = 1
		}
	}
	switch op {
	case lang.Eq:
		return truth(order == 0)
	case lang.Ne:
		return truth(order != 0)
	case lang.Lt:
		return truth(order < 0)
	case lang.Le:
		return truth(order <= 0)
	case lang.Gt:
		return truth(order > 0)
	default:
		return truth(order >= 0)
	}
}

func equalLists(op lang.Op, x, y List) Truth {
	t := truth(len(x) == len(y))
	for i := 0; i < len(x) && i < len(y) && t != False; i++ {
		if x[i] == nil || y[i] == nil {
			t = Unknown
			continue
		}
		t = t.and(compareValues(lang.Eq, x[i], y[i]))
	}
	if op == lang.Ne {
		return t.not()
	}
	return t
}

func (c *listedCond) truth(s *state) Truth {
	x := c.x.value(s)
	if isNone(x) {
		return False
	}
	return listed(s, x, c.elems)
}

// listed says whether x is one of the elements; x may be unknown.
func listed(s *state, x Value, elems []element) Truth {
	t := False
	for i, e := range elems {
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

func (c *elemCond) truth(s *state) Truth {
	return member(s, c.x.value(s), c.set.value(s))
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

// elements of a set or a list; none of None.
func elements(v Value) ([]Value, bool) {
	switch v := v.(type) {
	case List:
		return v, true
	case Set:
		return v, true
	case None:
		return nil, true
	}
	return nil, false
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

// optional says whether some attribute along the path may have no value.
func (p *path) optional() bool {
	for _, a := range p.attrs {
		if a.Type.optional {
			return true
		}
	}
	return false
}

func (c *likeCond) truth(s *state) Truth {
	v := c.x.value(s)
	if thing, ok := v.(*Thing); ok {
		v = thing.ID
	}
	switch v := v.(type) {
	case nil:
		return Unknown
	case Text:
		return truth(like(string(v), c.pattern, s.step))
	case Choice:
		return truth(like(v.Name(), c.pattern, s.step))
	}
	return False
}

// like matches a text with a pattern in which * is any run of characters and ? any
// one. It goes back to the last * only, so it looks at most len(text) × len(pattern)
// times; every now and then it asks whether it may go on.
func like(text, pattern string, goOn func() bool) bool {
	const atOnce = 256
	t, p := []rune(text), []rune(pattern)
	i, j, star, mark := 0, 0, -1, 0
	for n := 1; i < len(t); n++ {
		if n%atOnce == 0 && !goOn() {
			return false
		}
		switch {
		case j < len(p) && p[j] == '*':
			star, mark = j, i
			j++
		case j < len(p) && (p[j] == '?' || p[j] == t[i]):
			i++
			j++
		case star >= 0:
			mark++
			i, j = mark, star+1
		default:
			return false
		}
	}
	for j < len(p) && p[j] == '*' {
		j++
	}
	return j == len(p)
}

func (c *withinCond) truth(s *state) Truth {
	x, y := c.x.value(s), c.y.value(s)
	if isNone(x) || isNone(y) {
		return False
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
