package lang

import (
	"io"
	"strings"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// declarationGrammar is the grammar of what participle reads, and of the bodies
// and lists behind it.
const declarationGrammar = `
File        = { Declaration } .
Declaration = Use | Outcomes | Kind | Unit | NamedValue | Role | Group | Function | Term | Constraint | Policy | Series | Test | Claim .
Use         = "use" ( Name | String ) .
Outcomes    = "outcomes" OutcomeItem { ( ">" | "," ) OutcomeItem } .
OutcomeItem = Outcome [ Wording ] .
Kind        = "kind" Name [ "=" ( "text" [ "sensitive" ] | ( "code" | "name" ) [ "sensitive" ] [ IdFile ] | Choice { "|" Choice } ) | "also" Choice { "|" Choice } | IdFile ] [ "{" { Attr } "}" ] .
IdFile      = "from" String [ "column" String ] [ "open" ] .
Choice      = Name [ String { String } { Translation } ] .
Wording     = String { Translation } .
Translation = Language String .
Language    = ( Name | Reserved "-" Subtag ) { "-" Subtag } .
Subtag      = Name | Reserved | Digits .
Attr        = Name ":" Type [ "=" Value ] [ Given ] [ "sensitive" ] [ "json" String ] [ Wording ] .
Given       = "from" ( "column" String [ Cells ] | String [ "column" String ] ( "value" String [ Cells ] | Marks ) | Marks ) .
Marks       = "marks" String | "marked" String .
Cells       = "split" String | "in" UnitName .
Type        = Plain [ "?" ] .
Plain       = "set" "of" Plain | "list" "of" Plain | Name | Choice "|" Choice { "|" Choice } .
Unit        = "unit" Name ( "of" Name | "=" Decimal UnitName [ "+" Decimal UnitName ] ) [ Wording ] .
NamedValue  = "value" Name "=" DatedValue { "," DatedValue } .
DatedValue  = Sum [ "since" Date ] .
Role        = "role" [ Preposition ] Name ":" Name .
Group       = "group" Name "of" Name ( ":" Members { "," Members } | "from" String [ "column" String ] Rows | "external" [ Screened ] ) .
Rows        = [ "since" String ] [ "until" String ] [ "where" Cond ] [ Screened ] .
Screened    = "screened" "at" Decimal .
Members     = [ Dates ":" ] Member { "," Member } .
Member      = ( Name | String | Literal ) [ Dates ] .
Dates       = "since" Day [ "until" Day ] | "until" Day .
Day         = SomeDay [ ".." SomeDay ] .
SomeDay     = Date | Year [ "-" Digits ] .
Function    = "function" Name "(" [ Type { "," Type } ] ")" "->" Type [ Wording ] .
Term        = "term" Name [ "of" Name ] ":" Cond | "open" "term" Name [ "of" Name ] [ "sensitive" ] [ Wording ] .
Constraint  = "constraint" Name ":" Cond .
Policy      = "policy" Name [ Wording ] { "amends" Name | "from" Date | "until" Date
            | "decides" "by" Name | "source" String { "," String } | "when" Cond } Body .
Series      = "series" Name ":" Name { "," Name } .
`

// lexisGrammar says what the tokens are made of. Name, String, Decimal, Digits
// and Date are tokens; white space and comments stand between them, though not within a Language.
const lexisGrammar = `
Name    = Letter { Letter | Digit | Mark } .
Letter  = "_" | any letter of Unicode .
Digit   = any decimal digit of Unicode .
Mark    = any combining mark of Unicode .
Digits  = Ascii { Ascii } .
Ascii   = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" .
Decimal = Digits { "_" Digits } [ "." Digits ] .
Year    = Ascii Ascii Ascii Ascii .
Date    = Ascii Ascii Ascii Ascii "-" Ascii Ascii "-" Ascii Ascii .
Literal = Address | Network | Moment | Clock .
Network = Address "/" Digits .
Address = Digits "." Digits "." Digits "." Digits | an address of IPv6 as RFC 4291 writes it .
Moment  = Date "T" Clock ( "Z" | ( "+" | "-" ) Ascii Ascii ":" Ascii Ascii ) .
Clock   = Ascii Ascii ":" Ascii Ascii [ ":" Ascii Ascii [ "." Digits ] ] .
String  = quotes { any character but quotes, backslash and the end of the line | Escape } quotes .
Escape  = backslash ( quotes | backslash | "n" | "t" | "u{" one to six hexadecimal digits "}" ) .
Comment = "#" { any character but the end of the line } .
`

// Grammar is the grammar of the language in EBNF (after Wirth: [ ] is optional,
// { } is any number of times). Words in quotes stand for themselves, names that
// begin with a small letter are described in words.
func Grammar() string {
	parts := []string{declarationGrammar, bodyGrammar, ruleGrammar, phraseGrammar, conditionGrammar, operandGrammar, testGrammar, claimGrammar, lexisGrammar}
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part) + "\n"
	}
	return strings.Join(parts, "\n") + "Reserved = \"" + strings.Join(Keywords(), "\" | \"") + "\" .\n"
}

