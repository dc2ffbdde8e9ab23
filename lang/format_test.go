package lang

import (
	"context"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// fataler is *testing.T or *rapid.T.
type fataler interface {
	Helper()
	Fatalf(string, ...any)
}

// formatted formats a text that must be free of errors.
func formatted(t fataler, text string) (string, *File) {
	t.Helper()
	file, ds := Parse(context.Background(), "test.ctl", text)
	if len(ds) > 0 {
		t.Fatalf("%v\n%s", ds, text)
	}
	return Format(file), file
}

// withOutcomes makes sure that the outcomes that the generator uses are declared.
const withOutcomes = "outcomes deny, permit, review, prohibit\n"

func TestRandomTreesSurviveFormatting(t *testing.T) { rapid.Check(t, treesSurvive) }

func FuzzTrees(f *testing.F) { f.Fuzz(rapid.MakeFuzz(treesSurvive)) }

func treesSurvive(t *rapid.T) {
	file := gen{t}.file()
	text := Format(file)
	// The declaration of the outcomes is checked as well, so the drawn tree gets it first.
	outcomes, _ := Parse(context.Background(), "", withOutcomes)
	file.Decls = append(outcomes.Decls, file.Decls...)
	again, parsed := formatted(t, withOutcomes+text)
	if diff := cmp.Diff(dump(file), dump(parsed)); diff != "" {
		t.Fatalf("the tree changes:\n%s\n%s", text, diff)
	}
	twice, _ := formatted(t, again)
	if diff := cmp.Diff(again, twice); diff != "" {
		t.Fatalf("formatting twice changes the text:\n%s\n%s", again, diff)
	}
}

func TestCommentsSurviveFormatting(t *testing.T) { rapid.Check(t, commentsSurvive) }

func FuzzComments(f *testing.F) { f.Fuzz(rapid.MakeFuzz(commentsSurvive)) }

func commentsSurvive(t *rapid.T) {
	plain, _ := formatted(t, withOutcomes+Format(gen{t}.file()))
	text := scattered(t, plain)
	once, file := formatted(t, text)
	again, parsed := formatted(t, once)
	if diff := cmp.Diff(dump(file), dump(parsed)); diff != "" {
		t.Fatalf("the tree changes:\n%s\n%s", text, diff)
	}
	if diff := cmp.Diff(commentsOf(text), commentsOf(once)); diff != "" {
		t.Fatalf("the comments change:\n%s\n---\n%s\n%s", text, once, diff)
	}
	if once != again {
		t.Fatalf("formatting twice changes the text:\n%s\n%s", text, firstDifference(once, again))
	}
}

// firstDifference shows where two long texts part.
func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	i := 0
	for i < len(x) && i < len(y) && x[i] == y[i] {
		i++
	}
	around := func(lines []string) string {
		return strings.Join(lines[max(0, min(i-4, len(lines))):min(len(lines), i+5)], "\n")
	}
	return "line " + strconv.Itoa(i+1) + ":\n" + around(x) + "\n=== and ===\n" + around(y)
}

// scattered puts comments, line ends and empty lines between the tokens of a text.
//
// A word that may begin a declaration at the head of a line stays where it is.
func scattered(t *rapid.T, text string) string {
	src := NewSource("", text)
	s := scan(src, &problems{source: src})
	var b strings.Builder
	for i, tok := range s.tokens {
		if i > 0 && s.tokens[i-1].kind == numberToken && (tok.kind == identToken || tok.sym == symPercent) || joined(s.tokens, i) || !tok.newline && tok.kind == identToken && tok.sym >= symUse && tok.sym <= symClaim {
			b.WriteString(text[s.tokens[i-1].end:tok.start])
		} else {
			switch 40 - rapid.IntRange(0, 40).Draw(t, "between") {
			case 0:
				b.WriteString("# behind\n")
			case 1:
				b.WriteString("\n# above\n")
			case 2:
				b.WriteString("\n\n# apart\n\n")
			case 3:
				b.WriteString("#1\r\n#2\n\t#3\n\n\n#4 \n")
			case 4:
				b.WriteString("\n")
			case 5:
				b.WriteString("\n\n\n")
			default:
				b.WriteString(text[prevEnd(s.tokens, i):tok.start])
			}
		}
		b.WriteString(text[tok.start:tok.end])
	}
	return b.String()
}

func prevEnd(tokens []token, i int) uint32 {
	if i == 0 {
		return 0
	}
	return tokens[i-1].end
}

// joined says whether token i belongs to km/h or to pt-BR: the signs of sums stand apart.
func joined(tokens []token, i int) bool {
	if i == 0 || tokens[i-1].end != tokens[i].start {
		return false
	}
	is, was := tokens[i].sym, tokens[i-1].sym
	return is == symSlash || was == symSlash || is == symMinus || was == symMinus && i > 1 && tokens[i-2].end == tokens[i-1].start
}

func commentsOf(text string) []string {
	src := NewSource("", text)
	s := scan(src, &problems{source: src})
	var list []string
	for _, c := range s.comments {
		list = append(list, strings.TrimSpace(src.Slice(c)))
	}
	sort.Strings(list)
	return list
}

func TestFormatFiles(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.ctl")
	if len(files) == 0 {
		t.Fatal("no files")
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		once, file := formatted(t, string(b))
		golden := strings.TrimSuffix(name, ".ctl") + ".fmt"
		if *update {
			if err := os.WriteFile(golden, []byte(once), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), once); diff != "" {
			t.Errorf("%s: the layout changes:\n%s", name, diff)
		}
		twice, parsed := formatted(t, once)
		if diff := cmp.Diff(once, twice); diff != "" {
			t.Errorf("%s: formatting twice changes the text:\n%s", name, diff)
		}
		if diff := cmp.Diff(dump(file), dump(parsed)); diff != "" {
			t.Errorf("%s: the tree changes:\n%s", name, diff)
		}
	}
}
