package lang

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/ctl-lang/ctl/lang/code"
)

// parser reads the tokens of one text. Declarations are read by participle,
// what repeats without bound or nests (bodies, rules, conditions, phrases) by
// the methods of this type: one token of look-ahead decides nearly everywhere,
// two or three where a word is a keyword in one place and a name elsewhere.
type parser struct {
	*problems
	text      string
	tokens    []token
	comments  []Span
	i         int
	outcomes  map[string]bool // declared in this text
	depth     int             // of the condition or phrase being read
	operators int             // in the condition being read
	grammar   *grammar        // set while a File is read
	inAttr    bool            // an Expr that participle asks for is a default value
	inValue   bool            // it is a value with a name
	reaching  string          // the word whose condition is read, which reaches as far as it can; "" within parentheses
	braces    int             // open around what is read
	inTest    bool            // what stands in the braces of a test is read
	changed   []changedToken  // what has been taken for another word than it is
	cut       *token          // what stands where the text seems to end, see bounded
	kept      any             // the declaration or attribute that is being read, as far as it got
}

// bailout ends the reading of a declaration or a rule; its problem is reported.
type bailout struct{}

// attempt runs read and says whether it got to its end.
func (p *parser) attempt(read func()) (ok bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, bailed := r.(bailout); !bailed {
				panic(r)
			}
			ok = false
		}
	}()
	read()
	return true
}

func (p *parser) bail() { panic(bailout{}) }

func (p *parser) tok() *token { return &p.tokens[p.i] }

// ahead is the token n places on; behind the end it is the eofToken.
func (p *parser) ahead(n int) *token {
	if p.i+n < len(p.tokens) {
		return &p.tokens[p.i+n]
	}
	return &p.tokens[len(p.tokens)-1]
}

// next consumes a token and returns it. The eofToken stays.
func (p *parser) next() token {
	t := p.tokens[p.i]
	if t.kind != eofToken {
		p.i++
	}
	return t
}

// lastEnd is the offset behind the last consumed token.
func (p *parser) lastEnd() uint32 {
	if p.i == 0 {
		return 0
	}
	return p.tokens[p.i-1].end
}

func (p *parser) slice(t *token) string { return p.text[t.start:t.end] }

// is says whether the token is a mark, a keyword or a word of the grammar.
func (p *parser) is(sym symbol) bool { return p.tok().sym == sym && p.tok().kind != badToken }

// isKeyword says whether the token is a reserved word that is no name here.
func (p *parser) isKeyword(sym symbol) bool {
	return p.tok().sym == sym && p.tok().kind == keywordToken
}

// isWord says whether the token is a word with a meaning of its own in some
// places, followed by one of a kind that shows that this is such a place.
func (p *parser) isWord(sym symbol, followed tokenKind) bool {
	return p.tok().sym == sym && p.tok().kind == identToken && p.ahead(1).kind == followed
}

// accept consumes a mark or word if it stands here.
func (p *parser) accept(sym symbol) bool {
	if !p.is(sym) {
		return false
	}
	p.i++
	return true
}

// expect consumes a mark or word that must stand here.
func (p *parser) expect(c code.Code, sym symbol, why string) token {
	if !p.is(sym) {
		p.fail(c, "%s, not %s", fmt.Sprintf(why, sym), p.describe(p.tok()))
	}
	return p.next()
}

// closing consumes the bracket that closes one opened before.
func (p *parser) closing(sym symbol, opened token) {
	if p.is(sym) {
		p.i++
		return
	}
	t := p.tok()
	if t.kind != badToken {
		p.add(code.Unclosed, p.place(t), "there should be `%s` here, not %s", sym, p.describe(t)).
			note(opened.span(), "it closes this `%s`", p.slice(&opened))
	}
	p.bail()
}

// name consumes a name that must stand here.
func (p *parser) name(c code.Code, what string) Name {
	t := p.tok()
	switch {
	case t.kind == identToken && !p.nothingGoesOn(p.i):
		p.i++
		return Name{Text: p.slice(t), Offset: t.start}
	case t.kind == keywordToken:
		p.reserved(t, what)
	default:
		p.fail(c, "there should be %s here, not %s", what, p.describe(t))
	}
	return Name{}
}

