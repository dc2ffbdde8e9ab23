package gen

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/interp"
)

// caseType writes the struct of all that a case has.
func (w *writer) caseType() {
	w.printf("\n")
	w.doc("Case is what is known of a case: interp.Case.ReadStruct reads it. The zero value of a field is a fact that is not known.")
	w.printf("type Case struct {\n")
	names := &kindNames{fields: map[string]string{}}
	w.kinds[nil] = names
	fields := scope{}
	for _, r := range w.prog.Roles() {
		names.fields[r.Name] = fields.name(r.Name)
		w.doc(sentence(r.Doc))
		w.printf("%s %s `ctl:\"%s\"`\n", names.fields[r.Name], w.kinds[r.Kind].name, r.Name)
	}
	for _, t := range w.prog.Terms() {
		if t.Open && t.Kind == nil {
			names.fields[t.Name] = fields.name(t.Name)
			w.doc(sentence(t.Title), t.Doc)
			w.printf("%s *bool `ctl:\"%s\"`\n", names.fields[t.Name], t.Name)
		}
	}
	w.printf("}\n")
}

// kindType writes the struct of a kind, and then the types of its values.
func (w *writer) kindType(k *interp.Kind) {
	names := w.kinds[k]
	names.enums = map[string]string{}
	w.printf("\n")
	if w.tellsNothing(k) {
		w.doc(fmt.Sprintf("%s is a thing of the kind %s, of which a case tells no more than that it is there: %s{}.", names.name, k.Name, names.name), k.Doc)
		w.printf("type %s map[string]any\n", names.name)
		return
	}
	w.doc(fmt.Sprintf("%s is a thing of the kind %s.", names.name, k.Name), k.Doc)
	w.printf("type %s struct {\n", names.name)
	fields := scope{}
	var values []func()
	if k.Identified() {
		typ := "string"
		if k.Ids != nil && k.File == "" {
			typ = w.names.name(names.name, "Identity")
			names.identity = typ
			values = append(values, func() {
				w.enumeration(typ, names.name, k.Ids.Choices, fmt.Sprintf("%s says which %s it is.", typ, names.name))
			})
		}
		note := ""
		if k.SensitiveID {
			note = " It is sensitive: records of decisions mask it."
		}
		names.fields["id"] = fields.name("id")
		w.doc("Which " + k.Name + " it is; \"\" is not known." + note)
		w.printf("%s %s `ctl:\"id,omitzero\"`\n", names.fields["id"], typ)
	}
	for _, a := range k.Attrs {
		if !w.tells(a) {
			continue
		}
		if choices := a.Type.Member().Choices(); choices != nil {
			enum := w.names.name(names.name, a.Name)
			names.enums[a.Name] = enum
			values = append(values, func() {
				w.enumeration(enum, enum, choices, fmt.Sprintf("%s is a value of %s.%s.", enum, names.name, a.Name))
			})
		}
		w.attr(names, fields, a)
	}
	w.printf("}\n")
	for _, write := range values {
		write()
	}
}

// tells says whether a case tells of an attribute: not of what a file gives, nor who is in
// a group, unless that is asked of cases.
func (w *writer) tells(a *interp.Attr) bool {
	return a.Told() && (a.Group == nil || w.asked(a.Group))
}

// tellsNothing says whether there is no fact of the things of a kind.
func (w *writer) tellsNothing(k *interp.Kind) bool {
	return !k.Identified() && !slices.ContainsFunc(k.Attrs, w.tells)
}

