package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/lang/code"
)

// mark reads punctuation and operators, and those of other languages, which
// are reported and taken for what they mean.
func (s *scanner) mark(start int, c byte) {
	if c == '/' && s.foreignComment(start) {
		return
	}
	for _, m := range marks[c] {
		if !strings.HasPrefix(s.text[s.pos:], m.text) {
			continue
		}
		s.pos += len(m.text)
		if m.foreign {
			s.foreignMark(start, m)
			return
		}
		s.bracket(m.sym, start)
		return
	}
	s.pos++
	if c == '%' && s.percentAhead() {
		s.emit(punctToken, symPercent, start)
		return
	}
	s.unexpected(start, rune(c))
}

// percentAhead says whether a percent sign is a unit here: behind a number, or behind the
// word in.
func (s *scanner) percentAhead() bool {
	n := len(s.tokens)
	return n > 0 && (s.tokens[n-1].kind == numberToken || s.tokens[n-1].sym == symIn)
}

type mark struct {
	text    string
	sym     symbol
	foreign bool
}

// marks by their first byte, longest first.
var marks = func() (table [128][]mark) {
	add := func(foreign bool, sym symbol, texts ...string) {
		for _, text := range texts {
			list := table[text[0]]
			at := len(list)
			for at > 0 && len(list[at-1].text) < len(text) {
				at--
			}
			table[text[0]] = append(list[:at:at], append([]mark{{text, sym, foreign}}, list[at:]...)...)
		}
	}
	for sym := symLBrace; sym <= symRange; sym++ {
		add(false, sym, symbolTexts[sym])
	}
	add(true, symEq, "==", "===", ":=")
	add(true, symNe, "!==", "<>", "=!")
	add(true, symAnd, "&&", "&")
	add(true, symOr, "||")
	add(true, symNot, "!")
	add(true, symLe, "=<")
	add(true, symGe, "=>")
	add(true, symImplies, "->", "==>")
	add(true, symRange, "...")
	add(true, symLParen, "[")
	add(true, symRParen, "]")
	add(true, symStar, "**")
	add(true, noSymbol, ";")
	return
}()

// bracket emits a mark of ours and counts how deep the brackets nest. What
// stands too deep becomes bad tokens, which the parser does not go into.
func (s *scanner) bracket(sym symbol, start int) {
	kind := punctToken
	switch sym {
	case symLBrace, symLParen:
		if s.depth++; s.depth > maxNesting {
			kind = badToken
			if !s.tooDeep {
				s.tooDeep = true
				s.add(code.TooDeep, s.span(start), "brackets are nested deeper than %d here", maxNesting).
					hint("name the parts with `term` and use the names")
			}
		}
	case symRBrace, symRParen:
		if s.depth > maxNesting {
			kind = badToken
		}
		s.depth = max(0, s.depth-1)
	}
	if kind == badToken {
		sym = noSymbol
	}
	s.emit(kind, sym, start)
}

// foreignMark reports an operator of another language and emits what it means.
func (s *scanner) foreignMark(start int, m mark) {
	text := s.text[start:s.pos]
	switch {
	case text == symArrow.String() && s.behindParameters():
		s.emit(punctToken, symArrow, start)
		return
	case m.sym == noSymbol:
		s.add(code.Semicolon, s.span(start), "a rule needs no `;` at its end").fix(s.span(start), "", "remove it?")
		return
	case m.text == "**":
		s.add(code.ForeignOperator, s.span(start), "`**` means nothing here: there are no powers")
		s.emit(badToken, noSymbol, start)
		return
	}
	if text == "=>" && s.compared() {
		m.sym = symImplies
	}
	s.add(code.ForeignOperator, s.span(start), "`%s` is written `%s` here", text, m.sym).
		fix(s.span(start), s.spaced(start, m.sym), "did you mean `%s`?", m.sym)
	if m.sym.keyword() {
		s.emit(keywordToken, m.sym, start)
		return
	}
	s.bracket(m.sym, start)
}

// behindParameters says whether the signature of a function has come to the end of its
// parameters.
func (s *scanner) behindParameters() bool {
	i := len(s.tokens) - 1
	if i < 0 || s.tokens[i].sym != symRParen {
		return false
	}
	for i--; i > 1 && s.tokens[i].sym != symLParen && s.tokens[i].sym != symRParen; i-- {
	}
	return i > 1 && s.tokens[i].sym == symLParen && s.tokens[i-2].sym == symFunction
}

