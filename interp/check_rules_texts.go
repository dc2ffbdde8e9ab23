package interp

import (
	"regexp"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

var (
	relationCell = regexp.MustCompile(`^(?:not\s+)?(?:in|is|like|under)\s|^(?:=|!=|<|>)`)
	bareRelation = regexp.MustCompile(`^(not\s+)?(like|under)\s+([^"\s][^"]*)$`)
	notCell      = regexp.MustCompile(`^not\s+`)
)

// texts reads a cell below a fact whose values are texts or identities, which need no quotes there:
// Acme Ltd, or "Korea, South", or not Acme, Bolt, or under 9A515, or in Denied.
func (t *rulesTable) texts(c *rulesColumn, cell lang.Cell, ref *lang.Ref) lang.Expr {
	text := cell.Text()
	at := cell.Span.Start
	not := ""
	if lead := strings.TrimLeft(text, " "); !relationCell.MatchString(lead) {
		not = notCell.FindString(lead)
		n := len(text) - len(lead) + len(not)
		at, text = at+uint32(n), text[n:]
	}
	var values, tests []lang.Expr
	for {
		skip := len(text) - len(strings.TrimLeft(text, " "))
		at, text = at+uint32(skip), text[skip:]
		value, n, ok := firstText(text)
		span := lang.Span{Start: at, End: at + uint32(n)}
		var test lang.Expr
		switch part := strings.TrimSpace(text[:n]); {
		case !ok:
			t.k.errorf(code.BadData, cell.Span, "the quotes in `%s` are not closed, or something follows them: a text that holds a comma stands in quotes", strings.TrimSpace(cell.Text()))
			return nil
		case value == "":
			t.k.errorf(code.BadData, cell.Span, "a text is missing beside a comma: one that holds a comma stands in quotes")
			return nil
		case relationCell.MatchString(part):
			if test = t.relation(lang.Cell{Source: t.src, Span: span}, part, ref); test == nil {
				return nil
			}
		case !strings.HasPrefix(text, `"`) && t.names(c, value):
			t.k.errorf(code.BadData, span, "`%s` is a name of the rules, and here stand texts: write `in %[1]s` or `is %[1]s`, or the text in quotes", value)
			return nil
		default:
			said := &lang.Text{Span: span, Value: value}
			values = append(values, said)
			test = &lang.Binary{Span: span, Op: lang.Eq, X: ref, Y: said}
		}
		tests = append(tests, test)
		if n == len(text) {
			break
		}
		at, text = at+uint32(n)+1, text[n+1:]
	}
	return lang.OneOf(ref, cell.Span, not != "", tests, values)
}

// relation reads a part of a cell that says more than a text.
func (t *rulesTable) relation(cell lang.Cell, part string, ref *lang.Ref) lang.Expr {
	if m := bareRelation.FindStringSubmatch(part); m != nil {
		said := lang.Text{Span: cell.Span, Value: m[3]}
		if m[2] == "like" {
			return &lang.Like{Span: cell.Span, X: ref, Not: m[1] != "", Pattern: said}
		}
		return &lang.Under{Span: cell.Span, X: ref, Not: m[1] != "", Code: said}
	}
	x, ds := cell.Test(ref)
	if !t.take(ds) {
		return nil
	}
	return x
}

// firstText is what stands up to the first comma outside of quotes and parentheses, and its length.
func firstText(text string) (value string, n int, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		quoted, depth := false, 0
		for n < len(text) && (text[n] != ',' || quoted || depth > 0) {
			switch {
			case text[n] == '\\' && quoted:
				n++
			case text[n] == '"':
				quoted = !quoted
			case text[n] == '(' && !quoted:
				depth++
			case text[n] == ')' && !quoted:
				depth--
			}
			n++
		}
		n = min(n, len(text))
		value = strings.TrimSpace(text[:n])
		return value, n, !quoted && (relationCell.MatchString(value) || !strings.Contains(value, `"`))
	}
	for n = 1; n < len(text) && text[n] != '"'; n++ {
		if text[n] == '\\' {
			n++
		}
	}
	if n >= len(text) {
		return "", 0, false
	}
	if e, _, ds := lang.ParseExpr("", text[:n+1]); len(ds) == 0 {
		if said, is := e.(*lang.Text); is {
			value = said.Value
		}
	}
	for n++; n < len(text) && text[n] == ' '; n++ {
	}
	return value, n, n == len(text) || text[n] == ','
}

// names says whether a word is the name of a group or a term that may be meant.
func (t *rulesTable) names(c *rulesColumn, word string) bool {
	if g := t.k.prog.groups[word]; g != nil && g.fits(c.typ) {
		return true
	}
	term := t.k.prog.terms[word]
	return term != nil && term.Kind != nil && term.Kind == c.typ.kind
}
