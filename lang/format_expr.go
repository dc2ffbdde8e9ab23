package lang

// How tightly an expression holds together, from the loosest to the tightest.
const (
	quantLevel = iota
	impliesLevel
	orLevel
	andLevel
	notLevel
	relationLevel
	sumLevel
	productLevel
	signLevel
	operandLevel
)

// FormatExpr writes a condition, a value or a phrase on one line, in the
// author's words. Parentheses are added where a tree that was built by hand
// needs them.
func FormatExpr(e Expr) string {
	if e == nil {
		return ""
	}
	f := formatter{printer: &printer{}}
	f.expr(e, impliesLevel)
	return f.flatText()
}

// Precedence is how tightly an operator binds, from the loosest, which is 0: that of a
// quantifier, whose condition reaches as far as it can.
func (op Op) Precedence() int {
	switch op {
	case Some, Every, No, Count:
		return quantLevel
	case Implies:
		return impliesLevel
	case Or:
		return orLevel
	case And:
		return andLevel
	case Not:
		return notLevel
	case Add, Sub:
		return sumLevel
	case Mul, Div:
		return productLevel
	case Least, Most, Exactly, SumOf, MinOf, MaxOf, AverageOf:
		return operandLevel
	}
	return relationLevel
}

func level(e Expr) int {
	switch e := e.(type) {
	case *Binary:
		return e.Op.Precedence()
	case *Unary:
		if e.Op == Sub {
			return signLevel
		}
		return e.Op.Precedence()
	case *In, *Is, *Like, *Under, *Within, *SetQuant:
		return relationLevel
	case *Alternatives:
		return impliesLevel
	case *Interval:
		return impliesLevel
	}
	return operandLevel
}

// greedy says whether an expression ends in a condition that reaches as far as
// it can, so that an operator behind it would be swallowed.
func greedy(e Expr) bool {
	for {
		switch x := e.(type) {
		case *Quant:
			return true
		case *Aggregate:
			return x.Where != nil
		case *Binary:
			e = x.Y
		case *Unary:
			e = x.X
		case *Within:
			e = x.Y
		default:
			return false
		}
	}
}

// left writes an operand that an operator follows.
func (f *formatter) left(e Expr, least int) {
	if greedy(e) {
		least = operandLevel + 1
	}
	f.expr(e, least)
}

// expr writes an expression in a place that wants one at least so tight.
func (f *formatter) expr(e Expr, least int) {
	if level(e) < least || least > operandLevel {
		f.glue("(")
		f.bare(e)
		f.glue(")")
		return
	}
	f.bare(e)
}

func (f *formatter) bare(e Expr) {
	f.seek(e.Range())
	switch e := e.(type) {
	case *Binary:
		f.binary(e)
	case *Unary:
		f.unary(e)
	case *Paren:
		f.word("(")
		f.indented(indentWidth, func() { f.bareOrParen(e.X) })
		f.glue(")")
	case *Ref:
		f.path(e)
	case *Number:
		f.number(e)
	case *DateLit:
		f.word(e.Text)
	case *Literal:
		f.word(e.Text)
	case *Text:
		f.word(Quote(e.Value))
	case *In:
		f.in(e)
	case *Tuple:
		f.tuple(e.Elems)
	case *Interval:
		f.left(e.Lo, sumLevel)
		f.sp()
		f.word("..")
		f.sp()
		f.expr(e.Hi, sumLevel)
	case *Is:
		f.path(e.X)
		f.words(" is")
		f.not(e.Not)
		f.sp()
		f.name(e.Term)
	case *Has:
		f.word("has")
		f.sp()
		f.path(e.X)
	case *Like:
		f.left(e.X, sumLevel)
		f.not(e.Not)
		f.words(" like ")
		f.word(QuotePattern(e.Pattern.Value))
	case *Under:
		f.left(e.X, sumLevel)
		f.not(e.Not)
		f.words(" under ")
		f.word(Quote(e.Code.Value))
	case *Within:
		f.left(e.X, sumLevel)
		f.not(e.Not)
		f.words(" within ")
		f.number(e.Amount)
		f.sp()
		f.name(e.Dir)
		f.sp()
		f.expr(e.Y, sumLevel)
	case *AtLeast:
		f.atLeast(e)
	case *SetQuant:
		f.setQuant(e)
	case *Quant:
		f.quant(e)
	case *Aggregate:
		f.aggregate(e)
	case *Call:
		f.name(e.Fun)
		f.tuple(e.Args)
	case *Any:
		f.word("any")
	case *Alternatives:
		f.list(len(e.Elems), func(i int) { f.expr(e.Elems[i], orLevel) })
	}
}

// bareOrParen is what may stand in parentheses: anything.
func (f *formatter) bareOrParen(e Expr) { f.expr(e, impliesLevel) }

