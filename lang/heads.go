package lang

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
	"github.com/ctl-lang/ctl/lang/code"
)

// errReported ends participle's work where the problem has been reported.
var errReported = errors.New("reported")

// problem is an error with a code that a Parseable of ours returns.
type problem struct {
	code    code.Code
	token   *lexer.Token
	message string
}

func (e *problem) Error() string { return e.message }

// expected is the error of a Parseable that has begun and cannot go on.
func expected(t *lexer.Token, what string) error {
	return &participle.UnexpectedTokenError{Unexpected: *t, Expect: what}
}

// mostTokens is how many tokens participle gets for a declaration at first.
const mostTokens = 64

// windowEnd guesses how many tokens participle will want: up to the brace of a
// body, which it does not read, or to the next line that seems to begin something
// else. A wrong guess costs time only.
func (p *parser) windowEnd() int {
	end := min(p.i+mostTokens, len(p.tokens)-1)
	if p.is(symUse) {
		end = min(p.i+4, end)
	}
	for i := p.i + 1; i < end; i++ {
		t := &p.tokens[i]
		switch {
		case t.sym == symLBrace || t.sym == symRBrace:
			return i + 1
		case t.newline && t.kind == identToken && (p.tokens[i+1].sym == symColon || p.declarationAt(i) || t.sym == symExpect || t.sym == symGiven):
			return i + 1
		}
	}
	return end
}

// production reads one production of the participle grammar from here on and
// gives up on a mistake. Participle wants all its tokens beforehand; it gets a
// few, and more where it came to the end of them.
func production[T any](p *parser, words []string) *T {
	parser, err := participle.ParserForProduction[T](p.grammar.root)
	if err != nil {
		panic(err) // a type that is no member of declaration
	}
	before, start := p.state(), p.i
	for end := p.windowEnd(); ; end = min(start+4*(end-start), len(p.tokens)-1) {
		lex, _ := lexer.Upgrade(&window{text: p.text, tokens: p.tokens, goOn: p.goOn, stops: p.nothingGoesOn, i: start, end: end})
		p.i = start
		node, err := parser.ParseFromLexer(lex, participle.AllowTrailing(true))
		if windowEnds(lex.Peek()) && !(p.i > end && endsInCondition(node)) || cutShort(err) {
			p.back(before)
			continue
		}
		p.kept = node
		if err != nil {
			p.headProblem(err, words)
			p.bail()
		}
		p.i = max(p.i, index(lex.Peek()))
		return node
	}
}

// endsInCondition says whether nothing follows the condition in a production,
// so that it matters little that the condition went on behind the window.
func endsInCondition(node any) bool {
	switch node.(type) {
	case *Term, *Constraint:
		return true
	}
	return false
}

// cutShort says whether participle stumbled over the end of its window.
func cutShort(err error) bool {
	var unexpected *participle.UnexpectedTokenError
	return errors.As(err, &unexpected) && windowEnds(&unexpected.Unexpected)
}

// headProblem turns participle's error into a sentence of ours.
func (p *parser) headProblem(err error, words []string) {
	var own *problem
	var unexpected *participle.UnexpectedTokenError
	switch {
	case errors.Is(err, errReported):
		return
	case errors.As(err, &own):
		p.i = index(own.token)
		p.report(own.code, "%s", own.message)
	case errors.As(err, &unexpected):
		p.i = max(p.i, index(&unexpected.Unexpected))
		p.unexpected(wanted(unexpected.Message()), words)
	default:
		p.report(code.DeclarationExpected, "this declaration cannot be read: %s", err)
	}
}

// unexpected reports that one of wants should stand here. The words are those
// of the declaration; one that is nearly what stands here is offered.
func (p *parser) unexpected(wants, words []string) {
	t := p.tok()
	if t.kind == badToken {
		return
	}
	if t.kind == keywordToken && len(wants) == 1 && wants[0] == "a name" {
		p.add(code.ReservedWord, t.span(), "there should be a name here; `%s` is a word of the language and cannot be one", p.slice(t))
		return
	}
	if p.hyphenated() {
		return
	}
	d := p.add(code.MalformedDeclaration, p.place(t), "there should be %s here, not %s", orList(wants), p.describe(t))
	if near, ok := Nearest(p.slice(t), words); ok && t.kind == identToken {
		d.fix(t.span(), near, "did you mean `%s`?", near)
		return
	}
	if p.foreignHead(d, wants, words) {
		return
	}
	if t.kind == identToken && slices.Contains(wants, "a text in double quotes") {
		p.quoteFix(d)
	}
}

// hyphenated reports a name with hyphens in it, such as travel-2025, whose first hyphen stands here.
func (p *parser) hyphenated() bool {
	from := p.i - 1
	if from < 0 || p.tokens[from].kind != identToken {
		return false
	}
	to := from
	for to+2 < len(p.tokens) {
		hyphen, part := p.tokens[to+1], p.tokens[to+2]
		if hyphen.sym != symMinus || hyphen.start != p.tokens[to].end || part.start != hyphen.end ||
			part.kind != identToken && part.kind != keywordToken && part.kind != numberToken {
			break
		}
		to += 2
	}
	if to == from {
		return false
	}
	whole := Span{p.tokens[from].start, p.tokens[to].end}
	better := strings.ReplaceAll(p.text[whole.Start:whole.End], "-", "_")
	p.add(code.MalformedDeclaration, whole, "a name has letters, digits and `_`, and no hyphen").fix(whole, better, "did you mean `%s`?", better)
	return true
}

