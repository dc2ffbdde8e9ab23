package gen

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/interp"
)

// caseType writes the struct of all that a case has.
func (w *writer) caseType(name string) {
	w.printf("\n")
	w.doc(name + " is what is known of a case: interp.Case.ReadStruct reads it. The zero value of a field is a fact that is not known.")
	w.printf("type %s struct {\n", name)
	fields := scope{}
	for _, r := range w.prog.Roles() {
		w.doc(sentence(r.Doc))
		w.printf("%s %s `ctl:\"%s\"`\n", fields.name(r.Name), w.kinds[r.Kind], r.Name)
	}
	for _, t := range w.prog.Terms() {
		if t.Open && t.Kind == nil {
			w.doc(sentence(t.Title), t.Doc)
			w.printf("%s *bool `ctl:\"%s\"`\n", fields.name(t.Name), t.Name)
		}
	}
	w.printf("}\n")
}

// kindType writes the struct of a kind, and then the types of its values.
func (w *writer) kindType(k *interp.Kind) {
	name := w.kinds[k]
	w.printf("\n")
	w.doc(fmt.Sprintf("%s is a thing of the kind %s.", name, k.Name), k.Doc)
	w.printf("type %s struct {\n", name)
	fields := scope{}
	var values []func()
	if k.Identified() {
		typ := "string"
		if k.Ids != nil && k.File == "" {
			typ = w.names.name(name, "Identity")
			values = append(values, func() {
				w.enumeration(typ, name, k.Ids.Choices, fmt.Sprintf("%s says which %s it is.", typ, name))
			})
		}
		note := ""
		if k.SensitiveID {
			note = " It is sensitive: records of decisions mask it."
		}
		w.doc("Which " + k.Name + " it is; \"\" is not known." + note)
		w.printf("%s %s `ctl:\"id,omitzero\"`\n", fields.name("id"), typ)
	}
	for _, a := range k.Attrs {
		if a.Group != nil || !a.Told() { // of which no case tells once the members are given, or the file is read
			continue
		}
		enum := ""
		if choices := a.Type.Member().Choices(); choices != nil {
			enum = w.names.name(name, a.Name)
			values = append(values, func() {
				w.enumeration(enum, enum, choices, fmt.Sprintf("%s is a value of %s.%s.", enum, name, a.Name))
			})
		}
		w.attr(fields.name(a.Name), a, enum)
	}
	w.printf("}\n")
	for _, write := range values {
		write()
	}
}

// attr writes a field. The enum is the name of the type of its values, where they are an
// enumeration.
func (w *writer) attr(field string, a *interp.Attr, enum string) {
	t := a.Type
	typ, options := w.typeOf(t, enum), ""
	if unit := w.prog.Unit(t.Member()); unit != "" {
		options = ",unit=" + unit
	}
	switch {
	case t.Optional():
		typ = "interp.Optional[" + typ + "]"
	case t.Elem() != nil, t.Choices() != nil:
		options += ",omitzero"
	case t.Thing() != nil && a.Default == nil: // one of which nothing is known says nothing
	default:
		typ = "*" + typ
	}
	notes := []string{sentence(a.Title), a.Doc}
	if unit := w.prog.Unit(t.Member()); unit != "" {
		notes = append(notes, "In "+unit+".")
	}
	if t.Member().Form() == interp.DurationAnswer {
		notes = append(notes, "Such as \"30 days\".")
	}
	if a.Sensitive {
		notes = append(notes, "It is sensitive: records of decisions mask it.")
	}
	if a.Default != nil {
		notes = append(notes, "By default it is "+a.Default.String()+".")
	}
	w.doc(strings.Join(notes, " "))
	w.printf("%s %s `ctl:\"%s%s\"`\n", field, typ, a.Name, options)
}

// typeOf is the Go type of the values of a type.
func (w *writer) typeOf(t *interp.Type, enum string) string {
	switch {
	case t.Elem() != nil:
		return "[]" + w.typeOf(t.Elem(), enum)
	case t.Choices() != nil:
		return enum
	case t.Thing() != nil:
		return w.kinds[t.Thing()]
	}
	switch t.Form() {
	case interp.YesNoAnswer:
		return "bool"
	case interp.NumberAnswer, interp.QuantityAnswer:
		return "float64"
	case interp.DateAnswer:
		w.time = true
		return "time.Time"
	}
	return "string"
}

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
		w.printf("%s %s = %q\n", w.names.name(prefix, c.Name), typ, c.Name)
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
