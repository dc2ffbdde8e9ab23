package book

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// made is a spreadsheet whose first sheet is filled by f.
func made(t testing.TB, f func(f *excelize.File) error) []byte {
	t.Helper()
	file := excelize.NewFile()
	var b bytes.Buffer
	_, err := b.Write(nil)
	if err = errors.Join(err, f(file)); err == nil {
		_, err = file.WriteTo(&b)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func cells(rows ...[]any) func(f *excelize.File) error {
	return func(f *excelize.File) error {
		for i, row := range rows {
			if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
				return err
			}
		}
		return nil
	}
}

// read is the only sheet as CSV.
func read(data []byte, name string) (string, []string, error) {
	b, err := Open(data)
	if err != nil {
		return "", nil, err
	}
	at, err := b.Sheet(name)
	if err != nil {
		return "", nil, err
	}
	hidden, err := b.Look(at)
	if err != nil {
		return "", nil, err
	}
	var out bytes.Buffer
	err = b.CSV(at, &out, '.')
	return out.String(), hidden, err
}

func TestCSV(t *testing.T) {
	day := time.Date(2025, 2, 28, 0, 0, 0, 0, time.UTC)
	data := made(t, func(f *excelize.File) error {
		own, err := f.NewStyle(&excelize.Style{CustomNumFmt: ptr(`dd". "mmmm\ yyyy`)})
		if err != nil {
			return err
		}
		percent, err := f.NewStyle(&excelize.Style{NumFmt: 10})
		if err != nil {
			return err
		}
		return errors.Join(
			cells([]any{" heading ", "b;c", "", "d"}, []any{1.5, "5.000", true, day}, []any{}, []any{"a\nb", 1e21, false}, []any{"=1+1", 3.3000000000000003, "say \"so\"", 45_000})(f),
			f.SetCellStyle("Sheet1", "D5", "D5", own), f.SetCellStyle("Sheet1", "A2", "A2", percent),
			f.SetCellRichText("Sheet1", "C4", []excelize.RichTextRun{{Text: "one "}, {Text: "two", Font: &excelize.Font{Bold: true}}}),
			f.SetRowVisible("Sheet1", 4, false), f.SetColVisible("Sheet1", "C", false))
	})
	got, hidden, err := read(data, "")
	want := "heading,\"b;c\",,d\n1.5,5.000,yes,2025-02-28\n\na b,1000000000000000000000,one two,\n=1+1,3.3000000000000003,\"say \"\"so\"\"\",2023-03-15\n"
	if err != nil || got != want || fmt.Sprint(hidden) != "[column C row 4]" {
		t.Errorf("got %q, %v, %v\nwant %q", got, hidden, err, want)
	}
}

func ptr[T any](v T) *T { return &v }

func TestRefused(t *testing.T) {
	at := time.Date(2025, 2, 28, 13, 30, 0, 0, time.UTC)
	table := cells([]any{"a", "b"}, []any{1, 2})
	for name, row := range map[string]struct {
		data []byte
		want string
	}{
		"formula": {made(t, func(f *excelize.File) error {
			return errors.Join(table(f), f.SetCellFormula("Sheet1", "B2", "A2*2"))
		}), "Sheet1!B2: it holds a formula (`=A2*2`): copy the cells and paste them as values"},
		"merged": {made(t, func(f *excelize.File) error { return errors.Join(table(f), f.MergeCell("Sheet1", "A2", "B3")) }),
			"Sheet1!A2:B3: these cells are merged: take that back, and fill each of them"},
		"a time": {made(t, cells([]any{"a"}, []any{at})), "Sheet1!A2: it holds a time: write a date, or the time as a text"},
		"a day before March 1900": {made(t, func(f *excelize.File) error {
			style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
			return errors.Join(err, cells([]any{"a"}, []any{60})(f), f.SetCellStyle("Sheet1", "A2", "A2", style))
		}), "Sheet1!A2: it is shown as a date and holds 60, which is none"},
		"beside": {made(t, cells([]any{"a", "b"}, []any{1, 2, 3})), "Sheet1!C2: it stands beside the table, whose first row ends before this column"},
		"two sheets": {made(t, func(f *excelize.File) error { _, err := f.NewSheet("More"); return err }),
			"it has 2 sheets: name one with --sheet (`Sheet1`, `More`)"},
		"empty":        {made(t, cells()), "its sheet `Sheet1` is empty"},
		"no such":      {made(t, table), "it has no sheet `x`: there are `Sheet1`"},
		"locked":       {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "it is locked with a password, or in the form of Excel before 2007 (.xls): save it as .xlsx without a password"},
		"no zip":       {[]byte("a,b\n"), "it is no spreadsheet (.xlsx): zip: not a valid zip file"},
		"another zip":  {zipped(t, map[string]string{"a.txt": "a"}), "it is no spreadsheet (.xlsx)"},
		"a bomb":       {zipped(t, map[string]string{"xl/worksheets/sheet1.xml": strings.Repeat("0", 300<<20)}), "it unpacks to more than 256 MiB: save the sheet as CSV"},
		"an error":     {sheet(t, `<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>`), "S!A1: it holds the error `#N/A`"},
		"rows back":    {sheet(t, `<row r="2"/><row r="1"/>`), "the spreadsheet is damaged: row 1 stands behind row 2"},
		"cells back":   {sheet(t, `<row r="1"><c r="B1"/><c r="A1"/></row>`), "the spreadsheet is damaged: the cell A1 stands in row 1"},
		"no text":      {sheet(t, `<row r="1"><c r="A1" t="s"><v>7</v></c></row>`), "the spreadsheet is damaged: A1 has the text of number 7"},
		"no number":    {sheet(t, `<row r="1"><c r="A1"><v>1e999</v></c></row>`), "the spreadsheet is damaged: A1 holds the number `1e999`"},
		"cut":          {sheet(t, `<row r="1"><c r="A1"><v>1</v></c></row><row`), "the spreadsheet is damaged: XML syntax error"},
		"entities":     {sheet(t, `<row r="1"><c r="A1" t="str"><v>&lol;</v></c></row>`), "the spreadsheet is damaged: XML syntax error"},
		"deep":         {sheet(t, `<row r="1"><c r="A1" t="inlineStr"><is>`+strings.Repeat(`<a b="/>">`, 1000)), "the spreadsheet is damaged: the elements of xl/worksheets/sheet1.xml stand too deep within one another"},
		"deep, hidden": {sheet(t, `<row r="1">`+strings.Repeat(`<a><![CDATA[></a>]]><!-- </a> -->`, 1000)), "the spreadsheet is damaged: the elements of xl/worksheets/sheet1.xml stand too deep within one another"},
		"no style":     {sheet(t, `<row r="1"><c r="A1" s="9"><v>1</v></c></row>`), "the spreadsheet is damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			sheet := ""
			if name == "no such" {
				sheet = "x"
			}
			if got, _, err := read(row.data, sheet); err == nil || !strings.HasPrefix(err.Error(), row.want) {
				t.Errorf("got %q, %v\nwant %s", got, err, row.want)
			}
		})
	}
}

