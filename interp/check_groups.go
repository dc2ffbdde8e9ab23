package interp

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

func (k *checker) declareGroup(d *lang.Group) {
	kind := k.kindNamed(d.Kind)
	if !k.claimName(k.names, d.Name, "a group") || kind == nil {
		return
	}
	if !kind.Identified() {
		k.errorf(lang.BadIdentities, d.Kind, "a group lists identities, and %s has none: declare `kind %s = text` or with its identities", article(&Type{basic: thingType, kind: kind}), kind.Name)
		return
	}
	g := newGroup(d.Name.Text, kind)
	g.Doc, g.src, g.decl = d.Doc(), k.src, d
	k.prog.groups[g.Name] = g
	k.prog.order.groups = append(k.prog.order.groups, g)
	if d.External && k.l.options.OpenGroups && k.l.options.Groups[g.Name] == nil {
		k.openGroup(g)
	}
}

// fillGroup adds a group's own members; joinGroups adds those of the groups it names.
func (k *checker) fillGroup(d *lang.Group) {
	g := k.prog.groups[d.Name.Text]
	if g == nil || g.decl != d {
		return
	}
	defer k.countMembers(g)
	if d.External {
		k.takeMembers(g, d)
		return
	}
	if d.From != nil {
		k.readGroup(g, d)
		return
	}
	for i, p := range k.memberPeriods(d.Members) {
		m := d.Members[i]
		switch {
		case m.Quote != nil:
			if v, bad := identify(g.Kind, m.Quote.Value, spot{k.src, m.Quote.Range()}); bad != nil {
				k.l.diags = append(k.l.diags, bad)
			} else {
				id, _ := identity(v)
				g.add(id, p)
			}
		case k.prog.groups[m.Name.Text] != nil:
		case g.Kind.Ids != nil && g.Kind.Ids.has(m.Name.Text):
			g.add(m.Name.Text, p)
		case g.Kind.TextIds:
			d := k.errorf(lang.UnknownValue, m.Name, "there is no group `%s`; the name of a %s stands in quotes", m.Name.Text, g.Kind.Name)
			d.Fix = &lang.Fix{Label: "did you mean \"" + m.Name.Text + "\"?", Span: m.Name.Range(), Replacement: `"` + m.Name.Text + `"`}
		default:
			k.misspelt(lang.UnknownValue, m.Name, m.Name.Text, append(g.Kind.Ids.Names(), keys(k.prog.groups)...), "there is no %s and no group `%s`", g.Kind.Name, m.Name.Text)
		}
	}
}

// countMembers refuses groups that are too large.
func (k *checker) countMembers(g *Group) {
	if k.members += g.Len(); k.members > k.prog.options.Limits.Members {
		k.tooManyMembers(g)
	}
}

func (k *checker) tooManyMembers(g *Group) {
	k.errorf(lang.TooMuch, g.decl.Name, "the groups have more than %d members altogether", k.prog.options.Limits.Members)
}

// memberPeriods gives every member its dates: a date holds for the members before
// it too, back to the last dated one.
func (k *checker) memberPeriods(ms []lang.Member) []period {
	out := make([]period, len(ms))
	from := 0
	for i, m := range ms {
		out[i] = always
		if m.Since == nil && m.Until == nil {
			continue
		}
		p := k.periodOf(m.Since, m.Until)
		for j := from; j <= i; j++ {
			out[j] = p
		}
		from = i + 1
	}
	return out
}

// joinGroups adds to each group the members of the groups it names, innermost first.
func (k *checker) joinGroups() {
	state := map[*Group]int{}
	depth, most := 0, k.prog.options.Limits
	var visit func(g *Group)
	visit = func(g *Group) {
		state[g] = 1
		k.src = g.src
		depth++
		defer func() { depth-- }()
		for i, p := range k.memberPeriods(g.decl.Members) {
			m := g.decl.Members[i]
			inner := k.prog.groups[m.Name.Text]
			if m.Quote != nil || inner == nil {
				continue
			}
			if inner.Kind != g.Kind {
				k.errorf(lang.OtherThing, m.Name, "`%s` is a group of %s, and this is one of %s", inner.Name, inner.Kind.Name, g.Kind.Name)
				continue
			}
			if state[inner] == 0 {
				visit(inner)
				k.src = g.src
			}
			if state[inner] == 1 {
				k.errorf(lang.GroupCycle, m.Name, "the group `%s` contains itself, by way of `%s`", g.Name, inner.Name)
				continue
			}
			if inner.told != nil && g.told == nil {
				k.openGroup(g)
			}
			if k.members += len(inner.members); k.members > most.Members || depth > most.Nesting {
				k.errorf(lang.TooMuch, m.Name, "groups of groups come to more than %d members, or are more than %d deep", most.Members, most.Nesting)
				break
			}
			for id, j := range inner.members {
				for _, q := range inner.periods[j] {
					g.add(id, q.cut(p))
				}
			}
		}
		state[g] = 2
	}
	for _, g := range k.prog.order.groups {
		if state[g] == 0 {
			visit(g)
		}
	}
}

