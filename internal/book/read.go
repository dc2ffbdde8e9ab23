package book

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// MostBytes is how large a spreadsheet may be, and mostUnpacked what it unpacks to.
const (
	MostBytes    = 64 << 20
	mostUnpacked = 256 << 20
)

// Book is a spreadsheet that is read.
type Book struct {
	Sheets []Sheet

	file   *excelize.File
	parts  []string // of the sheets
	texts  []string // that cells share
	styles map[int]shown
	from04 bool // days are counted from 1904 on
}

// Sheet is a sheet of it.
type Sheet struct {
	Name   string
	Hidden bool
}

// Open reads a spreadsheet.
func Open(data []byte) (b *Book, err error) {
	defer damaged(&err)
	if bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) {
		return nil, errors.New("it is locked with a password, or in the form of Excel before 2007 (.xls): save it as .xlsx without a password")
	}
	if err := bounded(data); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked})
	if err != nil {
		return nil, fmt.Errorf("it is no spreadsheet (.xlsx): %w", err)
	}
	b = &Book{file: f, styles: map[int]shown{}}
	props, err := f.GetWorkbookProps()
	if err != nil {
		return nil, err
	}
	b.from04 = props.Date1904 != nil && *props.Date1904
	if err := b.findSheets(); err != nil {
		return nil, err
	}
	return b, b.readTexts()
}

// damaged makes a panic over a file that is not as such files are an error of the file.
func damaged(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("the spreadsheet is damaged: %v", r)
	}
}

// part is a piece of the packed file.
func (b *Book) part(name string) []byte {
	data, _ := b.file.Pkg.Load(strings.TrimPrefix(name, "/"))
	text, _ := data.([]byte)
	return text
}

// relations are the names of parts that one speaks of, by their ids and by their sorts.
func (b *Book) relations(of string) (byID, bySort map[string]string, err error) {
	var rels struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	name := path.Join(path.Dir(of), "_rels", path.Base(of)+".rels")
	if of == "" {
		name = "_rels/.rels"
	}
	if err := xml.Unmarshal(b.part(name), &rels); err != nil {
		return nil, nil, fmt.Errorf("the spreadsheet is damaged: %s: %w", name, err)
	}
	byID, bySort = map[string]string{}, map[string]string{}
	for _, r := range rels.Relationship {
		target := r.Target
		if !strings.HasPrefix(target, "/") {
			target = path.Join(path.Dir(of), target)
		}
		target = strings.TrimPrefix(target, "/")
		byID[r.ID], bySort[path.Base(r.Type)] = target, target
	}
	return byID, bySort, nil
}

// findSheets finds the sheets with cells, in their order.
func (b *Book) findSheets() error {
	_, root, err := b.relations("")
	if err != nil {
		return err
	}
	var workbook struct {
		Sheets struct {
			Sheet []struct {
				Name  string     `xml:"name,attr"`
				State string     `xml:"state,attr"`
				Attrs []xml.Attr `xml:",any,attr"`
			} `xml:"sheet"`
		} `xml:"sheets"`
	}
	if err := xml.Unmarshal(b.part(root["officeDocument"]), &workbook); err != nil {
		return fmt.Errorf("the spreadsheet is damaged: %w", err)
	}
	byID, _, err := b.relations(root["officeDocument"])
	if err != nil {
		return err
	}
	for _, s := range workbook.Sheets.Sheet {
		for _, attr := range s.Attrs {
			if attr.Name.Local == "id" && strings.Contains(byID[attr.Value], "worksheets/") {
				b.Sheets = append(b.Sheets, Sheet{s.Name, s.State != "" && s.State != "visible"})
				b.parts = append(b.parts, byID[attr.Value])
			}
		}
	}
	if len(b.Sheets) == 0 {
		return errors.New("it has no sheet with cells")
	}
	return nil
}

// Sheet is the number of the sheet of a name; without a name of the only one that is shown.
func (b *Book) Sheet(name string) (int, error) {
	var shown []string
	at := -1
	for i, s := range b.Sheets {
		if name != "" && strings.EqualFold(s.Name, name) {
			return i, nil
		}
		if !s.Hidden {
			shown = append(shown, s.Name)
			at = i
		}
	}
	switch {
	case name != "":
		return 0, fmt.Errorf("it has no sheet `%s`: there are %s", name, b.names())
	case len(shown) == 0:
		return 0, fmt.Errorf("all its sheets are hidden: name one with --sheet (%s)", b.names())
	case len(shown) > 1:
		return 0, fmt.Errorf("it has %d sheets: name one with --sheet (%s)", len(shown), b.names())
	}
	return at, nil
}

func (b *Book) names() string {
	var names []string
	for _, s := range b.Sheets {
		name := "`" + s.Name + "`"
		if s.Hidden {
			name += " (hidden)"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// readTexts reads the texts that cells share.
func (b *Book) readTexts() error {
	data := b.part("xl/sharedStrings.xml")
	if len(data) == 0 {
		return nil
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		tok, err := d.Token()
		if tok == nil {
			return ended(err)
		}
		if start, ok := tok.(xml.StartElement); ok && start.Name.Local == "si" {
			text, err := richText(d, start)
			if err != nil {
				return ended(err)
			}
			b.texts = append(b.texts, text)
		}
	}
}
