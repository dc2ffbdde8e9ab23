package gen

import (
	"errors"
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
	if len(w.kinds[nil].fields) == 0 {
		return nil, errors.New("the rules have no facts to draw requests of")
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
	w.printf("var fuzzed = []struct {\nname string\ndecide func(context.Context, *interp.Program, time.Time, *Case) (Answer, error)\n}{\n")
	for _, d := range w.deciders {
		w.printf("{%s, %s},\n", d.constant, d.function)
	}
	w.printf("}\n%s", fuzzTest)
}

// drawn writes the values that the rules name.
func (w *fuzzWriter) drawn() {
	w.uses("math/big")
	w.printf("\n// drawnTexts are those that the rules name, and others.\nvar drawnTexts = []string{%s}\n", quoted(w.named.texts))
	w.printf("\n// drawnDates are those that the rules name, and others.\nvar drawnDates = []string{%s}\n", quoted(w.named.dates))
	w.printf("\n// drawnAddresses, drawnMoments and drawnTimes are those that the rules name, and others.\n")
	w.printf("var (\ndrawnAddresses = []string{%s}\ndrawnMoments = []string{%s}\ndrawnTimes = []string{%s}\n)\n", quoted(w.named.addresses), quoted(w.named.moments), quoted(w.named.times))
	w.uses("net/netip")
	w.printf("\n")
	if w.o.Exact {
		w.printf("func (d *drawer) number() (*big.Rat, any) {\ntext := d.count(%s)\nn, _ := new(big.Rat).SetString(text)\nreturn n, json.Number(text)\n}\n", quoted(w.named.numbers))
	} else {
		w.uses("strconv")
		w.printf("func (d *drawer) number() (float64, any) {\ntext := d.count(%s)\nn, _ := strconv.ParseFloat(text, 64)\nreturn n, json.Number(text)\n}\n", quoted(w.named.numbers))
	}
	var whole []string
	for _, text := range w.named.numbers {
		if !strings.Contains(text, ".") {
			whole = append(whole, text)
		}
	}
	w.printf("\nfunc (d *drawer) integer() (int64, any) {\nof := []int64{%s}\nn := of[d.below(len(of))] + int64(d.below(3)-1)\nreturn n, n\n}\n", strings.Join(whole, ", "))
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
	w.printf("\n// drawCase draws a request, and its facts.\nfunc drawCase(d *drawer) (x Case, facts map[string]any) {\nfacts = map[string]any{}\n")
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
				w.printf("tells(d, &x.%s, facts, %q, %s)\n", names.fields[a.Name], inJSON(a), w.fieldDraw(a, names.enums[a.Name]))
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
		return choose(enum, w.constants[enum])
	case t.Thing() != nil:
		return "thing(draw" + w.kinds[t.Thing()].name + ")"
	}
	switch t.Form() {
	case interp.YesNoAnswer:
		return "(*drawer).bool"
	case interp.NumberAnswer:
		return "(*drawer).number"
	case interp.IntegerAnswer:
		return "(*drawer).integer"
	case interp.QuantityAnswer:
		if w.o.Floats {
			return w.floatDraw(t)
		}
		return "draw" + w.quantityOf(t).name
	case interp.DateAnswer:
		return "(*drawer).date"
	case interp.DurationAnswer:
		return "(*drawer).duration"
	case interp.AddressAnswer:
		return "(*drawer).address"
	case interp.MomentAnswer:
		return "(*drawer).moment"
	case interp.TimeAnswer:
		return "(*drawer).timeOfDay"
	}
	return "(*drawer).text"
}

// choose is what draws a constant of a type.
func choose(typ string, of []constant) string {
	var b strings.Builder
	for _, c := range of {
		fmt.Fprintf(&b, "choice[%s]{%s, %q},\n", typ, c.name, c.of)
	}
	return "choose(\n" + b.String() + ")"
}

// mostIdentities bounds those of a file that are drawn.
const mostIdentities = 200

// identityDraw is what draws an identity of a kind.
func (w *fuzzWriter) identityDraw(k *interp.Kind) string {
	if names := w.kinds[k]; names != nil && names.identity != "" {
		return choose(names.identity, w.constants[names.identity])
	}
	if k.Ids == nil {
		return "(*drawer).text"
	}
	var all []constant
	for _, name := range k.Ids.Names()[:min(len(k.Ids.Choices), mostIdentities)] {
		all = append(all, constant{fmt.Sprintf("%q", name), name})
	}
	return choose("string", all)
}

// inJSON is what an attribute is called in a map of facts.
func inJSON(a *interp.Attr) string {
	if a.JSON != "" {
		return a.JSON
	}
	return a.Name
}
