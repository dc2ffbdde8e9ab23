package render

import (
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// RulesTable is the rules of a policy as a table that `rules from` reads.
type RulesTable struct {
	prog    *interp.Program
	heading []string
	rows    []map[string]string
}

// clauses of a table, in the order of its columns: phrases and facts stand behind the label.
var (
	rulesBefore = []string{"label"}
	rulesBehind = []string{"when", "unless", "notwithstanding", "subject to", "outcome", "requiring", "because", "source", "from", "until"}
)

// NewRulesTable makes a table of a policy; an error says which rule cannot be a row, and why.
func NewRulesTable(prog *interp.Program, p *interp.Policy) (*RulesTable, error) {
	if when := p.Speaks(); when != "" {
		return nil, fmt.Errorf("%s speaks only where %s: a table has rows, and no such condition of all of them", p.Name, when)
	}
	for q := p; q != nil; q = q.Amends {
		for _, a := range q.Amendments() {
			if a.Value != "" {
				return nil, fmt.Errorf("%s replaces the value `%s`, and a table has rules alone", q.Name, a.Value)
			}
		}
	}
	if !p.Flat() {
		return nil, fmt.Errorf("the policy %s has sections, and a table has none: a section may hold a table of its own", p.Name)
	}
	t := &RulesTable{prog: prog}
	used := map[string]bool{"label": true, "outcome": true}
	var subjects []string
	for _, r := range p.Rules() {
		row := &tableRow{t: t, p: p, cells: map[string]string{}}
		if err := row.rule(r); err != nil {
			return nil, fmt.Errorf("the rule %s (%s) cannot be a row: %w", r.Label, r.Site(), err)
		}
		for _, column := range row.columns {
			if !used[column] && !slices.Contains(rulesBehind, column) {
				subjects = append(subjects, column)
			}
			used[column] = true
		}
		t.rows = append(t.rows, row.cells)
	}
	if len(t.rows) == 0 {
		return nil, fmt.Errorf("the policy %s has no rules", p.Name)
	}
	t.heading = append(append(t.heading, rulesBefore...), subjects...)
	for _, column := range rulesBehind {
		if used[column] {
			t.heading = append(t.heading, column)
		}
	}
	return t, nil
}

// Write writes it as CSV.
func (t *RulesTable) Write(w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write(t.heading)
	for _, row := range t.rows {
		line := make([]string, len(t.heading))
		for i, column := range t.heading {
			line[i] = row[column]
		}
		_ = out.Write(line)
	}
	out.Flush()
	return out.Error()
}

// tableRow is a rule as it becomes a row.
type tableRow struct {
	t       *RulesTable
	p       *interp.Policy
	cells   map[string]string
	columns []string // in the order of the sentence
	rest    []string // what is said behind when and in no other column
}

func (row *tableRow) set(column, cell string) error {
	if strings.Contains(cell, `\"`) {
		return fmt.Errorf("a quotation mark within a text has no place in a table")
	}
	if plain.CSV(cell) != cell {
		return fmt.Errorf("what it says as `%s` begins as a formula does, or holds a break: %s", column, lang.Quote(cell))
	}
	row.cells[column] = cell
	row.columns = append(row.columns, column)
	return nil
}

func (row *tableRow) rule(r *interp.Rule) error {
	d := r.Syntax()
	if lang.IsName(r.Label) {
		if err := row.set("label", r.Label); err != nil {
			return err
		}
	}
	if err := row.phrases(d); err != nil {
		return err
	}
	for _, x := range conjuncts(d.When, nil) {
		if err := row.conjunct(x); err != nil {
			return err
		}
	}
	clauses := map[string]string{"when": strings.Join(row.rest, " and "), "outcome": r.Outcome.Name}
	if d.Unless != nil {
		clauses["unless"] = lang.FormatExpr(d.Unless)
	}
	for _, column := range []string{"when", "unless"} {
		if cell := clauses[column]; plain.CSV(cell) != cell { // which a spreadsheet would compute
			clauses[column] = "(" + cell + ")"
		}
	}
	var err error
	for column, labels := range map[string][]lang.LabelRef{"notwithstanding": d.Notwithstanding, "subject to": d.SubjectTo} {
		if clauses[column], err = row.labels(labels); err != nil {
			return err
		}
	}
	for column, texts := range map[string][]string{"requiring": r.Requiring, "source": r.Source} {
		if clauses[column], err = textsCell(texts); err != nil {
			return err
		}
	}
	if d.Because != nil && len(d.Because.In) > 0 {
		return fmt.Errorf("its because is written in several languages, and a cell in one")
	}
	if r.Because != "" {
		if err := standsInCell(r.Because); err != nil {
			return err
		}
		clauses["because"] = r.Because
	}
	if d.From != nil {
		clauses["from"] = d.From.Text
	}
	if d.Until != nil {
		clauses["until"] = d.Until.Text
	}
	for _, column := range rulesBehind {
		if cell := clauses[column]; cell != "" {
			if err := row.set(column, cell); err != nil {
				return err
			}
		}
	}
	return nil
}

func (row *tableRow) labels(labels []lang.LabelRef) (string, error) {
	var out []string
	for _, l := range labels {
		if row.p.Rule(l.Text) == nil {
			continue // which an amendment has repealed
		}
		if strings.Contains(l.Text, "/") {
			return "", fmt.Errorf("it refers to %s, and a row of a table is another rule by that number: give that rule a label", l.Text)
		}
		out = append(out, l.Text)
	}
	return strings.Join(out, ", "), nil
}

// textsCell are texts in a cell, with semicolons between them.
func textsCell(texts []string) (string, error) {
	for _, text := range texts {
		if err := standsInCell(text); err != nil {
			return "", err
		}
		if strings.Contains(text, ";") {
			return "", fmt.Errorf("in a cell a semicolon stands between texts, and within this one: %s", lang.Quote(text))
		}
	}
	return strings.Join(texts, "; "), nil
}

func standsInCell(text string) error {
	if text != strings.TrimSpace(text) || text == "" || text == "-" {
		return fmt.Errorf("the text %s would not be read from a cell as it is", lang.Quote(text))
	}
	return nil
}

// phrases are the object and what stands behind prepositions.
func (row *tableRow) phrases(d *lang.Rule) error {
	phrase := func(prep string, x lang.Expr) error {
		column := prep
		if prep == "" || prep == "from" { // which is the column of a date
			column = ""
			for _, r := range row.t.prog.Roles() {
				if r.Prep == prep && column == "" {
					column = r.Name
				}
			}
		}
		if slices.Contains(rulesBehind, column) || slices.Contains(rulesBefore, column) {
			return fmt.Errorf("the role `%s` is called as a column of a table is", column)
		}
		if row.cells[column] != "" {
			return fmt.Errorf("it has two phrases with `%s`", prep)
		}
		return row.set(column, lang.FormatExpr(x))
	}
	if d.Object != nil {
		if err := phrase("", d.Object); err != nil {
			return err
		}
	}
	for _, ph := range d.Phrases {
		if err := phrase(ph.Prep.Text, ph.X); err != nil {
			return err
		}
	}
	return nil
}

// conjuncts are the parts of a condition that all hold.
func conjuncts(x lang.Expr, to []lang.Expr) []lang.Expr {
	switch x := x.(type) {
	case nil:
		return to
	case *lang.Paren:
		return conjuncts(x.X, to)
	case *lang.Binary:
		if x.Op == lang.And {
			return conjuncts(x.Y, conjuncts(x.X, to))
		}
	}
	return append(to, x)
}

// conjunct puts a part of a condition below the fact that it is about, or below when.
func (row *tableRow) conjunct(x lang.Expr) error {
	ref, cell := row.test(x)
	if ref == nil {
		text := lang.FormatExpr(x)
		if goesOn(x) {
			text = "(" + text + ")"
		}
		row.rest = append(row.rest, text)
		return nil
	}
	column := lang.FormatExpr(ref)
	switch old := row.cells[column]; {
	case old == "" || old == "has":
		row.cells[column] = ""
		return row.set(column, cell)
	case cell == "has" && old != "none":
		return nil // which the cell says
	}
	row.rest = append(row.rest, lang.FormatExpr(x))
	return nil
}

// goesOn says whether what stands behind a condition would belong to it.
func goesOn(x lang.Expr) bool {
	switch x := x.(type) {
	case *lang.Binary:
		return x.Op == lang.Or || x.Op == lang.Implies || goesOn(x.Y)
	case *lang.Unary:
		return goesOn(x.X)
	case *lang.Quant:
		return true
	case *lang.Aggregate:
		return x.Where != nil
	}
	return false
}

// test is what a condition says of a fact as a cell says it; nil where no cell can.
func (row *tableRow) test(x lang.Expr) (ref *lang.Ref, cell string) {
	switch x := x.(type) {
	case *lang.Ref:
		if info, ok := row.fact(x); ok && info.Form == interp.YesNoAnswer {
			return x, "yes"
		}
	case *lang.Unary:
		switch y := x.X.(type) {
		case *lang.Ref:
			if info, ok := row.fact(y); ok && x.Op == lang.Not && info.Form == interp.YesNoAnswer && !mayBeNone(info) {
				return y, "no"
			}
		case *lang.Has:
			if info, ok := row.fact(y.X); ok && x.Op == lang.Not && mayBeNone(info) {
				return y.X, "none"
			}
		}
	case *lang.Has:
		if info, ok := row.fact(x.X); ok && mayBeNone(info) {
			return x.X, "has"
		}
	case *lang.Binary:
		return row.comparison(x)
	case *lang.In:
		return row.membership(x)
	case *lang.Like:
		if ref, info, ok := row.about(x.X); ok && info.Form == interp.TextAnswer {
			return ref, strings.TrimPrefix(lang.FormatExpr(x), lang.FormatExpr(ref)+" ")
		}
	case *lang.Under:
		if ref, info, ok := row.about(x.X); ok && info.Form == interp.TextAnswer {
			return ref, strings.TrimPrefix(lang.FormatExpr(x), lang.FormatExpr(ref)+" ")
		}
	}
	return nil, ""
}

func mayBeNone(info interp.FactInfo) bool { return info.Optional || len(info.Within) > 0 }

// fact is what a path is, where a column can be below it.
func (row *tableRow) fact(ref *lang.Ref) (interp.FactInfo, bool) {
	name := lang.FormatExpr(ref)
	if slices.Contains(rulesBehind, name) || slices.Contains(rulesBefore, name) || !strings.Contains(name, ".") {
		return interp.FactInfo{}, false
	}
	info, ok := row.t.prog.FactInfo(name)
	return info, ok && info.Form != interp.ListAnswer && info.Form != interp.ThereAnswer
}

func (row *tableRow) about(x lang.Expr) (*lang.Ref, interp.FactInfo, bool) {
	ref, ok := x.(*lang.Ref)
	if !ok {
		return nil, interp.FactInfo{}, false
	}
	info, ok := row.fact(ref)
	return ref, info, ok
}

var signs = map[lang.Op]string{lang.Eq: "", lang.Ne: "not ", lang.Lt: "< ", lang.Le: "<= ", lang.Gt: "> ", lang.Ge: ">= "}

func (row *tableRow) comparison(x *lang.Binary) (*lang.Ref, string) {
	ref, info, ok := row.about(x.X)
	sign, known := signs[x.Op]
	if !ok || !known {
		return nil, ""
	}
	value, ok := row.value(x.Y, info)
	if !ok || info.Form == interp.YesNoAnswer {
		return nil, ""
	}
	if textual(info) && x.Op != lang.Eq && x.Op != lang.Ne {
		return nil, ""
	}
	return ref, sign + value
}

func (row *tableRow) membership(x *lang.In) (*lang.Ref, string) {
	ref, info, ok := row.about(x.X)
	if !ok || info.Form == interp.YesNoAnswer {
		return nil, ""
	}
	not := ""
	if x.Not {
		not = "not "
	}
	switch target := x.Target.(type) {
	case *lang.Ref:
		if len(target.Path) == 1 {
			return ref, not + "in " + lang.FormatExpr(target)
		}
	case *lang.Interval:
		if value, ok := row.interval(target, info); ok {
			return ref, not + value
		}
	case *lang.Tuple:
		if len(target.Elems) == 1 {
			return nil, "" // as = says it
		}
		var values []string
		for _, e := range target.Elems {
			value, ok := row.value(e, info)
			if i, is := e.(*lang.Interval); is {
				value, ok = row.interval(i, info)
			}
			if !ok {
				return nil, ""
			}
			values = append(values, value)
		}
		return ref, not + strings.Join(values, ", ")
	}
	return nil, ""
}

func (row *tableRow) interval(x *lang.Interval, info interp.FactInfo) (string, bool) {
	lo, ok := row.value(x.Lo, info)
	hi, ok2 := row.value(x.Hi, info)
	return lo + " .. " + hi, ok && ok2 && !textual(info)
}

func textual(info interp.FactInfo) bool {
	return info.Form == interp.TextAnswer || info.Form == interp.IdentityAnswer
}

var bareText = regexp.MustCompile(`^[\pL\pN][\pL\pN .&'()/-]*[\pL\pN.)]$|^[\pL\pN]$`)

// value is a constant as a cell writes it.
func (row *tableRow) value(x lang.Expr, info interp.FactInfo) (string, bool) {
	switch x := x.(type) {
	case *lang.Text:
		if !textual(info) {
			return "", false
		}
		first, _, _ := strings.Cut(x.Value, " ")
		word := slices.Contains([]string{"not", "in", "is", "like", "under", "none", "has", "yes", "no"}, strings.ToLower(first))
		if bareText.MatchString(x.Value) && !word && !row.named(x.Value) && !strings.Contains(x.Value, "  ") {
			return x.Value, true
		}
		return lang.FormatExpr(x), true
	case *lang.Number, *lang.DateLit, *lang.Literal:
		return lang.FormatExpr(x), !textual(info)
	case *lang.Unary:
		value, ok := row.value(x.X, info)
		return "-" + value, ok && x.Op == lang.Sub
	case *lang.Ref:
		if len(x.Path) != 1 {
			return "", false
		}
		name := lang.FormatExpr(x)
		isChoice := slices.ContainsFunc(info.Choices, func(c interp.EnumChoice) bool { return c.Name == name })
		return name, isChoice && (info.Form == interp.ChoiceAnswer && name != "none" && name != "has" || info.Form == interp.IdentityAnswer && !row.named(name))
	}
	return "", false
}

// named says whether a word is the name of a group or a term.
func (row *tableRow) named(word string) bool {
	return slices.ContainsFunc(row.t.prog.Groups(), func(g *interp.Group) bool { return g.Name == word }) ||
		slices.ContainsFunc(row.t.prog.Terms(), func(t *interp.Term) bool { return t.Name == word })
}