// declaration is the grammar's root for participle. Only its members are ever
// parsed: the parser sees by the first word which one it has before it, and
// asks for one at a time, so that a mistake costs one declaration.
type declaration struct {
	Use        *Use        `parser:"  @@"`
	Outcomes   *Outcomes   `parser:"| @@"`
	Kind       *Kind       `parser:"| @@"`
	Unit       *Unit       `parser:"| @@"`
	NamedValue *NamedValue `parser:"| @@"`
	Role       *Role       `parser:"| @@"`
	Group      *Group      `parser:"| @@"`
	Function   *Function   `parser:"| @@"`
	Term       *Term       `parser:"| @@"`
	Constraint *Constraint `parser:"| @@"`
	Policy     *Policy     `parser:"| @@"`
	Series     *Series     `parser:"| @@"`
	Test       *Test       `parser:"| @@"`
	Claim      *Claim      `parser:"| @@"`
	Attr       *Attr       `parser:"| @@"`
	Expect     *Expect     `parser:"| @@"`
}

// grammar is the built participle grammar. The function that reads conditions
// belongs to one parser at a time, so a grammar serves one text at a time and
// waits in a pool in between. Nothing is built before the first file is parsed.
type grammar struct {
	root   *participle.Parser[declaration]
	parser *parser // the one that is using it
}

var grammars = sync.Pool{New: func() any { return newGrammar() }}

func newGrammar() *grammar {
	g := &grammar{}
	g.root = participle.MustBuild[declaration](
		participle.Lexer(definition{}),
		participle.UseLookahead(0), // every consumed token is a commitment: mistakes are reported where they stand
		participle.ParseTypeWith(func(lex *lexer.PeekingLexer) (Expr, error) { return g.parser.embedded(lex) }),
	)
	return g
}

// embedded reads the condition or the default value that participle is at.
func (p *parser) embedded(lex *lexer.PeekingLexer) (x Expr, err error) {
	p.i = index(lex.Peek())
	ok := p.attempt(func() {
		p.depth, p.operators = 0, 0
		switch {
		case p.inAttr:
			x = p.value()
		case p.inValue:
			x = p.sum()
		default:
			x = p.implication()
		}
	})
	if !ok {
		return nil, errReported
	}
	for !lex.Peek().EOF() && index(lex.Peek()) < p.i {
		lex.Next()
	}
	return x, nil
}

// definition is the lexer as participle knows it.
type definition struct{}

// The token types as participle counts them.
const (
	typeIdent lexer.TokenType = -(iota + 2)
	typeKeyword
	typeString
	typeNumber
	typeDate
	typeLiteral
	typePunct
	typeBad
)

var tokenTypes = [...]lexer.TokenType{
	eofToken: lexer.EOF, identToken: typeIdent, keywordToken: typeKeyword, stringToken: typeString,
	numberToken: typeNumber, dateToken: typeDate, literalToken: typeLiteral, punctToken: typePunct, badToken: typeBad,
}

// Symbols names the token types.
func (definition) Symbols() map[string]lexer.TokenType {
	return map[string]lexer.TokenType{
		"EOF": lexer.EOF, "Ident": typeIdent, "Keyword": typeKeyword, "String": typeString,
		"Number": typeNumber, "Date": typeDate, "Literal": typeLiteral, "Punct": typePunct, "Bad": typeBad,
	}
}

// Lex reads all tokens of a text.
func (definition) Lex(name string, r io.Reader) (lexer.Lexer, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxSource+1))
	if err != nil {
		return nil, err
	}
	src := NewSource(name, string(text))
	s := scan(src, &problems{source: src})
	return &window{text: src.Text, tokens: s.tokens, end: len(s.tokens) - 1}, nil
}

// window hands participle the tokens from i up to end. Positions carry what
// our own code needs: the offset, in Column the token's index and its two
// marks, in Line whether the window, and not the text, ends here.
type window struct {
	text   string
	tokens []token
	goOn   func()           // called for every token; nil: nothing
	stops  func(i int) bool // whether what begins at a token cannot belong to what is read
	i, end int
	past   bool // the first token has been read
}

// Next is the next token; at the end of the window an EOF.
func (w *window) Next() (lexer.Token, error) {
	if w.goOn != nil {
		w.goOn()
	}
	t := w.tokens[w.i]
	pos := lexer.Position{Offset: int(t.start), Column: w.i << 2}
	if t.newline {
		pos.Column |= 1
	}
	if t.open {
		pos.Column |= 2
	}
	if w.i >= w.end {
		if w.end < len(w.tokens)-1 {
			pos.Line = cutOff
		}
		return lexer.EOFToken(pos), nil
	}
	w.i++
	out := lexer.Token{Type: tokenTypes[t.kind], Value: w.text[t.start:t.end], Pos: pos}
	if w.past && w.stops != nil && w.stops(w.i-1) {
		out.Type = typeBad // no name: something is missing before it
	}
	w.past = true
	if t.sym != noSymbol && t.kind != badToken {
		out.Value = symbolTexts[t.sym] // what was meant, where the author wrote && or polcy
	}
	return out, nil
}

const cutOff = 1

func index(t *lexer.Token) int             { return t.Pos.Column >> 2 }
func beginsLine(t *lexer.Token) bool       { return t.Pos.Column&1 != 0 }
func isOpen(t *lexer.Token) bool           { return t.Pos.Column&2 != 0 }
func tokenSpan(t *lexer.Token) Span        { return Span{uint32(t.Pos.Offset), tokenEnd(t)} }
func tokenEnd(t *lexer.Token) uint32       { return uint32(t.Pos.Offset + len(t.Value)) }
func windowEnds(t *lexer.Token) bool       { return t.EOF() && t.Pos.Line == cutOff }
func isMark(t *lexer.Token, m symbol) bool { return t.Type == typePunct && t.Value == m.String() }
