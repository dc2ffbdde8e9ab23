package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"
)

// read is all the rows below a heading that has a column id, and the error that ends them.
func read(data []byte) (heading []string, rows [][]string, err error) {
	r, err := NewReader(data)
	if err != nil {
		return nil, nil, err
	}
	r.Comments = true
	row, found, err := r.Heading(func(cells []string) bool { return slices.Contains(cells, "id") })
	if err != nil {
		return nil, nil, err
	}
	if found {
		heading = row.Cells()
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return heading, rows, nil
		}
		if err != nil {
			return heading, rows, err
		}
		rows = append(rows, row.Cells())
	}
}

func TestRead(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"commas", "id,reason\nAcme,fraud\n", "id|reason Acme|fraud"},
		{"semicolons", "id;reason\nAcme, Inc.;fraud\n", "id|reason Acme, Inc.|fraud"},
		{"tabs", "id\treason\nAcme;\t\n", "id|reason Acme;|"},
		{"CRLF", "id,reason\r\nAcme,fraud\r\nBolt,theft\r\n", "id|reason Acme|fraud Bolt|theft"},
		{"CR alone", "id\rAcme\rBolt\r", "id Acme Bolt"},
		{"no end of the last line", "id\nAcme", "id Acme"},
		{"a mark of UTF-8", "\ufeffid\nAcme\n", "id Acme"},
		{"blanks around", " id ,  reason\n\u00a0Acme ,fraud\t\n", "id|reason Acme|fraud"},
		{"blank rows", "\n\nid,reason\n\n,\n  \nAcme,fraud\n\n", "id|reason Acme|fraud"},
		{"comments", "# a list\nid\n# of names\nAcme\n", "id Acme"},
		{"quotes", "id\n\"Acme, Inc.\"\n\"the \"\"best\"\"\"\n\"# 1\"\n", `id Acme, Inc. the "best" # 1`},
		{"blanks around quotes", "id,reason\n \"Acme, Inc.\" , fraud\n", "id|reason Acme, Inc.|fraud"},
		{"lines in quotes", "id,reason\nAcme,\"fraud\r\nand theft\"\n", "id|reason Acme|fraud\r\nand theft"},
		{"fields that are empty beyond the heading", "id,reason\nAcme,fraud,,\n", "id|reason Acme|fraud"},
		{"no heading", "Acme\nBolt\n", " Acme Bolt"},
		{"longer than the heading", "id,reason\nAcme, Inc.,fraud\n", "line 2: `Acme, Inc.,fraud` has 3 fields, and the heading has 2: a text that holds a comma stands in quotes"},
		{"shorter", "id;reason\n\nAcme\n", "line 3: `Acme` has 1 field, and the heading has 2: write a separator for each that is empty"},
		{"another separator than in the heading", "id,reason\nAcme;fraud\n", "line 2: `Acme;fraud` has 1 field, and the heading has 2: write a separator for each that is empty"},
		{"a column that could be two", "id\nAcme;fraud\n", "line 2: `Acme;fraud` could be several fields, and there is one column: a name with a comma, a semicolon, a tab or a bar stands in quotes, \"Acme;fraud\""},
		{"quotes that stay open", "id,reason\nAcme,\"fraud\nBolt,theft\n", "line 2: the quotes that open in `\"fraud…` are not closed"},
		{"quotes that close too late", "id\n\"Acme\nBolt\n\"Cord\"\n", "line 2: behind the closing quotes of `\"Acme…` comes `Cord\"`: quotes within quotes are written twice"},
		{"quotes within a field", "id\nthe \"best\"\n", "line 2: quotation marks stand within `the \"best\"`: all of the field stands in quotes then, and each of them twice, \"the \"\"best\"\"\""},
		{"another encoding", "id\nM\xfcller\n", "line 2: this is no UTF-8 text: save the file as UTF-8"},
		{"UTF-16 without its mark", "i\x00d\x00\n\x00A\x00", "line 1: there is a NUL, as in UTF-16 without its mark: save the file as UTF-8"},
		{"UTF-16 that breaks off", "\xff\xfei\x00d\x00\n", "line 1: the file ends within a character of UTF-16: save it as UTF-8"},
		{"half of a character", "\xff\xfei\x00\n\x00\x00\xd8x\x00", "line 2: there is half of a character: save the file as UTF-8"},
		{"nothing", "", "EOF"},
		{"blank", "\n , \n", "EOF"},
	} {
		t.Run(row.name, func(t *testing.T) {
			heading, rows, err := read([]byte(row.text))
			got := strings.Join(heading, "|")
			for _, r := range rows {
				got += " " + strings.Join(r, "|")
			}
			if err != nil {
				got = err.Error()
			}
			if got != row.want {
				t.Errorf("%q:\ngot  %q\nwant %q", row.text, got, row.want)
			}
		})
	}
}

