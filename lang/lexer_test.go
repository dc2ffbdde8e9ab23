package lang

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/lang/code"
)

// oracle is the lexis as regular expressions: the same rules said differently.
// The first one that matches at a place counts.
var oracle = func() []struct {
	kind tokenKind
	re   *regexp.Regexp
} {
	rule := func(kind tokenKind, re string) struct {
		kind tokenKind
		re   *regexp.Regexp
	} {
		return struct {
			kind tokenKind
			re   *regexp.Regexp
		}{kind, regexp.MustCompile(`^(?:` + re + `)`)}
	}
	list := []struct {
		kind tokenKind
		re   *regexp.Regexp
	}{
		rule(eofToken, `[ \t\v\f\r\n]+|#[^\r\n]*`), // nothing
		rule(literalToken, `(?:[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})`+
			`|[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,3})?|[0-9a-fA-F:]*::[0-9a-fA-F:]*(?:/[0-9]{1,3})?|(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}(?:/[0-9]{1,3})?|[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)(?:[^0-9A-Za-z_:.%]|$)`),
		rule(dateToken, `[0-9]{4}-[0-9]{2}-[0-9]{2}([^0-9]|$)`),
		rule(numberToken, `[0-9]+(?:(?:_[0-9]{3})+(?:\.[0-9]+)?|\.[0-9]+)?`),
		rule(stringToken, `"([^"\\\r\n]|\\(["\\nt]|u\{[0-9A-Fa-f]{1,6}\}))*"`),
		rule(identToken, `[\p{L}_][\p{L}\p{Nd}\p{Mn}\p{Mc}_]*`),
		rule(punctToken, `\.\.|!=|<=|>=|[{}():,|?=<>+\-*/.]`),
	}
	return list
}()

// pairBesideName are two colons beside what may or may not be a part of the same address, and one behind
// a time of day: the oracle knows addresses alone that begin with them.
var pairBesideName = regexp.MustCompile(`[0-9A-Za-z_\x80-\x{10FFFF}]::|::[0-9a-fA-F:]*\.|[0-9]:[0-9.]+:|[0-9]:[0-9]{2}\.`)

// oracleTokens lexes a text by the oracle; ok is false where it cannot.
func oracleTokens(text string) (tokens []string, ok bool) {
	if pairBesideName.MatchString(text) {
		return nil, false
	}
	for text != "" {
		matched := false
		for _, r := range oracle {
			m := r.re.FindString(text)
			if m == "" {
				continue
			}
			if r.kind == dateToken {
				m = m[:10]
				if y, mo, d := atoi(m[:4]), atoi(m[5:7]), atoi(m[8:]); y == 0 || mo < 1 || mo > 12 || d < 1 || d > daysIn(y, mo) {
					return nil, false
				}
			}
			if r.kind == literalToken {
				m = strings.TrimSuffix(m, strings.TrimLeft(m, "0123456789abcdefABCDEF:./TZ+-"))
				if CheckLiteral(m) != nil {
					return nil, false
				}
			}
			text = text[len(m):]
			matched = true
			if r.kind == eofToken {
				break
			}
			kind := r.kind
			if kind == identToken {
				dot := len(tokens) > 0 && tokens[len(tokens)-1] == fmt.Sprintf("%d .", punctToken)
				colon := regexp.MustCompile(`^([ \t\v\f\r\n]+|#[^\r\n]*([\r\n]|$))*:`).MatchString(text)
				if keywordText[m] && !dot && !colon {
					kind = keywordToken
				}
			}
			tokens = append(tokens, fmt.Sprintf("%d %s", kind, m))
			break
		}
		if !matched {
			return nil, false
		}
	}
	return tokens, true
}

var keywordText = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range Keywords() {
		m[w] = true
	}
	return m
}()

func scanned(text string) ([]string, Diagnostics) {
	src := NewSource("", text)
	s := scan(src, &problems{source: src})
	var out []string
	for _, t := range s.tokens[:len(s.tokens)-1] {
		out = append(out, fmt.Sprintf("%d %s", t.kind, src.Slice(t.span())))
	}
	return out, s.list
}

