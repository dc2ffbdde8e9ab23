package plain_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"html"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/plain"
)

func TestLine(t *testing.T) {
	for text, want := range map[string]string{
		"plain":                      "plain",
		"\x1b[2Jgone":                "\uFFFD[2Jgone",
		"a\nb\tc\rd":                 "a\uFFFDb\uFFFDc\uFFFDd",
		"\u009b31m":                  "\uFFFD31m",
		"abc\u202edef":               "abc\uFFFDdef",
		"a\u2028b\u2029c":            "a\uFFFDb\uFFFDc",
		"zero\u200bwidth \U000E0041": "zero\uFFFDwidth \uFFFD",
		"क्\u200dष 👩\u200d🚀 é \u0600": "क्\u200dष 👩\u200d🚀 é \u0600",
		"\xff": "\uFFFD",
	} {
		if got := plain.Line(text); got != want {
			t.Errorf("%q is %q", text, got)
		}
	}
}

func TestPainted(t *testing.T) {
	const text = "\x1b[1;31merror:\x1b[0m \x1b]0;title\x07\nnext"
	if got := plain.Painted(text); got != "\x1b[1;31merror:\x1b[0m \uFFFD]0;title\uFFFD\nnext" {
		t.Errorf("%q", got)
	}
	if got := plain.Lines(text); strings.Contains(got, "\x1b") || !strings.Contains(got, "\nnext") {
		t.Errorf("%q", got)
	}
}

func TestMarkdown(t *testing.T) {
	for text, want := range map[string]string{
		"a `code <b>` c":         "a `code <b>` c",
		"a ` <img src=x>":        "a \\` \\<img src=x\\>",
		"`` a ` b `` <i>":        "`` a ` b `` \\<i\\>",
		"line\n\n## forged":      "line  \\#\\# forged",
		"*bold* _it_ [x](y) | #": `\*bold\* \_it\_ \[x\](y) \| \#`,
		"- item":                 `\- item`,
		"12. item":               `12\. item`,
		"1.5 km":                 "1.5 km",
		"R&D &lt;b&gt;":          `R&D \&lt;b\&gt;`,
		"~~gone~~":               `\~~gone\~~`,
		"    code":               "code",
		"a\u202eb\x1bc":          "a\uFFFDb\uFFFDc",
	} {
		if got := plain.Markdown(text); got != want {
			t.Errorf("%q is %q", text, got)
		}
	}
	if got := plain.MarkdownCell("`a|b` | c"); got != "`a\\|b` \\| c" {
		t.Error(got)
	}
	for text, want := range map[string]string{"a": "`a`", "a`b": "``a`b``", "`": "`` ` ``", "``a": "` ``a `", "a\nb": "`a b`"} {
		if got := plain.MarkdownCode(text); got != want {
			t.Errorf("%q is %q", text, got)
		}
	}
}

func TestCSV(t *testing.T) {
	for text, want := range map[string]string{
		"deny": "deny", "=1+1": "'=1+1", "@SUM(A1)": "'@SUM(A1)", "+1+cmd|' /C calc'!A0": "'+1+cmd|' /C calc'!A0", "-2+3": "'-2+3",
		"-5 km": "-5 km", "-1.5": "-1.5", "+3": "+3", "-5 to 10": "-5 to 10", "-x": "'-x", "\t=1": " =1", "a\nb": "a b", "": "",
	} {
		if got := plain.CSV(text); got != want {
			t.Errorf("%q is %q", text, got)
		}
	}
}

var seeds = []string{"", "a", "\x1b[31m", "\u009b", "\u202e", "a\nb", "`", "``a` b``", "\\`", "<b>", "&amp;", "=1", "\xff", "\U000E0001", "- x", "\x1b[0m\x1b]"}

func add(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
}

// obeyed is what a terminal would obey or not show.
func obeyed(s string) bool {
	return !utf8.ValidString(s) || strings.IndexFunc(s, func(r rune) bool {
		return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Bidi_Control, r) || unicode.In(r, unicode.Zl, unicode.Zp)
	}) >= 0
}

