package main

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/ctl-lang/ctl/interp"
)

// OpenExport is an Export of which not everything is known: nil is not told.
type OpenExport struct {
	Item struct {
		Category   *string `ctl:"category"`
		Form       *string `ctl:"form"`
		Range      *int    `ctl:"range,unit=km"`
		Payload    *int    `ctl:"payload,unit=kg"`
		Production *bool   `ctl:"production"`
	} `ctl:"item"`
	Recipient struct {
		ID       *string `ctl:"id"`
		Controls *bool   `ctl:"controls"`
		Adherent *bool   `ctl:"adherent"`
	} `ctl:"recipient"`
	Program struct {
		Purpose *string `ctl:"purpose"`
		Vetted  *bool   `ctl:"vetted"`
	} `ctl:"program"`
	Transfer struct {
		Undertakings *bool `ctl:"undertakings"`
		Before       *bool `ctl:"before"`
	} `ctl:"transfer"`
}

// openFact is a fact that can be taken away.
type openFact struct {
	forget func(*OpenExport)
	// n values stand for all that the fact may have: the rules tell no others apart.
	n   int
	set func(c *exportCodes, value int)
}

// openFacts are the facts in the order of mtcrFacts.
var openFacts = []openFact{
	{func(o *OpenExport) { o.Item.Category = nil }, 3, func(c *exportCodes, v int) { c.category = uint8(v) }},
	{func(o *OpenExport) { o.Item.Form = nil }, 6, func(c *exportCodes, v int) { c.form = uint8(v) }},
	{func(o *OpenExport) { o.Item.Range = nil }, 2, func(c *exportCodes, v int) { c.reach = 300 * v }},
	{func(o *OpenExport) { o.Item.Payload = nil }, 2, func(c *exportCodes, v int) { c.payload = 500 * v }},
	{func(o *OpenExport) { o.Item.Production = nil }, 2, func(c *exportCodes, v int) { c.production = v == 1 }},
	{func(o *OpenExport) { o.Recipient.ID = nil }, 5, func(c *exportCodes, v int) {
		c.pariah, c.watched, c.member, c.partner = v == 1, v == 2, v >= 3, v == 4
	}},
	{func(o *OpenExport) { o.Recipient.Controls = nil }, 2, func(c *exportCodes, v int) { c.controls = v == 1 }},
	{func(o *OpenExport) { o.Recipient.Adherent = nil }, 2, func(c *exportCodes, v int) { c.adherent = v == 1 }},
	{func(o *OpenExport) { o.Program.Purpose = nil }, 5, func(c *exportCodes, v int) { c.purpose = uint8(v) }},
	{func(o *OpenExport) { o.Program.Vetted = nil }, 2, func(c *exportCodes, v int) { c.vetted = v == 1 }},
	{func(o *OpenExport) { o.Transfer.Undertakings = nil }, 2, func(c *exportCodes, v int) { c.undertakings = v == 1 }},
	{func(o *OpenExport) { o.Transfer.Before = nil }, 2, func(c *exportCodes, v int) { c.before = v == 1 }},
}

// open is the case with all its facts told.
func (c *Export) open() OpenExport {
	var o OpenExport
	o.Item.Category, o.Item.Form, o.Item.Range, o.Item.Payload, o.Item.Production = &c.Item.Category, &c.Item.Form, &c.Item.Range, &c.Item.Payload, &c.Item.Production
	o.Recipient.ID, o.Recipient.Controls, o.Recipient.Adherent = &c.Recipient.ID, &c.Recipient.Controls, &c.Recipient.Adherent
	o.Program.Purpose, o.Program.Vetted = &c.Program.Purpose, &c.Program.Vetted
	o.Transfer.Undertakings, o.Transfer.Before = &c.Transfer.Undertakings, &c.Transfer.Before
	return o
}

// openCodes is a case, which of its facts are missing, and room for its completions.
type openCodes struct {
	known, complete exportCodes
	missing         []int
}

// decide tries all completions: what they agree on is the answer.
func (o *openCodes) decide() Answer {
	o.complete = o.known
	switch completions(&o.complete, o.missing) {
	case [2]bool{true, false}:
		return Deny
	case [2]bool{false, true}:
		return Permit
	}
	return Undetermined
}

// completions says whether some completion of a case is denied, and some permitted.
func completions(c *exportCodes, missing []int) (seen [2]bool) {
	if len(missing) == 0 {
		seen[c.decide()] = true
		return seen
	}
	f := &openFacts[missing[0]]
	for v := range f.n {
		f.set(c, v)
		more := completions(c, missing[1:])
		seen[Deny], seen[Permit] = seen[Deny] || more[Deny], seen[Permit] || more[Permit]
	}
	return seen
}

// randomOpen are the cases of randomExports with some facts of each taken away.
func randomOpen(n, missing int) ([]OpenExport, []openCodes) {
	r := rand.New(rand.NewPCG(6, 5))
	exports := randomExports(n)
	cases, codes := make([]OpenExport, n), make([]openCodes, n)
	for i := range exports {
		cases[i] = exports[i].open()
		codes[i] = openCodes{known: exports[i].coded(), missing: r.Perm(len(openFacts))[:missing]}
		for _, f := range codes[i].missing {
			openFacts[f].forget(&cases[i])
		}
	}
	return cases, codes
}

// openWorkload is the policy of 25 rules, and cases of which so many facts are missing.
func openWorkload(n, missing int) *Workload {
	cases, codes := randomOpen(n, missing)
	hand := handWritten(codes, (*openCodes).decide)
	hand.Name = "hand-written Go, all completions"
	load := ctlText(mtcrCtl)
	engines := []Engine{hand,
		ctlEngine(fromPointers, mtcrCtl, load, func(b *interp.Bound[OpenExport]) (Run, error) { return ctlBound(b, cases), nil }),
		ctlEngine(fromCase, mtcrCtl, load, func(b *interp.Bound[interp.Case]) (Run, error) {
			read, err := readCases(b.Policy(), cases)
			return ctlBound(b, read), err
		}),
		ctlEngine(fromPrepared, mtcrCtl, load, func(b *interp.Bound[OpenExport]) (Run, error) { return ctlPrepared(b, cases) }),
		ctlEngine(fromDecide, mtcrCtl, load, func(b *interp.Bound[interp.Case]) (Run, error) {
			read, err := readCases(b.Policy(), cases)
			return ctlDecide(b.Policy(), read), err
		}),
	}
	return &Workload{Name: "open", Title: fmt.Sprintf("%d facts missing", missing), Cases: n, Engines: engines}
}

// More engines of Ctl.
const (
	fromPointers = "Ctl, from a struct with pointers"
	fromCase     = "Ctl, from an interp.Case"
	fromDecide   = "Ctl, Policy.Decide: conditions and questions too"
)

// readCases makes an interp.Case of every struct.
func readCases[T any](p *interp.Policy, structs []T) ([]interp.Case, error) {
	cases := make([]interp.Case, len(structs))
	for i := range structs {
		c := p.Program().NewCase()
		c.SetDate(p.Program().LatestDate())
		if err := c.ReadStruct(&structs[i]); err != nil {
			return nil, err
		}
		cases[i] = *c
	}
	return cases, nil
}

// ctlDecide asks a policy itself.
func ctlDecide(p *interp.Policy, cases []interp.Case) Run {
	return func(lo, hi int, out []Answer) error {
		for i := lo; i < hi; i++ {
			d, err := p.Decide(context.Background(), &cases[i])
			if err != nil {
				return err
			}
			if out[i], err = ctlAnswer(d); err != nil {
				return err
			}
		}
		return nil
	}
}
