package lang

import (
	"strings"

	"github.com/ctl-lang/ctl/lang/code"
)

// foreignTypes are words of other languages for types.
var foreignTypes = map[string]string{
	"string": "text", "str": "text", "varchar": "text", "nvarchar": "text", "char": "text",
	"int": "integer", "float": "number", "double": "number", "decimal": "number", "numeric": "number",
	"boolean": "bool", "datetime": "date",
}

func typeMeant(word string) string {
	if meant := foreignTypes[strings.ToLower(word)]; meant != "" {
		return meant
	}
	return word
}

// mostTypeTokens is how many tokens of a type in brackets are looked at.
const mostTypeTokens = 100

// foreignType reports the type of an attribute that is written as elsewhere: list<text>,
// text[], enum(A, B), varchar(20), optional text.
func (p *parser) foreignType() {
	if p.tok().kind != identToken || p.ahead(1).sym != symColon || p.ahead(2).newline {
		return
	}
	p.optionalWord()
	first, open := p.ahead(2), 2
	word := strings.ToLower(p.slice(first))
	if first.kind == identToken {
		if open = 3; (word == "set" || word == "list") && p.ahead(3).sym == symOf {
			open = 4
		}
	}
	bracket := p.ahead(open)
	if bracket.newline || bracket.sym != symLParen && bracket.sym != symLBrace && bracket.sym != symLt {
		return
	}
	var words []string
	numbers, last := false, open+1
	for ; p.ahead(last).sym != symRParen && p.ahead(last).sym != symRBrace && p.ahead(last).sym != symGt; last++ {
		switch t := p.ahead(last); {
		case t.kind == eofToken, last > open+mostTypeTokens, t.sym == symLt, t.sym == symLParen, t.sym == symLBrace, t.sym == symColon:
			return
		case t.kind == identToken:
			words = append(words, p.slice(t))
		case t.kind == stringToken:
			words = append(words, labelOf(unquote(p.text, *t)))
		case t.kind == numberToken:
			numbers = true
		}
	}
	whole := Span{first.start, p.ahead(last).end}
	square := p.slice(bracket) == "["
	says, better := "", ""
	switch {
	case numbers && len(words) == 0 && open == 3:
		says, better = "a type says nothing of lengths and digits", typeMeant(p.slice(first))
	case square && (len(words) == 0 && open == 3 || len(words) == 1 && open == 2):
		says, better = "a list is written `list of` and the type of its elements", "list of "+typeMeant(append(words, p.slice(first))[0])
	case open == 4 && len(words) > 1:
		says, better = "the choices of an attribute have `|` between them, and no brackets around them", word+" of "+strings.Join(words, " | ")
	case len(words) == 0 || numbers:
		return
	case open == 2, word == "enum", word == "enumeration", word == "choice", word == "oneof":
		says, better = "the choices of an attribute have `|` between them, and no brackets around them", strings.Join(words, " | ")
	case len(words) > 1:
		return
	case word == "optional", word == "nullable", word == "maybe", word == "option":
		says, better = "what may be none has a question mark behind its type", typeMeant(words[0])+"?"
	case word == "set", word == "hashset", word == "list", word == "array", word == "sequence", word == "seq", word == "vector", word == "collection":
		of := "list"
		if strings.HasSuffix(word, "set") {
			of = "set"
		}
		says, better = "a set or a list is written `set of` or `list of` and the type of its elements", of+" of "+typeMeant(words[0])
	default:
		return
	}
	p.insteadOfType(whole, last, says, better)
}

// optionalWord reports optional text, text optional, text not null and x?: text.
func (p *parser) optionalWord() {
	first, second := p.ahead(2), p.ahead(3)
	word, behind := strings.ToLower(p.slice(first)), strings.ToLower(p.slice(second))
	if first.kind != identToken || second.newline || second.kind != identToken && second.sym != symNot || p.ahead(4).sym == symColon {
		return
	}
	const optional = "what may be none has a question mark behind its type"
	const required = "a fact always has a value where no question mark stands behind its type"
	switch {
	case word == "optional" || word == "nullable":
		p.insteadOfType(Span{first.start, second.end}, 3, optional, typeMeant(p.slice(second))+"?")
	case behind == "optional" || behind == "nullable" || behind == "null":
		p.insteadOfType(Span{first.start, second.end}, 3, optional, typeMeant(p.slice(first))+"?")
	case behind == "required" || behind == "mandatory":
		p.insteadOfType(Span{first.start, second.end}, 3, required, typeMeant(p.slice(first)))
	case second.sym == symNot && strings.EqualFold(p.slice(p.ahead(4)), "null"), behind == "not" && strings.EqualFold(p.slice(p.ahead(4)), "null"):
		p.insteadOfType(Span{first.start, p.ahead(4).end}, 4, required, typeMeant(p.slice(first)))
	}
}

// insteadOfType reports a type up to the nth token and reads on behind the attribute.
func (p *parser) insteadOfType(whole Span, n int, says, better string) {
	p.forget(func(d *Diagnostic) bool { // `[` and `]`, of which nothing else is to be said
		return d.Span.Start >= whole.Start && d.Span.End <= whole.End
	})
	p.add(code.MalformedDeclaration, whole, "%s", says).fix(whole, better, "did you mean `%s`?", better)
	p.i += n + 1
	p.bail()
}
