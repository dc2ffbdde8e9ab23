package lang

import (
	"regexp"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
	"github.com/ctl-lang/ctl/lang/code"
)

// Wording = String { Translation } . It is a text for people, in the language that the rules are
// written in and perhaps in others.
type Wording struct {
	String
	In []Translation
}

// Translation = Language String . It is a text in another language.
type Translation struct {
	Language Language
	Text     String
}

// Language = Name { "-" ( Name | Digits ) } . It is the tag of a language as BCP 47 has them: de,
// pt-BR, zh-Hant. There are no blanks in it, and it begins with two or three Latin letters that
// are no word of the language.
type Language struct {
	Span
	Text string
}

// Range is the span from the text to the last translation.
func (w *Wording) Range() Span { return Span{w.Start, endOf(w.String, w.In)} }

// endOf is where a text and its translations end.
func endOf(s String, in []Translation) uint32 {
	if n := len(in); n > 0 {
		return in[n-1].Text.End
	}
	return s.End
}

var languageTag = regexp.MustCompile(`^(?i)[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[a-wyz0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?$`)

// IsLanguage says whether a text is shaped like the tag of a language: two or three letters, and
// perhaps a script, a region, variants and extensions, as in de, pt-BR, zh-Hant-TW and sl-nedis. Which
// languages there are is not looked up.
func IsLanguage(tag string) bool { return languageTag.MatchString(tag) }

// beginsTag says whether a word may be the first part of a language's tag.
func beginsTag(word string) bool {
	return (len(word) == 2 || len(word) == 3) && IsLanguage(word)
}

// Parse implements participle.Parseable: String { Translation } .
func (w *Wording) Parse(lex *lexer.PeekingLexer) error {
	if err := w.String.Parse(lex); err != nil {
		return err
	}
	w.In = translations(lex)
	return nil
}

// translations reads what stands behind a text.
func translations(lex *lexer.PeekingLexer) (in []Translation) {
	for {
		start := lex.MakeCheckpoint()
		tag, ok := tagOf(lex)
		var text String
		if !ok || text.Parse(lex) != nil {
			if !windowEnds(lex.Peek()) { // else stay there, so that the window is widened
				lex.LoadCheckpoint(start)
			}
			return in
		}
		in = append(in, Translation{tag, text})
	}
}

// tagOf consumes what is shaped like the beginning of a language's tag.
func tagOf(lex *lexer.PeekingLexer) (tag Language, ok bool) {
	first := lex.Peek()
	if first.Type != typeIdent && first.Type != typeKeyword || !beginsTag(first.Value) {
		return tag, false
	}
	lex.Next()
	tag, ok = Language{tokenSpan(first), first.Value}, first.Type == typeIdent
	for hyphen := lex.Peek(); isMark(hyphen, symMinus) && hyphen.Pos.Offset == int(tag.End); hyphen = lex.Peek() {
		lex.Next()
		part := lex.Peek()
		if part.Type != typeIdent && part.Type != typeKeyword && part.Type != typeNumber || part.Pos.Offset != int(tokenEnd(hyphen)) {
			return tag, false
		}
		lex.Next()
		tag, ok = Language{Span{tag.Start, tokenEnd(part)}, tag.Text + "-" + part.Value}, true
	}
	return tag, ok
}

// wording consumes a text that must stand here, and its translations.
func (p *parser) wording(c code.Code, what string) *Wording {
	next := p.ahead(1)
	if p.tok().kind != stringToken || next.kind != identToken && next.kind != keywordToken || !beginsTag(p.slice(next)) {
		return &Wording{String: p.str(c, what)}
	}
	for start, end := p.i, p.windowEnd(); ; end = min(start+4*(end-start), len(p.tokens)-1) {
		lex, _ := lexer.Upgrade(&window{text: p.text, tokens: p.tokens, goOn: p.goOn, stops: p.noTag, i: start, end: end})
		w := &Wording{}
		if w.Parse(lex) == nil && !windowEnds(lex.Peek()) { // else the window is widened
			p.i = index(lex.Peek())
			return w
		}
	}
}

// noTag says whether token i begins something else than a translation: a rule with an outcome of
// two letters.
func (p *parser) noTag(i int) bool {
	t := &p.tokens[i]
	return p.nothingGoesOn(i) || t.kind == identToken && p.outcomes[p.slice(t)]
}

// wording writes a text and its translations, as many on a line as fit.
func (f *formatter) wording(s String, in []Translation) {
	f.str(s)
	f.indented(indentWidth, func() {
		for _, t := range in {
			f.fill()
			f.seek(t.Language.Span)
			for i, part := range strings.Split(t.Language.Text, "-") {
				if i > 0 {
					f.glue("-")
				}
				f.glue(part)
			}
			f.sp()
			f.str(t.Text)
		}
	})
}
