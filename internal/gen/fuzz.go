package gen

import (
	"fmt"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

// Place is where a test finds the rules: files in a folder, relative to its own. Without files
// they are the MTCR rules that are shipped.
type Place struct {
	Folder string
	Files  []string
}

// FuzzTest is a test of the code that Go gives for the same program and options: it draws
// requests, and compares the decisions on them with those on the same facts told without the
// code.
func FuzzTest(prog *interp.Program, o Options, rules Place) ([]byte, error) {
	w, err := newWriter(prog, o)
	if err != nil {
		return nil, err
	}
	w.out.Reset()
	w.imports = map[string]bool{}
	f := &fuzzWriter{writer: w, named: namedIn(prog)}
	f.test(rules)
	f.drawn()
	f.kindDraws()
	f.quantityDraws()
	f.standIns()
	return w.file("")
}

// fuzzWriter writes the test.
type fuzzWriter struct {
	*writer
	named *named
}

// test writes the loading of the rules and the fuzz test itself.
func (w *fuzzWriter) test(rules Place) {
	w.uses("context", "fmt", "math/rand/v2", "testing", "time", interpPath)
	w.printf("\n// fuzzedRules are the rules that the code was generated from.\n")
	w.printf("func fuzzedRules(t testing.TB) *interp.Program {\nt.Helper()\n")
	from := "rules.Files, rules.MTCR"
	if len(rules.Files) > 0 {
		w.uses("os")
		from = fmt.Sprintf("os.DirFS(%q)", rules.Folder)
		for _, f := range rules.Files {
			from += fmt.Sprintf(", %q", f)
		}
	} else {
		w.uses("github.com/ctl-lang/ctl/rules")
	}
	var args []string
	if len(w.prog.Signatures()) > 0 {
		args = append(args, "fuzzedFunctions{}")
	}
	if len(w.open) > 0 {
		args = append(args, "fuzzedMembers()")
	}
	w.printf("program, err := Options(%s).Load(context.Background(), %s)\n", strings.Join(args, ", "), from)
	w.printf("if err != nil {\nt.Fatal(err)\n}\nif err := Check(program); err != nil {\nt.Fatal(err)\n}\nreturn program\n}\n\n")
	w.printf("// fuzzed are the functions that decide, by what they decide by.\n")
	w.printf("var fuzzed = []struct {\nname string\ndecide func(context.Context, *interp.Program, time.Time, *%s) (Answer, error)\n}{\n", w.top)
	for _, d := range w.deciders {
		w.printf("{%s, %s},\n", d.constant, d.function)
	}
	w.printf("}\n%s", strings.ReplaceAll(fuzzTest, "READ", w.comparison()))
}

// comparison compares what a request says with the facts, if there are any.
func (w *fuzzWriter) comparison() string {
	if len(w.kinds[nil].fields) == 0 {
		return ""
	}
	return `			read := program.NewCase()
			if problem := read.ReadStruct(&request); err == nil && (problem != nil || fmt.Sprint(read.Map()) != fmt.Sprint(c.Map())) {
				t.Errorf("the request is %v (%v), and the facts are %v", read.Map(), problem, c.Map())
			}
`
}

const fuzzTest = `
// FuzzDecide draws requests and decides each by the generated code and by its facts, which are
// told without it.
func FuzzDecide(f *testing.F) {
	program := fuzzedRules(f)
	for seed := range uint64(100) {
		random, data := rand.New(rand.NewPCG(seed, 0)), make([]byte, 1024)
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := &drawer{data}
		var day time.Time
		if d.below(8) > 0 {
			day, _ = d.date()
		}
		request, facts := drawCase(d)
		for _, by := range fuzzed {
			c := program.NewCase()
			decision, err := decideFacts(c, by.name, day, facts)
			answer, problem := by.decide(context.Background(), program, day, &request)
			if (err == nil) != (problem == nil) || answered(answer) != decided(decision) {
				t.Errorf("%s: the generated code says %s (%v), and of the facts %v is said %s (%v)", by.name, answered(answer), problem, c.Map(), decided(decision), err)
			}
READ		}
	})
}

// answered is what an answer says.
func answered(a Answer) string {
	if a.Decision == nil {
		return "nothing"
	}
	return fmt.Sprintf("%s %s as of %s by %q, %q, %q", a.Status, a.Outcome, a.Decision.AsOf, a.Rules, a.Obligations, a.Needs)
}

// decided is the same of a decision.
func decided(d *interp.Decision) string {
	if d == nil {
		return "nothing"
	}
	outcome, labels := "", []string{}
	if d.Outcome != nil {
		outcome = d.Outcome.Name
	}
	for _, r := range d.Rules {
		labels = append(labels, r.Label)
	}
	return fmt.Sprintf("%s %s as of %s by %q, %q, %q", d.Status, outcome, d.AsOf, labels, d.Obligations, d.Needs)
}

// decideFacts decides facts that are told as a map.
func decideFacts(c *interp.Case, name string, day time.Time, facts map[string]any) (*interp.Decision, error) {
	if !day.IsZero() {
		if err := c.Set("as_of", day.Format(time.DateOnly)); err != nil {
			return nil, err
		}
	}
	policy, err := c.Program().PolicyOn(name, c.Date())
	if err != nil {
		return nil, err
	}
	if err := c.ReadMap(facts); err != nil {
		return nil, err
	}
	return policy.Decide(context.Background(), c)
}

// drawer makes choices of the bytes of a fuzzer; where there are no more, always the first.
type drawer struct{ data []byte }

// below is one of the numbers from 0 to n-1.
func (d *drawer) below(n int) int {
	k := 0
	for most := n - 1; most > 0 && len(d.data) > 0; most >>= 8 {
		k, d.data = k<<8|int(d.data[0]), d.data[1:]
	}
	return k % n
}

// told says whether a fact is told.
func (d *drawer) told() bool { return d.below(5) > 0 }

func (d *drawer) bool() (bool, any) {
	v := d.below(2) == 1
	return v, v
}

// text is one that the rules name, or another.
func (d *drawer) text() (string, any) {
	v := drawnTexts[d.below(len(drawnTexts))]
	return v, v
}

// count is a number that the rules name, one beside it, or another.
func (d *drawer) count(named ...string) string {
	if len(named) > 0 && d.below(3) > 0 {
		n, _ := new(big.Rat).SetString(named[d.below(len(named))])
		n.Add(n, big.NewRat(int64(d.below(3)-1), 1000))
		digits, _ := n.FloatPrec()
		return n.FloatString(digits)
	}
	return []string{"0", "1", "-1", "2.5", "1000", "0.001"}[d.below(6)]
}

// date is a day that the rules name, one beside it, or another, at some time in some zone.
func (d *drawer) date() (time.Time, any) {
	text := drawnDates[d.below(len(drawnDates))]
	day, err := time.ParseInLocation(time.DateOnly, text, time.FixedZone("", 3600*(d.below(25)-12)))
	if err != nil {
		panic(err)
	}
	day = day.AddDate(0, 0, d.below(3)-1).Add(time.Duration(d.below(24)) * time.Hour)
	return day, day.Format(time.DateOnly)
}

func (d *drawer) duration() (interp.Duration, any) {
	n := d.below(40)
	if d.below(2) == 0 {
		return interp.Duration{Days: int32(n)}, fmt.Sprintf("%d days", n)
	}
	return interp.Duration{Months: int32(n)}, fmt.Sprintf("%d months", n)
}

// choose draws one of some texts.
func choose[T ~string](of ...T) func(*drawer) (T, any) {
	return func(d *drawer) (T, any) {
		v := of[d.below(len(of))]
		return v, string(v)
	}
}

// thing is a thing among others.
func thing[T any](draw func(*drawer) (T, map[string]any)) func(*drawer) (T, any) {
	return func(d *drawer) (T, any) { return draw(d) }
}

// list draws up to three elements.
func list[T any](draw func(*drawer) (T, any)) func(*drawer) ([]T, any) {
	return func(d *drawer) ([]T, any) {
		v, facts := []T{}, []any{}
		for range d.below(4) {
			e, fact := draw(d)
			v, facts = append(v, e), append(facts, fact)
		}
		return v, facts
	}
}

// optional draws a value or none.
func optional[T any](draw func(*drawer) (T, any)) func(*drawer) (interp.Optional[T], any) {
	return func(d *drawer) (interp.Optional[T], any) {
		if d.below(3) == 0 {
			return interp.NoneOf[T](), nil
		}
		v, fact := draw(d)
		return interp.Some(v), fact
	}
}

// tells draws a field and the fact that it tells, or leaves both out.
func tells[T any](d *drawer, field *T, facts map[string]any, name string, draw func(*drawer) (T, any)) {
	if d.told() {
		*field, facts[name] = draw(d)
	}
}

// pointer is a field that nil leaves out.
func pointer[T any](draw func(*drawer) (T, any)) func(*drawer) (*T, any) {
	return func(d *drawer) (*T, any) {
		v, fact := draw(d)
		return &v, fact
	}
}
`

// drawn writes the values that the rules name.
func (w *fuzzWriter) drawn() {
	w.uses("math/big")
	w.printf("\n// drawnTexts are those that the rules name, and others.\nvar drawnTexts = []string{%s}\n", quoted(w.named.texts))
	w.printf("\n// drawnDates are those that the rules name, and others.\nvar drawnDates = []string{%s}\n", quoted(w.named.dates))
	w.printf("\n")
	if w.o.Exact {
		w.printf("func (d *drawer) number() (*big.Rat, any) {\ntext := d.count(%s)\nn, _ := new(big.Rat).SetString(text)\nreturn n, json.Number(text)\n}\n", quoted(w.named.numbers))
	} else {
		w.uses("strconv")
		w.printf("func (d *drawer) number() (float64, any) {\ntext := d.count(%s)\nn, _ := strconv.ParseFloat(text, 64)\nreturn n, json.Number(text)\n}\n", quoted(w.named.numbers))
	}
	w.uses("encoding/json")
}

func quoted(texts []string) string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = fmt.Sprintf("%q", t)
	}
	return strings.Join(out, ", ")
}

