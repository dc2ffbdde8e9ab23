package interp

import (
	"slices"
	"sync/atomic"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// namedValue is a value that the rules give a name, and what it is since when. Before its first
// day it is none.
type namedValue struct {
	name string
	t    *Type
	of   []datedValue // the earliest first
	decl *lang.NamedValue
	src  *lang.Source
	used atomic.Bool // some condition names it

	from     []*namedValue // from which it is worked out
	replaced bool          // some amendment gives it, or one from which it is worked out, another meaning
	version  bool          // which this one is
}

// datedValue is what a value is from a day on.
type datedValue struct {
	v     Value
	since num.Date
}

// valueOperand is a value with a name that hangs on the date of the case.
type valueOperand struct{ named *namedValue }

func isValueOperand(o operand) bool { _, is := o.(*valueOperand); return is }

func (o *valueOperand) typ() *Type { return o.named.t }

// begunCond says that a value with a name is something on the date of the case.
type begunCond struct {
	at
	named *namedValue
}

// on is what the value is on a day.
func (v *namedValue) on(day num.Date) Value {
	for _, d := range slices.Backward(v.of) {
		if d.since <= day {
			return d.v
		}
	}
	return None{}
}

// dated says whether the value hangs on the date of the case.
func (v *namedValue) dated() bool { return len(v.of) > 1 || v.of[0].since != firstDay }

// begun is the condition that the value is something.
func (v *namedValue) begun(e lang.Expr) cond { return &begunCond{at{e}, v} }

// restsOn says whether a value is worked out, in the end, from one of which something is so.
func (v *namedValue) restsOn(is func(name string) bool) bool {
	return slices.ContainsFunc(v.from, func(w *namedValue) bool { return is(w.name) || w.restsOn(is) })
}

// turns are the days on which it changes.
func (v *namedValue) turns() []num.Date {
	var out []num.Date
	for _, d := range v.of {
		if d.since != firstDay {
			out = append(out, d.since)
		}
	}
	return out
}

func sameValues(v, w *namedValue) bool {
	return v == w || slices.EqualFunc(v.of, w.of, func(a, b datedValue) bool { return a.since == b.since && equalValues(a.v, b.v) })
}
