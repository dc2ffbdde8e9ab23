package lang

func (f *formatter) policy(d *Policy) {
	f.unit(Span{d.Start, firstItem(d.Items, d.End)}, func() { f.policyHead(d) })
	f.body(d.End, func() { f.items(d.Items) })
}

// firstItem is where the first of some items begins, or the end without any.
func firstItem(items []Item, end uint32) uint32 {
	if len(items) == 0 {
		return end - min(end, 1)
	}
	return items[0].Range().Start
}

// policyHead stands on one line with its brace; if it does not fit, its clauses
// and the brace stand on lines of their own.
func (f *formatter) policyHead(d *Policy) {
	f.group(func() {
		f.words("policy ")
		f.name(d.Name)
		f.title(d.Title)
		f.indented(indentWidth, func() {
			if d.Amends != nil {
				f.line()
				f.back(d.Amends.Range(), 1)
				f.words("amends ")
				f.name(*d.Amends)
			}
			f.span(d.From, d.Until)
			if d.Decides != nil {
				f.line()
				f.decides(*d.Decides)
			}
			if len(d.Source) > 0 {
				f.line()
				f.back(d.Source[0].Span, 1)
				f.words("source ")
				f.texts(symSource, d.Source)
			}
			if d.When != nil {
				f.line()
				f.condition("when ", d.When)
			}
		})
		f.line()
		f.brace(d.Items, d.End)
	})
}

// brace writes the brace before some items.
func (f *formatter) brace(items []Item, end uint32) {
	if f.remarks != nil {
		f.seek(Span{Start: firstItem(items, end)})
		f.next = max(0, f.next-1)
	}
	f.word("{")
}

func (f *formatter) decides(by Name) {
	f.back(by.Range(), 2)
	f.words("decides by ")
	f.name(by)
}

// span writes from and until on one line.
func (f *formatter) span(from, until *Date) {
	if from == nil && until == nil {
		return
	}
	f.line()
	f.spanHere(from, until)
}

func (f *formatter) spanHere(from, until *Date) {
	if from != nil {
		f.back(from.Range(), 1)
		f.words("from ")
		f.date(*from)
	}
	if until != nil {
		if from != nil {
			f.sp()
		}
		f.back(until.Range(), 1)
		f.words("until ")
		f.date(*until)
	}
}

func (f *formatter) items(items []Item) {
	for i, item := range items {
		f.hard(i > 0 && (f.blankBefore(item.Range().Start) || isSection(item) || isSection(items[i-1])))
		if s, ok := item.(*Section); ok {
			f.section(s)
		} else {
			f.unit(item.Range(), func() { f.item(item) })
		}
		f.flush()
	}
}

func isSection(item Item) bool {
	_, ok := item.(*Section)
	return ok
}

func (f *formatter) item(item Item) {
	switch i := item.(type) {
	case *Rule:
		if i.Label != nil {
			f.name(*i.Label)
			f.glue(":")
			f.sp()
		}
		f.rule(i)
	case *Otherwise:
		f.words("otherwise ")
		f.name(i.Outcome)
		f.indented(indentWidth, func() { f.reasons(i.Requiring, i.Because, i.Source) })
	case *RulesFrom:
		f.words("rules from ")
		f.str(i.File)
	case *Repeal:
		f.words("repeal ")
		f.labels(i.Labels, symRepeal)
	case *ReplaceValue:
		f.words("replace ")
		f.namedValue(i.Value)
	case *Replace:
		f.words("replace ")
		f.label(i.Label)
		f.glue(":")
		f.sp()
		f.rule(i.Rule)
	}
}

func (f *formatter) section(s *Section) {
	f.unit(Span{s.Start, firstItem(s.Items, s.End)}, func() {
		f.group(func() {
			f.words("section ")
			f.name(s.Name)
			f.title(s.Title)
			f.indented(indentWidth, func() {
				if s.Decides != nil {
					f.line()
					f.decides(*s.Decides)
				}
				if s.When != nil {
					f.line()
					f.back(s.When.Range(), 1)
					f.condition("when ", s.When)
				}
			})
			f.line()
			f.brace(s.Items, s.End)
		})
	})
	f.body(s.End, func() { f.items(s.Items) })
}

// condition writes a clause with a condition.
func (f *formatter) condition(word string, cond Expr) {
	f.back(cond.Range(), 1)
	f.words(word)
	f.indented(indentWidth, func() { f.expr(cond, impliesLevel) })
}

// rule writes a rule behind its label: what it says on one line if that fits,
// its reasons below.
func (f *formatter) rule(r *Rule) {
	reasons := len(r.Requiring) > 0 || r.Because != nil || len(r.Source) > 0
	f.group(func() {
		f.head(r)
		f.indented(indentWidth, func() {
			f.clauses(r)
			if !reasons {
				f.span(r.From, r.Until)
			}
		})
	})
	f.indented(indentWidth, func() {
		f.reasons(r.Requiring, r.Because, r.Source)
		if reasons && (r.From != nil || r.Until != nil) {
			f.hard(false)
			f.spanHere(r.From, r.Until)
		}
	})
}

// head writes the outcome, the object and the phrases.
func (f *formatter) head(r *Rule) {
	f.group(func() {
		f.name(r.Outcome)
		f.indented(2*indentWidth, func() {
			if r.Object != nil {
				f.sp()
				f.expr(r.Object, impliesLevel)
			}
			for _, p := range r.Phrases {
				f.line()
				f.name(p.Prep)
				f.sp()
				f.expr(p.X, impliesLevel)
			}
		})
	})
}

// clauses writes what a rule's sentence says behind its phrases.
func (f *formatter) clauses(r *Rule) {
	if r.When != nil {
		f.line()
		f.condition("when ", r.When)
	}
	if r.Unless != nil {
		f.line()
		f.condition("unless ", r.Unless)
	}
	if len(r.Notwithstanding) > 0 {
		f.line()
		f.back(r.Notwithstanding[0].Span, 1)
		f.words("notwithstanding ")
		f.labels(r.Notwithstanding, symNotwithstanding)
	}
	if len(r.SubjectTo) > 0 {
		f.line()
		f.back(r.SubjectTo[0].Span, 2)
		f.words("subject to ")
		f.labels(r.SubjectTo, symSubject, symTo)
	}
}

// reasons writes obligations, reasons and citations, each on lines of its own.
func (f *formatter) reasons(requiring []String, because *Wording, source []String) {
	if len(requiring) > 0 {
		f.hard(false)
		f.back(requiring[0].Span, 1)
		f.words("requiring ")
		f.texts(symRequiring, requiring)
	}
	if because != nil {
		f.hard(false)
		f.back(because.Span, 1)
		f.words("because ")
		f.wording(because.String, because.In)
	}
	if len(source) > 0 {
		f.hard(false)
		f.back(source[0].Span, 1)
		f.words("source ")
		f.texts(symSource, source)
	}
}
