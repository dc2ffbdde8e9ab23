package render

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

func TestLayLine(t *testing.T) {
	for _, row := range []struct {
		name, line, word string
		shown            string
		column, width    int
	}{
		{"plain", "policy p { deney }", "deney", "policy p { deney }", 11, 5},
		{"at the start", "polcy p", "polcy", "polcy p", 0, 5},
		{"behind a tab", "\tdeney", "deney", "    deney", 4, 5},
		{"behind a tab in the line", "ab\tdeney", "deney", "ab  deney", 4, 5},
		{"a tab itself", "ab\tc", "\t", "ab  c", 2, 2},
		{"behind wide characters", "拒绝 三", "三", "拒绝 三", 5, 2},
		{"behind a combining mark", "e\u0301 x", "x", "e\u0301 x", 2, 1},
		{"behind a family", "👩‍👩‍👧 x", "x", "👩‍👩‍👧 x", 3, 1},
		{"behind a bad byte", "a\xff x", "x", "a� x", 3, 1},
		{"behind an escape", "\x1b[31m x", "x", "�[31m x", 6, 1},
		{"behind what cannot be seen", "a\u200bb x", "x", "a�b x", 4, 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			start := strings.LastIndex(row.line, row.word)
			shown, column, width := layLine(row.line, start, start+len(row.word))
			if diff := cmp.Diff([]any{row.shown, row.column, row.width}, []any{shown, column, width}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLayLongLine(t *testing.T) {
	line := strings.Repeat("é", 5000) + "HERE" + strings.Repeat("x", 5000)
	start := strings.Index(line, "HERE")
	shown, column, width := layLine(line, start, start+4)
	if n := uniseg.StringWidth(shown); n > showBefore+showBehind+2 {
		t.Errorf("%d columns are shown", n)
	}
	runes := []rune(shown)
	if got := string(runes[column : column+width]); got != "HERE" || runes[0] != '…' || runes[len(runes)-1] != '…' {
		t.Errorf("%q is underlined in %s", got, shown)
	}
}

func TestWrap(t *testing.T) {
	var plain Style
	text := strings.Repeat("word ", 40)
	out := plain.Wrap("  ", "- ", text)
	for i, line := range strings.Split(strings.TrimSuffix(out, "\n"), "\n") {
		want := "    "
		if i == 0 {
			want = "  - "
		}
		if !strings.HasPrefix(line, want+"word") || len(line) > usualWidth {
			t.Errorf("line %d: %q", i, line)
		}
	}
	if got := plain.Wrap("", "\x1b[2J ", "\x1b[31m"); strings.Contains(got, "\x1b") {
		t.Errorf("%q", got)
	}
	if got := plain.Wrap("", "a: ", ""); got != "a:\n" {
		t.Errorf("%q", got)
	}
	if long := strings.Repeat("x", 200); plain.Wrap("", "", long) != long+"\n" {
		t.Error("a long word is broken")
	}
	for text, want := range map[string]string{
		"two  blanks\n in prose":        "two blanks in prose\n",
		`tag = "  a   b "  and "\"  c"`: `tag = "  a   b " and "\"  c"` + "\n",
		"tag = \"a\u00A0b\u3000c\"":     "tag = \"a\u00A0b\u3000c\"\n",
		"paragraph\u00A02":              "paragraph\u00A02\n",
	} {
		if got := plain.Wrap("", "", text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestSummary(t *testing.T) {
	e, w := &lang.Diagnostic{Code: "E0001"}, &lang.Diagnostic{Code: "W0001"}
	for _, row := range []struct {
		ds   lang.Diagnostics
		want string
	}{
		{nil, "no problems"},
		{lang.Diagnostics{e}, "1 error"},
		{lang.Diagnostics{w, w}, "2 warnings"},
		{lang.Diagnostics{e, w, e, e}, "3 errors, 1 warning"},
	} {
		if got := Summary(row.ds); got != row.want {
			t.Errorf("%q, not %q", got, row.want)
		}
	}
}

// TestMany shows a list of problems that nobody would read to its end.
func TestMany(t *testing.T) {
	var ds lang.Diagnostics
	for range mostShown + 5 {
		ds = append(ds, &lang.Diagnostic{Code: "E0001", Message: "no"})
	}
	var b bytes.Buffer
	WriteDiagnostics(&b, ds, Style{})
	if got := b.String(); !strings.HasSuffix(got, "\n5 further problems not shown\n205 errors\n") || strings.Count(got, "\n") != mostShown+2 {
		t.Error(got)
	}
}

// TestNoNullArrays holds the JSON of an answer about which nothing is known to arrays
// that are empty and not null.
func TestNoNullArrays(t *testing.T) {
	prog, err := interp.LoadText(context.Background(), "t.ctl", "outcomes deny\nkind Item { a: bool }\nrole item: Item\npolicy p { deny any when item.a }\ntest \"t\" { expect undetermined }\n")
	if err != nil {
		t.Fatal(err)
	}
	x, err := prog.Policies()[0].Explain(t.Context(), prog.NewCase())
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []any{
		x,
		(&interp.Decision{Policy: prog.Policies()[0], Status: interp.Undecided, Otherwise: &interp.Otherwise{Outcome: prog.Outcomes()[0]}}).About(prog.NewCase()),
		ProblemsJSON(nil),
		ProblemsJSON(lang.Diagnostics{{Message: "no"}}),
		TestsJSON(nil),
		TestsJSON([]*TestRun{{Name: "t", Failures: nil}}),
	} {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var back map[string]any
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		wantNoNulls(t, "", back)
	}
}

// mayBeNull are the fields that hold nothing where there is nothing.
var mayBeNull = map[string]bool{"outcome": true, "otherwise": true, "place": true, "fix": true, "value": true}

func wantNoNulls(t *testing.T, name string, v any) {
	switch v := v.(type) {
	case nil:
		if !mayBeNull[name] {
			t.Errorf("%s is null", name)
		}
	case map[string]any:
		for k, x := range v {
			wantNoNulls(t, k, x)
		}
	case []any:
		for _, x := range v {
			wantNoNulls(t, name, x)
		}
	}
}

// FuzzDiagnostics shows a place in any text: nothing of it may steer the terminal, and
// what is underlined is on the line above.
func FuzzDiagnostics(f *testing.F) {
	f.Add("policy p {\r\n\tdeney\r\n}", uint32(12), uint32(17))
	f.Add("a\xff\x1b[31m\u202eb", uint32(2), uint32(9))
	f.Add(strings.Repeat("拒", 500), uint32(600), uint32(605))
	f.Fuzz(func(t *testing.T, text string, start, end uint32) {
		start = min(start, uint32(len(text)))
		end = max(start, min(end, uint32(len(text))))
		d := &lang.Diagnostic{Code: "E0001", Source: lang.NewSource("f.ctl", text), Span: lang.Span{Start: start, End: end}, Message: "no"}
		var b bytes.Buffer
		WriteDiagnostics(&b, lang.Diagnostics{d}, Style{})
		for _, r := range b.String() {
			if r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Fatalf("%q is sent to the terminal in %q", r, b.String())
			}
		}
		if lines := strings.Split(b.String(), "\n"); text != "" && (len(lines) != 5 || !strings.Contains(lines[2], "^")) {
			t.Fatalf("%q", lines)
		}
	})
}
