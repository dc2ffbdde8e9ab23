package repl

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestKeys(t *testing.T) {
	del, none, up, down := string(keyDelete), string(keyNone), string(keyUp), string(keyDown)
	for _, tt := range []struct{ name, in, want string }{
		{"text", "item = 日本\r", "item = 日本\r"},
		{"cursor keys", "\x1b[A\x1b[B\x1b[C\x1b[D", up + down + "\x06\x02"},
		{"cursor keys of another mode", "\x1bOA\x1bOB\x1bOC\x1bOD", up + down + "\x06\x02"},
		{"home", "\x1b[H\x1b[1~\x1b[7~\x1bOH", "\x01\x01\x01\x01"},
		{"end", "\x1b[F\x1b[4~\x1b[8~\x1bOF", "\x05\x05\x05\x05"},
		{"delete", "\x1b[3~\x1b[3;5~", del + del},
		{"by words", "\x1b[1;5C\x1b[1;5D\x1b[1;3C\x1bb\x1bf\x1bd\x1b\x7f", "\x1bf\x1bb\x1bf\x1bb\x1bf\x1bd\x1b\x7f"},
		{"function keys", "\x1b[15~\x1bOP\x1b[5~", none + none + none},
		{"NUL, Ctrl-Z, Ctrl-O", "\x00\x1a\x0f", none + string(keyStop) + none},
		{"Alt with a key", "\x1bx\x1b\x14", none + none},
		{"keys of our own", "\x10\x0e\x1f\x1b.\x1b_", up + down + string(keyUndo) + string(keyWord) + string(keyWord)},
		{"escape twice", "\x1b\x1b[A", up},
		{"a broken sequence", "\x1b[1;\rx", "\rx"},
		{"half a sequence at the end", "x\x1b[", "x"},
		{"no text", "\xff", "\uFFFD"},
		{"what stands for keys", string(keyPaste), "\uFFFD"},
		{"a paste", "a\x1b[200~b\tc\x1b[201~d", "ab    cd"},
		{"an empty paste", "\x1b[200~\x1b[201~", ""},
		{"a paste with keys in it", "\x1b[200~a\x01\x1b[Ab\x1b[201~", "a[Ab"},
		{"a paste that does not end", "\x1b[200~ab", "ab"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, in := range []io.Reader{strings.NewReader(tt.in), iotest.OneByteReader(strings.NewReader(tt.in)), iotest.DataErrReader(strings.NewReader(tt.in))} {
				got, err := io.ReadAll(&keys{in: in})
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(tt.want, string(got)); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestKeysKeepPastes(t *testing.T) {
	long := strings.Repeat("x", longestTyped+1)
	in := "a\x1b[200~one\r\ntwo\x1b[201~b\x1b[200~" + long + "\x1b[201~"
	k := &keys{in: iotest.HalfReader(strings.NewReader(in))}
	got, err := io.ReadAll(k)
	if err != nil {
		t.Fatal(err)
	}
	marker := string(keyPaste) + "\r"
	if diff := cmp.Diff("a"+marker+"b"+marker, string(got)); diff != "" {
		t.Errorf("the editor sees (-want +got):\n%s", diff)
	}
	for _, want := range []string{"one\ntwo", long, ""} {
		if got := k.pasted(); got != want {
			t.Errorf("pasted was %q, not %q", got, want)
		}
	}
}

// TestKeysInterruptAPaste has pastes whose end was lost: the terminal drops what is
// typed too early when Ctrl-C or Ctrl-U come behind it. Ctrl-C must get out of them.
func TestKeysInterruptAPaste(t *testing.T) {
	for _, tt := range []struct {
		name  string
		reads []string // what the terminal hands over at once
		want  string
	}{
		{"the end is lost", []string{"\x1b[200~item is SLV\nfa", "\x03", "facts\r"}, "\x03facts\r"},
		{"with other keys", []string{"\x1b[200~item is SLV\nfa", "\x07\x15\x03", "facts\r"}, "\x03facts\r"},
		{"twice", []string{"\x1b[200~", "\x03\x03", "facts\r"}, "\x03facts\r"},
		{"text of the block", []string{"\x1b[200~ab\x03c", "d\x03e\x1b[201~f"}, "abcdef"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var in []io.Reader
			for _, r := range tt.reads {
				in = append(in, strings.NewReader(r))
			}
			got, err := io.ReadAll(&keys{in: io.MultiReader(in...)})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestKeysLetNothingHarmfulThrough sends anything: what the editor gets is text, keys
// that it knows, and the marks of those that it does not.
func TestKeysLetNothingHarmfulThrough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SliceOf(rapid.OneOf(rapid.Byte(), rapid.SampledFrom([]byte("\x1b[O;~0123ABCH\x00")))).Draw(t, "in")
		got, err := io.ReadAll(&keys{in: bytes.NewReader(in)})
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(got); i++ {
			switch c := got[i]; {
			case c == esc:
				if i++; i == len(got) || !bytes.ContainsRune([]byte("bfd\x7f"), rune(got[i])) {
					t.Fatalf("an escape sequence goes through: %q", got)
				}
			case c < ' ' && !known(c):
				t.Fatalf("a control character goes through: %q", got)
			}
		}
	})
}

func TestKeysEnd(t *testing.T) {
	k := &keys{in: iotest.ErrReader(errors.New("hung up"))}
	for range 3 {
		if n, err := k.Read(make([]byte, 10)); n != 0 || err == nil {
			t.Errorf("read %d, %v", n, err)
		}
	}
}