// TestReadBack writes random tables in every form and reads them back.
func TestReadBack(t *testing.T) {
	cell := rapid.StringOfN(rapid.RuneFrom([]rune("aé;,\t\"# \n中😀")), 0, 6, -1)
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(1, 4).Draw(t, "columns")
		by := rapid.SampledFrom(separators).Draw(t, "by")
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "end")
		heading := append([]string{"id"}, make([]string, columns-1)...)
		want := [][]string{}
		text := quotedRow(heading, by) + end
		for range rapid.IntRange(0, 5).Draw(t, "rows") {
			row := make([]string, columns)
			for i := range row {
				row[i] = strings.TrimSpace(cell.Draw(t, "cell"))
			}
			want = append(want, row)
			text += quotedRow(row, by) + end
		}
		data := []byte(text)
		switch rapid.IntRange(0, 3).Draw(t, "encoding") {
		case 1:
			data = []byte("\ufeff" + text)
		case 2:
			data = inUTF16(text, 0, 1)
		case 3:
			data = inUTF16(text, 1, 0)
		}
		_, rows, err := read(data)
		if err != nil || !slices.EqualFunc(rows, want, slices.Equal) {
			t.Fatalf("%q: got %q, %v; want %q", data, rows, err, want)
		}
	})
}

func quotedRow(cells []string, by byte) string {
	var fields []string
	for _, c := range cells {
		fields = append(fields, `"`+strings.ReplaceAll(c, `"`, `""`)+`"`)
	}
	return strings.Join(fields, string(by))
}

func inUTF16(text string, low, high int) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
		pair := [2]byte{}
		pair[low], pair[high] = byte(u), byte(u>>8)
		b = append(b, pair[:]...)
	}
	return b
}

// FuzzRead holds what is read to the reader of the standard library, where that reads it
// with commas too and the lines have ends that it knows.
func FuzzRead(f *testing.F) {
	for _, text := range []string{"id,reason\nAcme,fraud\n", "id\rAcme\r", "\xff\xfei\x00d\x00", "id;a\n\"x\";y\n", "id\n\"a\"\"b\"\n", "#\nid\n", "\"", "id,a\n\"x\ny\",z\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		heading, rows, err := read(data)
		if err != nil || heading == nil || bytes.ContainsAny(data, ";\t|\r\xfe\xff") {
			return
		}
		std := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
		std.Comment, std.FieldsPerRecord, std.TrimLeadingSpace = '#', -1, true
		all, err := std.ReadAll()
		if err != nil {
			return
		}
		var want [][]string
		for _, row := range all {
			for i := range row {
				row[i] = strings.TrimSpace(row[i])
			}
			for len(row) > len(heading) && row[len(row)-1] == "" {
				row = row[:len(row)-1]
			}
			want = append(want, row)
		}
		blank := func(row []string) bool { return strings.Join(row, "") == "" }
		want = slices.DeleteFunc(want, blank)
		if got := slices.DeleteFunc(append([][]string{heading}, rows...), blank); !slices.EqualFunc(got, want, slices.Equal) {
			t.Fatalf("%q: got %q, want %q", data, got, want)
		}
	})
}

// TestOtherFormats says what a file is that is no CSV.
func TestOtherFormats(t *testing.T) {
	for text, is := range map[string]string{
		"<!DOCTYPE HTML>\n": "a web page", "\ufeff <Table><tr>": "a web page", "<meta charset=utf-8>": "a web page", "<?xml version=\"1.0\"?>": "XML",
		"PK\x03\x04\x14": "a spreadsheet or another packed file", "\xd0\xcf\x11\xe0\xa1\xb1": "a spreadsheet", "\x1f\x8b\x08": "a packed file", "%PDF-1.7": "a PDF",
		"{\"name\": []}": "JSON", "[{\"name\": 1}]": "JSON",
	} {
		_, err := NewReader([]byte(text))
		if want := "line 1: this is " + is + " and no CSV: save or fetch it as CSV"; err == nil || err.Error() != want {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{"P", "<", "<Acme>,1\n", "{x},1\n", ""} {
		if _, err := NewReader([]byte(text)); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}
