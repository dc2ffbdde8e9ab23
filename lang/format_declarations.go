package lang

import "strings"

import "unicode/utf8"

func (f *formatter) declaration(d Decl) {
	switch d := d.(type) {
	case *Policy:
		f.policy(d)
	case *Kind:
		f.kind(d)
	case *Test:
		f.test(d)
	default:
		f.unit(d.Range(), func() { f.short(d) })
	}
}

// short writes a declaration without braces.
func (f *formatter) short(d Decl) {
	switch d := d.(type) {
	case *Use:
		f.words("use ")
		if d.Module != nil {
			f.name(*d.Module)
		} else if d.Path != nil {
			f.str(*d.Path)
		}
	case *Outcomes:
		f.outcomes(d)
	case *Unit:
		f.unitDeclaration(d)
	case *NamedValue:
		f.namedValue(d)
	case *Role:
		f.words("role ")
		if d.Prep != nil {
			f.name(*d.Prep)
			f.sp()
		}
		f.name(d.Name)
		f.glue(":")
		f.sp()
		f.name(d.Kind)
	case *Group:
		f.groupDeclaration(d)
	case *Function:
		f.function(d)
	case *Term:
		f.term(d)
	case *Constraint:
		f.words("constraint ")
		f.name(d.Name)
		f.defined(d.Cond)
	case *Series:
		f.words("series ")
		f.name(d.Name)
		f.glue(":")
		f.sp()
		f.names(d.Policies)
	case *Claim:
		f.claim(d)
	}
}

// defined writes a colon and a condition, which stands on the next lines if it
// does not fit on this one.
func (f *formatter) defined(cond Expr) {
	f.glue(":")
	f.group(func() {
		f.indented(indentWidth, func() {
			f.line()
			f.expr(cond, impliesLevel)
		})
	})
}

func titledOutcomes(d *Outcomes) bool {
	for _, o := range d.Items {
		if o.Title != nil {
			return true
		}
	}
	return false
}

// outcomes writes one outcome a line if any has a title, the titles below each
// other.
func (f *formatter) outcomes(d *Outcomes) {
	const word = "outcomes "
	f.words(word)
	if !titledOutcomes(d) {
		f.indented(len(word), func() {
			for i, o := range d.Items {
				switch {
				case i > 0 && o.Less:
					f.indent(-len("> "))
					f.fill()
					f.indent(len("> "))
					f.words("> ")
				case i > 0:
					f.glue(",")
					f.fill()
				}
				f.name(o.Name)
			}
		})
		return
	}
	widest := 0
	for _, o := range d.Items {
		widest = max(widest, utf8.RuneCountInString(o.Name.Text))
	}
	for i, o := range d.Items {
		indent := len(word)
		switch {
		case i > 0 && o.Less:
			f.indented(indent-len("> "), func() { f.hard(false); f.words("> ") })
		case i > 0:
			f.glue(",")
			f.indented(indent, func() { f.hard(false) })
		}
		f.indented(indent, func() {
			f.name(o.Name)
			if o.Title != nil {
				f.space(widest - utf8.RuneCountInString(o.Name.Text) + 1)
				f.wording(o.Title.String, o.Title.In)
			}
		})
	}
}

// textKind are the words of a kind whose identities are texts.
func textKind(d *Kind) string {
	words := "text"
	switch {
	case d.Code:
		words = "code"
	case d.ByName:
		words = "name"
	}
	if d.Sensitive {
		words += " sensitive"
	}
	return words
}

func (f *formatter) kind(d *Kind) {
	open := d.End
	if len(d.Attrs) > 0 {
		open = d.Attrs[0].Start
	}
	f.unit(Span{d.Start, open}, func() {
		f.words("kind ")
		f.name(d.Name)
		lists := " = "
		if d.Also {
			lists = " also "
		}
		switch {
		case d.Text || d.Code || d.ByName:
			f.words(" = ")
			f.words(textKind(d))
		case titled(d.Ids):
			f.words(lists)
			f.indented(indentWidth, func() { f.titledChoices(d.Ids) })
		case len(d.Ids) > 0:
			f.words(lists)
			f.choices(d.Ids, indentWidth)
		}
		if d.From != nil {
			f.fromFile(d.From, d.Column)
			if d.Open {
				f.words(" open")
			}
		}
		switch {
		case len(d.Attrs) > 0 && titled(d.Ids):
			f.hard(false)
			f.word("{")
		case len(d.Attrs) > 0:
			f.words(" {")
		}
	})
	if len(d.Attrs) == 0 {
		return
	}
	f.body(d.End, func() {
		for i, a := range d.Attrs {
			f.hard(i > 0 && f.blankBefore(a.Start))
			f.unit(a.Span, func() { f.attr(a) })
			f.flush()
		}
	})
}

