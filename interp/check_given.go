package interp

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/table"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// dataTable is a CSV file with what is known of identities. It is read once for all the
// attributes that name it.
type dataTable struct {
	*listFile
	heading []string // nil of a list without one, which has one column
	id      int      // the column of the identities
	rows    []dataRow
}

// dataRow is what a row says of an identity.
type dataRow struct {
	id string
	table.Row
}

// tableKey tells apart tables that are read: the file, and the column of the identities.
type tableKey struct{ dir, file, column string }

// memoryOfCell is what a cell of a table takes, in bytes, about.
const memoryOfCell = 48

// dataTable reads the rows of a file; nil after a problem.
func (k *checker) dataTable(f *listFile) *dataTable {
	key := tableKey{k.dir, f.Name, strings.ToLower(f.idColumn())}
	t, known := k.tables[key]
	if !known {
		t = k.readTable(f)
		k.tables[key] = t
	}
	return t
}

func (k *checker) readTable(f *listFile) *dataTable {
	data, ok := k.dataOf(f)
	if !ok {
		return nil
	}
	r, heading, ok := k.headingOf(f, data)
	if !ok {
		return nil
	}
	t := &dataTable{listFile: f, heading: heading}
	if heading != nil {
		if t.id, ok = k.column(f, heading, f.idColumn(), f.at()); !ok {
			return nil
		}
	}
	return t.sound(k.rows(t, r) && (f.kind.fold != nil || k.oneSpelling(t)))
}

// sound is the table, if nothing is wrong with it.
func (t *dataTable) sound(ok bool) *dataTable {
	if !ok {
		return nil
	}
	return t
}

// rows reads what stands below the heading.
func (k *checker) rows(t *dataTable, r *table.Reader) bool {
	problems := k.problemsOf(t.listFile, t.at())
	defer problems.tell()
	for {
		k.goOn()
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && t.heading == nil {
			err = r.Single(row)
		}
		id := ""
		if err == nil {
			id, err = t.identityIn(row, t.id)
		}
		if err != nil {
			if !problems.add(err) || row.Fields == nil { // it is not known where the next row begins
				return false
			}
			continue
		}
		k.take(t.at(), len(row.Fields)*memoryOfCell)
		t.rows = append(t.rows, dataRow{id, row})
		problems.good++
	}
	if len(t.rows) == 0 && len(problems.errs) == 0 {
		k.errorf(code.BadData, t.at(), "%s has a heading and nothing below it", t.Name)
		return false
	}
	return len(problems.errs) == 0
}

// dataProblems is what is wrong with the rows of a file.
type dataProblems struct {
	k    *checker
	file string
	at   lang.Node
	errs []error
	good int // rows with which nothing is wrong
}

func (k *checker) problemsOf(f *listFile, at lang.Node) *dataProblems {
	return &dataProblems{k: k, file: f.Name, at: at}
}

// add notes a problem; false where there have been enough.
func (p *dataProblems) add(err error) bool {
	p.errs = append(p.errs, err)
	return len(p.errs) <= mostBadMembers
}

// fewProblems are so few that each is told, whatever the other rows are.
const fewProblems = 3

// tell reports them. Where the same is wrong with most rows it is hardly the rows that are wrong, but
// what is made of them: then the first stands for all.
func (p *dataProblems) tell() {
	n := len(p.errs)
	if n > fewProblems && n > 3*p.good && !slices.ContainsFunc(p.errs, func(err error) bool { return causeOf(err) != causeOf(p.errs[0]) }) {
		of := ""
		if n > mostBadMembers {
			of = "the first "
		}
		p.k.errorf(code.BadData, p.at, "%s, %s (and so with %d more of %s%d rows)", p.file, p.errs[0], n-1, of, n+p.good)
		return
	}
	for _, err := range p.errs[:min(n, mostBadMembers)] {
		p.k.errorf(code.BadData, p.at, "%s, %s", p.file, err)
	}
	if n > mostBadMembers {
		p.k.errorf(code.BadData, p.at, "%s has more such lines", p.file)
	}
}

// inRow is what a problem quotes of its row, and what it offers for that.
var inRow = regexp.MustCompile("`[^`]*`|\"[^\"]*\"|: is it .*")

// causeOf is a problem of a row without the row.
func causeOf(err error) string {
	var of *table.Error
	if errors.As(err, &of) {
		return inRow.ReplaceAllString(of.Message, "")
	}
	return err.Error()
}

// oneSpelling refuses identities that differ in capital letters and blanks alone.
func (k *checker) oneSpelling(t *dataTable) bool {
	problems := k.problemsOf(t.listFile, t.at())
	defer problems.tell()
	first := map[string]dataRow{}
	for _, row := range t.rows {
		k.goOn()
		folded := foldName(row.id)
		old, seen := first[folded]
		switch {
		case !seen:
			first[folded] = row
			problems.good++
		case old.id != row.id && !problems.add(row.wrong("`%s` stands as `%s` on line %d: write it in one way", row.id, old.id, old.Line)):
			return false
		}
	}
	return len(problems.errs) == 0
}

func (r dataRow) wrong(format string, args ...any) error {
	return &table.Error{Line: r.Line, Message: fmt.Sprintf(format, args...)}
}

// column is where a heading stands, reported where there is none, or two.
func (k *checker) column(f *listFile, heading []string, name string, at lang.Node) (int, bool) {
	is := func(cell string) bool { return strings.EqualFold(cell, name) }
	i := slices.IndexFunc(heading, is)
	if i < 0 {
		k.misspeltText(code.BadData, at, name, func() []string { return heading }, "%s has no column `%s`", f.Name, name)
		return 0, false
	}
	if again := slices.IndexFunc(heading[i+1:], is); again >= 0 {
		k.errorf(code.BadData, at, "%s has two columns `%s`", f.Name, heading[i+1+again])
		return 0, false
	}
	return i, true
}

// readIdentities makes the rows of a file the identities of a kind.
func (k *checker) readIdentities(kind *Kind, d *lang.Kind) {
	kind.File = d.From.Value
	if !d.Open {
		kind.Ids = newEnum()
		kind.Ids.fold = kind.fold
	}
	t := k.dataTable(listedIn(d.From, d.Column, d.Name, kind))
	if t == nil {
		kind.Ids, kind.TextIds = nil, true // so that not every identity is a problem of its own
		return
	}
	k.rowsOf[kind] = t
	if !d.Open {
		for _, row := range t.rows {
			kind.Ids.list(strings.Clone(row.id)) // its cell is a piece of the whole file
		}
	}
}

// list adds a name that a file has, once.
func (e *Enum) list(name string) {
	if !e.add(EnumChoice{Name: name}) || lang.IsName(name) {
		return
	}
	if e.quoted == nil {
		e.quoted = map[int]bool{}
	}
	e.quoted[len(e.Choices)-1] = true
}
