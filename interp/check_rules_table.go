package interp

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/table"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// rulesTable is a CSV file whose rows are rules.
type rulesTable struct {
	k       *checker
	name    string
	src     *lang.Source
	columns []rulesColumn
}

// rulesColumn is what a heading says of the cells below it: a clause of a rule, a phrase, or a fact.
type rulesColumn struct {
	heading  string
	span     lang.Span
	clause   string // one of tableClauses, or ""
	isPhrase bool
	prep     string // of a phrase
	fact     []lang.Name
	typ      *Type
	optional bool // there may be none
}

// tableClauses are the headings that are clauses of a rule.
var tableClauses = []string{"label", "outcome", "when", "unless", "notwithstanding", "subject to", "requiring", "because", "source", "from", "until"}

// remark is what the heading of a column begins with that is no part of the rules.
const remark = "#"

// memoryOfTableByte is what a byte of a table of rules takes with the tree that it is read into, about.
const memoryOfTableByte = 20

// rulesFrom adds the rules in the rows of a file to a section.
func (b *builder) rulesFrom(s *Section, d *lang.RulesFrom) {
	k := b.k
	t, rules := k.rulesTable(d, b.p.dir)
	if t == nil {
		return
	}
	src := k.src
	k.src = t.src
	defer func() { k.src = src }()
	for _, r := range rules {
		b.number++
		if label, ok := b.label(r); ok {
			s.items = append(s.items, item{rule: k.rule(r, label, b.p)})
		}
	}
}

// rulesTable reads a table of rules, and the rules of its rows; nil after a problem with all of it.
func (k *checker) rulesTable(d *lang.RulesFrom, dir string) (t *rulesTable, rules []*lang.Rule) {
	f := listedIn(&d.File, nil, lang.Name{}, nil)
	old := k.dir
	k.dir = dir
	data, ok := k.dataOf(f)
	k.dir = old
	if !ok {
		return nil, nil
	}
	r, err := table.NewReader(data)
	if err != nil {
		k.errorf(code.BadData, d.File, "%s, %s", f.Name, err)
		return nil, nil
	}
	k.take(d.File, len(r.Text())*memoryOfTableByte)
	r.Comments = true
	head, found, err := r.Heading(func(cells []string) bool { return slices.Contains(cells, "outcome") })
	switch {
	case errors.Is(err, io.EOF):
		k.errorf(code.BadData, d.File, "%s is empty: a table of rules has a heading, such as `item.value,outcome`", f.Name)
		return nil, nil
	case err != nil:
		k.errorf(code.BadData, d.File, "%s, %s", f.Name, err)
		return nil, nil
	case !found:
		e := k.errorf(code.BadData, d.File, "the first line of %s (%s) has no column `outcome`", f.Name, ticked(head.Cells()))
		e.Notes = append(e.Notes, lang.Note{Text: "the headings of a table of rules are facts such as item.value, prepositions, and " + listNames(tableClauses)})
		return nil, nil
	}
	t = &rulesTable{k: k, name: f.Name}
	rows, ok := t.rows(d, r)
	if !ok {
		return nil, nil
	}
	t.src = lang.NewTable(relative(dir, f.Name), r.Text(), fieldsOf(head, rows))
	text, at := masked(r.Text(), rows)
	if at >= 0 {
		k.report(&lang.Diagnostic{Code: code.BadData, Source: t.src, Span: lang.Span{Start: uint32(at), End: uint32(at + 1)},
			Message: "a quotation mark within a text cannot be told from one that ends it here: write the rule in the rules"})
		return nil, nil
	}
	t.src = lang.NewTable(t.src.Name, text, fieldsOf(head, rows))
	src := k.src
	k.src = t.src
	defer func() { k.src = src }()
	if !t.heading(head) {
		return t, nil
	}
	for _, row := range rows {
		k.goOn()
		if rule := t.rule(row); rule != nil {
			rules = append(rules, rule)
		}
	}
	return t, rules
}

// rows reads what stands below the heading.
func (t *rulesTable) rows(d *lang.RulesFrom, r *table.Reader) (rows []table.Row, ok bool) {
	bad := 0
	for {
		t.k.goOn()
		row, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			if len(rows) == 0 && bad == 0 {
				t.k.errorf(code.EmptyList, d.File, "%s has a heading and nothing below it, so there are no rules in it", t.name)
			}
			return rows, bad == 0
		case err == nil:
			rows = append(rows, row)
			continue
		}
		if bad++; bad > mostBadMembers {
			t.k.errorf(code.BadData, d.File, "%s has more such lines", t.name)
			return nil, false
		}
		t.k.errorf(code.BadData, d.File, "%s, %s", t.name, err)
		if row.Fields == nil { // it is not known where the next row begins
			return nil, false
		}
	}
}

