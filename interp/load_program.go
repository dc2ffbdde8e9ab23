package interp

import (
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// check runs every pass, as far as it gets.
func (k *checker) check(files []*lang.File) {
	defer catch()
	k.program(files)
}

// program runs every pass. A pass goes on after problems; what a problem left
// without a meaning is nil or blank, and is passed over in silence.
func (k *checker) program(files []*lang.File) {
	for _, f := range files {
		k.prog.sources = append(k.prog.sources, f.Source)
		k.src = f.Source
		k.take(lang.Span{}, len(f.Source.Text)*memoryOfByte)
	}
	each(k, files, k.declareUnit)
	each(k, files, k.declareOutcomes)
	each(k, files, k.declareKind)
	each(k, files, k.extendKind)
	each(k, files, k.declareRole)
	each(k, files, k.declareTerm)
	each(k, files, k.declareValue)
	each(k, files, k.declareAttrs)
	each(k, files, k.declareGroup)
	each(k, files, k.fillGroup)
	k.spareMembers()
	k.joinGroups() // which may give kinds further attributes
	k.finishKinds()
	each(k, files, k.declareFunction)
	k.ownFunctions()
	k.wantFunctions()
	k.wantLanguage()
	each(k, files, k.noteReplaced)
	each(k, files, k.defineValue)
	each(k, files, k.defaults)
	each(k, files, k.givenAttrs)
	k.tables, k.rowsOf = nil, nil // their files need not be kept
	each(k, files, func(t *lang.Term) { k.defineTerm(k.prog.terms[t.Name.Text], t) })
	each(k, files, k.constraint)
	each(k, files, k.declarePolicy)
	each(k, files, k.amendPolicy)
	each(k, files, k.seriesOf)
	each(k, files, k.test)
	each(k, files, k.claim)
	k.finishDates()
}

// defaults checks the attributes' defaults; they are constants of the attribute's type.
func (k *checker) defaults(d *lang.Kind) {
	kind := k.prog.kinds[d.Name.Text]
	for _, a := range d.Attrs {
		if a.Default == nil || kind == nil {
			continue
		}
		attr := kind.index[a.Name.Text]
		if attr == nil || attr.src != k.src || attr.span != a.Name.Range() {
			continue
		}
		v, bad := k.prog.written(a.Default, attr.Type, k.spot(a.Default))
		if bad != nil {
			bad.Code = code.BadDefault
			k.report(bad)
			continue
		}
		k.thousands(a.Default)
		attr.Default = v
	}
}

func (k *checker) test(d *lang.Test) {
	t := &Test{Name: d.Name.Value, Doc: d.Doc(), src: k.src, decl: d}
	t.policies = k.under(d, d.Under)
	t.given = k.prog.NewCase()
	if d.AsOf != nil {
		if on, err := ParseDate(d.AsOf.Text); err == nil {
			t.given.SetDate(on)
		}
	}
	terms, ds := t.given.tellAll(k.src, d.Given)
	t.terms = terms
	k.thousands(d.Given...)
	for _, d := range ds {
		k.report(d)
	}
	if len(d.Expect) == 0 {
		k.errorf(code.NothingExpected, d.Name, "this test expects nothing, so it could never fail: add `expect` and an outcome")
	}
	for _, e := range d.Expect {
		k.expect(t, e)
		for _, x := range e.Needing {
			k.needed(t, x)
		}
	}
	k.prog.order.tests = append(k.prog.order.tests, t)
}
