package gen

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// named are the values that the rules name: what is drawn from them is at the edges of what
// they tell apart.
type named struct {
	numbers    []string
	quantities map[string][]*big.Rat // by dimension, in its coherent unit
	texts      []string
	dates      []string
	addresses  []string // those with which networks begin among them
	moments    []string
	times      []string
}

// mostNamed bounds the values of one sort.
const mostNamed = 100

// namedIn looks through the rules. Sources of which nothing stands in the program, such as a
// compiled form's, name nothing.
func namedIn(prog *interp.Program) *named {
	out := &named{
		numbers: []string{"3"}, quantities: map[string][]*big.Rat{}, texts: []string{"Acme", `Zoë "Zo" & Co`, "9A012"}, dates: []string{"2025-01-01", "2000-02-29"},
		addresses: []string{"10.0.0.1", "2001:db8::1"}, moments: []string{"2025-01-01T12:00:00Z", "2025-06-30T23:59:59.5+02:00"}, times: []string{"00:00", "12:30:01"},
	}
	add := func(to *[]string, text string) {
		if text != "" && len(*to) < mostNamed && !slices.Contains(*to, text) {
			*to = append(*to, text)
		}
	}
	for _, src := range prog.Sources() {
		if strings.HasPrefix(src.Name, "stdlib/") {
			continue
		}
		tokens := lang.Tokens(src.Text)
		for i, t := range tokens {
			switch t.Kind {
			case lang.TokenNumber:
				if i+1 < len(tokens) && tokens[i+1].Kind == lang.TokenName {
					out.quantity(numberIn(prog, t.Text+" "+tokens[i+1].Text))
				}
				share := ""
				if i+1 < len(tokens) && tokens[i+1].Text == "%" {
					share = " %"
				}
				if n := numberIn(prog, t.Text+share); n != nil {
					add(&out.numbers, short(n.Rat()))
				}
			case lang.TokenDate:
				add(&out.dates, t.Text)
			case lang.TokenLiteral:
				switch (&lang.Literal{Text: t.Text}).Form() {
				case lang.MomentLiteral:
					add(&out.moments, t.Text)
				case lang.TimeLiteral:
					add(&out.times, t.Text)
				default:
					begin, _, _ := strings.Cut(t.Text, "/")
					add(&out.addresses, begin)
				}
			case lang.TokenText:
				if v, err := prog.NewCase().Value(t.Text); err == nil {
					text, _ := v.Value.(interp.Text)
					add(&out.texts, string(text))
				}
			}
		}
	}
	return out
}

// quantity takes in a quantity that the rules name.
func (n *named) quantity(q *interp.Number) {
	if q == nil || q.Dimension() == "" {
		return
	}
	if all := n.quantities[q.Dimension()]; len(all) < mostNamed {
		n.quantities[q.Dimension()] = append(all, q.Rat())
	}
}

// shortest are decimals that a float64 holds, with room for some digits more.
const shortest = 11

// short is a number as a decimal; "" where that is long.
func short(n *big.Rat) string {
	digits, finite := n.FloatPrec()
	if text := n.FloatString(digits); finite && len(text) <= shortest {
		return text
	}
	return ""
}

