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
	if c, ok := c.(*termCond); ok {
		if c.subject != nil {
			self = c.subject.under(self)
		}
		if key := (readTerm{c.term, self}); !r.terms[key] {
			r.terms[key] = true
			r.cond(c.term.cond, self)
		}
		return
	}
	if in, ok := c.(*groupCond); ok {
		for _, p := range in.settledBy() {
			r.operand(p, self)
		}
	}
	eachPart(c, func(x cond) { r.cond(x, self) }, func(o operand) { r.operand(o, self) })
}

func (r *factReader) operand(o operand, self string) {
	if p, ok := o.(*path); ok && p.root != varRoot {
		r.names[p.under(self)] = true
		if p.isAttr() && p.lastAttr().source() != nil {
			r.names[p.thingOf().under(self)] = true
		}
	}
	eachOperandPart(o, func(c cond) { r.cond(c, self) }, func(x operand) { r.operand(x, self) })
}
