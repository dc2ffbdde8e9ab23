package lang

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang/code"
)

const (
	maxSource  = 32 << 20 // bytes of one text
	maxNesting = 200      // brackets within brackets
)

// scanner cuts a text into tokens. It never fails: what it cannot read becomes
// a problem and a token, so that the parser sees the rest of the file.
type scanner struct {
	*problems
	text     string
	pos      int
	tokens   []token
	comments []Span
	depth    int // brackets open at pos
	newline  bool
	tooDeep  bool
	garbled  int // places that are not UTF-8
}

// scan reads the tokens of a source, the last of them an eofToken.
func scan(src *Source, found *problems) *scanner {
	s := &scanner{problems: found, text: src.Text, newline: true}
	if s.unreadable() {
		s.tokens = append(s.tokens, token{kind: eofToken, newline: true})
		return s
	}
	s.tokens = make([]token, 0, len(s.text)/6+16)
	s.pos = len(s.text) - len(strings.TrimPrefix(s.text, "\uFEFF"))
	for s.next() {
		s.goOn()
	}
	if s.garbled > 1 {
		for _, d := range s.list {
			if d.Code == code.NotUTF8 {
				d.hint("%d further places of this file are not UTF-8 either", s.garbled-1)
				break
			}
		}
	}
	return s
}

// unreadable reports a text that is none, once.
func (s *scanner) unreadable() bool {
	if len(s.text) > maxSource {
		s.add(code.TooLarge, Span{}, "this file has %d MiB; a rule file may have at most %d MiB", (len(s.text)+1<<20-1)>>20, maxSource>>20).
			hint("long lists of names belong into a data file: group Denied of Party from \"denied.csv\"")
		return true
	}
	if strings.HasPrefix(s.text, "\xFF\xFE") || strings.HasPrefix(s.text, "\xFE\xFF") {
		s.add(code.NotText, Span{0, 2}, "this file is saved as UTF-16; save it as UTF-8")
		return true
	}
	if i := strings.IndexByte(s.text, 0); i >= 0 {
		s.add(code.NotText, Span{uint32(i), uint32(i + 1)}, "this is not a text file: byte %d is zero", i+1)
		return true
	}
	return false
}

func (s *scanner) emit(kind tokenKind, sym symbol, start int) {
	if len(s.tokens) == cap(s.tokens) {
		s.grow()
	}
	s.tokens = append(s.tokens, token{start: uint32(start), end: uint32(s.pos), kind: kind, sym: sym, newline: s.newline})
	s.newline = false
}

// grow makes room for as many tokens again. Those of a large text take a while to move, and
// the context is looked at meanwhile.
func (s *scanner) grow() {
	const atOnce = 1 << 16
	old := s.tokens
	s.tokens = make([]token, 0, 2*cap(old)+16)
	for len(old) > 0 {
		s.look()
		n := min(len(old), atOnce)
		s.tokens = append(s.tokens, old[:n]...)
		old = old[n:]
	}
}

func (s *scanner) span(start int) Span { return Span{uint32(start), uint32(s.pos)} }

func (s *scanner) at(i int) byte {
	if i < len(s.text) {
		return s.text[i]
	}
	return 0
}

// next reads one token, or a stretch of white space or a comment; false at the end.
func (s *scanner) next() bool {
	if s.pos >= len(s.text) {
		s.emit(eofToken, noSymbol, s.pos)
		return false
	}
	start := s.pos
	switch c := s.text[s.pos]; byteClasses[c] {
	case spaceByte:
		s.pos++
	case lineByte:
		s.pos++
		s.newline = true
	case letterByte:
		s.pos++
		for s.pos < len(s.text) && (byteClasses[s.text[s.pos]] == letterByte || byteClasses[s.text[s.pos]] == digitByte) {
			s.pos++
		}
		if s.pos < len(s.text) && s.text[s.pos] >= utf8.RuneSelf {
			s.restOfName()
		}
		if s.at(s.pos) == ':' && s.literalSeemsToBegin(start) && s.literal(start) { // fe80::1
			break
		}
		s.name(start)
	case digitByte:
		if (!s.literalSeemsToBegin(start) || !s.literal(start)) && !s.foreignDate(start) {
			s.number(start)
		}
	case quoteByte:
		s.pos++
		s.str(start, '"')
	case hashByte:
		s.comment(start)
	case markByte:
		if c == ':' && s.at(start+1) == ':' && (start == 0 || byteClasses[s.text[start-1]] != letterByte && byteClasses[s.text[start-1]] != digitByte) && s.literal(start) { // ::1
			break
		}
		s.mark(start, c)
	default:
		s.other(start)
	}
	return true
}