// masked is the text of a table in which quotation marks that are doubled within a field stand
// once, beside a blank: so a cell reads as rules do, and every place stays where it was. One behind a
// backslash, which belongs to a text, has no room for that: at is where it stands, or -1.
func masked(text string, rows []table.Row) (same string, at int) {
	out := []byte(text)
	for _, row := range rows {
		for _, f := range row.Fields {
			if !f.Quoted {
				continue
			}
			open := false
			for i := f.Start + 1; i+1 < f.End-1; i++ {
				if out[i] != '"' || out[i+1] != '"' {
					continue
				}
				if out[i-1] == '\\' {
					return "", i
				}
				if open = !open; open {
					out[i] = ' '
				} else {
					out[i+1] = ' '
				}
				i++
			}
		}
	}
	return string(out), -1
}

// fieldsOf are the fields of a table.
func fieldsOf(head table.Row, rows []table.Row) []lang.Field {
	out := make([]lang.Field, 0, (len(rows)+1)*len(head.Fields)+1)
	for _, f := range head.Fields {
		out = append(out, lang.Field{Start: uint32(f.Start)})
	}
	for _, row := range rows {
		for i, f := range row.Fields {
			out = append(out, lang.Field{Start: uint32(f.Start), Heading: head.Fields[i].Text})
		}
	}
	return out
}

// heading finds out what each column says.
func (t *rulesTable) heading(head table.Row) (ok bool) {
	ok = true
	seen := map[string]bool{}
	for _, f := range head.Fields {
		span := lang.Span{Start: uint32(f.Start), End: uint32(max(f.End, f.Start))}
		c := rulesColumn{heading: f.Text, span: span}
		switch {
		case strings.HasPrefix(f.Text, remark):
		case seen[f.Text]:
			t.k.errorf(code.BadData, span, "the column `%s` stands twice", f.Text)
			ok = false
		case slices.Contains(tableClauses, f.Text):
			c.clause = f.Text
		default:
			ok = t.subject(&c) && ok
		}
		seen[f.Text] = true
		t.columns = append(t.columns, c)
	}
	return ok
}

// subject finds the phrase or the fact that a heading names.
func (t *rulesTable) subject(c *rulesColumn) bool {
	k := t.k
	for _, r := range k.prog.roles {
		if c.heading == r.Name || c.heading == r.Prep && r.Prep != "" {
			c.isPhrase, c.prep = true, r.Prep
			return true
		}
	}
	cell := lang.Cell{Source: t.src, Span: c.span}
	ref, ds := cell.Path()
	if ref == nil {
		k.errorf(code.BadData, c.span, "`%s` is no heading of a table of rules: %s", c.heading, ds[0].Message)
		return false
	}
	before := len(k.l.diags)
	p := k.path(ref, scope{roles: true})
	if p == nil || len(p.attrs) == 0 {
		if found := k.l.diags[before:]; len(found) == 1 && found[0].Fix == nil {
			if near, ok := lang.Nearest(c.heading, tableClauses); ok {
				found[0].Fix = &lang.Fix{Label: "did you mean `" + near + "`?", Span: c.span, Replacement: near}
			}
		}
		return false
	}
	c.fact, c.typ = ref.Path, p.t
	c.optional = slices.ContainsFunc(p.attrs, func(a *Attr) bool { return a.Type.optional })
	switch {
	case c.typ.elem != nil:
		k.errorf(code.BadData, c.span, "`%s` is %s: what is said of it stands in the column `when`", c.heading, article(c.typ))
		return false
	case c.typ.basic == thingType && !c.typ.kind.Identified():
		k.errorf(code.BadData, c.span, "`%s` is %s: name a fact of it, such as `%s.%s`", c.heading, article(c.typ), c.heading, "…")
		return false
	}
	return true
}

// rule is the rule of a row; nil after a problem.
func (t *rulesTable) rule(row table.Row) *lang.Rule {
	r := &lang.Rule{}
	ok := true
	for i, f := range row.Fields {
		if i >= len(t.columns) || f.Text == "" || f.Text == "-" {
			continue
		}
		c := &t.columns[i]
		cell := lang.Cell{Source: t.src, Span: lang.Span{Start: uint32(f.Start), End: uint32(f.End)}}
		if f.Quoted {
			cell.Span.Start++
			cell.Span.End--
		}
		switch {
		case c.clause != "":
			ok = t.clause(r, c, cell, f.Text) && ok
		case c.isPhrase:
			ok = t.phrase(r, c, cell) && ok
		case c.fact != nil:
			x := t.test(c, cell, f)
			ok = ok && x != nil
			r.When = conjoined(r.When, x)
		}
	}
	first, last := row.Fields[0], row.Fields[len(row.Fields)-1]
	r.Span = lang.Span{Start: uint32(first.Start), End: uint32(max(last.End, first.Start))}
	if r.Outcome.Text == "" && ok {
		t.k.errorf(code.BadData, r.Span, "this row has no outcome")
		ok = false
	}
	if !ok {
		return nil
	}
	return r
}

