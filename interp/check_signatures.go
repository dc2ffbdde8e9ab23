package interp

import (
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// declareFunction takes in a function that the rules declare.
func (k *checker) declareFunction(d *lang.Function) {
	if k.fns[d.Name.Text] != nil {
		k.errorf(code.Duplicate, d.Name, "`%s` is a function of the standard library", d.Name.Text)
		return
	}
	if !k.claimName(k.functions, d.Name, "a function") {
		return
	}
	own := &ownFunction{declared: d, src: k.src, most: k.prog.options.Limits, result: k.signatureType(d.Result, false)}
	ok := own.result != nil
	own.title, own.foreign = k.wording(d.Title)
	for _, t := range d.Params {
		param := k.signatureType(t, true)
		own.params = append(own.params, param)
		ok = ok && param != nil
	}
	if !ok {
		k.l.lost.name(d.Name.Text)
		return
	}
	own.sign(d.Name.Text)
	k.prog.own[own.Name] = own
}

// signatureType is the type of a parameter or a result; nil where functions have no values of it.
func (k *checker) signatureType(t *lang.Type, param bool) *Type {
	typ := k.typeOf(t)
	switch {
	case typ == nil:
		return nil
	case typ.optional:
		k.errorf(code.BadFunction, t, "a function is called where all its arguments are known, and what it gives may be unknown, but never none: leave the question mark out")
		return nil
	case param && typ.Member().basic == enumType:
		k.errorf(code.BadFunction, t, "a function takes values of an enumeration as texts: write `text`")
		return nil
	case typ.elem != nil && typ.elem.elem != nil:
		k.errorf(code.BadFunction, t, "a function has no lists of lists")
		return nil
	case typ.Member().kind != nil && !typ.Member().kind.Identified():
		k.errorf(code.BadFunction, t, "a function has no values of %s, which has no identity: it takes what is known of one, such as its attributes", article(typ.Member()))
		return nil
	}
	return typ
}