// body writes the lines between two braces, and the second brace.
func (f *formatter) body(end uint32, lines func()) {
	f.flush()
	f.indented(indentWidth, lines)
	f.seek(Span{end - min(end, 1), end})
	f.hard(f.remarks != nil && f.of[f.next] != nil && len(f.of[f.next].before) > 0 && f.blankBefore(f.tokens[f.next].start))
	f.put(piece{text: "}", glued: true, outdent: true})
}

// choices writes a | b, as many on a line as fit.
func (f *formatter) choices(list []*Choice, indent int) {
	f.indented(indent, func() {
		for i, c := range list {
			if i > 0 {
				f.fill()
				f.words("| ")
			}
			f.name(c.Name)
		}
	})
}

// titledChoices writes choices with titles, one a line.
func (f *formatter) titledChoices(list []*Choice) {
	for i, c := range list {
		if i > 0 {
			f.hard(false)
			f.words("| ")
		}
		f.name(c.Name)
		for i, t := range c.Titles {
			f.sp()
			if i < len(c.Titles)-1 {
				f.str(t)
			} else {
				f.wording(t, c.In)
			}
		}
	}
}

func (f *formatter) attr(a *Attr) {
	f.name(a.Name)
	f.glue(":")
	f.sp()
	f.typ(a.Type)
	if a.Default != nil {
		f.words(" = ")
		f.expr(a.Default, sumLevel)
	}
	f.given(a.Given)
	if a.Sensitive {
		f.words(" sensitive")
	}
	f.quoted(" json ", a.JSON)
	f.titleBehind(a.Title, a.Default == nil && a.Given == nil && !a.Sensitive && a.JSON == nil && a.Type.enumeration() != nil)
}

// titleBehind writes a title, behind choices on a line of its own, lest it read as the last
// choice's.
func (f *formatter) titleBehind(w *Wording, choices bool) {
	if w == nil || !choices {
		f.title(w)
		return
	}
	f.indented(2*indentWidth, func() {
		f.hard(false)
		f.wording(w.String, w.In)
	})
}

// fromFile writes from which file something is read, and from which column.
func (f *formatter) fromFile(file, column *String) {
	f.words(" from ")
	f.str(*file)
	f.quoted(" column ", column)
}

// quoted writes a word and the text behind it, where there is one.
func (f *formatter) quoted(word string, s *String) {
	if s != nil {
		f.words(word)
		f.str(*s)
	}
}

func (f *formatter) given(g *Given) {
	if g == nil {
		return
	}
	if g.File != nil {
		f.fromFile(g.File, g.ID)
	} else {
		f.words(" from")
	}
	f.quoted(" column ", g.Column)
	f.quoted(" value ", g.Value)
	f.quoted(" marks ", g.Marks)
	f.quoted(" marked ", g.Marked)
	f.quoted(" split ", g.Split)
	if g.Unit != nil {
		f.words(" in ")
		f.seek(g.Unit.Span)
		f.unitName(g.Unit.Text)
	}
}

// enumeration is the choices of an enumeration, or of the elements of a set or a list.
func (t *Type) enumeration() []*Choice { return t.Member().Choices }

func (f *formatter) typ(t *Type) {
	f.seek(t.Span)
	switch {
	case t.SetOf != nil:
		f.words("set of ")
		f.typ(t.SetOf)
	case t.ListOf != nil:
		f.words("list of ")
		f.typ(t.ListOf)
	case t.Name != nil:
		f.name(*t.Name)
	case titled(t.Choices):
		f.indented(2*indentWidth, func() { f.titledChoices(t.Choices) })
	default:
		f.choices(t.Choices, 2*indentWidth)
	}
	if t.Optional {
		f.glue("?")
	}
}

func (f *formatter) unitDeclaration(d *Unit) {
	f.words("unit ")
	f.name(d.Name)
	if d.Of != nil {
		f.words(" of ")
		f.name(*d.Of)
	}
	if d.Value != nil {
		f.words(" = ")
		f.number(d.Value)
	}
	if d.Plus != nil {
		f.words(" + ")
		f.number(d.Plus)
	}
	f.title(d.Title)
}