func FuzzTerminal(f *testing.F) {
	add(f)
	f.Fuzz(func(t *testing.T, text string) {
		if got := plain.Line(text); obeyed(got) || plain.Line(got) != got {
			t.Errorf("%q is %q", text, got)
		}
		if got := plain.Lines(text); obeyed(strings.NewReplacer("\n", "", "\t", "").Replace(got)) || strings.Count(got, "\n") != strings.Count(text, "\n") {
			t.Errorf("%q is %q", text, got)
		}
		if got := regexp.MustCompile("\x1b\\[[0-9;]*m|[\n\t]").ReplaceAllString(plain.Painted(text), ""); obeyed(got) {
			t.Errorf("%q is %q", text, got)
		}
	})
}

func FuzzJSON(f *testing.F) {
	add(f)
	f.Fuzz(func(t *testing.T, text string) {
		var b bytes.Buffer
		enc := json.NewEncoder(plain.JSONWriter{W: &b})
		enc.SetEscapeHTML(false)
		if err := enc.Encode(map[string]any{text: []string{text}}); err != nil {
			t.Fatal(err)
		}
		if line := strings.TrimSuffix(b.String(), "\n"); obeyed(line) {
			t.Errorf("%q", line)
		}
		want, err := json.Marshal(map[string]any{text: []string{text}})
		if err != nil {
			t.Fatal(err)
		}
		var a, c any
		if json.Unmarshal(want, &a) != nil || json.Unmarshal(b.Bytes(), &c) != nil || !reflect.DeepEqual(a, c) {
			t.Errorf("%s means another than %s", b.Bytes(), want)
		}
	})
}

func FuzzMarkdown(f *testing.F) {
	add(f)
	// A text in which every sign of Markdown is escaped, or stands in code.
	const code = "(?:`[^`]+`|``[^`](?:[^`]|`[^`])*``|```+(?:[^`]|`{1,2}[^`])*```+)"
	harmless := regexp.MustCompile("^(?:\\\\.|" + code + "|[^\\\\`*_\\[\\]<>#|])*$")
	f.Fuzz(func(t *testing.T, text string) {
		for _, got := range []string{plain.Markdown(text), plain.MarkdownCell(text)} {
			if obeyed(got) || !harmless.MatchString(got) || strings.HasPrefix(got, "- ") || strings.HasPrefix(got, "    ") {
				t.Errorf("%q is %q", text, got)
			}
		}
		if got := plain.MarkdownCode(text); got != "" {
			n := len(got) - len(strings.TrimLeft(got, "`"))
			fence := strings.Repeat("`", n)
			inner := strings.TrimSuffix(got[n:], fence)
			for _, run := range regexp.MustCompile("`+").FindAllString(inner, -1) {
				if len(run) == n || obeyed(got) {
					t.Errorf("%q is %q", text, got)
				}
			}
		}
	})
}

func FuzzHTML(f *testing.F) {
	add(f)
	f.Fuzz(func(t *testing.T, text string) {
		got := plain.HTML(text)
		if obeyed(got) || strings.ContainsAny(got, `<>"'`) || obeyed(html.UnescapeString(got)) {
			t.Errorf("%q is %q", text, got)
		}
	})
}

func FuzzCSV(f *testing.F) {
	add(f)
	f.Fuzz(func(t *testing.T, text string) {
		got := plain.CSV(text)
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		if err := w.Write([]string{got, "end"}); err != nil {
			t.Fatal(err)
		}
		w.Flush()
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil || len(rows) != 1 || rows[0][0] != got || obeyed(got) {
			t.Errorf("%q is %q", text, got)
		}
		if got != "" && strings.ContainsAny(got[:1], "=@+-") && regexp.MustCompile(`[=@|!('"]|.[-+*/]`).MatchString(got) {
			t.Errorf("%q is a formula", got)
		}
	})
}
