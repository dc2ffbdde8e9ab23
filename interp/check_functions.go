package interp

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
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
			k.report(&lang.Diagnostic{Code: code.BadFunction, Message: fmt.Sprintf("the function `%s` cannot be used: %s", f.Name, err)})
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
	switch {
	case f.Go == nil:
		return nil, errors.New("it is nil")
	case own.f.Kind() != reflect.Func:
		return nil, fmt.Errorf("it is of the type %T, which is no Go function", f.Go)
	case own.f.IsNil():
		return nil, fmt.Errorf("it is a nil %T", f.Go)
	}
	t := own.f.Type()
	if t.IsVariadic() {
		return nil, errors.New("it takes any number of arguments; let it take a slice")
	}
	if err := own.results(t); err != nil {
		return nil, err
	}
	own.context = t.NumIn() > 0 && t.In(0) == contextType
	derive := f.Params == nil && f.Result == ""
	in := own.parameters()
	if !derive && len(f.Params) != len(in) {
		return nil, fmt.Errorf("it has %s and the Go function %d", count(len(f.Params), "parameter"), len(in))
	}
	for i := range in {
		word := ""
		if !derive {
			word = f.Params[i]
		}
		typ, err := k.ownType(in[i], word)
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
	own.Name, own.Result = f.Name, own.result.String()
	return own, nil
}

// parameters are those of the Go function that rules give.
func (own *ownFunction) parameters() (in []reflect.Type) {
	t := own.f.Type()
	for i := range t.NumIn() {
		if i > 0 || !own.context {
			in = append(in, t.In(i))
		}
	}
	return in
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
		return t.foldOf() == param.fold && (t.basic == textType || t.basic == enumType || t.basic == thingType && t.kind.Identified())
	case listType:
		return t.elem != nil && own.takes(param.elem, t.elem)
	}
	return param.same(t)
}
