package interp

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// field is where in a struct the cell of one slot is read. What every reading needs
// stands first.
type field struct {
	kind   fieldKind
	omit   bool      // the zero value is not told
	at     uint32    // the place of the slot in a point,
	stride uint32    // and what its cell counts there
	absent uint32    // the cell of a fact that is not told: the default's, or unknown
	flags  [2]uint32 // of a bool: the cells of no and of yes
	off    uintptr   // of the field in the struct, or in what the last pointer leads to
	words  *words    // of a text: the cells of those known by themselves
	bounds []uint64  // of a number: the least of the cells from the second on, as ordered says them
	cells  []uint32  // the cells of a number by how many of the bounds it reaches
	most   int       // bytes of a text
	via    []uintptr // offsets of pointers to follow first; nil ones make the fact unknown
	slot   *slot
}

// added is what stands at a place of every point.
type added struct{ at, add uint32 }

// bindStruct finds the field of every slot. A slot whose condition reads several
// facts, and a type that needs more than a look, leave the work to the slow way.
func (b *binder) bindStruct(t reflect.Type) error {
	places := map[string]fieldPlace{}
	probe := b.blank()
	diags := b.p.prog.NewCase().fieldsOf(t, "", fieldPlace{}, places)
	if len(diags) > 0 {
		return diags
	}
	if b.p.prog.dataGiven && tellsGiven(b.p.prog.NewCase(), places) { // a file may say otherwise
		b.fields = append(b.fields, field{kind: slowField})
	}
	ids := &knownThings{b: b, on: b.on}
	for _, s := range b.e.slots {
		if s.kind == conditionSlot {
			if ids.identified(s, places) {
				continue
			}
			if b.told(s, places) {
				b.fields = append(b.fields, field{kind: slowField})
				continue
			}
			b.fix(s, probe)
			continue
		}
		p, ok := places[s.name]
		if !ok && (within(s.name, places) || s.hasDefaultOf(s.name[:max(strings.LastIndexByte(s.name, '.'), 0)])) {
			b.fields = append(b.fields, field{kind: slowField})
			continue
		}
		if !ok {
			b.fix(s, probe)
			continue
		}
		f, d := b.field(s, p)
		if d != nil {
			diags = append(diags, d)
			continue
		}
		f.most = b.p.prog.options.Limits.Text
		f.absent, _ = s.in(&state{c: probe, date: b.on})
		if f.omit {
			f.flags[0] = f.absent
		}
		if !b.plain.add(&f) {
			b.fields = append(b.fields, f)
		}
	}
	if len(diags) > 0 {
		return diags
	}
	b.plain.sort()
	return nil
}

// tellsGiven says whether some field tells what a file gives, or may.
func tellsGiven(c *Case, places map[string]fieldPlace) bool {
	for name, p := range places {
		f, _ := c.peek(name)
		if f.attr != nil && f.attr.given != nil || f.attr != nil && f.attr.Type.Member().kind != nil && p.t.Kind() != reflect.String {
			return true
		}
	}
	return false
}

// within says whether some field holds a thing that a fact is about, as an Optional or
// a Value does.
func within(name string, places map[string]fieldPlace) bool {
	for i := range len(name) {
		if name[i] != '.' {
			continue
		}
		if p, ok := places[name[:i]]; ok && p.t.Kind() != reflect.String {
			return true
		}
	}
	return false
}

// told says whether some field tells a fact that a condition reads.
func (b *binder) told(s *slot, places map[string]fieldPlace) bool {
	read := newFactReader()
	read.cond(s.cond, selfName(s.self))
	for name := range read.names {
		for place := range places {
			if name == place || strings.HasPrefix(name, place+".") || strings.HasPrefix(place, name+".") {
				return true
			}
		}
	}
	return false
}