// attr writes a field.
func (w *writer) attr(names *kindNames, fields scope, a *interp.Attr) {
	t := a.Type
	typ, options := w.typeOf(t, names.enums[a.Name]), ""
	unit := w.prog.Unit(t.Member())
	parts := strings.Fields(a.Name) // in Denied: of a group
	if unit != "" && w.o.Floats {
		options = ",unit=" + unit
		parts = append(parts, unit)
	}
	names.fields[a.Name] = fields.name(parts...)
	switch {
	case t.Optional():
		w.uses(interpPath)
		typ = "interp.Optional[" + typ + "]"
	case w.isPointer(a):
		typ = "*" + typ
	case t.Thing() == nil && !w.exactNumber(t):
		options += ",omitzero"
	}
	notes := []string{sentence(a.Title), a.Doc}
	if unit != "" && w.o.Floats {
		notes = append(notes, "In "+unit+".")
	}
	if note, ok := foldNotes[strings.TrimSuffix(t.Member().String(), "?")]; ok {
		notes = append(notes, note)
	}
	if a.Group != nil {
		notes = []string{"Whether it is in the group " + a.Group.Name + ".", a.Doc}
	}
	if a.Sensitive {
		notes = append(notes, "It is sensitive: records of decisions mask it.")
	}
	if a.Default != nil {
		notes = append(notes, "By default it is "+a.Default.String()+".")
	}
	w.doc(strings.Join(notes, " "))
	w.printf("%s %s `ctl:\"%s%s\"`\n", names.fields[a.Name], typ, a.Name, options)
}

// foldNotes say of texts that are equal although they are written in different ways how.
var foldNotes = map[string]string{
	"code":        "A code: capital and small letters are the same in it, with blanks and without.",
	"time_of_day": "A time of day, such as 09:00.",
	"name":        "A name: capital and small letters are the same in it, with and without accents, punctuation and blanks.",
}

// isPointer says whether a field is a pointer, as its zero value could be a fact.
func (w *writer) isPointer(a *interp.Attr) bool {
	t := a.Type
	switch {
	case t.Optional(), t.Elem() != nil, t.Choices() != nil, w.exactNumber(t):
		return false
	case t.Thing() != nil:
		return a.Default != nil // else one of which nothing is known says nothing
	}
	return w.o.Floats || !isQuantity(t)
}

// exactNumber says whether the values of a type are *big.Rat.
func (w *writer) exactNumber(t *interp.Type) bool {
	return w.o.Exact && t.Form() == interp.NumberAnswer
}

// typeOf is the Go type of the values of a type. The enum is the name of the type of those
// of an enumeration.
func (w *writer) typeOf(t *interp.Type, enum string) string {
	switch {
	case t.Elem() != nil:
		return "[]" + w.typeOf(t.Elem(), enum)
	case t.Choices() != nil:
		return enum
	case t.Thing() != nil:
		return w.kinds[t.Thing()].name
	}
	switch t.Form() {
	case interp.YesNoAnswer:
		return "bool"
	case interp.QuantityAnswer:
		if !w.o.Floats {
			return w.quantityOf(t).name
		}
		return "float64"
	case interp.NumberAnswer:
		if w.exactNumber(t) {
			w.uses("math/big")
			return "*big.Rat"
		}
		return "float64"
	case interp.IntegerAnswer:
		return "int64"
	case interp.DateAnswer, interp.MomentAnswer:
		w.uses("time")
		return "time.Time"
	case interp.AddressAnswer:
		w.uses("net/netip")
		return "netip.Addr"
	case interp.DurationAnswer:
		w.uses(interpPath)
		return "interp.Duration"
	}
	return "string"
}

// constant is a constant, and what the rules call it.
type constant struct{ name, of string }

// enumeration writes a string type and its values as constants, whose names begin with a
// prefix.
func (w *writer) enumeration(typ, prefix string, choices []interp.EnumChoice, doc string) {
	w.printf("\n")
	w.doc(doc)
	w.printf("type %s string\n\n", typ)
	w.doc("The values of " + typ + ".")
	w.printf("const (\n")
	for _, c := range choices {
		w.doc(sentence(c.Title))
		name := w.names.name(prefix, c.Name)
		w.constants[typ] = append(w.constants[typ], constant{name, c.Name})
		w.printf("%s %s = %q\n", name, typ, c.Name)
	}
	w.printf(")\n")
}

// sentence is a title as a sentence.
func sentence(title string) string {
	title = strings.TrimRight(strings.TrimSpace(title), ".")
	if title == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(title)
	title = string(unicode.ToUpper(first)) + title[size:]
	if strings.HasSuffix(title, "?") {
		return title
	}
	return title + "."
}