// kindDraws writes how a case and the things of each kind are drawn.
func (w *fuzzWriter) kindDraws() {
	w.printf("\n// drawCase draws a request, and its facts.\nfunc drawCase(d *drawer) (x %s, facts map[string]any) {\nfacts = map[string]any{}\n", w.top)
	fields := w.kinds[nil].fields
	for _, r := range w.prog.Roles() {
		w.printf("tells(d, &x.%s, facts, %q, thing(draw%s))\n", fields[r.Name], r.Name, w.kinds[r.Kind].name)
	}
	for _, t := range w.prog.Terms() {
		if t.Open && t.Kind == nil {
			w.printf("tells(d, &x.%s, facts, %q, pointer((*drawer).bool))\n", fields[t.Name], t.Name)
		}
	}
	w.printf("return x, facts\n}\n")
	for _, k := range w.prog.CaseKinds() {
		names := w.kinds[k]
		w.printf("\n// draw%s draws a thing of the kind %s, and its facts.\nfunc draw%s(d *drawer) (x %s, facts map[string]any) {\nfacts = map[string]any{}\n", names.name, k.Name, names.name, names.name)
		if w.tellsNothing(k) {
			w.printf("x = %s{}\n", names.name)
		}
		if k.Identified() {
			w.printf("tells(d, &x.%s, facts, \"id\", %s)\n", names.fields["id"], w.identityDraw(k))
		}
		for _, a := range k.Attrs {
			if w.tells(a) {
				w.printf("tells(d, &x.%s, facts, %q, %s)\n", names.fields[a.Name], a.Name, w.fieldDraw(a, names.enums[a.Name]))
			}
		}
		w.printf("return x, facts\n}\n")
	}
}

