package lang

import (
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
	"github.com/ctl-lang/ctl/lang/code"
)

// The nodes below read themselves out of participle's token stream.

// Parse implements participle.Parseable.
func (n *Name) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	if t.Type != typeIdent {
		return participle.NextMatch
	}
	*n = Name{Text: lex.Next().Value, Offset: uint32(t.Pos.Offset)}
	return nil
}

// Parse implements participle.Parseable.
func (s *String) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	if t.Type != typeString {
		return participle.NextMatch
	}
	lex.Next()
	*s = String{Span: tokenSpan(t), Value: unquote(t.Value, token{end: uint32(len(t.Value)), open: isOpen(t)})}
	return nil
}

// Parse implements participle.Parseable.
func (d *Date) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	if t.Type != typeDate {
		return participle.NextMatch
	}
	*d = Date{Text: lex.Next().Value, Offset: uint32(t.Pos.Offset)}
	return nil
}

// Parse implements participle.Parseable: Name [ "/" Digits ] .
func (l *LabelRef) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	if t.Type != typeIdent {
		return participle.NextMatch
	}
	lex.Next()
	*l = LabelRef{Span: tokenSpan(t), Text: t.Value}
	if !isMark(lex.Peek(), symSlash) {
		return nil
	}
	lex.Next()
	number := lex.Peek()
	if number.Type != typeNumber || strings.Contains(number.Value, ".") {
		return expected(number, "Number")
	}
	lex.Next()
	l.End = tokenEnd(number)
	l.Text += "/" + number.Value
	return nil
}

// Parse implements participle.Parseable: Name { "." Name } .
func (r *Ref) Parse(lex *lexer.PeekingLexer) error {
	var n Name
	if err := n.Parse(lex); err != nil {
		return err
	}
	*r = Ref{Span: n.Range(), Path: []Name{n}}
	for isMark(lex.Peek(), symDot) {
		lex.Next()
		var n Name
		if n.Parse(lex) != nil {
			return expected(lex.Peek(), "Name")
		}
		r.Path = append(r.Path, n)
		r.End = n.Range().End
	}
	return nil
}

// Parse implements participle.Parseable: Digits [ "." Digits ] [ UnitName ] .
func (n *Number) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	if t.Type != typeNumber {
		return participle.NextMatch
	}
	lex.Next()
	*n = Number{Span: tokenSpan(t), Text: t.Value}
	unit := lex.Peek()
	if !isMark(unit, symPercent) && (unit.Type != typeIdent || beginsLine(unit)) {
		return nil
	}
	var u UnitName
	err := u.Parse(lex)
	n.Unit, n.UnitSpan, n.End = u.Text, u.Span, u.End
	return err
}

// Parse implements participle.Parseable: Name [ "/" Name ] | "%" .
func (u *UnitName) Parse(lex *lexer.PeekingLexer) error {
	unit := lex.Peek()
	if isMark(unit, symPercent) {
		*u = UnitName{Span: tokenSpan(lex.Next()), Text: unit.Value}
		return nil
	}
	if unit.Type != typeIdent {
		return participle.NextMatch
	}
	lex.Next()
	*u = UnitName{Span: tokenSpan(unit), Text: unit.Value}
	if slash := lex.Peek(); isMark(slash, symSlash) && slash.Pos.Offset == int(u.End) {
		lex.Next()
		second := lex.Peek()
		if second.Type != typeIdent || second.Pos.Offset != slash.Pos.Offset+1 {
			return expected(second, "UnitName")
		}
		lex.Next()
		u.Text += "/" + second.Value
		u.End = tokenEnd(second)
	}
	return nil
}

// Parse implements participle.Parseable: Name { String } { Translation } .
func (c *Choice) Parse(lex *lexer.PeekingLexer) error {
	if err := c.Name.Parse(lex); err != nil {
		return err
	}
	for lex.Peek().Type == typeString {
		var s String
		if err := s.Parse(lex); err != nil {
			return err
		}
		c.Titles = append(c.Titles, s)
	}
	if len(c.Titles) > 0 {
		c.In = translations(lex)
	}
	return nil
}

func (c *Choice) end() uint32 {
	if n := len(c.Titles); n > 0 {
		return endOf(c.Titles[n-1], c.In)
	}
	return c.Name.Range().End
}

// maxTypeNesting limits set of set of set: nobody means more than two or three.
const maxTypeNesting = 8

// Parse implements participle.Parseable. It is written by hand because a title
// behind a name belongs to the name only if a further choice follows.
func (t *Type) Parse(lex *lexer.PeekingLexer) error {
	first := lex.Peek()
	if first.Type != typeIdent {
		return participle.NextMatch
	}
	if err := t.parse(lex, 0); err != nil {
		return err
	}
	// set of T? is a set or none: what is in a set is always something.
	if question := lex.Peek(); isMark(question, symQuestion) {
		lex.Next()
		t.Optional = true
		t.End = tokenEnd(question)
	}
	return nil
}

func (t *Type) parse(lex *lexer.PeekingLexer, depth int) error {
	first := lex.Peek()
	if first.Type != typeIdent {
		return expected(first, "Type")
	}
	t.Start = uint32(first.Pos.Offset)
	var err error
	switch {
	case depth > maxTypeNesting:
		return &problem{code: code.TooDeep, token: first, message: "sets of sets and lists of lists are nested too deep here"}
	case first.Value == "set" && ofFollows(lex):
		t.SetOf = &Type{}
		err = t.SetOf.parse(lex, depth+1)
		t.End = t.SetOf.End
	case first.Value == "list" && ofFollows(lex):
		t.ListOf = &Type{}
		err = t.ListOf.parse(lex, depth+1)
		t.End = t.ListOf.End
	default:
		err = t.choices(lex)
	}
	return err
}

// ofFollows consumes `set of` or `list of`, unless set or list is a type's name here.
func ofFollows(lex *lexer.PeekingLexer) bool {
	start := lex.MakeCheckpoint()
	lex.Next()
	if of := lex.Peek(); of.Type == typeIdent && of.Value == "of" {
		lex.Next()
		if !isMark(lex.Peek(), symColon) { // an attribute called `of`
			return true
		}
	}
	lex.LoadCheckpoint(start)
	return false
}

// choices reads a type's name, or an enumeration.
func (t *Type) choices(lex *lexer.PeekingLexer) error {
	start := lex.MakeCheckpoint()
	first := lex.Peek()
	c := &Choice{}
	if err := c.Parse(lex); err != nil {
		return err
	}
	if isMark(lex.Peek(), symColon) { // the next attribute: the type is missing
		return expected(first, "Type")
	}
	if !isMark(lex.Peek(), symBar) {
		if !windowEnds(lex.Peek()) { // else stay there, so that the window is widened
			lex.LoadCheckpoint(start)
			lex.Next()
		}
		t.Name, t.End = &c.Name, c.Name.Range().End
		return nil
	}
	t.Choices = append(t.Choices, c)
	for isMark(lex.Peek(), symBar) {
		lex.Next()
		c := &Choice{}
		if c.Parse(lex) != nil {
			return expected(lex.Peek(), "Name")
		}
		t.Choices = append(t.Choices, c)
		t.End = c.end()
	}
	return nil
}
