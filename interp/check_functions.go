package interp

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
	"github.com/ctl-lang/ctl/stdlib"
)

// ownFunctions finds the types of the embedder's functions.
func (k *checker) ownFunctions() {
	for _, f := range k.prog.options.Functions {
		own, err := k.ownFunction(f)
		before := k.prog.own[f.Name]
		switch {
		case err != nil:
		case !isFunctionName(f.Name):
			err = errors.New("that is no name")
		case k.fns[f.Name] != nil:
			err = errors.New("stdlib has a function of that name")
		case before != nil && before.brought():
			err = errors.New("it is given twice")
		}
		if err != nil {
			k.report((&lang.Diagnostic{Code: code.BadFunction}).Say("the function `%s` cannot be used: %s", f.Name, err))
			continue
		}
		k.prog.own[f.Name] = own
	}
}

// isStandard says whether stdlib has a function of a name.
func isStandard(name string) bool {
	return slices.ContainsFunc(stdlib.Functions(), func(f stdlib.Function) bool { return f.Name == name })
}

// isFunctionName says whether rules can call a function by a name.
func isFunctionName(name string) bool {
	e, _, ds := lang.ParseExpr("", name+"(1)")
	call, ok := e.(*lang.Call)
	return ok && len(ds) == 0 && call.Fun.Text == name
}

func (k *checker) ownFunction(f Function) (*ownFunction, error) {
	own := &ownFunction{f: reflect.ValueOf(f.Go), most: k.prog.options.Limits}
	declared := k.prog.own[f.Name]
	if declared != nil {
		own.declared, own.title, own.foreign, own.src = declared.declared, declared.title, declared.foreign, declared.src
	}
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
	in := own.parameters()
	var err error
	switch {
	case declared != nil && declared.declared != nil:
		err = k.asDeclared(own, f, declared, in)
	case f.Params == nil && f.Result == "":
		own.params, own.result, err = derivedTypes(in, t.Out(0))
	default:
		own.params, own.result, err = k.writtenTypes(f, in, t.Out(0))
	}
	if err != nil {
		return nil, err
	}
	own.sign(f.Name)
	return own, nil
}

// sign puts the types in words.
func (own *ownFunction) sign(name string) {
	own.Name, own.Result = name, own.result.String()
	own.Params = make([]string, len(own.params))
	for i, t := range own.params {
		own.Params[i] = t.String()
	}
}

// derivedTypes are those that Go's types stand for.
func derivedTypes(in []reflect.Type, out reflect.Type) (params []*Type, result *Type, err error) {
	for i, t := range in {
		typ, err := goType(t)
		if err != nil {
			return nil, nil, fmt.Errorf("parameter %d: %w", i+1, err)
		}
		params = append(params, typ)
	}
	if result, err = goType(out); err != nil {
		return nil, nil, fmt.Errorf("the result: %w", err)
	}
	return params, result, nil
}

// writtenTypes are those that a Function says, which the Go function can take and give.
func (k *checker) writtenTypes(f Function, in []reflect.Type, out reflect.Type) (params []*Type, result *Type, err error) {
	if len(f.Params) != len(in) {
		return nil, nil, fmt.Errorf("it has %s and the Go function %d", count(len(f.Params), "parameter"), len(in))
	}
	for i, t := range in {
		typ, err := k.writtenType(t, f.Params[i])
		if err != nil {
			return nil, nil, fmt.Errorf("parameter %d: %w", i+1, err)
		}
		params = append(params, typ)
	}
	if f.Result == "" {
		return nil, nil, errors.New("it has parameters and no result")
	}
	if result, err = k.writtenType(out, f.Result); err != nil {
		return nil, nil, fmt.Errorf("the result: %w", err)
	}
	return params, result, nil
}

// asDeclared gives a function the types that the rules declare, if it has them.
func (k *checker) asDeclared(own *ownFunction, f Function, declared *ownFunction, in []reflect.Type) error {
	differs := func(what string) error {
		return fmt.Errorf("the rules declare `%s` (%s), and %s", declared.Signature(), declared.src.Place(declared.declared.Range().Start), what)
	}
	if len(in) != len(declared.params) {
		return differs("the Go function takes " + count(len(in), "argument"))
	}
	if f.Params != nil || f.Result != "" {
		params, result, err := k.writtenTypes(f, in, own.f.Type().Out(0))
		if err != nil {
			return err
		}
		said := &ownFunction{params: params, result: result}
		if said.sign(f.Name); !slices.EqualFunc(params, declared.params, (*Type).same) || !result.same(declared.result) {
			return differs("this one says it is `" + said.Signature() + "`")
		}
	}
	for i, t := range in {
		if typ, err := goTypeFor(t, declared.params[i]); err != nil || !carries(typ, declared.params[i]) {
			return differs(fmt.Sprintf("the Go function takes %s as argument %d", t, i+1))
		}
	}
	out := own.f.Type().Out(0)
	if typ, err := goTypeFor(out, declared.result); err != nil || !carries(typ, declared.result) {
		return differs(fmt.Sprintf("the Go function gives %s", out))
	}
	own.params, own.result = declared.params, declared.result
	return nil
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

// writtenType is the type that a word means, which a Go type can hold.
func (k *checker) writtenType(t reflect.Type, word string) (*Type, error) {
	typ := k.typeWord(word)
	derived, err := goTypeFor(t, typ)
	if err != nil {
		return nil, err
	}
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

// goTypeFor is the type that a Go type stands for where it is to be some type, if that may be nil: a
// time.Time is a date, or a moment.
func goTypeFor(t reflect.Type, want *Type) (*Type, error) {
	switch {
	case want == nil:
	case want.basic == scalarType && t == want.scalar.goType:
		return want, nil
	case want.elem != nil && t.Kind() == reflect.Slice:
		if elem, err := goTypeFor(t.Elem(), want.elem); err == nil && elem.basic != listType {
			return &Type{basic: listType, elem: elem}, nil
		}
	}
	return goType(t)
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
	case addressScalar.goType:
		return typeAddress, nil
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
	return t.basic == u.basic && t.scalar == u.scalar
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