// readGroup reads members from a CSV file: the column id, or the one named, or
// the first; with columns since and until where membership is dated. A first line
// that holds no identity but the word id, or the column's name, is the heading.
func (k *checker) readGroup(g *Group, d *lang.Group) {
	r, ok := k.l.data(k.dir, d.From, k.src)
	if !ok {
		last := k.l.diags[len(k.l.diags)-1]
		if last.Code == lang.CannotRead {
			last.Code = lang.BadData
		}
		return
	}
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = -1
	rows.ReuseRecord = true
	rows.Comment = '#'
	cols := columns{id: 0, since: -1, until: -1}
	bad := 0
	for first := true; ; first = false {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			k.errorf(lang.BadData, d.From, "%s is no CSV file: %s", d.From.Value, err)
			return
		}
		if first {
			row[0] = strings.TrimPrefix(row[0], "\ufeff")
			if by := otherSeparator(row, strings.ToLower(columnName(d)), "since", "until"); by != "" {
				k.errorf(lang.BadData, d.From, "the fields of %s are separated by %s, and a CSV file has commas", d.From.Value, by)
				return
			}
			heading, ok := k.heading(&cols, row, d)
			if !ok {
				return
			}
			if heading {
				continue
			}
		}
		line, _ := rows.FieldPos(0)
		if by := otherSeparator(row); by != "" {
			k.errorf(lang.BadData, d.From, "%s, line %d: the fields are separated by %s, and a CSV file has commas", d.From.Value, line, by)
			return
		}
		if problem := k.row(g, cols, row); problem != "" {
			if bad++; bad > 10 {
				k.errorf(lang.BadData, d.From, "%s has more such lines", d.From.Value)
				return
			}
			k.errorf(lang.BadData, d.From, "%s, line %d: %s", d.From.Value, line, problem)
		}
	}
}

type columns struct{ id, since, until int }

// otherSeparator says what separates the fields of a row if it is no comma: where
// each part behind the first is empty, a date or one of the words of a heading. A name
// may hold a semicolon.
func otherSeparator(row []string, heading ...string) string {
	for _, by := range [][2]string{{";", "`;`"}, {"\t", "tabs"}} {
		sep, name := by[0], by[1]
		if len(row) != 1 || !strings.Contains(row[0], sep) {
			continue
		}
		told := true
		for i, w := range strings.Split(row[0], sep) {
			w = strings.ToLower(strings.TrimSpace(w))
			if slices.Contains(heading, w) {
				return name
			}
			told = told && (i == 0 || strings.Trim(w, "0123456789.-/") == "")
		}
		if told {
			return name
		}
	}
	return ""
}

// columnName is the column of the identities.
func columnName(d *lang.Group) string {
	if d.Column != nil {
		return d.Column.Value
	}
	return "id"
}

// unnamedColumn reports a heading, told by its columns of dates, that has no column id:
// read as a member, it would leave the dates aside. It says whether there is one.
func (k *checker) unnamedColumn(row []string, d *lang.Group) bool {
	var words, others []string
	for _, cell := range row {
		cell = strings.TrimSpace(cell)
		words = append(words, "`"+cell+"`")
		if !strings.EqualFold(cell, "since") && !strings.EqualFold(cell, "until") {
			others = append(others, cell)
		}
	}
	if len(others) == len(words) || len(words) == 1 {
		return false
	}
	diag := k.errorf(lang.BadData, d.From, "the first line of %s looks like a heading (%s), and has no column `id`", d.From.Value, strings.Join(words, ", "))
	if len(others) > 0 {
		column := "column " + lang.Quote(others[0])
		end := d.From.Range().End
		diag.Fix = &lang.Fix{Label: "write `" + column + "` behind the file, if that holds the identities", Span: lang.Span{Start: end, End: end}, Replacement: " " + column}
	}
	return true
}

// heading reads the first line if it is one.
func (k *checker) heading(cols *columns, row []string, d *lang.Group) (heading, ok bool) {
	want := columnName(d)
	for i, cell := range row {
		if strings.EqualFold(strings.TrimSpace(cell), want) {
			cols.id, heading = i, true
		}
	}
	if !heading && d.Column != nil {
		known := append([]string(nil), row...)
		k.misspelt(lang.BadData, d.Column, want, known, "%s has no column `%s`", d.From.Value, want)
		return false, false
	}
	if !heading && k.unnamedColumn(row, d) {
		return false, false
	}
	if heading {
		for i, cell := range row {
			switch strings.ToLower(strings.TrimSpace(cell)) {
			case "since":
				cols.since = i
			case "until":
				cols.until = i
			}
		}
	}
	return heading, true
}

// row adds one line's member; it gives what is wrong with the line.
func (k *checker) row(g *Group, cols columns, row []string) string {
	cell := func(i int) string {
		if i < 0 || i >= len(row) {
			return ""
		}
		return strings.TrimSpace(row[i])
	}
	id := cell(cols.id)
	if id == "" {
		return ""
	}
	p := always
	for i, at := range []*num.Date{&p.since, &p.until} {
		text := cell([]int{cols.since, cols.until}[i])
		if text == "" {
			continue
		}
		d, err := num.ParseDate(text)
		if err != nil {
			return err.Error()
		}
		k.noteDate(d)
		*at = d
	}
	return g.admit(strings.Clone(id), p) // a row's cells share one string
}

// admit makes a thing a member by its name; it gives what is wrong with it.
func (g *Group) admit(name string, p period) string {
	if p.empty() {
		return "until is not after since"
	}
	if g.Kind.Ids != nil {
		i, ok := g.Kind.Ids.find(name, true)
		if !ok {
			return "there is no " + g.Kind.Name + " `" + name + "`"
		}
		name = g.Kind.Ids.Choices[i].Name
	}
	g.add(name, p)
	return ""
}