type byteClass uint8

const (
	otherByte byteClass = iota
	spaceByte
	lineByte
	letterByte
	digitByte
	quoteByte
	hashByte
	markByte
)

var byteClasses = func() (classes [256]byteClass) {
	set := func(class byteClass, bytes string) {
		for i := 0; i < len(bytes); i++ {
			classes[bytes[i]] = class
		}
	}
	set(letterByte, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
	set(digitByte, "0123456789")
	set(spaceByte, " \t\v\f")
	set(lineByte, "\r\n")
	set(quoteByte, `"`)
	set(hashByte, "#")
	set(markByte, "{}():,|?=!<>+-*/.&;[]%")
	return
}()

// restOfName reads on in a name from its first letter outside ASCII.
func (s *scanner) restOfName() {
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		if c < utf8.RuneSelf {
			if byteClasses[c] != letterByte && byteClasses[c] != digitByte {
				return
			}
			s.pos++
			continue
		}
		r, n := utf8.DecodeRuneInString(s.text[s.pos:])
		if r == utf8.RuneError && n == 1 || !nameRune(r) {
			return
		}
		s.pos += n
	}
}

// nameRune says whether a letter, digit or combining mark may stand in a name.
func nameRune(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.In(r, unicode.Mn, unicode.Mc)
}

// name emits the word that ends at pos. Whether a reserved word is a name is
// decided by what stands before it (a dot) and behind it (a colon).
func (s *scanner) name(start int) {
	if s.at(s.pos) == ' ' && isDigit(s.at(s.pos+1)) && monthOf(s.text[start:s.pos]) > 0 && s.foreignDate(start) {
		return
	}
	var sym symbol
	if s.pos-start <= longestWord {
		sym = wordSymbols[s.text[start:s.pos]]
	}
	if !sym.keyword() || s.afterDot() || s.beforeColon() {
		s.emit(identToken, sym, start)
		return
	}
	s.emit(keywordToken, sym, start)
}

func (s *scanner) afterDot() bool {
	n := len(s.tokens)
	return n > 0 && s.tokens[n-1].sym == symDot
}

// beforeColon looks past white space and comments for a colon.
func (s *scanner) beforeColon() bool {
	for i := s.pos; i < len(s.text); i++ {
		switch c := s.text[i]; byteClasses[c] {
		case spaceByte, lineByte:
		case hashByte:
			for i+1 < len(s.text) && byteClasses[s.text[i+1]] != lineByte {
				i++
			}
		default:
			return c == ':' && s.at(i+1) != ':' // with which an address begins
		}
	}
	return false
}

// comment reads to the end of the line.
func (s *scanner) comment(start int) {
	for s.pos < len(s.text) && byteClasses[s.text[s.pos]] != lineByte {
		if s.text[s.pos] >= utf8.RuneSelf {
			s.foreignRune()
			continue
		}
		s.pos++
	}
	s.comments = append(s.comments, s.span(start))
}

// foreignRune steps over a character outside ASCII in a text or a comment and
// reports it where it is none or turns the direction of what a reader sees.
func (s *scanner) foreignRune() rune {
	r, n := utf8.DecodeRuneInString(s.text[s.pos:])
	start := s.pos
	s.pos += n
	switch {
	case r == utf8.RuneError && n == 1:
		s.notUTF8(start)
	case turnsDirection(r):
		s.add(code.HiddenCharacter, s.span(start), "there is an invisible character here (U+%04X) that makes a reader see the text in another order than the machine", r).
			fix(s.span(start), "", "remove it?")
	}
	return r
}