// reserved reports a reserved word in the place of a name.
func (p *parser) reserved(t *token, what string) {
	p.add(code.ReservedWord, t.span(), "there should be %s here; `%s` is a word of the language and cannot be one", what, p.slice(t))
	p.bail()
}

// str consumes a text that must stand here.
func (p *parser) str(c code.Code, what string) String {
	t := p.tok()
	if t.kind != stringToken {
		p.fail(c, "there should be %s in double quotes here, not %s", what, p.describe(t))
	}
	p.i++
	return String{Span: t.span(), Value: unquote(p.text, *t)}
}

// unquoted reports what can only be a text without its quotes, and gives up as fail does.
func (p *parser) unquoted(c code.Code, what string) {
	start := p.tok().start
	end := len(p.text)
	if n := strings.IndexFunc(p.text[start:], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`,;:()[]{}"#=<>!`, r) }); n >= 0 {
		end = int(start) + n
	}
	span := Span{start, uint32(end)}
	quoted := Quote(p.text[span.Start:span.End])
	p.add(c, span, "%s is written in double quotes", what).fix(span, quoted, "did you mean `%s`?", quoted)
	p.bail()
}

// date consumes a date that must stand here.
func (p *parser) date(c code.Code) Date {
	t := p.tok()
	if t.kind != dateToken {
		p.fail(c, "there should be a date such as 1993-09-27 here, not %s", p.describe(t))
	}
	p.i++
	return Date{Text: p.slice(t), Offset: t.start}
}

// fail reports a problem at the current token and gives up the declaration or
// rule. About a bad token the lexer has said everything.
func (p *parser) fail(c code.Code, format string, args ...any) {
	p.report(c, format, args...)
	p.bail()
}

// report is fail without giving up; nil where the lexer has reported already.
func (p *parser) report(c code.Code, format string, args ...any) *Diagnostic {
	t := p.tok()
	if t.kind == badToken {
		return nil
	}
	return p.add(c, p.place(t), format, args...)
}

// place is where a problem with a token is shown: the end of the file is shown
// behind its last token.
func (p *parser) place(t *token) Span {
	if t.kind == eofToken {
		return Span{p.lastEnd(), p.lastEnd()}
	}
	return t.span()
}

// describe says what a token is, for the end of a sentence.
func (p *parser) describe(t *token) string {
	text := p.slice(t)
	switch t.kind {
	case eofToken:
		if p.cut == nil {
			return "the end of the text"
		} else if p.cut.newline {
			return "the end of the line"
		}
		return "`" + p.slice(p.cut) + "`"
	case stringToken:
		return "the text " + shortened(text)
	case numberToken:
		return "the number " + shortened(text)
	case dateToken:
		return "the date " + text
	default:
		return "`" + shortened(text) + "`"
	}
}

// shortened keeps a message readable that quotes the author.
func shortened(text string) string {
	const most = 40
	if strings.ContainsAny(text, "\r\n") {
		text = strings.Join(strings.Fields(text), " ")
	}
	runes := 0
	for i := range text {
		if runes++; runes > most {
			return strings.ToValidUTF8(text[:i], "\uFFFD") + "…"
		}
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}

// enter counts how deep a condition nests, so that no text can exhaust the stack.
func (p *parser) enter() {
	if p.depth++; p.depth > 2*maxNesting {
		if t := p.tok(); t.kind != badToken {
			p.add(code.TooDeep, p.place(t), "this condition is nested deeper than %d", 2*maxNesting).
				hint("name the parts with `term` and use the names")
		}
		p.bail()
	}
}

func (p *parser) leave() { p.depth-- }

// maxOperators limits one condition: every operator may make the tree one
// higher, and whoever walks the tree does so recursively.
const maxOperators = 10_000

// operator consumes an operator of a condition.
func (p *parser) operator() token {
	if p.operators++; p.operators > maxOperators {
		p.fail(code.ConditionTooLong, "this condition has more than %d operators; name its parts with `term` or `group` and use the names", maxOperators)
	}
	return p.next()
}
