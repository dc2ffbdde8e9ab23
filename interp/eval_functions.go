package interp

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"time"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/num"
)

var (
	ratType   = reflect.TypeFor[*big.Rat]()
	numType   = reflect.TypeFor[Number]()
	dayType   = reflect.TypeFor[Date]()
	timeType  = reflect.TypeFor[time.Time]()
	spanType  = reflect.TypeFor[Duration]()
	clockType = reflect.TypeFor[time.Duration]()
	errorType = reflect.TypeFor[error]()
)

// call calls the function with arguments of the types of its parameters. The result
// is nil where it is not known.
func (own *ownFunction) call(args []any) (result any, err error) {
	in := make([]reflect.Value, len(args))
	for i, a := range args {
		if in[i], err = toGo(a, own.params[i], own.f.Type().In(i)); err != nil {
			return nil, fmt.Errorf("the function %s, argument %d: %w", own.Name, i+1, err)
		}
	}
	defer func() {
		if p := recover(); p != nil {
			result, err = nil, own.failed("panicked", p)
		}
	}()
	out := own.f.Call(in)
	if own.fails {
		if e, _ := out[len(out)-1].Interface().(error); e != nil {
			return nil, own.failed("failed", e)
		}
	}
	if own.knows && !out[1].Bool() {
		return nil, nil
	}
	if result, err = own.most.fromGo(out[0]); err != nil {
		return nil, fmt.Errorf("the function %s gave %w", own.Name, err)
	}
	return result, nil
}

func (own *ownFunction) failed(how string, why any) error {
	if err, ok := why.(error); ok {
		return fmt.Errorf("the function %s %s: %w", own.Name, how, err)
	}
	return fmt.Errorf("the function %s %s: %v", own.Name, how, why)
}

// toGo is a value of type t, as functions take it, in a Go type.
func toGo(v any, t *Type, as reflect.Type) (reflect.Value, error) {
	out := reflect.New(as).Elem()
	switch v := v.(type) {
	case bool:
		out.SetBool(v)
	case string:
		out.SetString(v)
	case num.Date:
		if as == timeType {
			y, m, d := v.YMD()
			return reflect.ValueOf(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)), nil
		}
		out.SetInt(int64(v))
	case num.Duration:
		out.Set(reflect.ValueOf(Duration(v)))
	case num.Number:
		return numberToGo(v, t, as, out)
	case []any:
		out = reflect.MakeSlice(as, len(v), len(v))
		for i, e := range v {
			x, err := toGo(e, t.elem, as.Elem())
			if err != nil {
				return out, err
			}
			out.Index(i).Set(x)
		}
	}
	return out, nil
}

func numberToGo(n num.Number, t *Type, as reflect.Type, out reflect.Value) (reflect.Value, error) {
	switch {
	case as == ratType:
		return reflect.ValueOf(n.Rat()), nil
	case as == numType:
		return reflect.ValueOf(Number{n: n, dim: t.dim}), nil
	case out.CanFloat():
		f := n.Float64()
		if math.IsInf(f, 0) || out.OverflowFloat(f) {
			return out, fmt.Errorf("%s is too large for a %s", n, as)
		}
		out.SetFloat(f)
		return out, nil
	}
	i, whole := n.Int64()
	if !whole || out.OverflowInt(i) {
		return out, fmt.Errorf("%s is no whole number that fits an %s", n, as)
	}
	out.SetInt(i)
	return out, nil
}

// fromGo is what a function gave, as functions of stdlib give it.
func (most *Limits) fromGo(v reflect.Value) (any, error) {
	switch x := v.Interface().(type) {
	case *big.Rat:
		if x == nil {
			return nil, errors.New("a number that is nil")
		}
		return num.FromRat(x)
	case Number:
		return x.n, nil
	case Duration:
		return num.Duration(x), nil
	case Date:
		y, m, d := num.Date(x).YMD()
		return num.MakeDate(y, m, d)
	case time.Time:
		d, err := DateOf(x)
		return num.Date(d), err
	}
	switch v.Kind() {
	case reflect.Bool:
		return v.Bool(), nil
	case reflect.String:
		s := v.String()
		if len(s) > most.Text || !utf8.ValidString(s) {
			return nil, fmt.Errorf("a text that is no UTF-8 or longer than %d bytes", most.Text)
		}
		return s, nil
	case reflect.Float32, reflect.Float64:
		return num.Float(v.Float(), v.Type().Bits())
	case reflect.Slice:
		if v.Len() > most.List {
			return nil, fmt.Errorf("a list of more than %d elements", most.List)
		}
		out := make([]any, v.Len())
		for i := range out {
			x, err := most.fromGo(v.Index(i))
			if err != nil {
				return nil, err
			}
			out[i] = x
		}
		return out, nil
	}
	return num.Int(v.Int()), nil
}