// turnsDirection names the characters behind "Trojan source" texts (CVE-2021-42574).
func turnsDirection(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// notUTF8 steps over bytes that are no characters: one message a file.
func (s *scanner) notUTF8(start int) {
	for s.pos < len(s.text) {
		if r, n := utf8.DecodeRuneInString(s.text[s.pos:]); r != utf8.RuneError || n != 1 {
			break
		}
		s.pos++
	}
	if s.garbled++; s.garbled == 1 {
		s.add(code.NotUTF8, s.span(start), "these bytes are not UTF-8 text: % X", s.text[start:min(s.pos, start+4)]).
			hint("save the file as UTF-8; it may be in an older encoding such as Windows-1252")
	}
}

// number reads 300, 1.5, 1993-09-27, 1993-9-27, or the moment that begins with a date.
func (s *scanner) number(start int) {
	s.digits()
	if s.pos-start == 4 && s.at(s.pos) == '-' && isDigit(s.at(s.pos+1)) && s.date(start) {
		return
	}
	if s.at(s.pos) == '.' && isDigit(s.at(s.pos+1)) {
		s.pos++
		s.digits()
	}
	if s.at(s.pos) == '_' {
		for s.at(s.pos) == '_' || s.at(s.pos) == '.' && isDigit(s.at(s.pos+1)) || isDigit(s.at(s.pos)) {
			s.pos++
		}
		if text := s.text[start:s.pos]; !num.Grouped(text) {
			plain := strings.ReplaceAll(text, "_", "")
			s.add(code.UnderscoreInNumber, s.span(start), "`_` stands between groups of three digits, before the point").fix(s.span(start), plain, "did you mean `%s`?", plain)
		}
	}
	s.emit(numberToken, noSymbol, start)
}

func (s *scanner) digits() {
	for isDigit(s.at(s.pos)) {
		s.pos++
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// date reads the rest of a date behind its year; false where it is a subtraction.
func (s *scanner) date(start int) bool {
	month := s.pos + 1
	monthEnd := month
	for isDigit(s.at(monthEnd)) {
		monthEnd++
	}
	day := monthEnd + 1
	if monthEnd-month > 2 || s.at(monthEnd) != '-' || !isDigit(s.at(day)) {
		return false
	}
	end := day
	for isDigit(s.at(end)) {
		end++
	}
	if end-day > 2 {
		return false
	}
	s.pos = end
	if c := s.at(end); (c == 'T' || c == 't') && isDigit(s.at(end+1)) {
		s.moment(start)
		return true
	}
	y, m, d := atoi(s.text[start:start+4]), atoi(s.text[month:monthEnd]), atoi(s.text[day:end])
	switch {
	case y == 0 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m):
		s.add(code.NoSuchDay, s.span(start), "%s", noSuchDay(s.text[start:end], y, m, d))
	case monthEnd-month != 2 || end-day != 2:
		whole := fmt.Sprintf("%04d-%02d-%02d", y, m, d)
		s.add(code.ShortDate, s.span(start), "a date has two digits for the month and two for the day").
			fix(s.span(start), whole, "did you mean `%s`?", whole)
	}
	s.emit(dateToken, noSymbol, start)
	return true
}

func noSuchDay(text string, y, m, d int) string {
	switch {
	case y == 0:
		return fmt.Sprintf("there is no day %s: years begin with 0001", text)
	case m < 1 || m > 12:
		return fmt.Sprintf("there is no day %s: a year has the months 01 to 12; dates are written year-month-day", text)
	default:
		return fmt.Sprintf("there is no day %s: that month has the days 01 to %d", text, daysIn(y, m))
	}
}

// atoi reads a few digits.
func atoi(digits string) int {
	n := 0
	for i := 0; i < len(digits); i++ {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

// daysIn is the length of a month in the Gregorian calendar.
func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	default:
		return 31
	}
}
