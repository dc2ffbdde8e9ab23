package lang

func (f *formatter) test(d *Test) {
	head := f.braceAfter(d.Start)
	f.unit(Span{d.Start, head}, func() {
		f.words("test ")
		f.str(d.Name)
		if len(d.Under) > 0 {
			f.words(" under ")
			f.names(d.Under)
		}
		f.words(" {")
	})
	f.body(d.End, func() {
		f.unit(Span{head, d.End - min(d.End, 1)}, func() { f.testBody(d) })
		f.flush()
	})
}

// braceAfter is where the first opening brace behind an offset ends.
func (f *formatter) braceAfter(offset uint32) uint32 {
	if f.remarks == nil {
		return offset
	}
	i := f.index(offset)
	for f.tokens[i].sym != symLBrace && f.tokens[i].kind != eofToken {
		i++
	}
	return f.tokens[i].end
}

func (f *formatter) testBody(d *Test) {
	if d.AsOf != nil {
		f.hard(false)
		f.back(d.AsOf.Range(), 2)
		f.words("as of ")
		f.date(*d.AsOf)
	}
	if len(d.Given) > 0 {
		f.hard(false)
		f.back(d.Given[0].Range(), 1)
		f.words("given ")
		f.list(len(d.Given), func(i int) {
			f.inherit(i, d.Given[i].Range(), symGiven)
			f.fact(d.Given[i])
		})
	}
	for _, e := range d.Expect {
		f.hard(f.blankBefore(e.Start))
		f.expect(e)
	}
}

// fact writes a fact: its value may be a list, which a condition has only
// behind in.
func (f *formatter) fact(e Expr) { f.expr(e, notLevel) }

// back makes the token n before a span the next one.
func (f *formatter) back(span Span, n int) {
	if f.remarks != nil {
		f.seek(span)
		f.next = max(0, f.next-n)
	}
}

func (f *formatter) expect(e *Expect) {
	f.seek(e.Span)
	f.words("expect ")
	f.name(e.Outcome)
	f.group(func() {
		f.indented(indentWidth, func() {
			if len(e.Between) > 0 {
				f.line()
				f.words("between ")
				f.names(e.Between)
			}
			if len(e.Needing) > 0 {
				f.line()
				f.words("needing ")
				f.list(len(e.Needing), func(i int) { f.bare(e.Needing[i]) })
			}
			if len(e.By) > 0 {
				f.line()
				f.words("by ")
				f.labels(e.By, symBy)
			}
			if len(e.Requiring) > 0 {
				f.line()
				f.words("requiring ")
				f.texts(symRequiring, e.Requiring)
			}
		})
	})
}

func (f *formatter) claim(d *Claim) {
	f.words("claim ")
	f.str(d.Name)
	if len(d.Under) > 0 {
		f.words(" under ")
		f.names(d.Under)
	}
	if d.AsOf != nil {
		f.words(" as of ")
		f.date(*d.AsOf)
	}
	f.glue(":")
	f.group(func() {
		f.indented(indentWidth, func() {
			f.line()
			f.claimSentence(d)
			if d.When != nil {
				f.line()
				f.words("when ")
				f.expr(d.When, impliesLevel)
			}
		})
	})
}

func (f *formatter) claimSentence(d *Claim) {
	switch d.Form {
	case AlwaysDecided:
		f.words("always decided")
	case Always, Never:
		f.words(map[ClaimForm]string{Always: "always ", Never: "never "}[d.Form])
		for i, o := range d.Outcomes {
			if i > 0 {
				f.words(" or ")
			}
			f.name(o)
		}
	case NeverStricter, NeverLooser, SameAs, SameOutcomes, RequiresNoMore:
		f.name(*d.A)
		f.words(map[ClaimForm]string{
			NeverStricter: " never stricter than ", NeverLooser: " never looser than ", SameAs: " same as ",
			SameOutcomes: " same outcomes as ", RequiresNoMore: " requires no more than ",
		}[d.Form])
		f.name(*d.B)
	case SameDecision:
		f.words("same decision when ")
		f.group(func() { f.indented(indentWidth, func() { f.swaps(d.Swaps) }) })
	}
}

func (f *formatter) swaps(list []*Swap) {
	for i, s := range list {
		if i > 0 {
			f.line()
			f.words("and ")
		}
		f.bare(s.Attr)
		f.words(" swaps ")
		f.name(s.V)
		f.glue(",")
		f.sp()
		f.name(s.W)
	}
}
