package lang

import (
	"cmp"
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

// gen draws random trees, as Parse could have returned them.
type gen struct{ *rapid.T }

func (g gen) n(label string, lo, hi int) int { return rapid.IntRange(lo, hi).Draw(g.T, label) }
func (g gen) yes(label string) bool          { return rapid.Bool().Draw(g.T, label) }
func (g gen) rarely(label string) bool       { return g.n(label, 0, 4) == 4 }

// plainNames are names whatever stands around them, wordNames nearly wherever
// they stand. Those that anyNames adds are names only where nothing else can
// stand: behind a dot, before a colon.
var (
	plainNames = []string{"SLV", "item", "recipient", "nonMember", "x", "Größe", "_a1", "Категория", "Kind", "UNLESS", "a"}
	wordNames  = []string{"source", "of", "text", "like", "set", "list", "before", "least", "given", "always", "yes", "none", "all", "no", "count", "some", "exactly", "within", "expect", "never", "same", "sensitive", "code", "name"}
	mostNames  = append(wordNames, plainNames...)
	anyNames   = append([]string{"in", "not", "to", "any", "when", "otherwise", "subject", "test", "group", "kind", "policy", "open", "because", "until", "section", "repeal", "has"}, mostNames...)
)

func (g gen) from(names []string) Name { return Name{Text: rapid.SampledFrom(names).Draw(g.T, "name")} }

func (g gen) name() Name {
	if g.rarely("a word of the grammar") {
		return g.from(mostNames)
	}
	return g.from(plainNames)
}

func (g gen) maybe() *Name {
	if g.yes("maybe a name") {
		n := g.name()
		return &n
	}
	return nil
}

// pattern is the pattern of a like.
func (g gen) pattern() string {
	if g.yes("plain") {
		return strings.ReplaceAll(g.str().Value, `\`, `\\`)
	}
	return rapid.StringMatching(`([ab*?"]|\\\\|\\\*|\\\?)*`).Draw(g.T, "pattern")
}

func (g gen) str() String {
	return String{Value: rapid.OneOf(
		rapid.SampledFrom([]string{"", "MTCR Guidelines, paragraph 2", `say "no" \ maybe`, "tab\there\nand a line", "überaus # kein Kommentar", "\u202e hidden", "😀", strRepeat("long ", 30)}),
		rapid.StringMatching(`[a-zA-Z0-9 .,:{}()#"\\-]{0,20}`),
	).Draw(g.T, "text")}
}

func strRepeat(s string, n int) string {
	out := ""
	for range n {
		out += s
	}
	return out
}

func (g gen) maybeStr() *String {
	if g.yes("maybe a text") {
		s := g.str()
		return &s
	}
	return nil
}

func (g gen) date() Date {
	y, m := g.n("year", 1, 9999), g.n("month", 1, 12)
	return Date{Text: fmt.Sprintf("%04d-%02d-%02d", y, m, g.n("day", 1, daysIn(y, m)))}
}

func (g gen) maybeDate() *Date {
	if g.rarely("maybe a date") {
		d := g.date()
		return &d
	}
	return nil
}

// maybeDay draws a day as far as it is known.
func (g gen) maybeDay() *Day {
	d := g.maybeDate()
	if d == nil {
		return nil
	}
	day := &Day{Text: d.Text}
	switch g.n("known", 0, 4) {
	case 0:
		day.Text = d.Text[:4]
	case 1:
		day.Text = d.Text[:7]
	}
	if g.rarely("last") {
		day.Last = g.date().Text[:7]
	}
	return day
}

// list draws between least and most things.
func list[T any](g gen, least, most int, one func() T) []T {
	var out []T
	for range g.n("how many", least, most) {
		out = append(out, one())
	}
	return out
}

func (g gen) file() *File {
	return &File{Decls: list(g, 0, 6, g.decl)}
}

func (g gen) decl() Decl {
	return rapid.SampledFrom([]func() Decl{
		g.use, g.outcomes, g.kind, g.unit, g.namedValue, g.role, g.group, g.function, g.term, g.constraint, g.policy, g.policy, g.series, g.test, g.claim,
	}).Draw(g.T, "declaration")()
}

func (g gen) use() Decl {
	if n := g.maybe(); n != nil {
		return &Use{Module: n}
	}
	s := g.str()
	return &Use{Path: &s}
}

// The names of outcomes are kept apart from all others, since they decide how a
// rule is read.
var outcomeNames = []string{"deny", "permit", "review", "prohibit"}

func (g gen) outcomes() Decl {
	o := &Outcomes{}
	for i := range g.n("outcomes", 1, 12) {
		o.Items = append(o.Items, &OutcomeItem{Less: i > 0 && g.yes("less"), Name: g.from(outcomeNames), Title: g.maybeWording()})
	}
	return o
}

func (g gen) choice() *Choice {
	c := &Choice{Name: g.name()}
	if g.rarely("titles") {
		c.Titles, c.In = list(g, 1, 3, g.str), g.translations()
	}
	return c
}

// languages are tags of every shape, those that begin with a word of the language among them.
var languages = []string{"de", "fr", "nds", "pt-BR", "es-419", "zh-Hant-TW", "de-1996", "sl-rozaj-nedis", "is-IS", "no", "or-IN"}

func (g gen) translations() []Translation {
	if !g.rarely("translated") {
		return nil
	}
	return list(g, 1, 3, func() Translation {
		return Translation{Language{Text: rapid.SampledFrom(languages).Draw(g.T, "language")}, g.str()}
	})
}

func (g gen) maybeWording() *Wording {
	if s := g.maybeStr(); s != nil {
		return &Wording{*s, g.translations()}
	}
	return nil
}

func (g gen) kind() Decl {
	k := &Kind{Name: g.name()}
	switch g.n("identity", 0, 3) {
	case 3:
		file := g.str()
		k.From, k.Column, k.Open = &file, g.maybeStr(), g.yes("open")
	case 1:
		k.Text, k.Sensitive = true, g.rarely("sensitive")
		if g.yes("folded") {
			k.Text = false
			k.Code = g.yes("code and no name")
			k.ByName = !k.Code
			if g.yes("from a file") {
				file := g.str()
				k.From, k.Column, k.Open = &file, g.maybeStr(), g.yes("open")
			}
		}
	case 2:
		k.Ids, k.Also = list(g, 1, 15, g.choice), g.rarely("also")
		if first := k.Ids[0].Name.Text; first == "text" || first == "code" || first == "name" {
			k.Ids[0].Name.Text = "texts" // kind K = text says something else
		}
	}
	k.Attrs = list(g, 0, 5, g.attr)
	return k
}

func (g gen) function() Decl {
	f := &Function{Name: g.name(), Params: list(g, 0, 4, func() *Type { return g.typ(1) }), Result: g.typ(2), Title: g.maybeWording()}
	if !f.Result.Optional {
		settleTitle(f.Result, f.Title)
	}
	return f
}

func (g gen) attr() *Attr {
	a := &Attr{Name: g.from(anyNames), Type: g.typ(2), Title: g.maybeWording()}
	if g.rarely("default") {
		a.Default = g.value(2)
	}
	if g.rarely("given") {
		a.Given = g.given()
	}
	a.Sensitive = g.rarely("sensitive")
	if g.rarely("json") {
		called := g.str()
		a.JSON = &called
	}
	if a.Default == nil && a.Given == nil && !a.Type.Optional && !a.Sensitive && a.JSON == nil {
		settleTitle(a.Type, a.Title)
	}
	return a
}

// given draws from where the values of an attribute are read.
func (g gen) given() *Given {
	d, s := &Given{}, g.str()
	own := g.yes("the file of the kind")
	if !own {
		file := g.str()
		d.File, d.ID = &file, g.maybeStr()
	}
	switch g.n("cells", 0, 2) {
	case 0:
		d.Marks = &s
		return d
	case 1:
		d.Marked = &s
		return d
	}
	if own {
		d.Column = &s
	} else {
		d.Value = &s
	}
	switch g.n("how", 0, 2) {
	case 0:
		split := g.str()
		d.Split = &split
	case 1:
		d.Unit = &UnitName{Text: g.number(true).Unit}
	}
	return d
}

// settleTitle makes the titles of choices such that it is clear whose the last one is.
func settleTitle(t *Type, title *Wording) {
	for t.ListOf != nil || t.SetOf != nil {
		if t.ListOf != nil {
			t = t.ListOf
		} else {
			t = t.SetOf
		}
	}
	n := len(t.Choices)
	if n == 0 {
		return
	}
	if title != nil || !titled(t.Choices[:n-1]) {
		for _, c := range t.Choices {
			c.Titles, c.In = nil, nil
		}
	}
}

func (g gen) typ(depth int) *Type {
	t := &Type{Optional: g.rarely("optional")}
	switch k := g.n("type", 0, 3); {
	case k == 0 && depth > 0:
		t.SetOf = g.typ(depth - 1)
	case k == 1 && depth > 0:
		t.ListOf = g.typ(depth - 1)
	case k == 2:
		t.Choices = list(g, 2, 12, g.choice)
	default:
		n := g.name()
		t.Name = &n
	}
	if t.SetOf != nil {
		t.SetOf.Optional = false
	} else if t.ListOf != nil {
		t.ListOf.Optional = false
	}
	return t
}

func (g gen) unit() Decl {
	u := &Unit{Name: g.name(), Title: g.maybeWording()}
	if u.Of = g.maybe(); u.Of == nil {
		u.Value = g.number(true)
		if g.rarely("offset") {
			u.Plus = g.number(true)
		}
	}
	return u
}

func (g gen) namedValue() Decl {
	return &NamedValue{Name: g.name(), Values: list(g, 1, 4, func() DatedValue {
		v := DatedValue{Value: g.sum(2)}
		if g.yes("since") {
			since := g.date()
			v.Since = &since
		}
		return v
	})}
}

func (g gen) role() Decl {
	r := &Role{Name: g.from(anyNames), Kind: g.name()}
	if g.yes("preposition") {
		p := g.from(prepositions)
		r.Prep = &p
	}
	return r
}

func (g gen) group() Decl {
	d := &Group{Name: g.name(), Kind: g.name()}
	if g.rarely("screened") {
		d.Screened = &Number{Text: rapid.SampledFrom([]string{"0.9", "1"}).Draw(g.T, "threshold")}
	}
	if d.External = g.rarely("external"); d.External {
		return d
	}
	if g.rarely("file") {
		s := g.str()
		d.From, d.Column, d.Since, d.Until = &s, g.maybeStr(), g.maybeStr(), g.maybeStr()
		if g.yes("where") {
			d.Where = g.cond(2)
		}
		return d
	}
	dates := func() *Dates {
		d := &Dates{Since: g.maybeDay(), Until: g.maybeDay()}
		if *d == (Dates{}) {
			return nil
		}
		return d
	}
	d.Screened = nil
	var head *Dates
	d.Members = list(g, 1, 30, func() Member {
		if g.rarely("head") {
			head = cmp.Or(dates(), head)
		}
		m := Member{Dates: dates(), Head: head}
		switch {
		case g.rarely("quoted"):
			s := g.str()
			m.Quote = &s
		case g.rarely("literal"):
			m.Literal = g.literal()
		default:
			m.Name = g.name()
		}
		return m
	})
	return d
}

func (g gen) term() Decl {
	t := &Term{Name: g.name(), Of: g.maybe()}
	if g.rarely("open") {
		t.Open, t.Sensitive, t.Title = true, g.rarely("sensitive"), g.maybeWording()
	} else {
		t.Cond = g.cond(3)
	}
	return t
}

func (g gen) constraint() Decl { return &Constraint{Name: g.name(), Cond: g.cond(3)} }

func (g gen) policy() Decl {
	p := &Policy{
		Name: g.name(), Title: g.maybeWording(), Amends: g.maybe(), From: g.maybeDate(), Until: g.maybeDate(), Decides: g.maybe(),
		Source: list(g, 0, 2, g.str), Items: g.items(2),
	}
	if g.rarely("when") {
		p.When = g.cond(2)
	}
	return p
}

func (g gen) items(depth int) []Item {
	items := list(g, 0, 6, func() Item { return g.item(depth) })
	if items == nil {
		items = []Item{}
	}
	return items
}

func (g gen) item(depth int) Item {
	switch k := g.n("item", 0, 8); {
	case k == 0:
		return &Otherwise{Outcome: g.from(outcomeNames), Requiring: list(g, 0, 2, g.str), Because: g.maybeWording(), Source: list(g, 0, 2, g.str)}
	case k == 1:
		return &Repeal{Labels: list(g, 1, 3, g.label)}
	case k == 2:
		if g.rarely("value") {
			return &ReplaceValue{Value: g.namedValue().(*NamedValue)}
		}
		return &Replace{Label: g.label(), Rule: g.rule(false)}
	case k == 3 && depth > 0:
		s := &Section{Name: g.name(), Title: g.maybeWording(), Decides: g.maybe(), Items: g.items(depth - 1)}
		if g.rarely("when") {
			s.When = g.cond(2)
		}
		return s
	case k == 4 && g.rarely("table"):
		return &RulesFrom{File: g.str()}
	default:
		return g.rule(true)
	}
}

func (g gen) label() LabelRef {
	if g.rarely("numbered") {
		return LabelRef{Text: fmt.Sprintf("%s/%d", g.name().Text, g.n("number", 0, 999))}
	}
	return LabelRef{Text: g.name().Text}
}

func (g gen) rule(labelled bool) *Rule {
	r := &Rule{
		Outcome: g.from(outcomeNames), Requiring: list(g, 0, 2, g.str), Because: g.maybeWording(), Source: list(g, 0, 2, g.str),
		From: g.maybeDate(), Until: g.maybeDate(),
	}
	if labelled && g.yes("label") {
		n := g.from(anyNames)
		r.Label = &n
	}
	if g.yes("object") {
		r.Object = g.phrase(2)
	}
	r.Phrases = list(g, 0, 2, func() Phrase { return Phrase{Prep: g.from(prepositions), X: g.phrase(2)} })
	if g.yes("when") {
		r.When = g.cond(2)
	}
	if g.yes("unless") {
		r.Unless = g.cond(2)
	}
	if g.rarely("notwithstanding") {
		r.Notwithstanding = list(g, 1, 3, g.label)
	}
	if g.rarely("subject to") {
		r.SubjectTo = list(g, 1, 3, g.label)
	}
	return r
}

// phrase draws what stands in a rule's sentence.
func (g gen) phrase(depth int) Expr {
	if g.rarely("alternatives") {
		return &Alternatives{Elems: list(g, 2, 12, func() Expr { return g.phraseOr(depth) })}
	}
	return g.phraseOr(depth)
}

func (g gen) phraseOr(depth int) Expr {
	return g.chain(Or, 3, func() Expr { return g.chain(And, 3, func() Expr { return g.phraseNot(depth) }) })
}

// chain draws one or a few things under one operator, nested to the left.
func (g gen) chain(op Op, most int, one func() Expr) Expr {
	x := one()
	if g.n("chain", 0, 3) < 3 {
		return x
	}
	for range g.n("operators", 1, most) {
		x = &Binary{Op: op, X: x, Y: one()}
	}
	return x
}

func (g gen) phraseNot(depth int) Expr {
	switch k := g.n("phrase", 0, 7); {
	case k == 0:
		return &Unary{Op: Not, X: g.phraseNot(depth)}
	case k == 1:
		return &Any{}
	case k == 2:
		return &Text{Value: g.str().Value}
	case k == 3 && depth > 0:
		return &Paren{X: g.phrase(depth - 1)}
	default:
		return &Ref{Path: []Name{g.name()}}
	}
}

func (g gen) series() Decl { return &Series{Name: g.name(), Policies: list(g, 1, 20, g.name)} }

func (g gen) test() Decl {
	t := &Test{Name: g.str(), Under: list(g, 0, 3, g.name), AsOf: g.maybeDate(), Given: list(g, 0, 6, g.fact)}
	t.Expect = list(g, 0, 3, func() *Expect {
		return &Expect{
			Outcome: g.from(outcomeNames), Between: list(g, 0, 3, g.name), Needing: list(g, 0, 3, g.needed),
			By: list(g, 0, 3, g.label), Requiring: list(g, 0, 2, g.str),
		}
	})
	return t
}

func (g gen) needed() Expr {
	switch g.n("needed", 0, 3) {
	case 0:
		return &In{X: g.ref(), Target: &Ref{Path: []Name{g.name()}}}
	case 1:
		return &Call{Fun: g.from(plainNames), Args: list(g, 0, 3, func() Expr { return g.sum(1) })}
	}
	return g.ref()
}

func (g gen) fact() Expr {
	switch g.n("fact", 0, 7) {
	case 6:
		return &In{X: g.ref(), Not: g.yes("not"), Target: &Ref{Path: []Name{g.name()}}}
	case 7:
		return &Binary{Op: Eq, X: &Call{Fun: g.from(plainNames), Args: list(g, 0, 3, func() Expr { return g.sum(1) })}, Y: g.value(1)}
	case 0:
		return &Is{X: g.ref(), Not: g.yes("not"), Term: g.name()}
	case 1:
		return g.ref()
	case 2:
		return &Unary{Op: Not, X: g.ref()}
	}
	return &Binary{Op: Eq, X: g.ref(), Y: g.value(1)}
}

// value is what stands behind = in a fact or a default.
func (g gen) value(depth int) Expr {
	if g.rarely("list") {
		return &Tuple{Elems: list(g, 0, 4, func() Expr { return g.sum(depth) })}
	}
	x := g.sum(depth)
	if _, ok := x.(*Paren); ok { // which is a list of one
		return g.ref()
	}
	return x
}

// startsWithParen says whether the first token of an expression is an opening parenthesis.
func startsWithParen(e Expr) bool { return FormatExpr(e)[0] == '(' }

func (g gen) claim() Decl {
	c := &Claim{Name: g.str(), Under: list(g, 0, 3, g.name), AsOf: g.maybeDate(), Form: ClaimForm(g.n("form", 0, int(SameDecision)))}
	switch c.Form {
	case Always, Never:
		c.Outcomes = list(g, 1, 3, func() Name { return g.from(outcomeNames) })
	case NeverStricter, NeverLooser, SameAs, SameOutcomes, RequiresNoMore:
		a, b := g.name(), g.name()
		c.A, c.B = &a, &b
	case SameDecision:
		c.Swaps = list(g, 1, 3, func() *Swap { return &Swap{Attr: g.ref(), V: g.name(), W: g.name()} })
	}
	if g.yes("when") {
		c.When = g.cond(2)
	}
	return c
}

func (g gen) ref() *Ref {
	r := &Ref{Path: []Name{g.name()}}
	for range g.n("steps", 0, 2) {
		r.Path = append(r.Path, g.from(anyNames))
	}
	return r
}

var units = []string{"km", "kg", "km/h", "days", "m", "%"}

func (g gen) number(unit bool) *Number {
	n := &Number{Text: rapid.StringMatching(`(0|[1-9][0-9]{0,5})(\.[0-9]{1,3})?`).Draw(g.T, "number")}
	if unit || g.yes("unit") {
		n.Unit = rapid.SampledFrom(units).Draw(g.T, "unit")
	}
	return n
}

// cond draws a condition. What binds too loosely for its place is put in Parens.
func (g gen) cond(depth int) Expr {
	if depth == 0 {
		return g.ref()
	}
	e := g.condOr(depth)
	if g.rarely("implies") {
		if greedy(e) {
			e = &Paren{X: e}
		}
		return &Binary{Op: Implies, X: e, Y: g.cond(depth - 1)}
	}
	return e
}

func (g gen) condOr(depth int) Expr {
	return g.chain(Or, 4, func() Expr { return g.chain(And, 4, func() Expr { return g.condNot(depth) }) })
}

func (g gen) condNot(depth int) Expr {
	if g.rarely("not") {
		x := g.condNot(depth)
		if in, ok := x.(*In); ok && in.X == nil && !in.Not {
			x = &Paren{X: x}
		}
		return &Unary{Op: Not, X: x}
	}
	return g.relation(depth)
}

func (g gen) relation(depth int) Expr {
	not := g.yes("not")
	switch g.n("relation", 0, 8) {
	case 6:
		x := g.sum(depth - 1)
		return &SetQuant{Op: rapid.SampledFrom([]Op{AnyOf, AllOf, NoneOf}).Draw(g.T, "op"), X: x, Target: g.target(depth - 1)}
	case 0, 1:
		if g.rarely("members") {
			members := list(g, 0, 4, func() Expr { return g.sum(depth - 1) })
			if len(members) != 1 { // which is a value in parentheses
				return &Binary{Op: rapid.SampledFrom([]Op{Eq, Ne}).Draw(g.T, "equality"), X: g.sum(depth - 1), Y: &Tuple{Elems: members}}
			}
		}
		op := rapid.SampledFrom([]Op{Eq, Ne, Lt, Le, Gt, Ge}).Draw(g.T, "comparison")
		return &Binary{Op: op, X: g.sum(depth - 1), Y: g.sum(depth - 1)}
	case 2:
		in := &In{Not: not, Target: g.target(depth - 1)}
		if g.yes("explicit") {
			in.X = g.sum(depth - 1)
		}
		return in
	case 3:
		return &Is{X: g.ref(), Not: not, Term: g.name()}
	case 4:
		if g.yes("under") {
			return &Under{X: g.sum(depth - 1), Not: not, Code: Text{Value: g.str().Value}}
		}
		return &Like{X: g.sum(depth - 1), Not: not, Pattern: Text{Value: g.pattern()}}
	case 5:
		return &Within{X: g.sum(depth - 1), Not: not, Amount: g.number(true), Dir: g.from([]string{"before", "after", "of"}), Y: g.sum(depth - 1)}
	default:
		x := g.sum(depth - 1)
		if greedy(x) {
			return &Paren{X: x}
		}
		return x
	}
}

func (g gen) target(depth int) Expr {
	switch g.n("target", 0, 3) {
	case 0:
		return g.ref()
	case 3:
		return &Literal{Text: g.of("10.0.0.0/8", "::/0", "fe80::/10", "192.168.0.0/16")}
	case 1:
		lo := g.sum(depth)
		if startsWithParen(lo) {
			lo = g.ref()
		}
		return &Interval{Lo: lo, Hi: g.sum(depth)}
	}
	return &Tuple{Elems: list(g, 1, 8, func() Expr {
		if g.rarely("interval") {
			return &Interval{Lo: g.sum(depth), Hi: g.sum(depth)}
		}
		return g.sum(depth)
	})}
}

func (g gen) literal() *Literal {
	return &Literal{Text: g.of("10.0.0.1", "0.0.0.0/0", "10.1.0.0/16", "::", "::1", "fe80::", "2001:db8::a:1", "abcd:ef01:2345:6789:abcd:ef01:2345:6789", "::/0", "2001:db8::/32",
		"00:00", "09:00", "23:59:59.5", "2026-11-29T18:42:00+01:00", "0999-01-01T00:00:00.000000001Z")}
}

func (g gen) of(texts ...string) string { return rapid.SampledFrom(texts).Draw(g.T, "text") }

func (g gen) sum(depth int) Expr {
	product := func() Expr {
		op := rapid.SampledFrom([]Op{Mul, Div}).Draw(g.T, "product")
		return g.chain(op, 2, func() Expr { return g.sign(depth) })
	}
	return g.chain(rapid.SampledFrom([]Op{Add, Sub}).Draw(g.T, "sum"), 2, product)
}

func (g gen) sign(depth int) Expr {
	if g.n("sign", 0, 9) == 9 {
		return &Unary{Op: Sub, X: g.sign(depth)}
	}
	return g.operand(depth)
}

func (g gen) operand(depth int) Expr {
	if depth <= 0 {
		return rapid.SampledFrom([]func() Expr{
			func() Expr { return g.ref() },
			func() Expr { return g.number(false) },
			func() Expr { return &Text{Value: g.str().Value} },
			func() Expr { return &DateLit{Text: g.date().Text} },
			func() Expr { return g.literal() },
		}).Draw(g.T, "value")()
	}
	switch g.n("operand", 0, 10) {
	case 6:
		return &Paren{X: g.cond(depth - 1)}
	case 1:
		return &Has{X: g.ref()}
	case 2:
		return &AtLeast{
			Op: rapid.SampledFrom([]Op{Least, Most, Exactly}).Draw(g.T, "op"),
			N:  Number{Text: fmt.Sprint(g.n("n", 0, 9))}, Of: list(g, 1, 6, func() Expr { return g.cond(depth - 1) }),
		}
	case 3:
		return &Call{Fun: g.name(), Args: list(g, 0, 3, func() Expr {
			if g.yes("list") {
				return &Tuple{Elems: list(g, 2, 4, func() Expr { return g.sum(depth - 1) })}
			}
			return g.sum(depth - 1)
		})}
	case 4:
		e := &Aggregate{Op: rapid.SampledFrom([]Op{SumOf, MinOf, MaxOf, AverageOf}).Draw(g.T, "op"), X: g.sum(depth - 1), Var: g.name(), List: g.ref()}
		if g.yes("where") {
			e.Where = g.cond(depth - 1)
			return &Paren{X: e}
		}
		return e
	case 5:
		return &Paren{X: &Quant{
			Op:  rapid.SampledFrom([]Op{Some, Every, No, Count}).Draw(g.T, "op"),
			Var: g.name(), List: g.ref(), Cond: g.cond(depth - 1),
		}}
	}
	return g.operand(0)
}
