package interp

import (
	"github.com/ctl-lang/ctl/lang"
)

// Computed is the value of an expression on a case, with the facts that it read.
type Computed struct {
	Text  string
	Type  string // as an author writes it
	Value Value  // nil: facts that it needs are not known
	Facts []UsedFact
}

// Value computes an expression in the author's words on the case, such as
// item.range - 20 km, as far as the case is known. The error is a lang.Diagnostics
// where the text is no expression, and an *EvalError where it cannot be computed.
func (c *Case) Value(text string) (*Computed, error) {
	e, src, ds := lang.ParseExpr("expression", text)
	if ds.HasErrors() {
		return nil, ds
	}
	k := c.prog.rechecker(src)
	x := k.operand(e, nil, scope{roles: true})
	if k.l.diags.HasErrors() {
		k.l.diags.Sort()
		return nil, k.l.diags
	}
	s := &state{c: c, date: c.day()}
	v := x.value(s)
	if s.err != nil {
		return nil, s.err
	}
	if unknown(v) {
		v = nil
	}
	read := newFactReader()
	read.operand(x, "")
	out := &Computed{Text: lang.FormatExpr(e), Type: x.typ().String(), Value: v}
	for _, name := range keys(read.names) {
		out.Facts = append(out.Facts, c.used(name))
	}
	return out, nil
}
