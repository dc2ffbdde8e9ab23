package table

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// slowly gives a few bytes at a time.
type slowly struct {
	text string
	n    int
}

func (s *slowly) Read(p []byte) (int, error) {
	if s.text == "" {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), s.n)], s.text)
	s.text = s.text[n:]
	return n, nil
}

type numbered struct {
	line  int
	cells []string
}

// inBlocks reads a table in blocks.
func inBlocks(in io.Reader) (rows []numbered, err error) {
	blocks := NewBlocks(in)
	first, err := blocks.Next()
	if err != nil {
		return nil, err
	}
	head := first.Reader()
	if _, _, err := head.Heading(func(cells []string) bool { return slices.Contains(cells, "id") }); err != nil {
		return nil, err
	}
	for r := head; ; {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			next, err := blocks.Next()
			if errors.Is(err, io.EOF) {
				return rows, nil
			}
			if err != nil {
				return rows, err
			}
			r = head.Of(next)
			continue
		}
		if err != nil && row.Fields == nil {
			return rows, err
		}
		rows = append(rows, numbered{row.Line, row.Cells()})
	}
}

// TestBlocks holds a table that is read in blocks to the same read at once: rows, lines, errors.
func TestBlocks(t *testing.T) {
	cell := rapid.StringOfN(rapid.RuneFrom([]rune("aé;,\"\n\r 中")), 0, 30, -1)
	rapid.Check(t, func(t *rapid.T) {
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "end")
		text := "id,x" + end
		filler := strings.Repeat("z", rapid.IntRange(0, 60_000).Draw(t, "filler"))
		for range rapid.IntRange(0, 30).Draw(t, "rows") {
			if rapid.IntRange(0, 9).Draw(t, "torn") == 0 {
				text += `5" pipe,` + filler + end
				continue
			}
			if end != "\r" && rapid.Bool().Draw(t, "blank") {
				text += end
			}
			text += quotedRow([]string{cell.Draw(t, "cell"), filler}, ',') + end
		}
		r, err := NewReader([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := r.Heading(func(cells []string) bool { return slices.Contains(cells, "id") }); err != nil {
			t.Fatal(err)
		}
		var want []numbered
		for {
			row, err := r.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil && row.Fields == nil {
				t.Fatal(err)
			}
			want = append(want, numbered{row.Line, row.Cells()})
		}
		got, err := inBlocks(&slowly{text, rapid.IntRange(1000, 300_000).Draw(t, "n")})
		if err != nil || !slices.EqualFunc(got, want, func(a, b numbered) bool { return a.line == b.line && slices.Equal(a.cells, b.cells) }) {
			t.Fatalf("%d rows and %v; want %d", len(got), err, len(want))
		}
	})
}

func TestBlocksRefuse(t *testing.T) {
	for name, row := range map[string]struct{ text, want string }{
		"nothing":      {"", "EOF"},
		"never closed": {"id,x\n\"" + strings.Repeat("a\n", 20<<20), "line 2: the row that begins here is longer than 16 MiB: are its quotes closed?"},
		"Latin 1":      {"id,x\n" + strings.Repeat("a,b\n", 200_000) + "M\xfcller,x\n", "line 200002: this is no UTF-8 text: save the file as UTF-8"},
		"NUL":          {"id,x\na,\x00\n", "line 2: there is a NUL, as in UTF-16 without its mark: save the file as UTF-8"},
		"packed":       {"PK\x03\x04...", "line 1: this is a spreadsheet or another packed file and no CSV: save or fetch it as CSV"},
		"half UTF-16":  {"\xff\xfei\x00d", "line 1: the file ends within a character of UTF-16: save it as UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := inBlocks(strings.NewReader(row.text)); err == nil || err.Error() != row.want {
				t.Errorf("got %v; want %s", err, row.want)
			}
		})
	}
}