// countsIn are what the quantities that the rules name are in a unit, as further arguments.
func (n *named) countsIn(u unit) string {
	var out []string
	for _, q := range n.quantities[u.dimension] {
		count := new(big.Rat).Sub(q, u.offset)
		if text := short(count.Quo(count, u.factor)); text != "" && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return quoted(out)
}

// quantityDraws writes how quantities are drawn.
func (w *fuzzWriter) quantityDraws() {
	if len(w.order) > 0 {
		w.uses("encoding/json", "math/big", "strconv")
		w.printf("%s", unitDraw)
	}
	if w.o.Floats {
		w.uses("strconv")
		w.printf("%s", floatDraw)
	}
	for _, q := range w.order {
		w.printf("\nfunc draw%s(d *drawer) (%s, any) {\nreturn drawUnit(d, []unitOf[%s]{\n", q.name, q.name, q.name)
		for _, u := range q.units {
			w.printf("{%q, %s[*big.Rat], %s[float64], %s[json.Number], []string{%s}},\n", u.name, u.constructor, u.constructor, u.constructor, w.named.countsIn(u))
		}
		w.printf("})\n}\n")
	}
}

const unitDraw = `
// unitOf is a unit with its constructor, and what the rules name in it.
type unitOf[Q any] struct {
	name   string
	rat    func(*big.Rat) Q
	float  func(float64) Q
	number func(json.Number) Q
	named  []string
}

// drawUnit draws a quantity in one of some units.
func drawUnit[Q any](d *drawer, units []unitOf[Q]) (Q, any) {
	u := units[d.below(len(units))]
	text := d.count(u.named...)
	fact := text + " " + u.name
	switch d.below(3) {
	case 0:
		n, _ := new(big.Rat).SetString(text)
		return u.rat(n), fact
	case 1:
		n, _ := strconv.ParseFloat(text, 64)
		return u.float(n), fact
	}
	return u.number(json.Number(text)), fact
}
`

const floatDraw = `
// inUnit draws a number that counts a unit.
func inUnit(unit string, named ...string) func(*drawer) (float64, any) {
	return func(d *drawer) (float64, any) {
		text := d.count(named...)
		n, _ := strconv.ParseFloat(text, 64)
		return n, text + " " + unit
	}
}
`

// floatDraw draws a float of a type's usual unit.
func (w *fuzzWriter) floatDraw(t *interp.Type) string {
	usual := w.prog.Unit(t)
	for _, u := range unitsOf(w.prog, t) {
		if counts := w.named.countsIn(u); u.name == usual && counts != "" {
			return fmt.Sprintf("inUnit(%q, %s)", usual, counts)
		}
	}
	return fmt.Sprintf("inUnit(%q)", usual)
}

// standIns writes functions and members that take the place of the program's.
func (w *fuzzWriter) standIns() {
	signatures := w.prog.Signatures()
	if len(signatures) > 0 {
		w.uses("context", "crypto/sha256", "fmt")
		w.printf("%s", standIn)
	}
	methods := scope{}
	for _, s := range signatures {
		f := w.called[s.Name]
		method := methods.name(s.Name)
		params, args := []string{"context.Context"}, []string{fmt.Sprintf("%q", s.Name)}
		params[0] = "_ context.Context"
		for i, p := range f.params {
			params = append(params, fmt.Sprintf("a%d %s", i, p))
			args = append(args, fmt.Sprintf("a%d", i))
		}
		w.printf("\nfunc (fuzzedFunctions) %s(%s) (result %s, known bool, err error) {\nd := drawnBy(%s)\nresult, _ = %s(d)\nreturn result, d.below(8) > 0, nil\n}\n",
			method, strings.Join(params, ", "), f.result, strings.Join(args, ", "), w.resultDraw(s.Result, f.enum))
		w.useTypes(f)
	}
	if len(w.open) == 0 {
		return
	}
	w.uses(interpPath)
	w.printf("\n// fuzzedMembers are some of those that requests are drawn of.\nfunc fuzzedMembers() (m Members) {\n")
	fields := scope{}
	for _, g := range w.open {
		all := w.named.texts
		if g.Kind.Ids != nil {
			all = g.Kind.Ids.Names()
		}
		var some []string
		for i := 0; i < len(all) && len(some) < mostNamed; i += 2 {
			some = append(some, all[i])
		}
		w.printf("m.%s = interp.MembersOf(%s)\n", fields.name(g.Name), quoted(some))
	}
	w.printf("return m\n}\n")
}

// useTypes imports what a function's types are of.
func (w *fuzzWriter) useTypes(f function) {
	for _, t := range append(f.params, f.result) {
		for name, path := range map[string]string{"time.": "time", "interp.": interpPath, "big.": "math/big"} {
			if strings.Contains(t, name) {
				w.uses(path)
			}
		}
	}
}

const standIn = `
// fuzzedFunctions take the place of the program's: what they give hangs on their arguments alone.
type fuzzedFunctions struct{}

// drawnBy makes choices that hang on a call.
func drawnBy(call ...any) *drawer {
	sum := sha256.Sum256([]byte(fmt.Sprint(call...)))
	return &drawer{data: sum[:]}
}
`

// resultDraw is what draws the result of a function.
func (w *fuzzWriter) resultDraw(t *interp.Type, enum string) string {
	switch k := t.Thing(); {
	case t.Elem() != nil:
		return "list(" + w.resultDraw(t.Elem(), enum) + ")"
	case k != nil:
		return w.identityDraw(k)
	case isQuantity(t):
		return "draw" + w.quantityOf(t).name
	}
	return w.draw(t, enum)
}