// conjoined is one condition, or the other, or that both hold.
func conjoined(x, y lang.Expr) lang.Expr {
	switch {
	case x == nil:
		return y
	case y == nil:
		return x
	}
	for _, side := range []*lang.Expr{&x, &y} {
		switch e := (*side).(type) {
		case *lang.Binary:
			if e.Op == lang.Or || e.Op == lang.Implies {
				*side = &lang.Paren{Span: e.Span, X: e}
			}
		case *lang.Quant: // as which it is shown
			*side = &lang.Paren{Span: e.Span, X: e}
		}
	}
	return &lang.Binary{Span: lang.Span{Start: min(x.Range().Start, y.Range().Start), End: max(x.Range().End, y.Range().End)}, Op: lang.And, X: x, Y: y}
}

// take reports the problems of a cell; false where it could not be read.
func (t *rulesTable) take(ds lang.Diagnostics) bool {
	for _, d := range ds {
		t.k.report(d)
	}
	return !ds.HasErrors()
}

// clause reads a cell below the word of a clause.
func (t *rulesTable) clause(r *lang.Rule, c *rulesColumn, cell lang.Cell, text string) bool {
	said := lang.String{Span: cell.Span, Value: text}
	var ds lang.Diagnostics
	switch c.clause {
	case "label", "outcome":
		name, wrong := cell.Name("the "+c.clause, code.BadData)
		if !t.take(wrong) {
			return false
		}
		if c.clause == "outcome" {
			r.Outcome = name
		} else {
			r.Label = &name
		}
	case "when":
		var x lang.Expr
		x, ds = cell.Condition()
		r.When = conjoined(r.When, x)
	case "unless":
		r.Unless, ds = cell.Condition()
	case "notwithstanding":
		r.Notwithstanding, ds = cell.Labels()
	case "subject to":
		r.SubjectTo, ds = cell.Labels()
	case "requiring":
		r.Requiring = parts(said)
	case "because":
		r.Because = &lang.Wording{String: said}
	case "source":
		r.Source = parts(said)
	case "from":
		r.From, ds = cell.Date()
	case "until":
		r.Until, ds = cell.Date()
	}
	return t.take(ds)
}

// parts are the texts of a cell, with semicolons between them.
func parts(s lang.String) (out []lang.String) {
	for part := range strings.SplitSeq(s.Value, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, lang.String{Span: s.Span, Value: part})
		}
	}
	return out
}

// phrase reads a cell below a preposition or a role.
func (t *rulesTable) phrase(r *lang.Rule, c *rulesColumn, cell lang.Cell) bool {
	x, ds := cell.Phrase()
	if !t.take(ds) {
		return false
	}
	if c.prep == "" {
		r.Object = x
	} else {
		r.Phrases = append(r.Phrases, lang.Phrase{Prep: lang.Name{Text: c.prep, Offset: cell.Span.Start}, X: x})
	}
	return true
}

// test reads a cell below a fact; nil after a problem.
func (t *rulesTable) test(c *rulesColumn, cell lang.Cell, f table.Field) lang.Expr {
	ref := &lang.Ref{Span: cell.Span, Path: c.fact}
	none := strings.EqualFold(f.Text, "none") && !(c.typ.enum != nil && c.typ.enum.has("none"))
	switch {
	case c.optional && none:
		return &lang.Unary{Span: cell.Span, Op: lang.Not, X: &lang.Has{Span: cell.Span, X: ref}}
	case c.optional && strings.EqualFold(f.Text, "has"):
		return &lang.Has{Span: cell.Span, X: ref}
	}
	var x lang.Expr
	switch {
	case c.typ.basic == boolType:
		x = t.yesOrNo(c, ref, f.Text)
	case c.typ.basic == textType || c.typ.basic == thingType:
		x = t.texts(c, cell, ref)
	default:
		var ds lang.Diagnostics
		if x, ds = cell.Test(ref); !t.take(ds) {
			return nil
		}
	}
	if c.optional && x != nil { // what is said of a value holds only where there is one
		return conjoined(&lang.Has{Span: cell.Span, X: ref}, x)
	}
	return x
}

func (t *rulesTable) yesOrNo(c *rulesColumn, ref *lang.Ref, text string) lang.Expr {
	switch strings.ToLower(text) {
	case "yes", "true":
		return ref
	case "no", "false":
		return &lang.Unary{Span: ref.Span, Op: lang.Not, X: ref}
	}
	t.k.errorf(code.BadData, ref, "`%s` is yes or no, and here stands `%s`", c.heading, text)
	return nil
}
