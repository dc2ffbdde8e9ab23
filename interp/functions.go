package interp

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/stdlib"
)

// Function is a Go function that the rules of a program may call, beside those of
// stdlib. It must be pure, giving the same for the same arguments, and safe for
// concurrent use: when and how often it is called is not said. The analysis cannot
// look into it, so that answers which depend on it are marked as such.
//
// It is called only where all its arguments are known. An error that it returns, and a
// panic in it, is the error of every decision that hangs on it: an *EvalError that
// wraps it.
type Function struct {
	Name string
	// Params and Result are its types as an author writes them: bool, number, text,
	// date, duration, a dimension such as length, a kind (its identity), the type of
	// an attribute such as Item.category, or list of one of these. Where both are left
	// out, Go's types stand for bool, number, text, date and duration.
	Params []string
	Result string
	// Go is the function. It takes and gives
	//
	//	bool                               bool
	//	string, and types made of it       text, an identity, a value of an enumeration
	//	int, int8 ... int64                number: a whole one
	//	float32, float64                   number, rounded; quantities in the coherent unit: metres, kilograms
	//	*big.Rat, Number                   number, exact; quantities in the coherent unit
	//	Date, time.Time                    date
	//	Duration                           duration
	//	slices of these                    list; a set is taken too
	//
	// and may give a bool besides, which is false where the result is not known, and
	// an error: T, (T, bool), (T, error) or (T, bool, error).
	Go any
}

// ownFunction is a Function whose types have been found.
type ownFunction struct {
	stdlib.Function
	params []*Type
	result *Type
	f      reflect.Value
	most   Limits
	// Which results f has besides the first.
	knows, fails bool
}

var (
	ratType   = reflect.TypeFor[*big.Rat]()
	numType   = reflect.TypeFor[Number]()
	dayType   = reflect.TypeFor[Date]()
	timeType  = reflect.TypeFor[time.Time]()
	spanType  = reflect.TypeFor[Duration]()
	clockType = reflect.TypeFor[time.Duration]()
	errorType = reflect.TypeFor[error]()
)

// ownFunctions finds the types of the embedder's functions.
func (k *checker) ownFunctions() {
	k.prog.own = map[string]*ownFunction{}
	for _, f := range k.prog.options.Functions {
		own, err := k.ownFunction(f)
		switch {
		case err != nil:
		case !isFunctionName(f.Name):
			err = errors.New("that is no name")
		case k.fns[f.Name] != nil:
			err = errors.New("stdlib has a function of that name")
		case k.prog.own[f.Name] != nil:
			err = errors.New("it is given twice")
		}
		if err != nil {
			k.l.diags = append(k.l.diags, &lang.Diagnostic{Code: lang.BadFunction, Message: fmt.Sprintf("the function `%s` cannot be used: %s", f.Name, err)})
			continue
		}
		k.prog.own[f.Name] = own
	}
}

// isFunctionName says whether rules can call a function by a name.
func isFunctionName(name string) bool {
	e, _, ds := lang.ParseExpr("", name+"(1)")
	call, ok := e.(*lang.Call)
	return ok && len(ds) == 0 && call.Fun.Text == name
}

func (k *checker) ownFunction(f Function) (*ownFunction, error) {
	own := &ownFunction{f: reflect.ValueOf(f.Go), most: k.prog.options.Limits}
	if own.f.Kind() != reflect.Func || own.f.IsNil() {
		return nil, fmt.Errorf("%T is no Go function", f.Go)
	}
	t := own.f.Type()
	if t.IsVariadic() {
		return nil, errors.New("it takes any number of arguments; let it take a slice")
	}
	if err := own.results(t); err != nil {
		return nil, err
	}
	derive := f.Params == nil && f.Result == ""
	if !derive && len(f.Params) != t.NumIn() {
		return nil, fmt.Errorf("it has %s and the Go function %d", count(len(f.Params), "parameter"), t.NumIn())
	}
	for i := range t.NumIn() {
		word := ""
		if !derive {
			word = f.Params[i]
		}
		typ, err := k.ownType(t.In(i), word)
		if err != nil {
			return nil, fmt.Errorf("parameter %d: %w", i+1, err)
		}
		own.params = append(own.params, typ)
		own.Params = append(own.Params, typ.String())
	}
	if !derive && f.Result == "" {
		return nil, errors.New("it has parameters and no result")
	}
	var err error
	if own.result, err = k.ownType(t.Out(0), f.Result); err != nil {
		return nil, fmt.Errorf("the result: %w", err)
	}
	own.Name, own.Result, own.Call = f.Name, own.result.String(), own.call
	return own, nil
}

