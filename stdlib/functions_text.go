package stdlib

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/num"
)

var textFunctions = []Function{
	{
		Name: "lower", Params: []string{"text"}, Result: "text",
		Doc:     "The text in small letters, as Unicode has them: a Greek sigma at the end of a word is ς.",
		Example: `lower("Annex I") = "annex i"`,
		Call:    one(func(s string) (any, error) { return boundedText(lower(s)) }),
	},
	{
		Name: "upper", Params: []string{"text"}, Result: "text",
		Doc:     "The text in capital letters, as Unicode has them: those of ß are SS.",
		Example: `upper("9a012") = "9A012"`,
		Call:    one(func(s string) (any, error) { return boundedText(upper(s)) }),
	},
	{
		Name: "trim", Params: []string{"text"}, Result: "text",
		Doc:     "The text without the white space at its two ends.",
		Example: `trim("  9A012 ") = "9A012"`,
		Call:    one(func(s string) (any, error) { return strings.TrimSpace(s), nil }),
	},
	{
		Name: "replace_text", Params: []string{"text", "text", "text"}, Result: "text",
		Doc:     "The first text, with the third wherever the second stood in it. An empty second text is an error.",
		Example: `replace_text("9A 012", " ", "") = "9A012"`,
		Call:    three(replaceText),
	},
	{
		Name: "length", Params: []string{"text"}, Result: "number",
		Doc:     "How many characters the text has.",
		Example: `length("Zürich") = 6`,
		Call:    one(func(s string) (any, error) { return num.Int(int64(utf8.RuneCountInString(s))), nil }),
	},
	{
		Name: "starts_with", Params: []string{"text", "text"}, Result: "bool",
		Doc:     "Whether the first text begins with the second. Capital and small letters differ.",
		Example: `starts_with("9A012.a", "9A")`,
		Call:    two(func(s, with string) (any, error) { return strings.HasPrefix(s, with), nil }),
	},
	{
		Name: "ends_with", Params: []string{"text", "text"}, Result: "bool",
		Doc:     "Whether the first text ends with the second. Capital and small letters differ.",
		Example: `ends_with("9A012.a", ".a")`,
		Call:    two(func(s, with string) (any, error) { return strings.HasSuffix(s, with), nil }),
	},
	{
		Name: "contains", Params: []string{"text", "text"}, Result: "bool",
		Doc:     "Whether the second text stands somewhere in the first. Capital and small letters differ.",
		Example: `contains("turbojet engine", "jet")`,
		Call:    two(func(s, part string) (any, error) { return strings.Contains(s, part), nil }),
	},
	{
		Name: "mentions", Params: []string{"text", "text"}, Result: "bool",
		Doc: "Whether the words of the second text stand in the first, one after another. Words are letters and digits; " +
			"what stands between them, and capital or small letters, make no difference. A second text without a word is mentioned nowhere.",
		Example: `mentions("Parts for Ballistic-Missile use", "ballistic missile") and not mentions("rocketry", "rocket")`,
		Call:    two(func(s, phrase string) (any, error) { return mentions(s, phrase), nil }),
	},
	{
		Name: "words", Params: []string{"text"}, Result: "list of text",
		Doc:     "The words of the text: what white space separates.",
		Example: `count(words("graphite,  fine grain")) = 3`,
		Call:    one(words),
	},
}

func boundedText(s string) (any, error) {
	if len(s) > MaxText {
		return nil, errTextTooLong
	}
	return s, nil
}

func replaceText(s, old, with string) (any, error) {
	if old == "" {
		return nil, errNothingToReplace
	}
	if grown := len(s) + strings.Count(s, old)*(len(with)-len(old)); grown > MaxText {
		return nil, errTextTooLong
	}
	return strings.ReplaceAll(s, old, with), nil
}

func words(s string) (any, error) {
	fields := strings.Fields(s)
	list := make([]any, len(fields))
	for i, f := range fields {
		list[i] = f
	}
	return list, nil
}

func mentions(s, phrase string) bool {
	phrase = plainWords(phrase)
	return phrase != " " && strings.Contains(plainWords(s), phrase)
}

// plainWords is the words of a text in one case, with a space before, between
// and after them.
func plainWords(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte(' ')
	inWord := false
	for _, r := range upper(s) {
		if unicode.In(r, unicode.L, unicode.N, unicode.M) {
			b.WriteRune(unicode.ToLower(r)) // by way of capitals, so that ς and σ are one
			inWord = true
		} else if inWord {
			b.WriteByte(' ')
			inWord = false
		}
	}
	if inWord {
		b.WriteByte(' ')
	}
	return b.String()
}
