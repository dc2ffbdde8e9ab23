package interp

// factReader collects the names of the facts that a condition reads.
type factReader struct {
	names map[string]bool
	terms map[readTerm]bool // terms read already
}

// readTerm is a term asked of a fact.
type readTerm struct {
	term *Term
	self string
}

func newFactReader() *factReader {
	return &factReader{names: map[string]bool{}, terms: map[readTerm]bool{}}
}

// cond reads a condition; self is the fact that a term's own thing stands for.
func (r *factReader) cond(c cond, self string) {
	switch c := c.(type) {
	case *allCond:
		r.conds(c.xs, self)
	case *anyCond:
		r.conds(c.xs, self)
	case *tallyCond:
		r.conds(c.xs, self)
	case *notCond:
		r.cond(c.x, self)
	case *impliesCond:
		r.cond(c.x, self)
		r.cond(c.y, self)
	case *termCond:
		if c.subject != nil {
			self = c.subject.under(self)
		}
		if key := (readTerm{c.term, self}); !r.terms[key] {
			r.terms[key] = true
			r.cond(c.term.cond, self)
		}
	case *groupCond:
		r.operand(c.subject, self)
	case *boolCond:
		r.operand(c.x, self)
	case *compareCond:
		r.operand(c.x, self)
		r.operand(c.y, self)
	case *listedCond:
		r.operand(c.x, self)
		r.elements(c.elems, self)
	case *elemCond:
		r.operand(c.x, self)
		r.operand(c.set, self)
	case *hasCond:
		r.operand(c.path, self)
	case *likeCond:
		r.operand(c.x, self)
	case *withinCond:
		r.operand(c.x, self)
		r.operand(c.y, self)
	case *setCond:
		r.operand(c.set, self)
		r.elements(c.target.elems, self)
		if c.target.set != nil {
			r.operand(c.target.set, self)
		}
	case *quantCond:
		r.operand(c.list, self)
		r.cond(c.body, self)
	}
}

func (r *factReader) conds(cs []cond, self string) {
	for _, c := range cs {
		r.cond(c, self)
	}
}

func (r *factReader) elements(es []element, self string) {
	for _, e := range es {
		r.operand(e.lo, self)
		if e.hi != nil {
			r.operand(e.hi, self)
		}
	}
}

func (r *factReader) operand(o operand, self string) {
	switch o := o.(type) {
	case *path:
		if o.root != varRoot {
			r.names[o.under(self)] = true
		}
	case *arith:
		r.operand(o.x, self)
		r.operand(o.y, self)
	case *negative:
		r.operand(o.x, self)
	case *call:
		for _, a := range o.args {
			r.operand(a, self)
		}
	case *tupleOperand:
		for _, e := range o.elems {
			r.operand(e, self)
		}
	case *truthValue:
		r.cond(o.c, self)
	case *countOf:
		r.cond(&o.quantCond, self)
	}
}

// under is the name of the fact, where a term's own thing is called self.
func (p *path) under(self string) string {
	name := p.fact()
	switch {
	case p.root != selfRoot || self == "":
		return name
	case name == "":
		return self
	}
	return self + "." + name
}