// compared says whether a comparison stands before this place in the same part of a
// condition, so that what follows cannot be another.
func (s *scanner) compared() bool {
	for i := len(s.tokens) - 1; i >= 0; i-- {
		switch t := s.tokens[i]; {
		case comparisons[t.sym] != 0 || t.sym == symIs || t.sym == symIn:
			return true
		case t.kind == keywordToken && !t.sym.preposition() || t.kind == punctToken && t.sym != symDot && t.sym != symMinus && t.sym != symPlus && t.sym != symStar && t.sym != symSlash:
			return false
		}
	}
	return false
}

// spaced is the text of a symbol with the space that a word needs beside words.
func (s *scanner) spaced(start int, sym symbol) string {
	text := sym.String()
	if sym > lastWord {
		return text
	}
	if r, n := utf8.DecodeLastRuneInString(s.text[:start]); n > 0 && nameRune(r) {
		text = " " + text
	}
	if r, n := utf8.DecodeRuneInString(s.text[s.pos:]); n > 0 && nameRune(r) {
		text += " "
	}
	return text
}

// foreignComment reads // to the end of the line and /* to */.
func (s *scanner) foreignComment(start int) bool {
	switch s.at(s.pos + 1) {
	case '/':
		s.comment(start)
		s.comments = s.comments[:len(s.comments)-1]
		s.add(code.ForeignComment, Span{uint32(start), uint32(start + 2)}, "a comment begins with `#`").
			fix(Span{uint32(start), uint32(start + 2)}, "#", "did you mean `#`?")
	case '*':
		end := strings.Index(s.text[s.pos+2:], "*/")
		if end < 0 {
			s.pos = len(s.text)
		} else {
			s.pos += 2 + end + 2
		}
		s.add(code.ForeignComment, Span{uint32(start), uint32(start + 2)}, "a comment begins with `#` and ends with its line")
	default:
		return false
	}
	return true
}

// otherMarks are the signs of typography that mean one of ours.
var otherMarks = map[rune]symbol{
	'≥': symGe, '≤': symLe, '≠': symNe, '×': symStar, '·': symStar, '÷': symSlash, '−': symMinus, '–': symMinus, '—': symMinus,
	'∧': symAnd, '∨': symOr, '¬': symNot, '→': symImplies, '⇒': symImplies, '∈': symIn, '…': symRange,
}

// other reads what begins with a byte of no class: letters of other scripts, quotes, signs, rubbish.
func (s *scanner) other(start int) {
	r, n := utf8.DecodeRuneInString(s.text[s.pos:])
	s.pos += n
	switch {
	case r == utf8.RuneError && n == 1:
		s.notUTF8(start)
		s.emit(badToken, noSymbol, start)
	case unicode.IsLetter(r):
		s.restOfName()
		s.name(start)
	case r == '\u2028' || r == '\u2029' || r == '\u0085':
		s.newline = true
	case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r):
	case otherQuotes[r] != 0 && s.foreignQuotes(start, r):
	case otherMarks[r] != noSymbol:
		s.foreignMark(start, mark{text: string(r), sym: otherMarks[r]})
	case !unicode.IsGraphic(r):
		s.add(code.HiddenCharacter, s.span(start), "there is an invisible character here (U+%04X)", r).fix(s.span(start), "", "remove it?")
	default:
		s.unexpected(start, r)
	}
}

// unexpected reports a character that means nothing.
func (s *scanner) unexpected(start int, r rune) {
	switch {
	case r == '`':
		s.add(code.UnexpectedCharacter, s.span(start), "a backtick means nothing here; a text is written in straight double quotes")
	case otherQuotes[r] != 0:
		s.add(code.UnexpectedCharacter, s.span(start), "`%c` means nothing here; a text is written in straight double quotes", r)
	case r == '%':
		s.add(code.UnexpectedCharacter, s.span(start), "`%c` means nothing here; a share is a number with the sign behind it, as in 5 %c", r, r)
	case unicode.Is(unicode.Sc, r):
		s.add(code.UnexpectedCharacter, s.span(start), "`%c` means nothing here; an amount of money is a number and a declared unit behind it, such as 1500 eur", r)
	default:
		s.add(code.UnexpectedCharacter, s.span(start), "`%c` means nothing here", r)
	}
	for s.pos < len(s.text) && s.text[s.pos] == s.text[start] && s.text[start] < utf8.RuneSelf {
		s.pos++ // a row of them is one mistake
	}
	s.emit(badToken, noSymbol, start)
}