// results finds out what the function gives besides its result.
func (own *ownFunction) results(t reflect.Type) error {
	n := t.NumOut()
	if n > 1 && t.Out(n-1) == errorType {
		own.fails = true
		n--
	}
	if n == 2 && t.Out(1).Kind() == reflect.Bool {
		own.knows = true
		n--
	}
	if n != 1 || t.Out(0) == errorType {
		return errors.New("it gives T, (T, bool), (T, error) or (T, bool, error), and not " + strings.TrimPrefix(t.String(), "func"))
	}
	return nil
}

// ownType is the type that a word means, or without one that Go's type stands for.
func (k *checker) ownType(t reflect.Type, word string) (*Type, error) {
	derived, err := goType(t)
	if err != nil || word == "" {
		return derived, err
	}
	typ := k.typeWord(word)
	if typ == nil {
		known := append(keys(k.prog.kinds), keys(k.prog.dims)...)
		if near, ok := lang.Nearest(word, known); ok {
			return nil, fmt.Errorf("there is no type `%s`; did you mean `%s`?", word, near)
		}
		return nil, fmt.Errorf("there is no type `%s`", word)
	}
	if !carries(derived, typ) {
		return nil, fmt.Errorf("%s cannot hold `%s`", t, word)
	}
	return typ, nil
}

// goType is the type that a Go type stands for where nothing more is said.
func goType(t reflect.Type) (*Type, error) {
	switch t {
	case ratType, numType:
		return typeNumber, nil
	case dayType, timeType:
		return typeDate, nil
	case spanType:
		return typeDuration, nil
	case clockType:
		return nil, errors.New("a time.Duration counts seconds and no days or months; take an interp.Duration")
	}
	switch t.Kind() {
	case reflect.Bool:
		return typeBool, nil
	case reflect.String:
		return typeText, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Float32, reflect.Float64:
		return typeNumber, nil
	case reflect.Slice:
		if elem, err := goType(t.Elem()); err == nil && elem.basic != listType {
			return &Type{basic: listType, elem: elem}, nil
		}
	}
	return nil, fmt.Errorf("the language has no values for a %s", t)
}

// typeWord is the type of a word or two; nil where there is none.
func (k *checker) typeWord(word string) *Type {
	if elem, ok := strings.CutPrefix(word, "list of "); ok {
		t := k.typeWord(elem)
		if t == nil || t.elem != nil {
			return nil
		}
		return &Type{basic: listType, elem: t}
	}
	name, attr, isAttr := strings.Cut(word, ".")
	kind := k.prog.kinds[name]
	switch {
	case isAttr && kind == nil:
		return nil
	case !isAttr && kind != nil:
		return &Type{basic: thingType, kind: kind}
	case !isAttr:
		return k.basicType(name)
	}
	a, ok := kind.Attr(attr)
	if !ok {
		return nil
	}
	plain := *a.Type
	plain.optional = false
	return &plain
}

// carries says whether a Go type that stands for t can hold the values of u.
func carries(t, u *Type) bool {
	switch u.basic {
	case enumType:
		return t.basic == textType
	case thingType:
		return t.basic == textType && u.kind.Identified()
	case listType, setType:
		return t.basic == listType && carries(t.elem, u.elem)
	}
	return t.basic == u.basic
}

// takes says whether an argument of type t fits a parameter.
func (own *ownFunction) takes(param, t *Type) bool {
	switch param.basic {
	case textType:
		return t.basic == textType || t.basic == enumType || t.basic == thingType && t.kind.Identified()
	case listType:
		return t.elem != nil && own.takes(param.elem, t.elem)
	}
	return param.same(t)
}

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
		return reflect.ValueOf(Number{N: n, Dim: t.dim}), nil
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
		return x.N, nil
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
		return num.Float(v.Float())
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
