package interp

// rewriter says what stands in the places of terms, of conditions without others, and of operands,
// where a condition is written anew.
type rewriter interface {
	term(*Term) *Term
	path(*path) *path
	atom(cond) cond
	operand(operand) operand
}

// rewritten is a condition with what a rewriter says in the places of its parts.
func rewritten(c cond, by rewriter) cond {
	all := func(cs []cond) []cond {
		out := make([]cond, len(cs))
		for i, c := range cs {
			out[i] = rewritten(c, by)
		}
		return out
	}
	switch c := c.(type) {
	case *allCond:
		d := *c
		d.xs = all(c.xs)
		return &d
	case *anyCond:
		d := *c
		d.xs = all(c.xs)
		return &d
	case *notCond:
		d := *c
		d.x = rewritten(c.x, by)
		return &d
	case *impliesCond:
		d := *c
		d.x, d.y = rewritten(c.x, by), rewritten(c.y, by)
		return &d
	case *deniedCond:
		d := *c
		d.rel, d.has = rewritten(c.rel, by), all(c.has)
		return &d
	case *tallyCond:
		d := *c
		d.xs = all(c.xs)
		return &d
	case *termCond:
		d := *c
		if d.term = by.term(c.term); c.subject != nil {
			d.subject = by.path(c.subject)
		}
		return &d
	case *quantCond:
		d := rewrittenQuant(*c, by)
		return &d
	}
	return by.atom(c)
}

func rewrittenQuant(c quantCond, by rewriter) quantCond {
	c.list, c.body = by.operand(c.list), rewritten(c.body, by)
	return c
}
