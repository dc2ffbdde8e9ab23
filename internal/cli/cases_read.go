package cli

import (
	"encoding/json"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

// rowReader turns the rows of a table into the JSON that a Bound reads, by one goroutine.
// It keeps the JSON of cells, which mostly stand in many rows.
type rowReader struct {
	columns *caseColumns
	shape   *jsonNode
	kept    []map[string]jsonCell // by column
	plain   []plainCells          // by column
	cells   []jsonCell            // of the row at hand
	buf     []byte
	room    []byte // of the JSON of plain cells of this row
}

// jsonCell is a cell as JSON; nil where the cell is empty.
type jsonCell struct {
	text []byte
	slow bool // only Tell knows what it says, or what is wrong with it
}

// mostKept is how many cells of a column are kept.
const mostKept = 1 << 14

// jsonNode is a member of the object that a row is: a fact in a column or given for all rows,
// or a thing of which some are told.
type jsonNode struct {
	name    string // as JSON, with its colon
	step    string // in the name of the fact
	column  int    // of a fact; -1 for none
	given   []byte // of a fact that holds for all
	members []*jsonNode
}

// allTold, in tests, has every row told.
var allTold bool

// newRowReader says how rows become JSON; nil where they do not, as of the results of functions.
func newRowReader(c *caseColumns, given []interp.Fact) *rowReader {
	if allTold {
		return nil
	}
	shape := &jsonNode{column: -1}
	for i, col := range c.columns {
		if col.says == "" || slices.Contains(notFacts, col.says) && col.says != asOfColumn {
			continue
		}
		ofName := func(fact string) bool { return fact == col.says || strings.HasPrefix(fact, col.says+".") }
		if strings.ContainsAny(col.says, `()"`) || col.says == asOfColumn && slices.ContainsFunc(c.prog.FactNames(), ofName) {
			return nil
		}
		shape.add(c.prog, col.says).column = i
	}
	for _, f := range given {
		text, err := json.Marshal(f.Value)
		if err != nil || strings.ContainsAny(f.Name, `()"`) || hasThings(f.Value) {
			return nil
		}
		shape.add(c.prog, f.Name).given = text
	}
	shape.order(c.prog)
	n := len(c.columns)
	r := &rowReader{columns: c, shape: shape, kept: make([]map[string]jsonCell, n), plain: make([]plainCells, n), cells: make([]jsonCell, n)}
	for i, col := range c.columns {
		r.plain[i] = c.plain(col)
	}
	return r
}

// hasThings says whether JSON writes a value otherwise than it is read: things without identity.
func hasThings(v interp.Value) bool {
	switch v := v.(type) {
	case *interp.Thing:
		return v.ID == nil
	case interp.List:
		return slices.ContainsFunc(v, hasThings)
	case interp.Set:
		return slices.ContainsFunc(v, hasThings)
	}
	return false
}

// add is the member for a fact, made where it is not there yet.
func (n *jsonNode) add(prog *interp.Program, fact string) *jsonNode {
	names := prog.JSONPath(fact)
	for i, step := range strings.Split(fact, ".") {
		quoted := strconv.Quote(names[i]) + ":"
		i := slices.IndexFunc(n.members, func(m *jsonNode) bool { return m.name == quoted })
		if i < 0 {
			i = len(n.members)
			n.members = append(n.members, &jsonNode{name: quoted, step: step, column: -1})
		}
		n = n.members[i]
	}
	return n
}

// order puts the members in the order in which they are declared, in which they are read
// fastest.
func (n *jsonNode) order(prog *interp.Program) {
	place := map[string]int{}
	for i, name := range prog.FactNames() {
		for at := range len(name) + 1 {
			if at < len(name) && name[at] != '.' {
				continue
			}
			if _, known := place[name[:at]]; !known {
				place[name[:at]] = i
			}
		}
	}
	var sorted func(n *jsonNode, path string)
	sorted = func(n *jsonNode, path string) {
		full := func(m *jsonNode) string { return path + m.step }
		sort.SliceStable(n.members, func(i, j int) bool { return place[full(n.members[i])] < place[full(n.members[j])] })
		for _, m := range n.members {
			sorted(m, full(m)+".")
		}
	}
	sorted(n, "")
}

// read is a row as JSON; not ok where only Tell can read it, or say what is wrong with it.
func (r *rowReader) read(row []string) (text interp.JSON, ok bool) {
	r.room = r.room[:0]
	for i, cell := range row {
		if r.cells[i] = r.cell(i, cell); r.cells[i].slow {
			return nil, false
		}
	}
	buf, _, ok := r.write(append(r.buf[:0], '{'), r.shape, false)
	r.buf = append(buf, '}')
	return r.buf, ok
}

// write adds the members of a thing that are told; some where there are any, or were before.
func (r *rowReader) write(buf []byte, n *jsonNode, some bool) (to []byte, told, ok bool) {
	for _, m := range n.members {
		start := len(buf)
		if some {
			buf = append(buf, ',')
		}
		buf = append(buf, m.name...)
		value := m.given
		if m.column >= 0 {
			value = r.cells[m.column].text
		}
		switch {
		case len(m.members) == 0 && value == nil:
			buf = buf[:start]
			continue
		case len(m.members) == 0:
			buf, some = append(buf, value...), true
			continue
		case value != nil && value[0] == 'n': // none, of which more may be told
			return buf, some, false
		}
		buf = append(buf, '{')
		if value != nil {
			buf = append(append(buf, `"id":`...), value...)
		}
		var told bool
		if buf, told, ok = r.write(buf, m, value != nil); !ok {
			return buf, some, false
		}
		if !told {
			buf = buf[:start]
			continue
		}
		buf, some = append(buf, '}'), true
	}
	return buf, some, true
}

// cell is what a cell of a column says as JSON.
func (r *rowReader) cell(i int, text string) jsonCell {
	col := &r.columns.columns[i]
	if text == "" || col.says == "" || col.says != asOfColumn && slices.Contains(notFacts, col.says) {
		return jsonCell{}
	}
	if cell, ok := r.plainCell(&r.plain[i], text); ok {
		return cell
	}
	kept := r.kept[i]
	if cell, ok := kept[text]; ok {
		return cell
	}
	if kept == nil || len(kept) >= mostKept {
		kept = map[string]jsonCell{}
		r.kept[i] = kept
	}
	cell := r.columns.json(*col, text)
	kept[strings.Clone(text)] = cell
	return cell
}

// plainCells says which cells of a column are JSON as they stand, so that none of them is kept:
// numbers and names of which hardly two are alike.
type plainCells struct {
	numbers, decimals, texts bool
	units                    map[string]bool // behind numbers; nil where the numbers have none
}

// plain finds out by trial what is plain in a column.
func (c *caseColumns) plain(col caseColumn) plainCells {
	info, _ := c.prog.FactInfo(col.says)
	is := func(cell, text string) bool {
		got := c.json(col, cell)
		return !got.slow && string(got.text) == text
	}
	switch {
	case col.says == "" || slices.Contains(notFacts, col.says) || c.decimal != 0 || c.question:
	case info.Form == interp.NumberAnswer && col.unit == "":
		return plainCells{numbers: is("7", "7"), decimals: is("2.5", "2.5") && is("1000.25", "1000.25")}
	case info.Form == interp.QuantityAnswer && col.unit == "":
		return plainCells{numbers: true, decimals: true, units: map[string]bool{}}
	case info.Form == interp.TextAnswer, info.Form == interp.IdentityAnswer && info.Choices == nil:
		return plainCells{texts: is("a-1", `"a-1"`) && is("7", `"7"`)}
	}
	return plainCells{}
}

// plainCell is the JSON of a cell that is plain.
func (r *rowReader) plainCell(p *plainCells, text string) (jsonCell, bool) {
	switch {
	case p.texts && !plainText(text):
		return jsonCell{}, false
	case p.texts:
		return r.quoted(text), true
	case !p.numbers:
		return jsonCell{}, false
	}
	n, point := plainNumber(text)
	switch {
	case n == 0 || point && !p.decimals:
		return jsonCell{}, false
	case p.units == nil && n == len(text):
		return r.made(append(r.room, text...)), true
	case p.units == nil || n == len(text) || text[n] != ' ':
		return jsonCell{}, false
	}
	known, tried := p.units[text[n:]]
	if !tried && len(p.units) < mostKept {
		known = r.takesUnit(p, text[n:])
		p.units[strings.Clone(text[n:])] = known
	}
	if !known {
		return jsonCell{}, false
	}
	return r.quoted(text), true
}

// takesUnit says whether numbers with a unit are JSON as they stand.
func (r *rowReader) takesUnit(p *plainCells, unit string) bool {
	for i := range r.plain {
		if col := r.columns.columns[i]; p == &r.plain[i] {
			for _, number := range []string{"7", "2.5", "1000.25"} {
				if cell := r.columns.json(col, number+unit); cell.slow || string(cell.text) != `"`+number+unit+`"` {
					return false
				}
			}
		}
	}
	return true
}

// made is a cell whose JSON was put behind that of others of the row.
func (r *rowReader) made(room []byte) jsonCell {
	start := len(r.room)
	r.room = room
	return jsonCell{text: room[start:len(room):len(room)]}
}

func (r *rowReader) quoted(text string) jsonCell {
	return r.made(append(append(append(r.room, '"'), text...), '"'))
}

// plainText says whether a text is of letters and digits, with a digit, so that it is no word
// that means something.
func plainText(text string) bool {
	digit := false
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digit = true
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '-', c == '_', c == ' ' && i > 0 && text[i-1] != ' ':
		default:
			return false
		}
	}
	return digit && len(text) < 100
}

