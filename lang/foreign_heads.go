package lang

import (
	"slices"

	"github.com/ctl-lang/ctl/lang/code"
)

// foreignDeclarations are words for those that begin a declaration.
var foreignDeclarations = map[string]string{
	"import": "use", "include": "use", "require": "use", "type": "kind", "class": "kind", "entity": "kind", "struct": "kind", "record": "kind", "object": "kind",
	"const": "value", "constant": "value", "var": "value", "variable": "value", "val": "value", "let": "value", "static": "value", "final": "value",
	"list": "group", "set": "group", "define": "term", "enum": "kind", "rules": "policy", "ruleset": "policy",
	"scenario": "test", "example": "test", "invariant": "claim", "assert": "claim", "property": "claim",
}

// noDeclarations says of words that begin a declaration elsewhere what stands for it.
var noDeclarations = func() map[string]string {
	m := map[string]string{}
	for says, words := range map[string][]string{
		"a rule belongs in a policy: `policy NAME { … }`":            {"rule", "article", "section", "clause", "paragraph"},
		"a file has no name of its own; it is brought in with `use`": {"package", "module", "namespace"},
		"functions are those of the standard library and of the program around the rules, declared as in `function risk(text) -> number`; a condition with a name is a `term`": {"func", "fn", "def", "procedure", "method"},
	} {
		for _, w := range words {
			m[w] = says
		}
	}
	return m
}()

// foreignHeads are words for those of the head of a policy.
var foreignHeads = map[string]string{
	"since": "from", "effective": "from", "starting": "from", "valid": "from", "extends": "amends", "overrides": "amends", "inherits": "amends", "modifies": "amends",
	"till": "until", "to": "until", "expires": "until", "decide": "decides",
}

// foreignHead offers what is meant by a word or a sign in the head of a declaration; false
// where that is not certain.
func (p *parser) foreignHead(d *Diagnostic, wants, words []string) bool {
	t := p.tok()
	meant := foreignHeads[p.slice(t)]
	switch {
	case meant != "" && slices.Contains(words, meant):
		d.fix(t.span(), meant, "did you mean `%s`?", meant)
	case slices.Contains(wants, "`:`") && (t.sym == symEq || t.sym == symIs || t.sym == symOf):
		d.fix(Span{p.lastEnd(), t.end}, ":", "did you mean `:`?")
	case slices.Contains(wants, "`:`") && t.kind == identToken && !t.newline && p.ahead(1).sym != symColon:
		d.fix(Span{p.lastEnd(), t.start}, ": ", "did you mean `: %s`?", p.slice(t))
	case slices.Contains(wants, "`by`") && t.kind == identToken:
		d.fix(Span{t.start, t.start}, "by ", "did you mean `by %s`?", p.slice(t))
	case len(wants) == 1 && wants[0] == "a name" && t.kind == stringToken && labelOf(p.slice(t)) != "" && !wordSymbols[unquote(p.text, *t)].keyword():
		name := labelOf(p.slice(t))
		d.fix(t.span(), name, "did you mean `%s`?", name)
	default:
		return false
	}
	return true
}

// colonOfTerm reports a word or a sign in the place of the colon of a term.
func (p *parser) colonOfTerm(term *Term) {
	t := p.tok()
	if t.sym != symEq && t.sym != symIs && t.sym != symWhen || t.newline {
		return
	}
	p.add(code.MalformedDeclaration, t.span(), "between a term and its condition stands a colon").fix(Span{p.lastEnd(), t.end}, ":", "did you mean `:`?")
	p.i++
	term.Cond = p.condition()
	p.bail()
}