// fix gives a slot that T cannot tell the cell of what holds by default.
func (b *binder) fix(s *slot, probe *Case) {
	cell, _ := s.in(&state{c: probe, date: b.on})
	b.open = b.open || cell == match.Unknown
	if at, stride := b.e.x.Place(s.index); cell != match.Unknown {
		b.start = append(b.start, added{at, stride * cell})
	}
}

// field is how a slot's cell is read from a place in the struct.
func (b *binder) field(s *slot, p fieldPlace) (field, *lang.Diagnostic) {
	f := field{off: p.off, via: p.via, slot: s, omit: p.omit, kind: slowField}
	f.at, f.stride = b.e.x.Place(s.index)
	t := s.fact.t
	kind, isInt := intFields[p.t.Kind()]
	isFloat := p.t.Kind() == reflect.Float32 || p.t.Kind() == reflect.Float64
	switch {
	case has(p.t, textMarshaler) && p.t.Kind() == reflect.String, has(p.t, valuer), p.t == clockType, p.t == reflect.TypeFor[json.Number]():
	case p.t.Kind() == reflect.String && t.basic != boolType && p.unit == "":
		switch {
		case t.basic == scalarType:
			f.kind = literalField
		case s.kind == memberSlot:
			f.kind = memberField
		case t.basic == enumType || t.basic == thingType || t.basic == textType:
			f.kind, f.words = stringField, b.table(s.words(b.p.prog.options.Limits.Text, p.omit))
		}
	case p.t.Kind() == reflect.Bool && t.basic == boolType:
		f.kind, f.flags = boolField, [2]uint32{s.cell[cellNo], s.cell[cellYes]}
	case p.t == reflect.TypeFor[time.Time]() && t.basic == dateType:
		f.kind = timeField
	case p.t == addressScalar.goType && t.scalar == addressScalar:
		f.kind = addressField
	case p.t == timeType && t.scalar == momentScalar:
		f.kind = momentField
	case (isInt || isFloat && !t.integer) && t.basic == numberType:
		unit, d := b.unit(s, p)
		if d != nil {
			return f, d
		}
		if isInt {
			f.kind = kind
			var least []int64
			least, f.cells = s.intBounds(unit)
			for _, n := range least {
				f.bounds = append(f.bounds, orderedInt(n))
			}
		} else {
			f.kind = float64Field
			if p.t.Kind() == reflect.Float32 {
				f.kind = float32Field
			}
			var least []float64
			least, f.cells = s.floatBounds(unit, p.t.Bits())
			for _, n := range least {
				f.bounds = append(f.bounds, orderedFloat(n))
			}
		}
	}
	return f, nil
}

// table is that of some texts; one for all fields with the same texts.
func (b *binder) table(cells map[string]uint32) *words {
	i := slices.IndexFunc(b.tables, func(w *words) bool { return w.is(cells) })
	if i < 0 {
		i = len(b.tables)
		b.tables = append(b.tables, newWords(cells))
	}
	return b.tables[i]
}

// unit is what a number in a field counts.
func (b *binder) unit(s *slot, p fieldPlace) (*unitOfMeasure, *lang.Diagnostic) {
	t := s.fact.t
	if p.unit == "" {
		_, d := b.p.prog.quantity(num.Int(1), "a number", "", t, spot{})
		return &unitOfMeasure{factor: num.Int(1)}, named(d, s.name)
	}
	v, d := b.p.prog.quantity(num.Int(1), "1", p.unit, t, spot{})
	if d != nil {
		return nil, named(d, s.name)
	}
	return v.(Number).unit, nil
}

// edge is where a cell of an ordered slot begins: with a value, or behind it.
type edge struct {
	v      Value
	behind bool
	cell   uint32 // of what follows
}

// edges are where the cells of an ordered slot begin, from the second on. The first
// has the cell of the least values.
func (s *slot) edges() (first uint32, out []edge) {
	first = s.cell[1]
	at := first
	for i, p := range s.points {
		for j, raw := range []int{2*i + 2, 2*i + 3} {
			if c := s.cell[raw]; c != at {
				out, at = append(out, edge{p, j == 1, c}), c
			}
		}
	}
	return first, out
}

