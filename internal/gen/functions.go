package gen

import (
	"fmt"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

// function is how a function that the rules declare is called in Go.
type function struct {
	method string
	params []string // their types
	result string   // its type
	enum   string   // the type of the values that it gives, where they are listed
	given  string   // what interp.Function takes
}

// functions writes the interface of the functions that the rules declare, and gives what
// Options does with it.
func (w *writer) functions(signatures []interp.Signature) (set string) {
	w.uses("context")
	methods := scope{}
	var all []function
	for _, s := range signatures {
		f := w.function(s, methods.name(s.Name))
		w.called[s.Name] = f
		all = append(all, f)
	}
	w.printf("\n")
	w.doc("Functions are those that the rules declare. Each gives its result, whether that is known, and an error, which is that of every decision that hangs on it. They are pure and safe for concurrent use, as interp.Function says. Where there are none, their results are not known.")
	w.printf("type Functions interface {\n")
	set = "if functions != nil {\no.Functions = []interp.Function{\n"
	for i, f := range all {
		w.doc(fmt.Sprintf("%s is %s.", f.method, signatures[i].Text), sentence(signatures[i].Title))
		w.printf("%s(%s) (result %s, known bool, err error)\n", f.method, strings.Join(append([]string{"context.Context"}, f.params...), ", "), f.result)
		set += fmt.Sprintf("{Name: %q, Go: %s},\n", signatures[i].Name, f.given)
	}
	w.printf("}\n")
	return set + "}\n}\n"
}

// function is a function in Go. Quantities go through *big.Rat, which counts the unit that is
// its dimension's own.
func (w *writer) function(s interp.Signature, method string) function {
	f := function{method: method, given: "functions." + method}
	if choices := s.Result.Member().Choices(); choices != nil {
		f.enum = w.names.name(s.Name, "Result")
		w.enumeration(f.enum, f.enum, choices, fmt.Sprintf("%s is a value that %s gives.", f.enum, s.Text))
	}
	head, args, adapted := []string{"ctx context.Context"}, []string{"ctx"}, false
	for i, t := range s.Params {
		f.params = append(f.params, w.passed(t, ""))
		head = append(head, fmt.Sprintf("a%d %s", i, w.carried(t, "")))
		arg := fmt.Sprintf("a%d", i)
		if isQuantity(t) {
			adapted = true
			constructor := w.quantityOf(t.Member()).coherent + "[*big.Rat]"
			if arg = fmt.Sprintf("%s(%s)", constructor, arg); t.Elem() != nil {
				arg = fmt.Sprintf("each(a%d, %s)", i, constructor)
				w.lists = true
			}
		}
		args = append(args, arg)
	}
	f.result = w.passed(s.Result, f.enum)
	call := fmt.Sprintf("functions.%s(%s)", method, strings.Join(args, ", "))
	switch {
	case !isQuantity(s.Result) && !adapted:
		return f
	case !isQuantity(s.Result):
		f.given = fmt.Sprintf("func(%s) (%s, bool, error) {\nreturn %s\n}", strings.Join(head, ", "), f.result, call)
	default:
		q := w.quantityOf(s.Result.Member())
		q.results = true
		count := "result.coherent()"
		if s.Result.Elem() != nil {
			count = "eachOr(result, " + q.name + ".coherent)"
			w.lists = true
		}
		f.given = fmt.Sprintf("func(%s) (%s, bool, error) {\nresult, known, err := %s\nif err != nil || !known {\nreturn nil, known, err\n}\ncount, err := %s\nreturn count, true, err\n}",
			strings.Join(head, ", "), w.carried(s.Result, f.enum), call, count)
	}
	w.uses("math/big")
	return f
}

func isQuantity(t *interp.Type) bool { return t.Member().Form() == interp.QuantityAnswer }

// passed is the Go type of what a function of the program takes or gives.
func (w *writer) passed(t *interp.Type, enum string) string {
	switch k := t.Thing(); {
	case t.Elem() != nil:
		return "[]" + w.passed(t.Elem(), enum)
	case k != nil && w.kinds[k] != nil && w.kinds[k].identity != "":
		return w.kinds[k].identity
	case k != nil:
		return "string"
	case isQuantity(t):
		return w.quantityOf(t).name
	}
	return w.typeOf(t, enum)
}

// carried is the Go type in which interp passes it.
func (w *writer) carried(t *interp.Type, enum string) string {
	switch {
	case isQuantity(t) && t.Elem() != nil:
		return "[]*big.Rat"
	case isQuantity(t):
		return "*big.Rat"
	}
	return w.passed(t, enum)
}

// listHelpers are for functions of lists of quantities.
const listHelpers = `
// each is what f makes of each of some values.
func each[A, B any](from []A, f func(A) B) []B {
	to := make([]B, len(from))
	for i, a := range from {
		to[i] = f(a)
	}
	return to
}

// eachOr is what f makes of each of some values, or its first error.
func eachOr[A, B any](from []A, f func(A) (B, error)) ([]B, error) {
	to := make([]B, len(from))
	for i, a := range from {
		b, err := f(a)
		if err != nil {
			return nil, err
		}
		to[i] = b
	}
	return to, nil
}
`
