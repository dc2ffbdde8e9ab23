package interp

import (
	"context"
	"encoding/binary"
	"math"
	"math/bits"
	"unicode/utf8"
	"unsafe"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/internal/num"
)

// jsonScan goes through one JSON object. It knows when a text is not the JSON it can
// read at once: then ok is false, and the slow way reads it, or says what is wrong.
type jsonScan struct {
	j     *jsonBinder
	text  []byte
	i     int
	asOf  num.Date
	dated bool
}

// jsonPoint is the point that an object's facts come to. It is no part of the scan, so that
// it stays on the stack.
type jsonPoint struct {
	at      match.Point
	unknown int // facts
}

// query reads an object into a point that is kept; not ok where only the slow way can.
func (j *jsonBinder) query(ctx context.Context, text JSON) (q query, ok bool) {
	q = query{e: j.e, pt: make(match.Point, len(j.start))}
	if q.on, q.open, ok = j.read(text, q.pt); !ok {
		return q, false
	}
	if q.on >= j.e.on && q.on < j.e.until {
		return q, true
	}
	e, err := j.b.p.engineWithin(ctx, q.on) // other cells: the text is read again with them
	if err != nil {
		return q, false
	}
	return j.b.jsonFor(e).query(ctx, text)
}

// decide reads an object and decides it; nil where only the slow way can.
func (j *jsonBinder) decide(ctx context.Context, text JSON) *Decision {
	var room [mostInline]uint32
	pt := j.e.pointIn(room[:])
	on, open, ok := j.read(text, pt)
	if ok && on >= j.e.on && on < j.e.until {
		return j.e.decide(ctx, pt, open, on)
	}
	if !ok {
		return nil
	}
	q, ok := j.query(ctx, text)
	if !ok {
		return nil
	}
	return q.e.decide(ctx, q.pt, q.open, q.on)
}

// read reads an object's facts, and its date or the one that it has by default.
func (j *jsonBinder) read(text JSON, pt match.Point) (on num.Date, open, ok bool) {
	s, into := jsonScan{j: j, text: text}, jsonPoint{pt, j.unknown}
	copy(pt, j.start)
	if !s.all(&into) {
		return 0, false, false
	}
	on = j.on
	if s.dated && j.b.given == nil {
		on = s.asOf
	} else if j.b.slow {
		return 0, false, false
	}
	return on, into.unknown > 0, true
}

// all reads the whole text.
func (s *jsonScan) all(into *jsonPoint) bool {
	if len(s.text) > s.j.b.p.prog.options.Limits.JSON || !s.object(s.j.root, into) {
		return false
	}
	s.space()
	return s.i == len(s.text)
}

func (s *jsonScan) space() {
	if s.i < len(s.text) && s.text[s.i] > ' ' {
		return
	}
	for s.i < len(s.text) && (s.text[s.i] == ' ' || s.text[s.i] == '\n' || s.text[s.i] == '\t' || s.text[s.i] == '\r') {
		s.i++
	}
}

// take passes over white space and one character.
func (s *jsonScan) take(c byte) bool {
	if i := s.i; i < len(s.text) && s.text[i] == c {
		s.i = i + 1
		return true
	}
	return s.takeLater(c)
}

func (s *jsonScan) takeLater(c byte) bool {
	s.space()
	if s.i < len(s.text) && s.text[s.i] == c {
		s.i++
		return true
	}
	return false
}

// object reads an object whose members are known, each told once.
func (s *jsonScan) object(shape *jsonShape, into *jsonPoint) bool {
	if !s.take('{') {
		return false
	}
	if s.take('}') {
		return true
	}
	var seen uint64
	for next := 0; ; {
		place := s.usual(shape, next)
		if place < 0 {
			key, ok := s.string()
			if !ok {
				return false
			}
			place = int(shape.names.cell(key)) - 1
		}
		if place < 0 || place >= maxMembers || seen>>place&1 != 0 || !s.take(':') {
			return false
		}
		seen |= 1 << place
		next = place + 1
		if !s.value(&shape.members[place], into) {
			return false
		}
		s.space()
		if s.i == len(s.text) {
			return false
		}
		c := s.text[s.i]
		s.i++
		if c != ',' {
			return c == '}'
		}
	}
}

// usual is the place of the next name, where that is the one which mostly stands
// there, or soon behind it; else -1.
func (s *jsonScan) usual(shape *jsonShape, next int) int {
	s.space()
	rest := s.text[s.i:]
	for place := next; place < min(next+mostLeftOut, len(shape.members)); place++ {
		name := shape.members[place].quoted
		if len(rest) >= len(name) && string(rest[:len(name)]) == name {
			s.i += len(name)
			return place
		}
	}
	return -1
}

