package interp

import (
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// fieldTag is what the ctl tag of a struct's field says.
type fieldTag struct {
	name, unit string
	omit       bool // omitzero: the zero value is not told
	nilEmpty   bool // nilempty: a nil slice is one without members; else it is not told
}

// taggedField is a field that tells a fact: of the struct itself, or of one embedded in it.
type taggedField struct {
	fieldTag
	goName string
	index  []int // the way to it, through embedded structs
}

// structFields are the fields of a struct that tell facts, and what is wrong with its tags.
type structFields struct {
	fields   []taggedField
	problems []fieldProblem
}

type fieldProblem struct {
	code code.Code
	text string
}

var fieldsByType sync.Map // of reflect.Type: *structFields

// taggedFields are the fields of a struct that tell facts, those of embedded structs among
// them as encoding/json has them: a field hides others of its name that lie deeper, and two
// equally deep are a mistake. Where is what the struct tells of, "" where that is the whole
// case. A struct that tells nothing has lost its tags.
func taggedFields(t reflect.Type, where string) ([]taggedField, lang.Diagnostics) {
	known, ok := fieldsByType.Load(t)
	if !ok {
		known, _ = fieldsByType.LoadOrStore(t, readFields(t))
	}
	x := known.(*structFields)
	var ds lang.Diagnostics
	for _, p := range x.problems {
		ds = append(ds, spot{}.errorf(p.code, "%s", p.text))
	}
	if len(x.fields)+len(ds) == 0 {
		what := "the struct that tells `" + where + "`"
		if where == "" {
			what = t.String()
		}
		ds = append(ds, spot{}.errorf(code.FactType, "%s has no field with a ctl tag: tag those that tell facts, as in `ctl:\"recipient\"`", what))
	}
	return x.fields, ds
}

// embedded is a struct whose fields are looked through.
type embedded struct {
	t     reflect.Type
	index []int
}

// readFields looks through a struct level by level.
func readFields(t reflect.Type) *structFields {
	out := &structFields{}
	taken := map[string]bool{}
	seen := map[reflect.Type]bool{t: true}
	for level := []embedded{{t: t}}; len(level) > 0; {
		var next []embedded
		here := map[string]string{}
		for _, e := range level {
			for i := range e.t.NumField() {
				f := e.t.Field(i)
				index := append(e.index[:len(e.index):len(e.index)], i)
				tag, tagged, problem := readTag(f)
				switch inner := structIn(f.Type); {
				case f.Tag.Get("ctl") == "-":
				case problem != "":
					out.problems = append(out.problems, fieldProblem{code.FactType, problem})
				case !tagged && f.Anonymous && inner != nil:
					if !seen[inner] {
						next = append(next, embedded{inner, index})
					}
				case !tagged && f.IsExported() && tellsFacts(f.Type, map[reflect.Type]bool{}):
					out.problems = append(out.problems, fieldProblem{code.FactType, fmt.Sprintf(
						"the field %s has no ctl tag, and fields within it have: tag it with what they tell of, embed it, or leave it out with `ctl:\"-\"`", f.Name)})
				case !tagged || taken[tag.name]:
				case here[tag.name] != "":
					out.problems = append(out.problems, fieldProblem{code.Contradiction, fmt.Sprintf("the fields %s and %s both tell `%s`", here[tag.name], f.Name, tag.name)})
				default:
					here[tag.name] = f.Name
					out.fields = append(out.fields, taggedField{fieldTag: tag, goName: f.Name, index: index})
				}
			}
		}
		for name := range here {
			taken[name] = true
		}
		for _, e := range next {
			seen[e.t] = true
		}
		level = next
	}
	return out
}

// structIn is the struct that a type is, or points to; nil where it is none.
func structIn(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	return t
}

// tellsFacts says whether there are fields with ctl tags in a type, or in what it holds.
func tellsFacts(t reflect.Type, seen map[reflect.Type]bool) bool {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Array || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || seen[t] {
		return false
	}
	seen[t] = true
	for i := range t.NumField() {
		f := t.Field(i)
		if tag, ok := f.Tag.Lookup("ctl"); ok && tag != "-" {
			return true
		}
		if (f.IsExported() || f.Anonymous) && tellsFacts(f.Type, seen) {
			return true
		}
	}
	return false
}

// readTag reads the ctl tag of a field that is not left out; problem is what is wrong with it.
func readTag(f reflect.StructField) (tag fieldTag, tagged bool, problem string) {
	text, ok := f.Tag.Lookup("ctl")
	if !ok {
		return fieldTag{}, false, ""
	}
	if !f.IsExported() {
		return fieldTag{}, true, fmt.Sprintf("the field %s with the tag `ctl:\"%s\"` is not exported", f.Name, text)
	}
	name, options, more := strings.Cut(text, ",")
	tag = fieldTag{name: name}
	if name == "" || strings.TrimSpace(name) != name {
		return tag, true, fmt.Sprintf("the tag `ctl:\"%s\"` of the field %s does not begin with the name of a fact", text, f.Name)
	}
	if !more {
		return tag, true, ""
	}
	for _, o := range strings.Split(options, ",") {
		u, isUnit := strings.CutPrefix(o, "unit=")
		switch {
		case isUnit && u != "":
			tag.unit = u
		case o == "omitzero":
			tag.omit = true
		case o == "nilempty" && (f.Type.Kind() == reflect.Slice || f.Type.Kind() == reflect.Map):
			tag.nilEmpty = true
		default:
			return tag, true, fmt.Sprintf("the tag of the field %s has no option `%s`: there are %s", f.Name, o, optionsFor(o, f))
		}
	}
	return tag, true, ""
}

// optionsFor are the options that a tag can have, the one that seems to be meant first.
func optionsFor(written string, f reflect.StructField) string {
	options := "`omitzero` (the zero value is not told) and `unit=U` (a number counts U)"
	if k := f.Type.Kind(); k == reflect.Slice || k == reflect.Map {
		options = "`nilempty` (nil is without members; else nil is not told), " + options
	}
	if near, ok := lang.Nearest(strings.TrimSpace(written), []string{"omitzero", "nilempty"}); ok && written != "omitempty" {
		return options + "; did you mean `" + near + "`?"
	}
	return options
}

// at is the field within a struct; not ok where an embedded pointer on the way is nil.
func (f *taggedField) at(v reflect.Value) (reflect.Value, bool) {
	for i, at := range f.index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return v, false
			}
			v = v.Elem()
		}
		v = v.Field(at)
	}
	return v, true
}