// binary writes a chain of one operator as one group, so that it breaks at
// every operator or at none.
func (f *formatter) binary(e *Binary) {
	l := level(e)
	if l == relationLevel {
		f.left(e.X, sumLevel)
		f.sp()
		f.word(opTexts[e.Op])
		f.sp()
		f.expr(e.Y, sumLevel)
		return
	}
	chain := []*Binary{e}
	if l == impliesLevel {
		f.group(func() {
			f.left(e.X, orLevel)
			f.line()
			f.word(opTexts[e.Op])
			f.sp()
			f.expr(e.Y, impliesLevel)
		})
		return
	}
	for {
		x, ok := chain[len(chain)-1].X.(*Binary)
		if !ok || level(x) != l || greedy(x) {
			break
		}
		chain = append(chain, x)
	}
	f.group(func() {
		f.left(chain[len(chain)-1].X, l)
		for i := len(chain) - 1; i >= 0; i-- {
			f.line()
			f.word(opTexts[chain[i].Op])
			f.sp()
			if i > 0 {
				f.left(chain[i].Y, l+1)
			} else {
				f.expr(chain[i].Y, l+1)
			}
		}
	})
}

var opTexts = map[Op]string{
	Implies: "implies", Or: "or", And: "and", Not: "not",
	Eq: "=", Ne: "!=", Lt: "<", Le: "<=", Gt: ">", Ge: ">=", Add: "+", Sub: "-", Mul: "*", Div: "/",
	Least: "at least", Most: "at most", Exactly: "exactly", AnyOf: "any of", AllOf: "all of", NoneOf: "none of",
	Some: "some", Every: "every", No: "no", Count: "count",
	SumOf: "sum of", MinOf: "min of", MaxOf: "max of", AverageOf: "average of",
}

// String is the operator as it is written.
func (op Op) String() string { return opTexts[op] }

func (f *formatter) unary(e *Unary) {
	if e.Op == Sub {
		f.word("-")
		f.expr(e.X, signLevel)
		return
	}
	f.word("not")
	f.sp()
	if in, ok := e.X.(*In); ok && in.X == nil && !in.Not {
		f.expr(e.X, operandLevel+1) // `not in` would be read as one
		return
	}
	f.expr(e.X, notLevel)
}

func (f *formatter) not(not bool) {
	if not {
		f.words(" not")
	}
}

func (f *formatter) in(e *In) {
	if e.X != nil {
		f.left(e.X, sumLevel)
		f.not(e.Not)
		f.sp()
	} else if e.Not {
		f.words("not ")
	}
	f.words("in ")
	f.target(e.Target)
}

// target writes what stands behind in.
func (f *formatter) target(e Expr) {
	literal, _ := e.(*Literal)
	switch e.(type) {
	case *Ref, *Tuple, *Interval:
		f.bare(e)
	default:
		if literal != nil && literal.Form() == NetworkLiteral {
			f.bare(e)
			return
		}
		f.tuple([]Expr{e})
	}
}

func (f *formatter) tuple(elems []Expr) {
	f.word("(")
	f.list(len(elems), func(i int) {
		if in, ok := elems[i].(*Interval); ok {
			f.bare(in)
		} else {
			f.expr(elems[i], sumLevel)
		}
	})
	f.glue(")")
}

// list writes n things with commas between them, as many on a line as fit.
func (f *formatter) list(n int, each func(i int)) {
	f.indented(indentWidth, func() {
		for i := range n {
			if i > 0 {
				f.glue(",")
				f.fill()
			}
			each(i)
		}
	})
}

func (f *formatter) path(e *Ref) {
	for i, n := range e.Path {
		if i > 0 {
			f.glue(".")
		}
		f.name(n)
	}
}

func (f *formatter) number(e *Number) {
	f.seek(e.Span)
	f.word(e.Text)
	if e.Unit != "" {
		f.sp()
		f.unitName(e.Unit)
	}
}

func (f *formatter) atLeast(e *AtLeast) {
	f.words(opTexts[e.Op] + " ")
	f.word(e.N.Text)
	f.words(" of ")
	f.word("(")
	f.list(len(e.Of), func(i int) { f.expr(e.Of[i], impliesLevel) })
	f.glue(")")
}

func (f *formatter) setQuant(e *SetQuant) {
	f.words(opTexts[e.Op] + " ")
	f.left(e.X, sumLevel)
	f.words(" in ")
	f.target(e.Target)
}

func (f *formatter) quant(e *Quant) {
	f.words(opTexts[e.Op] + " ")
	f.name(e.Var)
	f.words(" in ")
	f.path(e.List)
	f.words(" has")
	f.group(func() {
		f.indented(indentWidth, func() {
			f.line()
			f.expr(e.Cond, impliesLevel)
		})
	})
}

func (f *formatter) aggregate(e *Aggregate) {
	f.words(opTexts[e.Op] + " ")
	f.left(e.X, sumLevel)
	f.words(" for ")
	f.name(e.Var)
	f.words(" in ")
	f.path(e.List)
	if e.Where == nil {
		return
	}
	f.words(" where")
	f.group(func() {
		f.indented(indentWidth, func() {
			f.line()
			f.expr(e.Where, impliesLevel)
		})
	})
}
