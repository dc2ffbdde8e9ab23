package lang

import (
	"errors"
	"strings"

	"github.com/ctl-lang/ctl/internal/addr"
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang/code"
)

// LiteralForm says what a Literal is.
type LiteralForm uint8

// The forms of literals.
const (
	AddressLiteral LiteralForm = iota // 10.0.0.1, 2001:db8::1
	NetworkLiteral                    // 10.0.0.0/8
	MomentLiteral                     // 2026-11-29T18:42:00+01:00
	TimeLiteral                       // 09:00
)

// Form is what a literal is.
func (l *Literal) Form() LiteralForm { return formOf(l.Text) }

func formOf(text string) LiteralForm {
	switch {
	case strings.ContainsRune(text, '/'):
		return NetworkLiteral
	case len(text) > 10 && text[4] == '-':
		return MomentLiteral
	case strings.IndexByte(text, ':') == 1 || strings.IndexByte(text, ':') == 2:
		if timeLength(text) == len(text) {
			return TimeLiteral
		}
	}
	return AddressLiteral
}

// longestLiteral is how far the end of a literal is looked for.
const longestLiteral = 128

// literal reads an address, a network or a time of day; false where none begins at start. That it
// is one is seen before whether it is right.
func (s *scanner) literal(start int) bool {
	text := s.text[start:min(start+longestLiteral, len(s.text))]
	n := addr.Length(text)
	if n == 0 {
		n = timeLength(text)
	}
	if n == 0 {
		return false
	}
	s.pos = start + n
	s.emitLiteral(start)
	return true
}

// literalSeemsToBegin looks at a few bytes, since it is asked of every number and many words.
func (s *scanner) literalSeemsToBegin(start int) bool {
	for i := start; i < start+5; i++ {
		switch c := s.at(i); {
		case c == ':':
			next := s.at(i + 1)
			return next == ':' || isHex(next)
		case c == '.':
			return isDigit(s.at(i + 1))
		case !isHex(c):
			return false
		}
	}
	return false
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' }

// timeLength is how many bytes of a text, from its beginning, are a time of day; 0 where none are.
func timeLength(text string) int {
	n, parts := 0, 0
	for {
		digits := 0
		for n < len(text) && isDigit(text[n]) {
			n++
			digits++
		}
		if digits == 0 || digits > 2 || parts > 0 && digits != 2 {
			return 0
		}
		if parts++; parts == 3 || n+1 >= len(text) || text[n] != ':' || !isDigit(text[n+1]) {
			break
		}
		n++
	}
	if parts == 3 && n+1 < len(text) && text[n] == '.' && isDigit(text[n+1]) {
		for n++; n < len(text) && isDigit(text[n]); {
			n++
		}
	}
	if parts < 2 || n < len(text) && (byteClasses[text[n]] == letterByte || text[n] == ':' && n+1 < len(text) && isDigit(text[n+1])) {
		return 0
	}
	return n
}

// moment reads the rest of a moment behind its day, which ends at pos.
func (s *scanner) moment(start int) {
	for s.pos++; s.pos-start < longestLiteral; s.pos++ {
		c := s.at(s.pos)
		if isDigit(c) || (c == '.' || c == ':' || c == '+' || c == '-') && isDigit(s.at(s.pos+1)) {
			continue
		}
		if c == 'Z' || c == 'z' {
			s.pos++
		}
		break
	}
	s.emitLiteral(start)
}

// emitLiteral emits the literal that ends at pos, and says what is wrong with it.
func (s *scanner) emitLiteral(start int) {
	text := s.text[start:s.pos]
	if err := CheckLiteral(text); err != nil {
		d := s.add(code.NoSuchLiteral, s.span(start), "%s", err)
		if meant := Meant(err); meant != "" {
			d.fix(s.span(start), meant, "did you mean `%s`?", meant)
		}
	}
	s.emit(literalToken, noSymbol, start)
}

// CheckLiteral says what is wrong with a literal; nil where it is right.
func CheckLiteral(text string) error {
	var err error
	switch formOf(text) {
	case MomentLiteral:
		_, err = num.ParseMoment(text)
	case TimeLiteral:
		_, err = num.ParseTimeOfDay(text)
	case NetworkLiteral:
		_, err = addr.ParseNetwork(text)
	case AddressLiteral:
		_, err = addr.Parse(text)
	}
	if as4, mapped := addr.Mapped(text); mapped && err == nil {
		err = &num.Mistake{Says: text + " stands for an address of IPv4, and is written as that: " + as4, Meant: as4}
	}
	return err
}

// Meant is what is written instead of a literal that is wrong; "" where that is not certain.
func Meant(err error) string {
	var m *num.Mistake
	if errors.As(err, &m) {
		return m.Meant
	}
	return ""
}
