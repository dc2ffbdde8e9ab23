package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// cellReader finds how the value of an attribute is read from a row; nil after a problem. A
// nil value of a row leaves the attribute at its default.
func (k *checker) cellReader(attr *Attr, d *lang.Attr, t *dataTable) func(dataRow) (Value, error) {
	g := d.Given
	switch {
	case attr.Type.Member().basic == thingType && attr.Type.Member().kind.Ids == nil || attr.Type.basic == thingType:
		k.errorf(code.BadData, g, "what a file gives is a value, and `%s` is %s, of which more may be told", attr.Name, article(attr.Type))
	case t == nil: // which has been reported
	case t.heading == nil:
		k.errorf(code.BadData, g, "%s has one column and no heading: it says nothing of `%s`", t.Name, attr.Name)
	case g.Marks != nil:
		return k.marks(attr, g, t)
	case g.Marked != nil:
		return k.marked(attr, g, t)
	default:
		return k.cells(attr, g, t)
	}
	return nil
}

// marks reads a set whose members are headings: those whose cell has the mark.
func (k *checker) marks(attr *Attr, g *lang.Given, t *dataTable) func(dataRow) (Value, error) {
	elem := attr.Type.elem
	if attr.Type.basic != setType || elem.enumOf() == nil && elem.basic != thingType {
		k.errorf(code.BadData, g, "`marks` gives a set of headings, and `%s` is %s", attr.Name, article(attr.Type))
		return nil
	}
	names := elem.enumOf()
	if elem.basic == thingType {
		names = elem.kind.Ids
	}
	columns := make([]int, len(names.Choices))
	for i, c := range names.Choices {
		var ok bool
		if columns[i], ok = k.column(t.listFile, t.heading, c.Name, g); !ok {
			return nil
		}
	}
	mark := g.Marks.Value
	return func(row dataRow) (Value, error) {
		out := Set{}
		for i, column := range columns {
			switch cell := row.Fields[column].Text; cell {
			case mark:
				out = append(out, choiceOf(elem, i))
			case "":
			default:
				return nil, row.wrong("in the column `%s` stands `%s`, and neither `%s` nor nothing", t.heading[column], cell, mark)
			}
		}
		return out, nil
	}
}

// choiceOf is the value of a type at its place in the type's list.
func choiceOf(t *Type, i int) Value {
	if t.basic == thingType {
		thing := newThing(t.kind)
		thing.ID = Choice{t.kind.Ids, i}
		return thing
	}
	return Choice{t.enum, i}
}

// marked reads yes or no: whether a cell has a mark.
func (k *checker) marked(attr *Attr, g *lang.Given, t *dataTable) func(dataRow) (Value, error) {
	if attr.Type.basic != boolType {
		k.errorf(code.BadData, g, "`marked` says yes or no, and `%s` is %s", attr.Name, article(attr.Type))
		return nil
	}
	column, ok := k.column(t.listFile, t.heading, g.Marked.Value, g.Marked)
	if !ok {
		return nil
	}
	return func(row dataRow) (Value, error) {
		switch cell := row.Fields[column].Text; strings.ToLower(cell) {
		case "x", "yes", "true", "1":
			return Bool(true), nil
		case "", "no", "false", "0":
			return Bool(false), nil
		default:
			return nil, row.wrong("in the column `%s` stands `%s`, and neither a mark (`X`, `yes`, `true` or `1`) nor nothing", t.heading[column], cell)
		}
	}
}

// cells reads values as they stand in a column.
func (k *checker) cells(attr *Attr, g *lang.Given, t *dataTable) func(dataRow) (Value, error) {
	name := g.Value
	if name == nil {
		name = g.Column
	}
	unit := ""
	switch {
	case attr.Type.elem != nil && g.Split == nil:
		k.errorf(code.BadData, g, "`%s` is %s: say what stands between its members in a cell, as in: split \";\"", attr.Name, article(attr.Type))
		return nil
	case attr.Type.elem == nil && g.Split != nil:
		k.errorf(code.BadData, g.Split, "`split` is said of a set or a list, and `%s` is %s", attr.Name, article(attr.Type))
		return nil
	case g.Split != nil && g.Split.Value == "":
		k.errorf(code.BadData, g.Split, "what stands between the members of a cell is not nothing")
		return nil
	case g.Unit != nil:
		if unit = g.Unit.Text; !k.unitFits(attr, g.Unit) {
			return nil
		}
	}
	column, ok := k.column(t.listFile, t.heading, name.Value, name)
	if !ok {
		return nil
	}
	return func(row dataRow) (Value, error) {
		v, d := k.cell(row.Fields[column].Text, attr, g, unit)
		if d != nil {
			return nil, row.wrong("in the column `%s`, `%s`: %s", t.heading[column], row.Fields[column].Text, d.Message)
		}
		return v, nil
	}
}

// unitFits reports a unit in which the numbers of a column cannot be.
func (k *checker) unitFits(attr *Attr, u *lang.UnitName) bool {
	t := attr.Type.Member()
	if t.basic != numberType || t.dim == "" {
		k.errorf(code.DimensionMismatch, u, "`%s` is %s and has no unit", attr.Name, article(attr.Type))
		return false
	}
	unit, ok := k.unit(&lang.Number{Span: u.Span, Text: "1", Unit: u.Text, UnitSpan: u.Span}, t)
	if ok && unit.dim != t.dim {
		k.errorf(code.DimensionMismatch, u, "`%s` is %s, and %s is no unit of that", attr.Name, article(attr.Type), u.Text)
	}
	return ok && unit.dim == t.dim
}

// cell is the value of an attribute that a cell says.
func (k *checker) cell(text string, attr *Attr, g *lang.Given, unit string) (Value, *lang.Diagnostic) {
	t, at := attr.Type, k.spot(g)
	switch {
	case text == "" && t.elem == nil && t.optional:
		return None{}, nil
	case text == "" && t.elem == nil && attr.Default != nil:
		return nil, nil
	case t.basic == boolType && g.Column != nil && (text == "" || strings.EqualFold(text, "x")):
		return nil, at.errorf(code.BadData, "this is neither yes nor no: where a mark says yes, write: from marked %s", lang.Quote(g.Column.Value))
	case text == "" && t.elem == nil:
		return nil, at.errorf(code.BadData, "nothing stands there, and `%s` always has a value: write `%s?` for its type if it may have none", attr.Name, t)
	case t.elem == nil:
		return k.prog.cellValue(text, t, unit, at)
	}
	var values []Value
	parts := strings.Split(text, g.Split.Value)
	for i, part := range parts {
		part = strings.TrimSpace(part)
		if part == "" && i == len(parts)-1 {
			break
		}
		if part == "" {
			return nil, at.errorf(code.BadData, "nothing stands between two `%s`", g.Split.Value)
		}
		v, d := k.prog.cellValue(part, t.elem, unit, at)
		if d != nil {
			return nil, d
		}
		values = append(values, v)
	}
	return k.prog.collection(values, t, at)
}

// cellValue is a value that a cell, or a part of it, says.
func (p *Program) cellValue(text string, t *Type, unit string, at spot) (Value, *lang.Diagnostic) {
	switch t.basic {
	case textType:
		return t.textValue(strings.Clone(text), at)
	case boolType:
		return parseBool(text, at)
	case enumType:
		return chooseEnum(t, text, at)
	case thingType:
		return identify(t.kind, text, at)
	case numberType:
		if n, err := num.Parse(text); err == nil && unit != "" {
			return p.quantity(n, text, unit, t, at)
		}
	}
	return p.parseLiteral(text, t, at)
}