// intBounds are the least integers, counting a unit, of the cells from the second on.
func (s *slot) intBounds(u *unitOfMeasure) (least []int64, cells []uint32) {
	first, edges := s.edges()
	cells = []uint32{first}
	for _, e := range edges {
		n, err := u.count(e.v.(Number).n)
		if err != nil {
			continue // no int is that large
		}
		i, whole := n.Floor().Int64()
		switch {
		case !whole && n.Sign() > 0:
			continue
		case !whole:
			i = math.MinInt64
		case e.behind || !n.IsInt():
			if i == math.MaxInt64 {
				continue
			}
			i++
		}
		least, cells = append(least, i), append(cells, e.cell)
	}
	return least, cells
}

// floatBounds are the least floats of the cells from the second on. A float of 32 or 64 bits
// stands for its shortest decimal, as in ReadStruct.
func (s *slot) floatBounds(u *unitOfMeasure, bits int) (least []float64, cells []uint32) {
	first, edges := s.edges()
	cells = []uint32{first}
	for _, e := range edges {
		n, err := u.count(e.v.(Number).n)
		if err != nil {
			continue
		}
		reached := func(f float64) bool {
			x, err := num.Float(f, bits)
			if err != nil {
				return f > 0
			}
			order := x.Cmp(n)
			return order > 0 || order == 0 && !e.behind
		}
		next := math.Nextafter
		f := n.Float64()
		if bits == 32 {
			f = float64(float32(f))
			next = func(x, to float64) float64 { return float64(math.Nextafter32(float32(x), float32(to))) }
		}
		for !reached(f) {
			f = next(f, math.Inf(1))
		}
		for reached(next(f, math.Inf(-1))) {
			f = next(f, math.Inf(-1))
		}
		if math.IsInf(f, 0) {
			continue
		}
		least, cells = append(least, f), append(cells, e.cell)
	}
	return least, cells
}

// count is how many of the unit a number in the coherent unit is.
func (u *unitOfMeasure) count(n num.Number) (num.Number, error) {
	n, err := n.Sub(u.offset)
	if err != nil {
		return n, err
	}
	return n.Div(u.factor)
}

// words are the cells of the texts of at most some bytes by which a slot's values are
// known; without the empty one where that is not told. Other texts may be values too,
// by another name or written in another way.
func (s *slot) words(most int, omit bool) map[string]uint32 {
	t := s.fact.t
	known := map[string]uint32{}
	e := t.enum
	if t.basic == thingType {
		e = t.kind.Ids
	}
	if e != nil {
		for i, c := range e.Choices {
			if !s.saysNone(c.Name) {
				known[c.Name] = s.cell[i+1]
			}
		}
		return known
	}
	for text, raw := range s.texts {
		if s.plainText(text, most) || t.basic == textType && len(text) <= most && (text != "" || !omit) {
			known[text] = s.cell[raw]
		}
	}
	return known
}

// unlisted is the cell of a text that is none of the words, as it stands.
func (s *slot) unlisted(text string) uint32 {
	f := s.fact.t.foldOf()
	if f == nil && s.patterns == nil {
		return s.cell[len(s.texts)+1]
	}
	return s.cell[s.rawOfText(f.of(text))]
}

// plainText says whether a text that names a thing is taken as it stands.
func (s *slot) plainText(text string, most int) bool {
	return text != "" && len(text) <= most && text[0] > ' ' && text[0] < utf8.RuneSelf && text[0] != '"' && text[len(text)-1] > ' ' && text[len(text)-1] < utf8.RuneSelf &&
		!s.saysNone(text) && utf8.ValidString(text) && !s.fact.t.foldOf().empty(text)
}

// saysNone says whether a text that would name a thing says that there is none.
func (s *slot) saysNone(text string) bool {
	return text == "none" && s.fact.t.optional && s.fact.t.basic == thingType
}