// Hidden sheets are not taken for the only one.
func TestHiddenSheets(t *testing.T) {
	data := made(t, func(f *excelize.File) error {
		_, err := f.NewSheet("More")
		return errors.Join(err, cells([]any{"a"})(f), f.SetSheetVisible("More", false))
	})
	b, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	if at, err := b.Sheet(""); err != nil || b.Sheets[at].Name != "Sheet1" || !b.Sheets[1].Hidden {
		t.Errorf("%v, %v", b.Sheets, err)
	}
}

func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		f, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(f, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// sheet is a spreadsheet whose only sheet has these rows.
func sheet(t testing.TB, rows string) []byte {
	rel := func(kind, target string) string {
		return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="` + target + `"/></Relationships>`
	}
	return zipped(t, map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":                rel("officeDocument", "xl/workbook.xml"),
		"xl/_rels/workbook.xml.rels": rel("worksheet", "worksheets/sheet1.xml"),
		"xl/workbook.xml":            `<workbook ` + ns + `><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml":   `<worksheet ` + ns + `><sheetData>` + rows + `</sheetData></worksheet>`,
	})
}

// What is written is read back, and no text is a formula.
func TestWriter(t *testing.T) {
	w, err := NewWriter([]string{"name", "value"})
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("é", 40_000)
	var b bytes.Buffer
	err = errors.Join(w.Row([]any{"=HYPERLINK(\"x\")", 1.5}), w.Row([]any{"a\nb\x1b[31m", "-1+1"}), w.Row([]any{long, ""}), w.End(&b))
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := read(b.Bytes(), "")
	want := "name,value\n\"=HYPERLINK(\"\"x\"\")\",1.5\na b\uFFFD[31m,-1+1\n" + strings.Repeat("é", mostText) + " … (cut: a spreadsheet has no longer cells),\n"
	if err != nil || got != want {
		t.Errorf("got %.200q, %v", got, err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(made(f, cells([]any{"a", "b"}, []any{1, "x"})))
	f.Add(sheet(f, `<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<20 {
			return
		}
		_, _, _ = read(data, "")
	})
}
