package oracle

import (
	"fmt"
	"slices"
	"time"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// scope is what names mean where a condition stands.
type scope struct {
	*run
	self any // the thing that a term is about, or none
	kind *kind
	vars []variable
}

type variable struct {
	name  string
	value any
	typ   *typ
}

func (s *scope) variable(name string) (variable, bool) {
	for _, v := range slices.Backward(s.vars) {
		if v.name == name {
			return v, true
		}
	}
	return variable{}, false
}

// start is what the first word of a path means: a variable, an attribute of the thing
// that the term is about, a role, a fact of the whole case.
func (s *scope) start(name string) (typed, bool) {
	if v, ok := s.variable(name); ok {
		return typed{v.typ, func() any { return v.value }}, true
	}
	if s.kind != nil {
		if a, ok := s.kind.attrs[name]; ok {
			return typed{a.typ, func() any { return s.of(s.self, a) }}, true
		}
	}
	for _, r := range s.roles {
		if r.Name.Text == name {
			k := s.kinds[r.Kind.Text]
			return typed{&typ{word: "thing", kind: k, values: k.ids}, func() any { return s.c.things[name] }}, true
		}
	}
	if a, ok := s.kinds[""].attrs[name]; ok {
		return typed{a.typ, func() any { return s.of(s.c.things[""], a) }}, true
	}
	if name == "as_of" {
		return typed{&typ{word: "date"}, func() any { return s.c.on }}, true
	}
	return typed{}, false
}

// typed is a path's type, and its value when it is asked for.
type typed struct {
	*typ
	value func() any
}

// path is what a path stands for; false where it names none.
func (s *scope) path(r *lang.Ref) (typed, bool) {
	at, ok := s.start(r.Path[0].Text)
	if !ok {
		return typed{}, false
	}
	for _, name := range r.Path[1:] {
		if at.kind == nil || at.kind.attrs[name.Text] == nil {
			return typed{}, false
		}
		a, owner := at.kind.attrs[name.Text], at.value
		at = typed{a.typ, func() any { return s.of(owner(), a) }}
	}
	return at, true
}

// typeIn is the type of an expression where it is a path: what a word beside it is read by.
func (s *scope) typeIn(x lang.Expr) *typ {
	if r, ok := unwrap(x).(*lang.Ref); ok {
		if at, ok := s.path(r); ok {
			return at.typ
		}
	}
	return nil
}

// value evaluates what is no condition. The type is that of what stands beside it.
func (s *scope) value(x lang.Expr, beside *typ) (any, error) {
	switch x := x.(type) {
	case *lang.Paren:
		return s.value(x.X, beside)
	case *lang.Ref:
		return s.word(x, beside)
	case *lang.Text:
		if id, ok := beside.choice(x.Value, true); ok {
			return id, nil
		}
		return beside.text(x.Value), nil
	case *lang.DateLit:
		return num.ParseDate(x.Text)
	case *lang.Literal:
		return literal(x.Text)
	case *lang.Number:
		if d, ok := num.DurationOf(must(num.Parse(x.Text)), x.Unit); ok {
			if beside != nil && beside.word == "quantity" { // of time: a day has 24 hours
				return num.Int(int64(d.Days) * 86400), nil
			}
			return d, nil
		}
		return s.quantity(x), nil
	case *lang.Unary:
		if n, ok := x.X.(*lang.Number); ok && x.Op == lang.Sub { // -3 degC: below the zero of the scale
			return s.value(&lang.Number{Text: "-" + n.Text, Unit: n.Unit}, beside)
		}
		if x.Op == lang.Sub {
			v, err := s.value(x.X, nil)
			switch v := v.(type) {
			case num.Number:
				return v.Neg(), err
			case num.Duration:
				return v.Neg(), err
			}
			return v, err
		}
	case *lang.Binary:
		if x.Op >= lang.Add {
			return s.arithmetic(x)
		}
	case *lang.Quant:
		if x.Op == lang.Count {
			return s.count(x)
		}
	case *lang.Aggregate:
		return s.aggregate(x)
	case *lang.Call:
		return s.call(x)
	}
	return s.holds(x), nil
}

// word is the value of a name: yes and no, the value of what stands beside it, a path.
func (s *scope) word(r *lang.Ref, beside *typ) (any, error) {
	if len(r.Path) == 1 {
		name := r.Path[0].Text
		if id, ok := beside.choice(name, false); ok {
			return id, nil
		}
		if _, known := s.start(name); !known && (name == "yes" || name == "no") {
			return name == "yes", nil
		}
		if v, named := s.valueNamed(name); named {
			if _, known := s.start(name); !known {
				return s.named(v)
			}
		}
	}
	at, ok := s.path(r)
	if !ok {
		return s.holds(r), nil // a term about the only role of its kind
	}
	return at.value(), nil
}

// valueNamed is the value of a name: as the policy has it, and for a constraint as it is declared.
func (s *scope) valueNamed(name string) (*lang.NamedValue, bool) {
	if s.policy != nil && !s.constraining {
		if v, replaced := s.policy.values[name]; replaced {
			return v, true
		}
	}
	v, declared := s.values[name]
	return v, declared
}

// named is what a value is on the date of the case: none before its first day.
func (s *scope) named(v *lang.NamedValue) (any, error) {
	for _, d := range slices.Backward(v.Values) {
		if d.Since == nil || must(num.ParseDate(d.Since.Text)).Sub(s.c.on) <= 0 {
			return (&scope{run: s.run}).value(d.Value, nil)
		}
	}
	return none{}, nil
}

func (s *scope) arithmetic(b *lang.Binary) (any, error) {
	x, err := s.value(b.X, nil)
	if err != nil {
		return nil, err
	}
	y, err := s.value(b.Y, nil)
	if err != nil {
		return nil, err
	}
	if isNone(x, y) {
		return none{}, nil
	}
	switch x := x.(type) {
	case num.Number:
		return ofNumbers(b.Op, x, y.(num.Number))
	case num.Date:
		switch y := y.(type) {
		case num.Date:
			return num.Duration{Days: int32(x.Sub(y))}, nil
		case num.Duration:
			if b.Op == lang.Sub {
				y = y.Neg()
			}
			return x.Add(y)
		}
	case num.Duration:
		switch y := y.(type) {
		case num.Date:
			return y.Add(x)
		case num.Duration:
			if b.Op == lang.Sub {
				y = y.Neg()
			}
			return x.Add(y)
		}
	}
	panic(fmt.Sprintf("no arithmetic of %T and %T", x, y))
}

func ofNumbers(op lang.Op, x, y num.Number) (any, error) {
	switch op {
	case lang.Add:
		return x.Add(y)
	case lang.Sub:
		return x.Sub(y)
	case lang.Mul:
		return x.Mul(y)
	}
	return x.Div(y)
}

// count is none of a list that is none.
func (s *scope) count(q *lang.Quant) (any, error) {
	each, known := s.each(q)
	if !known {
		return none{}, nil
	}
	n := 0
	for _, inner := range each {
		if inner.holds(q.Cond) {
			n++
		}
	}
	return num.Int(int64(n)), nil
}

// each is the scope of the condition of a quantifier for each member of its list.
func (s *scope) each(q *lang.Quant) ([]*scope, bool) {
	return s.eachOf(q.Var.Text, q.List)
}

// eachOf is a scope for each member of a list; false where that is none.
func (s *scope) eachOf(name string, of *lang.Ref) ([]*scope, bool) {
	at, _ := s.path(of)
	members, known := elements(at.value())
	var out []*scope
	for _, m := range members {
		out = append(out, &scope{s.run, s.self, s.kind, append(slices.Clone(s.vars), variable{name, m, at.elem})})
	}
	return out, known
}

// aggregate is what is computed of the members of a list that count: none of a list that is none, where
// one of these has no value, and where there are none, unless they are added up.
func (s *scope) aggregate(a *lang.Aggregate) (any, error) {
	each, known := s.eachOf(a.Var.Text, a.List)
	if !known {
		return none{}, nil
	}
	var values []any
	var failed error
	lacks := false
	for _, inner := range each {
		if a.Where != nil && !inner.holds(a.Where) {
			continue
		}
		v, err := inner.value(a.X, nil)
		if err != nil && failed == nil {
			failed = err
		}
		lacks = lacks || err == nil && isNone(v)
		values = append(values, v)
	}
	switch {
	case lacks || len(values) == 0 && a.Op != lang.SumOf:
		return none{}, nil
	case failed != nil:
		return nil, failed
	}
	fn := map[lang.Op]string{lang.SumOf: "sum", lang.MinOf: "smallest", lang.MaxOf: "largest", lang.AverageOf: "average"}[a.Op]
	return s.functions[fn].Call([]any{values})
}

// elements are the members of a set or a list; false where it is none.
func elements(v any) ([]any, bool) {
	switch v := v.(type) {
	case set:
		return v, true
	case list:
		return v, true
	}
	return nil, false
}

// call calls a function of stdlib; of none it is none.
func (s *scope) call(c *lang.Call) (any, error) {
	var args []any
	for _, a := range c.Args {
		v, err := s.argument(a)
		if err != nil {
			return nil, err
		}
		if isNone(v) {
			return none{}, nil
		}
		if t, ok := v.(*thing); ok {
			v = t.identity()
		}
		if members, ok := elements(v); ok {
			v = members
		}
		args = append(args, v)
	}
	if own, ok := s.host.Functions[c.Fun.Text]; ok {
		return callOwn(own, args)
	}
	if v, local, err := inZone(c.Fun.Text, args); local {
		return v, err
	}
	v, err := s.functions[c.Fun.Text].Call(args)
	if members, ok := v.([]any); ok {
		return list(members), err
	}
	return v, err
}

func (s *scope) argument(x lang.Expr) (any, error) {
	t, ok := x.(*lang.Tuple)
	if !ok {
		return s.value(x, nil)
	}
	out := list{}
	for _, e := range t.Elems {
		v, err := s.value(e, nil)
		if err != nil {
			return nil, err
		}
		if isNone(v) {
			return none{}, nil
		}
		out = append(out, v)
	}
	return out, nil
}

// inZone is what the calendar or the clock of a zone shows at a moment.
func inZone(fun string, args []any) (v any, is bool, err error) {
	if fun != "local_date" && fun != "local_time" {
		return nil, false, nil
	}
	l, err := time.LoadLocation(args[1].(string))
	if err != nil {
		return nil, true, err
	}
	at := args[0].(num.Moment).Time().In(l)
	if fun == "local_date" {
		v, err = num.ParseDate(at.Format(time.DateOnly))
	} else {
		v, err = num.ParseTimeOfDay(at.Format("15:04:05.999999999"))
	}
	return v, true, err
}