func TestReservedWords(t *testing.T) {
	want := strings.Fields("and any at by for from implies in into is not notwithstanding on or otherwise to unless via when with")
	if diff := cmp.Diff(want, Keywords()); diff != "" {
		t.Error(diff)
	}
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"deny A to B", "ident:deny ident:A keyword:to ident:B"},
		{"to: a.to.in : not", "ident:to punct:: ident:a punct:. ident:to punct:. ident:in punct:: keyword:not"},
		{"in # a comment: no\n :", "ident:in punct::"},
		{"300km 1.5 1..5 5.", "number:300 ident:km number:1.5 number:1 punct:.. number:5 number:5 punct:."},
		{"1993-09-27 1993-09-2700", "date:1993-09-27 number:1993 punct:- number:09 punct:- number:2700"},
		{"2000-02-29", "date:2000-02-29"},
		{`"a \"b\" \\ \n\t\u{1F600} # no comment"`, `string:"a \"b\" \\ \n\t\u{1F600} # no comment"`},
		{"Größe größe2 Категория नमस्ते", "ident:Größe ident:größe2 ident:Категория ident:नमस्ते"},
		{"\uFEFFdeny\r\npermit\rx", "ident:deny ident:permit ident:x"},
		{"a\u00a0b\u3000c", "ident:a ident:b ident:c"},
		{"10.0.0.1 10.0.0.0/8 1.2.3 1.2..3.4", "literal:10.0.0.1 literal:10.0.0.0/8 number:1.2 punct:. number:3 number:1.2 punct:.. number:3.4"},
		{"x in ::1..fe80::/10", "ident:x keyword:in literal:::1 punct:.. literal:fe80::/10"},
		{"abc: deny a:b c:d", "ident:abc punct:: ident:deny ident:a punct:: ident:b ident:c punct:: ident:d"},
		{"1:2:3:4:5:6:7:8 ::ffff:1.2.3.4%eth0", "literal:1:2:3:4:5:6:7:8 literal:::ffff:1.2.3.4%eth0"},
		{"09:00..17:30:00.5 a/2:b", "literal:09:00 punct:.. literal:17:30:00.5 ident:a punct:/ number:2 punct:: ident:b"},
		{"2026-11-29T18:42:00+01:00 2026-11-29T18:42:00.5Z-1", "literal:2026-11-29T18:42:00+01:00 literal:2026-11-29T18:42:00.5Z punct:- number:1"},
		{"<=>=!=<>", "punct:<= punct:>= punct:!= punct:<>"},
	} {
		names := map[tokenKind]string{identToken: "ident", keywordToken: "keyword", stringToken: "string", numberToken: "number", dateToken: "date", literalToken: "literal", punctToken: "punct", badToken: "bad"}
		src := NewSource("", c.text)
		var got []string
		for _, tok := range scan(src, &problems{source: src}).tokens {
			if tok.kind != eofToken {
				got = append(got, names[tok.kind]+":"+src.Slice(tok.span()))
			}
		}
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}

func TestLexerAgreesWithOracle(t *testing.T) {
	pieces := rapid.SampledFrom([]string{
		"deny", "to", "in", "not", "x", "Größe", "й", "9", "300", "0.5", "1993-09-27", "2025-02-30", "-", "_", ".", "..", ":", ",", "(", ")", "{", "}",
		"<", "=", ">", "!=", "|", "?", "+", "*", "/", `"`, `"text"`, `\"`, `\u{41}`, "# note", "\n", "\r\n", " ", "\t", "é", "\u0301",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(pieces, 0, 30).Draw(t, "pieces"), rapid.SampledFrom([]string{"", " "}).Draw(t, "between"))
		agree(t, text)
	})
}

// agree compares the lexer with the oracle on a text that the oracle knows.
func agree(t fataler, text string) {
	want, ok := oracleTokens(text)
	got, ds := scanned(text)
	if !ok {
		return
	}
	for _, d := range ds {
		switch d.Code { // what the oracle takes for two tokens that make no sense
		case code.ForeignOperator, code.ForeignComment, code.ShortDate, code.UnderscoreInNumber, code.TooDeep, code.HiddenCharacter, code.UnknownEscape, code.NoSuchDay, code.NoSuchLiteral, code.ForeignDate, code.NotText:
			return
		}
	}
	if len(ds) > 0 {
		t.Fatalf("%q: %v, but it is well-formed", text, ds)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%q: %s", text, diff)
	}
}

func FuzzLexer(f *testing.F) {
	for _, seed := range []string{
		"deny CategoryI to nonMember unless SLV and vetted", `"a \u{1F600}" 1993-09-27 300 km/h # note`, "“curly” 'single' && || ! ≥ ; [", "\xff\xfe", "a\x00b", "1993-9-27 1_000",
		"/* no */ // no", "((((", "\uFEFF\r\n\u202e", `"open`, "x\u200by",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		src := NewSource("", text)
		s := scan(src, &problems{source: src})
		end := uint32(0)
		for i, tok := range s.tokens {
			if tok.start < end || tok.end < tok.start || int(tok.end) > len(text) {
				t.Fatalf("token %d is at %v, behind %d", i, tok.span(), end)
			}
			end = tok.end
		}
		if last := s.tokens[len(s.tokens)-1]; last.kind != eofToken {
			t.Fatal("no end")
		}
		for _, d := range s.list {
			if d.Span.Start > d.Span.End || int(d.Span.End) > len(text) {
				t.Fatalf("%v at %v", d, d.Span)
			}
		}
		if !strings.ContainsFunc(text, func(r rune) bool {
			return r > unicode.MaxLatin1 || r == unicode.ReplacementChar || r == 0x85 || r == 0xA0
		}) {
			agree(t, text)
		}
	})
}

func TestComments(t *testing.T) {
	src := NewSource("", "# one\nuse a # two\r\nuse \"# none\"#three\n")
	var got []string
	for _, c := range Comments(src) {
		got = append(got, src.Slice(c))
	}
	if diff := cmp.Diff([]string{"# one", "# two", "#three"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestQuoteRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := strings.ToValidUTF8(rapid.String().Draw(t, "value"), "\uFFFD")
		src := NewSource("", Quote(value))
		s := scan(src, &problems{source: src})
		if len(s.list) > 0 {
			t.Fatalf("%q: %v", src.Text, s.list)
		}
		if got := unquote(src.Text, s.tokens[0]); len(s.tokens) != 2 || got != value {
			t.Fatalf("%q becomes %q by %s", value, got, src.Text)
		}
	})
}
