package interp

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/num"
)

var (
	ratType     = reflect.TypeFor[*big.Rat]()
	numType     = reflect.TypeFor[Number]()
	dayType     = reflect.TypeFor[Date]()
	timeType    = reflect.TypeFor[time.Time]()
	spanType    = reflect.TypeFor[Duration]()
	clockType   = reflect.TypeFor[time.Duration]()
	errorType   = reflect.TypeFor[error]()
	contextType = reflect.TypeFor[context.Context]()
)

// within calls the function in the course of an evaluation. That ends when its context is
// done, whatever the function does.
func (own *ownFunction) within(s *state, args []any) (any, error) {
	if s.ctx == nil || s.ctx.Done() == nil {
		return own.call(context.Background(), args)
	}
	if s.ctx.Err() != nil {
		s.stop()
		return nil, nil
	}
	type outcome struct {
		result any
		err    error
	}
	ended := make(chan outcome, 1) // so that a function that comes late is not held
	go func() {
		o := outcome{err: fmt.Errorf("the function %s ended its goroutine", own.Name)}
		defer func() { ended <- o }()
		o.result, o.err = own.call(s.ctx, args)
	}()
	select {
	case o := <-ended:
		if s.ctx.Err() == nil {
			return o.result, o.err
		}
	case <-s.ctx.Done():
	}
	late(s.ctx, own.Name)
	s.stop()
	return nil, nil
}

// call calls the function with arguments of the types of its parameters. The result
// is nil where it is not known.
func (own *ownFunction) call(ctx context.Context, args []any) (result any, err error) {
	var in []reflect.Value
	if own.context {
		in = append(in, reflect.ValueOf(ctx))
	}
	for i, a := range args {
		arg, err := toGo(a, own.params[i], own.f.Type().In(len(in)))
		if err != nil {
			return nil, fmt.Errorf("the function %s, argument %d: %w", own.Name, i+1, err)
		}
		in = append(in, arg)
	}
	out, err := own.run(in)
	if err != nil {
		return nil, err
	}
	if own.fails {
		if e, _ := out[len(out)-1].Interface().(error); e != nil {
			return nil, own.failed("failed", e)
		}
	}
	if own.knows && !out[1].Bool() {
		return nil, nil
	}
	if result, err = own.most.fromGo(out[0], own.result); err != nil {
		return nil, fmt.Errorf("the function %s gave %w", own.Name, err)
	}
	return result, nil
}

// run is the call itself; a panic in it is an error.
func (own *ownFunction) run(in []reflect.Value) (out []reflect.Value, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = own.failed("panicked", p)
		}
	}()
	return own.f.Call(in), nil
}

// failed is the error of a function that gave one, or panicked with it. A nil pointer that is
// an error has no words of its own.
func (own *ownFunction) failed(how string, why any) error {
	err, ok := why.(error)
	switch {
	case !ok:
		return fmt.Errorf("the function %s %s: %v", own.Name, how, why)
	case reflect.ValueOf(err).Kind() == reflect.Pointer && reflect.ValueOf(err).IsNil():
		return &functionError{fmt.Sprintf("the function %s %s with a %T that is nil: where nothing is wrong, its error is nil itself", own.Name, how, err), err}
	}
	return fmt.Errorf("the function %s %s: %w", own.Name, how, err)
}

// functionError is an error of a function in other words than its own.
type functionError struct {
	text string
	err  error
}

func (e *functionError) Error() string { return e.text }
func (e *functionError) Unwrap() error { return e.err }

// watched is a context under which decisions that call functions are made: it remembers which
// of them was at work when it was done.
type watched struct {
	context.Context
	late atomic.Pointer[string]
}

type watchedKey struct{}

func (w *watched) Value(key any) any {
	if key == (watchedKey{}) {
		return w
	}
	return w.Context.Value(key)
}

// watch is the context that every question about decisions passes on.
func (p *Program) watch(ctx context.Context) context.Context {
	if len(p.own) == 0 || ctx.Done() == nil || ctx.Value(watchedKey{}) != nil {
		return ctx
	}
	return &watched{Context: ctx}
}

// late says that a function was at work when a context was done.
func late(ctx context.Context, name string) {
	if w, ok := ctx.Value(watchedKey{}).(*watched); ok {
		w.late.CompareAndSwap(nil, &name)
	}
}

// toGo is a value of type t, as functions take it, in a Go type.
func toGo(v any, t *Type, as reflect.Type) (reflect.Value, error) {
	if t.basic == scalarType {
		return reflect.ValueOf(t.scalar.toGo(t.scalar.wrap(v))).Convert(as), nil
	}
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

// fromGo is what a function gave that is to be of a type, as functions of stdlib give it.
func (most *Limits) fromGo(v reflect.Value, t *Type) (any, error) {
	if t.basic == scalarType {
		return t.scalar.given(v)
	}
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
		return givenDate(num.MakeDate(y, m, d))
	case time.Time:
		d, err := DateOf(x)
		return givenDate(num.Date(d), err)
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
		n, err := num.Float(v.Float(), v.Type().Bits())
		if err != nil {
			return nil, fmt.Errorf("%v, which is no number of the language", v.Float())
		}
		return n, nil
	case reflect.Slice:
		if v.Len() > most.List {
			return nil, fmt.Errorf("a list of more than %d elements", most.List)
		}
		out := make([]any, v.Len())
		for i := range out {
			x, err := most.fromGo(v.Index(i), t.elem)
			if err != nil {
				return nil, err
			}
			out[i] = x
		}
		return out, nil
	}
	return num.Int(v.Int()), nil
}

func givenDate(d num.Date, err error) (any, error) {
	if err != nil {
		return nil, fmt.Errorf("what is no date: %w", err)
	}
	return d, nil
}

// given is a value of the type that a function gave.
func (s *scalar) given(v reflect.Value) (any, error) {
	out, err := s.fromGo(v.Interface())
	if v.Kind() == reflect.String {
		out, err = s.read(v.String())
	}
	if err != nil || out == nil {
		return nil, fmt.Errorf("what is not %s: %w", s.says, err)
	}
	return s.native(out), nil
}