// plainNumber is how long the number is that a text begins with, as JSON writes numbers of few digits.
func plainNumber(text string) (n int, point bool) {
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	if n == 0 || n > 15 || n > 1 && text[0] == '0' {
		return 0, false
	}
	if n == len(text) || text[n] != '.' {
		return n, false
	}
	whole := n
	for n++; n < len(text) && text[n] >= '0' && text[n] <= '9'; {
		n++
	}
	if n == whole+1 || n > 15 {
		return 0, false
	}
	return n, true
}

// json is a cell as JSON, if a case takes it.
func (c *caseColumns) json(col caseColumn, cell string) jsonCell {
	slow := jsonCell{slow: true}
	if col.says == asOfColumn {
		day, err := interp.ParseDate(cell)
		if err != nil {
			return slow
		}
		return jsonCell{text: strconv.AppendQuote(nil, day.String())}
	}
	text, err := c.text(col, cell)
	if err != nil {
		return slow
	}
	probe := c.prog.NewCase()
	if probe.Tell(col.says+" = "+text) != nil {
		return slow
	}
	v, err := probe.Lookup(col.says)
	if err != nil || v == nil || hasThings(v) {
		return slow
	}
	out, err := json.Marshal(v)
	if err != nil {
		return slow
	}
	return jsonCell{text: out}
}
