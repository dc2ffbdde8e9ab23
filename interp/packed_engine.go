package interp

import (
	"errors"
	"math/big"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/internal/num"
)

// storedEngine is an engine as the compiled form holds it. It belongs to a policy by
// the policy's name, and so do the facts and groups of its slots.
type storedEngine struct {
	policy string
	on     num.Date
	slots  []storedSlot
	about  []int32
	index  []byte
}

type storedSlot struct {
	kind        slotKind
	fact, group string
	n           int
	cell        []uint32
	points      []string
	texts       []string // in the order of their raw cells
	patterns    []string // that they are asked for
}

// storable says whether the engine asks for nothing but facts: a condition that is
// evaluated as it stands has no name, nor has a group that follows from files.
func (e *engine) storable() bool {
	for _, s := range e.slots {
		if s.kind == conditionSlot || s.group != nil && s.group.Name == "" {
			return false
		}
	}
	return true
}

func putEngine(b []byte, e *engine) []byte {
	b = putInt(putText(b, e.p.Name), e.until-1)
	b = putList(b, e.slots, putSlot)
	b = putList(b, e.about, putInt)
	index, _ := e.x.AppendBinary(nil)
	return putBytes(b, index)
}

func getEngine(r *packedReader) storedEngine {
	return storedEngine{policy: r.text(), on: getDate(r), slots: getList(r, getSlot), about: getList(r, getInt32), index: getBytes(r)}
}

func putSlot(b []byte, s *slot) []byte {
	group := ""
	if s.group != nil {
		group = s.group.Name
	}
	b = putText(putText(append(b, byte(s.kind)), s.name), group)
	b = putList(putInt(b, s.n), s.cell, putInt)
	b = putList(b, s.points, putPoint)
	texts := make([]string, len(s.texts))
	for text, raw := range s.texts {
		texts[raw-1] = text
	}
	return putList(putList(b, texts, putText), s.patterns.stored(), putText)
}

func getSlot(r *packedReader) storedSlot {
	return storedSlot{kind: slotKind(r.uint()), fact: r.text(), group: r.text(), n: int(r.int()),
		cell: getList(r, getUint32), points: getList(r, (*packedReader).text), texts: getList(r, (*packedReader).text), patterns: getList(r, (*packedReader).text)}
}

// putPoint writes a value of an ordered type exactly.
func putPoint(b []byte, v Value) []byte {
	switch v := v.(type) {
	case Number:
		return putText(b, v.n.Rat().RatString())
	case Duration:
		return putText(b, num.Duration(v).String())
	default:
		return putText(b, v.String())
	}
}

func pointOf(text string, t *Type) (Value, error) {
	switch t.basic {
	case numberType:
		if len(text) > 4*num.MaxBits || strings.ContainsAny(text, "eEpP") { // a few bytes may have a million digits
			return nil, match.ErrDamaged
		}
		rat, ok := new(big.Rat).SetString(text)
		if !ok {
			return nil, match.ErrDamaged
		}
		n, err := num.FromRat(rat)
		return Number{n: n, dim: t.dim}, err
	case dateType:
		d, err := num.ParseDate(text)
		return Date(d), err
	case durationType:
		d, err := num.ParseDuration(text)
		return Duration(d), err
	case scalarType:
		return t.scalar.read(text)
	}
	return nil, match.ErrDamaged
}

// restore gives the policy the engine; the error is about one that does not fit.
func (p *Program) restore(s storedEngine) error {
	pol := p.policies[s.policy]
	if pol == nil {
		return match.ErrDamaged
	}
	from, until := p.epochSpan(s.on)
	e := &engine{p: pol, on: from, until: until, about: s.about}
	var domains []int
	for i, x := range s.slots {
		slot, err := p.slotOf(x)
		if err != nil {
			return err
		}
		slot.index = i
		e.slots, domains = append(e.slots, slot), append(domains, slot.n)
	}
	for _, about := range s.about {
		if int(about) >= len(pol.nodes) || int(^about) >= len(p.constraints) {
			return match.ErrDamaged
		}
	}
	for i, n := range pol.nodes {
		if n.section != nil && i > 0 && n.section.Otherwise != nil {
			e.speaks = append(e.speaks, int32(i))
		}
	}
	var err error
	if e.x, err = match.Decode(s.index, domains, len(s.about)); err != nil {
		return err
	}
	e.ready()
	es := pol.engines()
	es.mu.Lock()
	defer es.mu.Unlock()
	es.by = map[num.Date]*compiled{p.epoch(s.on): {e: e}}
	es.last.Store(e)
	return nil
}

// slotOf finds a slot's fact and group by name and looks whether its cells fit them.
func (p *Program) slotOf(x storedSlot) (*slot, error) {
	fact, ok := p.pathOf(x.fact)
	if !ok {
		return nil, errNoSuchFact
	}
	s := &slot{kind: x.kind, fact: fact, name: x.fact, n: x.n, cell: x.cell}
	switch {
	case x.kind == memberSlot:
		if s.group = p.groups[x.group]; s.group == nil || !s.group.fits(fact.t) || finite(fact.t) || x.n != 2 {
			return nil, match.ErrDamaged
		}
		return s, nil
	case x.kind != valueSlot, fact.t.basic == setType, fact.t.basic == listType:
		return nil, match.ErrDamaged
	case ordered(fact.t):
		for _, text := range x.points {
			v, err := pointOf(text, fact.t)
			if err != nil {
				return nil, err
			}
			s.points = append(s.points, v)
		}
	case !finite(fact.t):
		s.texts = map[string]uint32{}
		for i, text := range x.texts {
			s.texts[text] = uint32(i + 1)
		}
		var err error
		if s.patterns, err = p.storedPatterns(x.patterns, fact.t.foldOf()); err != nil {
			return nil, err
		}
	}
	if len(s.cell) != s.raw()+1 || len(s.texts) != len(x.texts) || slices.Index(s.cell, match.Unknown) != 0 ||
		slices.Contains(s.cell[1:], match.Unknown) || int64(slices.Max(s.cell)) != int64(s.n) {
		return nil, match.ErrDamaged
	}
	return s, nil
}

// stored are the patterns as texts, each behind the letter of its operator.
func (x *patterns) stored() []string {
	if x == nil {
		return nil
	}
	out := make([]string, len(x.list))
	for i, p := range x.list {
		if out[i] = "l" + p.text; p.under {
			out[i] = "u" + p.text
		}
	}
	return out
}

// storedPatterns are patterns that were stored, in the order in which they were.
func (p *Program) storedPatterns(texts []string, f *folding) (*patterns, error) {
	if len(texts) == 0 {
		return nil, nil
	}
	x := &patterns{}
	for _, text := range texts {
		op, text := text[:min(1, len(text))], text[min(1, len(text)):]
		q := newUnder(text, f)
		if op == "l" {
			q = newGlob(text, f)
		}
		if op != "l" && op != "u" {
			return nil, match.ErrDamaged
		}
		x.list = append(x.list, q)
	}
	if !x.build(0, p.options.Limits.AnalysisNodes, func(int) {}) {
		return nil, match.ErrDamaged
	}
	return x, nil
}

var errNoSuchFact = errors.New("the compiled rules ask for a fact that there is not")
