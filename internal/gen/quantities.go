package gen

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

// quantity is the Go type of the quantities of a dimension.
type quantity struct {
	name      string // of the type
	dimension string
	usual     string // the unit of examples
	units     []unit
	coherent  string // the constructor of the unit that functions count in
	results   bool   // functions give such quantities
}

// unit is one in which quantities are given, with its constructor.
type unit struct {
	name, constructor string
	dimension         string   // as interp.Number has it, such as length/time
	factor, offset    *big.Rat // what it is in the coherent unit
}

// quantityOf is the Go type of a type's quantities.
func (w *writer) quantityOf(t *interp.Type) *quantity {
	dimension := strings.TrimSuffix(t.String(), "?")
	if q := w.units[dimension]; q != nil {
		return q
	}
	q := &quantity{name: w.names.name(dimension), dimension: dimension, usual: w.prog.Unit(t), units: unitsOf(w.prog, t)}
	for i := range q.units {
		u := &q.units[i]
		u.constructor = w.names.name(q.name, u.name)
		if u.offset.Sign() == 0 && u.factor.Cmp(big.NewRat(1, 1)) == 0 {
			q.coherent = u.constructor
		}
	}
	w.units[dimension] = q
	w.order = append(w.order, q)
	return q
}

// unitsOf are the units of a type, the smallest first; of several names of one the shortest.
func unitsOf(prog *interp.Program, t *interp.Type) []unit {
	var out []unit
	for _, name := range prog.Units(t) {
		zero, one := numberIn(prog, "0 "+name), numberIn(prog, "1 "+name)
		if zero == nil || one == nil {
			continue
		}
		u := unit{name: name, dimension: one.Dimension(), offset: zero.Rat()}
		u.factor = new(big.Rat).Sub(one.Rat(), u.offset)
		if !slices.ContainsFunc(out, func(v unit) bool { return v.factor.Cmp(u.factor) == 0 && v.offset.Cmp(u.offset) == 0 }) {
			out = append(out, u)
		}
	}
	slices.SortStableFunc(out, func(u, v unit) int { return cmp.Or(u.factor.Cmp(v.factor), u.offset.Cmp(v.offset)) })
	return out
}

// numberIn is the number or the quantity that a text is; nil where it is neither.
func numberIn(prog *interp.Program, text string) *interp.Number {
	v, err := prog.NewCase().Value(text)
	if err != nil {
		return nil
	}
	n, ok := v.Value.(interp.Number)
	if !ok {
		return nil
	}
	return &n
}

// quantities writes the types of quantities, with a constructor for each unit.
func (w *writer) quantities() {
	if len(w.order) == 0 {
		return
	}
	for _, q := range w.order {
		w.printf("\n")
		w.doc(fmt.Sprintf("%s is a quantity (%s) with its unit, exact, as facts have it: \"300 %s\". \"\" is not known. Each unit has a constructor; whether another text is a quantity is found out when a case is read.",
			q.name, q.dimension, q.usual))
		w.printf("type %s string\n\n", q.name)
		for _, u := range q.units {
			w.constructor(q, u)
		}
		if q.results {
			w.coherent(q)
		}
	}
	w.uses("encoding/json", "math/big", "reflect", "strconv")
	w.printf("%s", numeric)
}

// constructor writes the constructor of a unit. A third of a degree Celsius is not a degree
// Celsius divided by three: of a scale that does not begin at nothing, only what has finitely
// many digits can be written.
func (w *writer) constructor(q *quantity, u unit) {
	if u.offset.Sign() == 0 {
		w.doc(fmt.Sprintf("%s is n %s.", u.constructor, u.name))
		w.printf("func %s[N Numeric](n N) %s { return %s(quantityText(n, %q)) }\n\n", u.constructor, q.name, q.name, u.name)
		return
	}
	w.uses("strings")
	w.doc(fmt.Sprintf("%s is n %s. A *big.Rat of which no decimal is exact, such as 1/3, is refused when the case is read.", u.constructor, u.name))
	w.printf("func %s[N Numeric](n N) %s {\n", u.constructor, q.name)
	w.printf("if count, below, thirds := strings.Cut(quantityText(n, \"\"), \" / \"); thirds {\nreturn %s(count + \"/\" + below + %q)\n}\n", q.name, " "+u.name)
	w.printf("return %s(quantityText(n, %q))\n}\n\n", q.name, u.name)
}

// coherent writes what a quantity counts in the unit that functions give.
func (w *writer) coherent(q *quantity) {
	w.uses("fmt", "math/big", "strings")
	w.printf("// coherent counts the quantity as functions give it.\n")
	w.printf("func (q %s) coherent() (*big.Rat, error) {\n", q.name)
	w.printf("count, unit, _ := strings.Cut(string(q), \" \")\n")
	w.printf("unit, below, _ := strings.Cut(unit, \" / \")\n")
	w.printf("if below != \"\" {\ncount += \"/\" + below\n}\n")
	w.printf("n, ok := new(big.Rat).SetString(count)\nif !ok || strings.ContainsAny(count, \"eEpPxX_\") {\nreturn nil, fmt.Errorf(\"%%q is no %s: make it by one of the constructors\", string(q))\n}\n", q.name)
	w.printf("switch unit {\n")
	for _, u := range q.units {
		w.printf("case %q:\n", u.name)
		switch one := u.factor.Cmp(big.NewRat(1, 1)) == 0; {
		case one && u.offset.Sign() == 0:
			w.printf("return n, nil\n")
		case one:
			w.printf("return n.Add(n, %s), nil\n", w.rat(u.offset))
		case u.offset.Sign() == 0:
			w.printf("return n.Mul(n, %s), nil\n", w.rat(u.factor))
		default:
			w.printf("return n.Add(n.Mul(n, %s), %s), nil\n", w.rat(u.factor), w.rat(u.offset))
		}
	}
	w.printf("}\nreturn nil, fmt.Errorf(\"%%q is no %s: make it by one of the constructors\", string(q))\n}\n\n", q.name)
}

// rat is a number in Go, whatever its size.
func (w *writer) rat(r *big.Rat) string {
	if r.Num().IsInt64() && r.Denom().IsInt64() {
		return fmt.Sprintf("big.NewRat(%s, %s)", r.Num(), r.Denom())
	}
	w.long = true
	return fmt.Sprintf("ratOf(%q)", r.RatString())
}

// ratOf is for numbers that are too long for big.NewRat.
const ratOf = `
// ratOf is a number that is written out.
func ratOf(text string) *big.Rat {
	n, _ := new(big.Rat).SetString(text)
	return n
}
`

// numeric is what the constructors of quantities share.
const numeric = `// Numeric is what quantities are counted in: a float stands for its shortest decimal, as
// everywhere in facts, and a nil *big.Rat makes a quantity that is not known.
type Numeric interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~float32 | ~float64 | json.Number | *big.Rat
}

// quantityText is a quantity as facts have it.
func quantityText(n any, unit string) string {
	switch n := n.(type) {
	case json.Number:
		return string(n) + " " + unit
	case *big.Rat:
		if n == nil {
			return ""
		}
		if digits, finite := n.FloatPrec(); finite {
			return n.FloatString(digits) + " " + unit
		}
		return n.Num().String() + " " + unit + " / " + n.Denom().String()
	}
	switch v := reflect.ValueOf(n); {
	case v.CanInt():
		return strconv.FormatInt(v.Int(), 10) + " " + unit
	case v.CanUint():
		return strconv.FormatUint(v.Uint(), 10) + " " + unit
	default:
		return strconv.FormatFloat(v.Float(), 'f', -1, v.Type().Bits()) + " " + unit
	}
}
`