func (f *formatter) namedValue(d *NamedValue) {
	f.words("value ")
	f.name(d.Name)
	f.words(" = ")
	f.list(len(d.Values), func(i int) {
		f.expr(d.Values[i].Value, sumLevel)
		if since := d.Values[i].Since; since != nil {
			f.words(" since ")
			f.date(*since)
		}
	})
}

func (f *formatter) groupDeclaration(d *Group) {
	f.words("group ")
	f.name(d.Name)
	f.words(" of ")
	f.name(d.Kind)
	if d.From != nil {
		f.rowsOfFile(d)
		return
	}
	if d.External {
		f.words(" external")
		f.screened(d)
		return
	}
	f.glue(":")
	f.indented(indentWidth, func() {
		for i, m := range d.Members {
			if i > 0 {
				f.glue(",")
			}
			if m.Head == nil {
				f.fill()
				f.member(m)
				continue
			}
			if i == 0 || m.Head != d.Members[i-1].Head {
				f.datesInFront(*m.Head, m.Head == d.Members[0].Head && m.Head == d.Members[len(d.Members)-1].Head)
			}
			f.indented(indentWidth, func() {
				f.fill()
				f.member(m)
			})
		}
	})
}

// rowsOfFile writes a file and which of its rows are meant.
func (f *formatter) rowsOfFile(d *Group) {
	f.fromFile(d.From, d.Column)
	f.quoted(" since ", d.Since)
	f.quoted(" until ", d.Until)
	if d.Where != nil {
		f.indented(indentWidth, func() {
			f.fill()
			f.condition("where ", d.Where)
		})
	}
	f.screened(d)
}

// screened writes how much a name has to be like a member for it to be asked about.
func (f *formatter) screened(d *Group) {
	if d.Screened == nil {
		return
	}
	f.indented(indentWidth, func() {
		f.fill()
		f.words("screened at ")
		f.number(d.Screened)
	})
}

// datesInFront writes the dates of the members that follow, on a new line unless they
// hold for the whole list.
func (f *formatter) datesInFront(d Dates, whole bool) {
	if whole {
		f.fill()
	} else {
		f.hard(false)
	}
	f.dates(d)
	f.glue(":")
}

func (f *formatter) member(m Member) {
	switch {
	case m.Quote != nil:
		f.str(*m.Quote)
	case m.Literal != nil:
		f.bare(m.Literal)
	default:
		f.name(m.Name)
	}
	if m.Dates != nil {
		f.sp()
		f.dates(*m.Dates)
	}
}

func (f *formatter) dates(d Dates) {
	if d.Since != nil {
		f.words("since ")
		f.day(*d.Since)
	}
	if d.Since != nil && d.Until != nil {
		f.sp()
	}
	if d.Until != nil {
		f.words("until ")
		f.day(*d.Until)
	}
}

func (f *formatter) day(d Day) {
	f.seek(d.Span)
	f.someDay(d.Text)
	if d.Last != "" {
		f.words(" .. ")
		f.someDay(d.Last)
	}
}

// someDay writes a date or a year, which are one token, or a month, which is three.
func (f *formatter) someDay(text string) {
	if year, month, isMonth := strings.Cut(text, "-"); isMonth && !strings.Contains(month, "-") {
		f.word(year)
		f.glue("-")
		f.glue(month)
		return
	}
	f.word(text)
}

func (f *formatter) function(d *Function) {
	f.words("function ")
	f.name(d.Name)
	f.glue("(")
	f.indented(indentWidth, func() {
		for i, t := range d.Params {
			if i > 0 {
				f.glue(",")
				f.fill()
			}
			f.typ(t)
		}
	})
	f.glue(")")
	f.words(" -> ")
	f.typ(d.Result)
	f.titleBehind(d.Title, d.Result.enumeration() != nil)
}

func (f *formatter) term(d *Term) {
	if d.Open {
		f.words("open ")
	}
	f.words("term ")
	f.name(d.Name)
	if d.Of != nil {
		f.words(" of ")
		f.name(*d.Of)
	}
	if d.Sensitive {
		f.words(" sensitive")
	}
	f.title(d.Title)
	if d.Cond != nil {
		f.defined(d.Cond)
	}
}