// mostLeftOut is how many members are compared before a name is looked up.
const mostLeftOut = 3

// string reads a text without escapes.
func (s *jsonScan) string() (string, bool) {
	if !s.take('"') {
		return "", false
	}
	text, start := s.text, s.i
	i := start
	for ; i+8 <= len(text); i += 8 { // eight bytes at a time
		if m := special(binary.LittleEndian.Uint64(text[i:])); m != 0 {
			i += bits.TrailingZeros64(m) / 8
			break
		}
	}
	plain := true
	for i < len(text) && text[i] != '"' && text[i] != '\\' && text[i] >= ' ' { // at the end of the text, or not ASCII
		plain = plain && text[i] < utf8.RuneSelf
		i++
	}
	if i >= len(text) || text[i] != '"' || !plain && !utf8.Valid(text[start:i]) {
		return "", false
	}
	s.i = i + 1
	return unsafe.String(unsafe.SliceData(text[start:]), i-start), true
}

// special marks, among eight bytes, by their highest bit the first that is a quotation
// mark, a backslash, a control character or not ASCII; those behind it may be marked wrongly.
func special(w uint64) uint64 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	quote, slash := w^ones*'"', w^ones*'\\'
	return ((quote-ones)&^quote | (slash-ones)&^slash | (w-ones*' ')&^w | w) & highs
}

// value reads the value of a member.
func (s *jsonScan) value(m *jsonMember, into *jsonPoint) bool {
	if m.slow {
		return false
	}
	s.space()
	if s.i >= len(s.text) {
		return false
	}
	switch c := s.text[s.i]; c {
	case '"':
		text, ok := s.string()
		return ok && s.textValue(m, text, into)
	case '{':
		return m.thing != nil && s.object(m.thing, into)
	case 't':
		return s.word("true") && into.boolValue(m, cellYes)
	case 'f':
		return s.word("false") && into.boolValue(m, cellNo)
	case 'n':
		return s.word("null") && m.t != nil && m.t.optional && !(s.j.b.mixed && m.t.basic == thingType) && into.noneValue(m, s.j.on)
	case '[':
		return len(m.slots) == 0 && m.t != nil && (m.t.basic == setType || m.t.basic == listType) && s.skipFlat()
	}
	return s.numberValue(m, into)
}

func (s *jsonScan) word(w string) bool {
	if len(s.text)-s.i >= len(w) && string(s.text[s.i:s.i+len(w)]) == w {
		s.i += len(w)
		return true
	}
	return false
}

// told puts a slot's cell in the place of the one of a fact that is not told.
func (p *jsonPoint) told(slot *jsonSlot, cell uint32) {
	p.at[slot.at] += slot.stride * (cell - slot.absent)
	if slot.absent == match.Unknown && cell != match.Unknown {
		p.unknown--
	}
}

func (p *jsonPoint) boolValue(m *jsonMember, raw int) bool {
	if m.t == nil || m.t.basic != boolType {
		return false
	}
	for i := range m.slots {
		p.told(&m.slots[i], m.slots[i].slot.cell[raw])
	}
	return true
}

func (p *jsonPoint) noneValue(m *jsonMember, on num.Date) bool {
	for i := range m.slots {
		p.told(&m.slots[i], m.slots[i].slot.of(None{}, on))
	}
	return true
}

// textValue reads a text of whatever the member is: a choice, an identity, a text, a
// quantity, a date.
func (s *jsonScan) textValue(m *jsonMember, text string, into *jsonPoint) bool {
	if m.asOf {
		d, err := num.ParseDate(text)
		s.asOf, s.dated = d, true
		return err == nil
	}
	t := m.t
	switch t.basic {
	case boolType, setType, listType:
		return false
	case numberType:
		if t.dim == "" {
			return false
		}
	case thingType:
		if !t.kind.Identified() {
			return false
		}
	}
	for i := range m.slots {
		cell, ok := s.textCell(&m.slots[i], t, text)
		if !ok {
			return false
		}
		into.told(&m.slots[i], cell)
	}
	return len(m.slots) > 0 || len(text) <= s.j.b.p.prog.options.Limits.Text
}

