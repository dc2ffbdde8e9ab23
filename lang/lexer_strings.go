package lang

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/lang/code"
)

// str reads a text from behind its opening quotes to the closing ones.
// A text stands on one line, so that forgotten quotes cost one line and not the
// rest of the file.
func (s *scanner) str(start int, closing rune) {
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case byteClasses[c] == lineByte:
			s.unterminated(start)
			return
		case c == '\\':
			s.escape()
		case c < utf8.RuneSelf:
			s.pos++
			if rune(c) == closing {
				s.emit(stringToken, noSymbol, start)
				return
			}
		default:
			if r := s.foreignRune(); r == closing {
				s.emit(stringToken, noSymbol, start)
				return
			}
		}
	}
	s.unterminated(start)
}

func (s *scanner) unterminated(start int) {
	for s.pos > start+1 && byteClasses[s.text[s.pos-1]] == spaceByte {
		s.pos--
	}
	s.add(code.UnterminatedText, s.span(start), "the closing quotes of this text are missing; a text ends on the line where it begins")
	s.emit(stringToken, noSymbol, start)
	s.tokens[len(s.tokens)-1].open = true
}

// escape steps over an escape sequence and reports one that does not exist.
func (s *scanner) escape() {
	start := s.pos
	s.pos++
	switch s.at(s.pos) {
	case '"', '\\', 'n', 't':
		s.pos++
		return
	case '*', '?':
		if s.pos++; s.inPattern() {
			return
		}
	case 'u':
		if _, n := unicodeEscape(s.text[s.pos+1:]); n > 0 {
			s.pos += 1 + n
			return
		}
		s.pos++
	default:
		if s.pos < len(s.text) && byteClasses[s.text[s.pos]] != lineByte {
			_, n := utf8.DecodeRuneInString(s.text[s.pos:])
			s.pos += n
		}
	}
	where, known := "text", ""
	if s.inPattern() {
		where, known = "pattern", `\* \? `
	}
	s.add(code.UnknownEscape, s.span(start), "`%s` means nothing in a %s; known are %s\\\" \\\\ \\n \\t and \\u{1F600}", strings.ToValidUTF8(s.text[start:s.pos], "\uFFFD"), where, known)
}

// inPattern says whether a text that is being read is the pattern of a like: there an asterisk and
// a question mark that stand for themselves have a backslash in front.
func (s *scanner) inPattern() bool {
	return len(s.tokens) > 0 && s.tokens[len(s.tokens)-1].sym == symLike
}

// unicodeEscape reads {1F600}: the character and the length, 0 if it is none.
func unicodeEscape(text string) (rune, int) {
	end := strings.IndexByte(text[:min(len(text), 9)], '}')
	if end < 2 || text[0] != '{' {
		return 0, 0
	}
	n, err := strconv.ParseUint(text[1:end], 16, 32)
	if err != nil || !utf8.ValidRune(rune(n)) || n > utf8.MaxRune {
		return 0, 0
	}
	return rune(n), end + 1
}

// otherQuotes are the quotes of typography and of other languages, by their opening mark.
var otherQuotes = map[rune]rune{'“': '”', '”': '”', '„': '“', '«': '»', '‘': '’', '’': '’', '\'': '\''}

// longestForeignText limits the search for the closing quotes.
const longestForeignText = 2000

// foreignQuotes reads a text in quotes that are not ours, if it is closed on its line.
func (s *scanner) foreignQuotes(start int, opening rune) bool {
	line := s.text[s.pos:min(s.pos+longestForeignText, len(s.text))]
	if i := strings.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	closing := otherQuotes[opening]
	end := strings.IndexRune(line, closing)
	if end < 0 {
		if opening != '“' && opening != '„' {
			return false
		}
		if end = strings.IndexRune(line, '"'); end < 0 { // an editor curled one of the two
			return false
		}
		closing = '"'
	}
	reported := len(s.list)
	s.str(start, closing)
	s.list = s.list[:min(reported, len(s.list))] // one message a text
	last := &s.tokens[len(s.tokens)-1]
	value := Quote(unquote(s.text, *last))
	s.add(code.ForeignQuotes, last.span(), "a text is written in straight double quotes").
		fix(last.span(), value, "did you mean `%s`?", value)
	return true
}

// unquote is the value of a text token.
func unquote(text string, t token) string { return unescaped(text, t, false) }

// unquotePattern is the pattern of a text token: with a backslash in front of the wildcards that
// stand for themselves, and of backslashes.
func unquotePattern(text string, t token) string { return unescaped(text, t, true) }

func unescaped(text string, t token, pattern bool) string {
	raw := text[t.start:t.end]
	_, n := utf8.DecodeRuneInString(raw)
	raw = raw[n:]
	if !t.open {
		_, n = utf8.DecodeLastRuneInString(raw)
		raw = raw[:len(raw)-n]
	}
	if strings.IndexByte(raw, '\\') < 0 {
		if utf8.ValidString(raw) {
			return raw
		}
		return strings.ToValidUTF8(raw, "\uFFFD")
	}
	var b strings.Builder
	write := func(r rune) {
		if pattern && r == '\\' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' || i+1 == len(raw) {
			b.WriteByte(raw[i])
			continue
		}
		i++
		switch raw[i] {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'u':
			if r, n := unicodeEscape(raw[i+1:]); n > 0 {
				write(r)
				i += n
				break
			}
			write('\\')
			b.WriteByte('u')
		case '"', '\\':
			write(rune(raw[i]))
		case '*', '?':
			b.WriteByte('\\')
			b.WriteByte(raw[i])
		default:
			write('\\')
			b.WriteByte(raw[i])
		}
	}
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}

// piecesOfPattern are a wildcard or a backslash that stands for itself, and what is no escape of a pattern.
var piecesOfPattern = regexp.MustCompile(`\\[*?]|\\\\|[^\\]+|\\`)

// QuotePattern writes the pattern of a Like as a literal.
func QuotePattern(pattern string) string {
	return `"` + piecesOfPattern.ReplaceAllStringFunc(pattern, func(piece string) string {
		if len(piece) == 2 && piece[0] == '\\' {
			return piece
		}
		quoted := Quote(piece)
		return quoted[1 : len(quoted)-1]
	}) + `"`
}

// Quote writes a text as a literal of the language.
func Quote(value string) string {
	var b strings.Builder
	b.Grow(len(value) + 2)
	b.WriteByte('"')
	for _, r := range value {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == utf8.RuneError:
			b.WriteString("\uFFFD")
		case !strconv.IsGraphic(r):
			b.WriteString(`\u{` + strings.ToUpper(strconv.FormatInt(int64(r), 16)) + `}`)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
