package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/table"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// rowTest says whether a row of a file is meant.
type rowTest func(table.Row) bool

// cellTest is a comparison of the cells of a column with one text. Where that stands in no
// cell, it is hardly meant.
type cellTest struct {
	column int
	text   *lang.Text
	found  bool
}

// rowTests reads what is said of the rows of a file.
type rowTests struct {
	k       *checker
	f       *listFile
	heading []string
	tests   []*cellTest
	cells   map[int]map[string]bool // what stands in the columns that are compared, or some of it
}

// test reads a condition on the cells of a row; nil after a problem.
func (w *rowTests) test(e lang.Expr) rowTest {
	switch e := e.(type) {
	case *lang.Paren:
		return w.test(e.X)
	case *lang.Unary:
		if x := w.test(e.X); x != nil {
			return otherwise(x)
		}
		return nil
	case *lang.Binary:
		switch e.Op {
		case lang.And, lang.Or:
			x, y := w.test(e.X), w.test(e.Y)
			switch {
			case x == nil || y == nil:
				return nil
			case e.Op == lang.And:
				return bothTests(x, y)
			default:
				return otherwise(bothTests(otherwise(x), otherwise(y)))
			}
		case lang.Eq, lang.Ne:
			return w.oneOf(e.X, []lang.Expr{e.Y}, e.Op == lang.Ne)
		}
	case *lang.In:
		if t, ok := e.Target.(*lang.Tuple); ok && e.X != nil {
			return w.oneOf(e.X, t.Elems, e.Not)
		}
	case *lang.Like:
		return w.like(e)
	}
	w.k.errorf(code.BadData, e, "`where` compares columns with texts, as in: where \"source\" = \"SDN\" and \"type\" not in (\"Vessel\", \"Aircraft\")")
	return nil
}

// bothTests looks at the cells of both, so that it is known of each text whether it stands in some.
func bothTests(x, y rowTest) rowTest {
	return func(r table.Row) bool {
		a, b := x(r), y(r)
		return a && b
	}
}

func otherwise(x rowTest) rowTest { return func(r table.Row) bool { return !x(r) } }

// oneOf holds where the cell of a column is one of some texts, or none of them.
func (w *rowTests) oneOf(column lang.Expr, texts []lang.Expr, none bool) rowTest {
	i, ok := w.column(column)
	if !ok {
		return nil
	}
	var tests []*cellTest
	for _, e := range texts {
		text, ok := e.(*lang.Text)
		if !ok {
			shown := lang.FormatExpr(e)
			d := w.k.errorf(code.BadData, e, "what stands in a cell is compared with a text in quotes")
			d.Fix = &lang.Fix{Label: "did you mean " + lang.Quote(shown) + "?", Span: e.Range(), Replacement: lang.Quote(shown)}
			return nil
		}
		tests = append(tests, &cellTest{column: i, text: text})
	}
	w.tests = append(w.tests, tests...)
	if w.cells[i] == nil {
		w.cells[i] = map[string]bool{}
	}
	return func(r table.Row) bool {
		cell := r.Fields[i].Text
		if cells := w.cells[i]; len(cells) < mostCells {
			cells[cell] = true
		}
		found := slices.IndexFunc(tests, func(t *cellTest) bool { return t.text.Value == cell })
		if found >= 0 {
			tests[found].found = true
		}
		return (found >= 0) != none
	}
}

// like holds where the cell of a column follows a pattern.
func (w *rowTests) like(e *lang.Like) rowTest {
	i, ok := w.column(e.X)
	if !ok {
		return nil
	}
	glob := newGlob(e.Pattern.Value, nil)
	return func(r table.Row) bool {
		w.k.goOn()
		return glob.matches(r.Fields[i].Text, func() bool { return true }) != e.Not
	}
}

// column is the column that a text names.
func (w *rowTests) column(e lang.Expr) (int, bool) {
	text, ok := e.(*lang.Text)
	if !ok {
		d := w.k.errorf(code.BadData, e, "`where` compares columns with texts, and the name of a column stands in quotes")
		if ref, ok := e.(*lang.Ref); ok && slices.ContainsFunc(w.heading, func(h string) bool { return strings.EqualFold(h, ref.Path[0].Text) }) {
			quoted := lang.Quote(ref.Path[0].Text)
			d.Fix = &lang.Fix{Label: "did you mean " + quoted + "?", Span: ref.Range(), Replacement: quoted}
		}
		return 0, false
	}
	return w.k.column(w.f, w.heading, text.Value, text)
}

// mostCells bounds the cells of a column among which one is looked for that may be meant.
const mostCells = 1_000

// rare warns of texts that stand in no cell of the column that they are compared with.
func (w *rowTests) rare() {
	for _, t := range w.tests {
		if !t.found {
			w.k.misspeltText(code.NoSuchCell, t.text, t.text.Value, func() []string { return keys(w.cells[t.column]) },
				"no row of %s has `%s` in the column `%s`", w.f.Name, t.text.Value, w.heading[t.column])
		}
	}
}