func (s *jsonScan) textCell(slot *jsonSlot, t *Type, text string) (cell uint32, ok bool) {
	if slot.words != nil {
		if cell := slot.words.cell(text); cell != match.Unknown {
			return cell, true
		}
	}
	switch {
	case slot.slot.kind == conditionSlot: // of an identity that is written otherwise
		return 0, false
	case t.basic == textType && slot.slot.kind == valueSlot:
		return slot.slot.unlisted(text), len(text) <= s.j.b.p.prog.options.Limits.Text && !t.fold.empty(text)
	case t.basic == numberType:
		if cell, ok := slot.quantity(text); ok {
			return cell, true
		}
	case t.basic == dateType:
		d, err := num.ParseDate(text)
		return slot.slot.of(Date(d), s.j.on), err == nil
	case t.basic == thingType:
		return slot.named(text, s.j)
	}
	v, d := s.j.b.p.prog.parseText(text, t, spot{})
	if d != nil {
		return 0, false
	}
	return slot.slot.of(v, s.j.on), true
}

// named is the cell of the thing of a name, which JSON has as it stands: no white space
// is taken off it, and "none" is a name like others.
func (slot *jsonSlot) named(text string, j *jsonBinder) (cell uint32, ok bool) {
	s, prog := slot.slot, j.b.p.prog
	if s.fact.t.kind.TextIds && s.plainText(text, prog.options.Limits.Text) {
		switch {
		case s.kind == valueSlot:
			return s.unlisted(text), true
		case s.group.has(s.fact.t.foldOf().of(text), j.on):
			return cellYes, true
		}
		return cellNo, true
	}
	v, d := prog.identify(s.fact.t.kind, text)
	if d != nil {
		return 0, false
	}
	return s.of(v, j.on), true
}

// quantity reads a number, a space and a unit.
func (slot *jsonSlot) quantity(text string) (cell uint32, ok bool) {
	f, n := shortDecimal(text)
	if n == 0 || n+1 >= len(text) || text[n] != ' ' {
		return 0, false
	}
	i := slot.names.cell(text[n+1:])
	if i == 0 {
		return 0, false
	}
	return slot.units[i-1].cell(f), true
}

func (u *jsonUnit) cell(f float64) uint32 { return u.cells[countUpTo(u.floats, f)] }

// numberValue reads a number where the member is a pure one.
func (s *jsonScan) numberValue(m *jsonMember, into *jsonPoint) bool {
	rest := s.text[s.i:]
	f, n := shortDecimal(unsafe.String(unsafe.SliceData(rest), len(rest)))
	if n == 0 || m.t == nil || m.t.basic != numberType || m.t.dim != "" {
		return false
	}
	if n < len(rest) && (rest[n] == 'e' || rest[n] == 'E' || rest[n] == '.') {
		return false
	}
	if m.t.integer && f != math.Trunc(f) {
		return false
	}
	s.i += n
	for i := range m.slots {
		into.told(&m.slots[i], m.slots[i].plain.cell(f))
	}
	return true
}

// mostDigits is how many digits a decimal may have to be told from its neighbours as a float.
const mostDigits = 15

// shortDecimal reads a decimal number of at most mostDigits digits, without an
// exponent, at the front of a text: as the float nearest to it, whose shortest decimal
// it then is. It gives how long the number is, 0 where there is none.
func shortDecimal(text string) (f float64, n int) {
	i := 0
	if i < len(text) && text[i] == '-' {
		i++
	}
	start, whole, behind := i, 0, 0 // digits before the point and behind it
	var digits int64
	for ; i < len(text); i++ {
		c := text[i] - '0'
		switch {
		case c <= 9 && whole+behind == mostDigits:
			return 0, 0
		case c <= 9 && start+whole < i:
			behind++
		case c <= 9:
			whole++
		case text[i] != '.' || start+whole < i:
			goto end
		}
		if c <= 9 {
			digits = digits*10 + int64(c)
		}
	}
end:
	if whole == 0 || whole > 1 && text[start] == '0' || i > start+whole && behind == 0 { // JSON has no .5, 007 or 5.
		return 0, 0
	}
	if f = float64(digits) / powers[behind]; start > 0 {
		f = -f
	}
	return f, i
}

// powers of ten that are floats.
var powers = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// skipFlat passes over a list that no policy asks about, of texts, numbers and words.
func (s *jsonScan) skipFlat() bool {
	if !s.take('[') {
		return false
	}
	if s.take(']') {
		return true
	}
	for {
		if s.space(); s.i >= len(s.text) {
			return false
		}
		switch c := s.text[s.i]; {
		case c == '"':
			if _, ok := s.string(); !ok {
				return false
			}
		case c == 't':
			if !s.word("true") {
				return false
			}
		case c == 'f':
			if !s.word("false") {
				return false
			}
		default:
			rest := s.text[s.i:]
			_, n := shortDecimal(unsafe.String(unsafe.SliceData(rest), len(rest)))
			if n == 0 {
				return false
			}
			s.i += n
		}
		if s.take(']') {
			return true
		}
		if !s.take(',') {
			return false
		}
	}
}