// quoteFix offers to put a word in quotes, with what is written together with it.
func (p *parser) quoteFix(d *Diagnostic) {
	span := p.tok().span()
	for n := 1; ; n++ {
		t := p.ahead(n)
		switch {
		case t.start != span.End || t.kind == eofToken || t.sym >= symLBrace && t.sym <= symComma:
			quoted := `"` + p.text[span.Start:span.End] + `"`
			d.fix(span, quoted, "did you mean `%s`?", quoted)
			return
		case t.kind == stringToken || t.kind == badToken:
			return
		}
		span.End = t.end
	}
}

// orList is "a, b or c".
func orList(items []string) string {
	switch n := len(items); n {
	case 0:
		return "a name" // participle says nothing where a look-ahead failed; only names stand behind one
	case 1:
		return items[0]
	default:
		return strings.Join(items[:n-1], ", ") + " or " + items[n-1]
	}
}

// terminalNames are the names of participle's productions in words of ours.
var terminalNames = map[string]string{
	"Name": "a name", "Choice": "a name", "OutcomeItem": "a name", "Ref": "a name", "LabelRef": "the label of a rule",
	"UnitName": "the name of a unit", "String": "a text in double quotes", "Date": "a date such as 1993-09-27",
	"Type": "a type", "Expr": "a condition", "Number": "a number", "Attr": "the name of an attribute",
}

var expectation = regexp.MustCompile(`(?s)\(expected (.*)\)$`)

// wanted reads from participle's message which tokens would have been right:
// the first ones of the piece of grammar that it quotes.
func wanted(message string) []string {
	m := expectation.FindStringSubmatch(message)
	if m == nil {
		if what := strings.TrimPrefix(message, "expected "); terminalNames[what] != "" {
			return []string{terminalNames[what]}
		}
		return nil
	}
	f := firsts{rest: m[1]}
	f.sequence()
	slices.Sort(f.found)
	return slices.Compact(f.found)
}

// firsts collects what a piece of EBNF, as participle prints it, can begin with.
type firsts struct {
	rest  string
	found []string
}

func (f *firsts) space() { f.rest = strings.TrimLeft(f.rest, " ") }

// alternatives reads up to a closing bracket; true if one of them may be empty.
func (f *firsts) alternatives() (empty bool) {
	for {
		if f.sequence() {
			empty = true
		}
		if !strings.HasPrefix(f.rest, "|") {
			return empty
		}
		f.rest = f.rest[1:]
	}
}

// sequence reads terms; those behind one that must stand there do not count.
func (f *firsts) sequence() (empty bool) {
	empty = true
	for f.space(); f.rest != "" && f.rest[0] != '|' && f.rest[0] != ')'; f.space() {
		kept := len(f.found)
		e := f.term()
		if !empty {
			f.found = f.found[:kept]
		}
		empty = empty && e
	}
	return empty
}

func (f *firsts) term() (empty bool) {
	switch {
	case strings.HasPrefix(f.rest, "(?"): // look-ahead: what it looks for stands behind it again
		kept := len(f.found)
		f.rest = f.rest[len("(?="):]
		f.alternatives()
		f.rest = strings.TrimPrefix(f.rest, ")")
		f.found = f.found[:kept]
		return true
	case f.rest[0] == '(':
		f.rest = f.rest[1:]
		empty = f.alternatives()
		f.rest = strings.TrimPrefix(f.rest, ")")
	case f.rest[0] == '"':
		end := strings.IndexByte(f.rest[1:], '"') + 1
		f.found = append(f.found, "`"+f.rest[1:end]+"`")
		f.rest = f.rest[end+1:]
	default:
		end := strings.IndexAny(f.rest, " ()|?*+!")
		if end < 0 {
			end = len(f.rest)
		}
		end = max(end, 1)
		if name := terminalNames[f.rest[:end]]; name != "" {
			f.found = append(f.found, name)
		}
		f.rest = f.rest[end:]
	}
	for f.rest != "" && strings.IndexByte("?*+!", f.rest[0]) >= 0 {
		empty = empty || f.rest[0] == '?' || f.rest[0] == '*'
		f.rest = f.rest[1:]
	}
	return empty
}

// shape is how a declaration is written, for a note.
func (p *parser) malformed(shape, format string, args ...any) {
	if d := p.report(code.MalformedDeclaration, format, args...); d != nil {
		d.hint("it is written: %s", shape)
	}
	p.bail()
}

// brace reads the brace that opens a body, or what must have been meant before it.
func (p *parser) brace(what string, words []string) token {
	if !p.is(symLBrace) {
		p.unexpected([]string{fmt.Sprintf("`{` and %s", what)}, words)
		if !p.skipToBrace() {
			p.bail()
		}
	}
	return p.next()
}