// fieldDraw is what draws the value of a field.
func (w *fuzzWriter) fieldDraw(a *interp.Attr, enum string) string {
	t := a.Type
	draw := w.draw(t, enum)
	if t.Optional() {
		return "optional(" + draw + ")"
	}
	if w.isPointer(a) {
		return "pointer(" + draw + ")"
	}
	return draw
}

// draw is what draws a value of a type.
func (w *fuzzWriter) draw(t *interp.Type, enum string) string {
	switch {
	case t.Elem() != nil:
		return "list(" + w.draw(t.Elem(), enum) + ")"
	case t.Choices() != nil:
		return "choose(" + strings.Join(w.constants[enum], ", ") + ")"
	case t.Thing() != nil:
		return "thing(draw" + w.kinds[t.Thing()].name + ")"
	}
	switch t.Form() {
	case interp.YesNoAnswer:
		return "(*drawer).bool"
	case interp.NumberAnswer:
		return "(*drawer).number"
	case interp.QuantityAnswer:
		if w.o.Floats {
			return w.floatDraw(t)
		}
		return "draw" + w.quantityOf(t).name
	case interp.DateAnswer:
		return "(*drawer).date"
	case interp.DurationAnswer:
		return "(*drawer).duration"
	}
	return "(*drawer).text"
}

// mostIdentities bounds those of a file that are drawn.
const mostIdentities = 200

// identityDraw is what draws an identity of a kind.
func (w *fuzzWriter) identityDraw(k *interp.Kind) string {
	if names := w.kinds[k]; names != nil && names.identity != "" {
		return "choose(" + strings.Join(w.constants[names.identity], ", ") + ")"
	}
	if k.Ids == nil {
		return "(*drawer).text"
	}
	names := k.Ids.Names()
	return "choose(" + quoted(names[:min(len(names), mostIdentities)]) + ")"
}
