package interp

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/lang"
)

const applicants = `
outcomes deny > permit
kind Party = text { sanctioned: bool = no  age: number = 0  tags: set of text = () }
role by applicant: Party
policy p { deny when applicant.sanctioned or applicant.age >= 100.1 or any of applicant.tags in ("bad")  otherwise permit }
`

type audit struct {
	Sanctioned bool `ctl:"sanctioned"`
}

// TestEmbeddedFields has facts told by fields of embedded structs, by both doors.
func TestEmbeddedFields(t *testing.T) {
	prog, err := LoadText(t.Context(), "t.ctl", applicants)
	if err != nil {
		t.Fatal(err)
	}
	type plain struct {
		audit
		ID string `ctl:"id"`
	}
	type pointed struct {
		*audit
		ID string `ctl:"id"`
	}
	type shadowed struct {
		audit
		Cleared bool `ctl:"sanctioned"`
	}
	type small struct {
		Age float32 `ctl:"age"`
	}
	checkAnswer(t, prog, struct {
		A plain `ctl:"applicant"`
	}{plain{audit{true}, "Acme"}}, "deny")
	checkAnswer(t, prog, struct {
		A pointed `ctl:"applicant"`
	}{pointed{&audit{true}, "Acme"}}, "deny")
	checkAnswer(t, prog, struct {
		A pointed `ctl:"applicant"`
	}{pointed{nil, "Acme"}}, "permit")
	checkAnswer(t, prog, struct {
		A shadowed `ctl:"applicant"`
	}{shadowed{audit{true}, false}}, "permit")
	checkAnswer(t, prog, struct {
		A small `ctl:"applicant"`
	}{small{100.1}}, "deny") // for its shortest decimal
}

// checkAnswer decides a struct by ReadStruct and by Bind.
func checkAnswer[T any](t *testing.T, prog *Program, v T, want string) {
	t.Helper()
	p, _ := prog.Policy("p")
	c := prog.NewCase()
	if err := c.ReadStruct(v); err != nil {
		t.Fatal(err)
	}
	read, err := p.Decide(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Bind[T](p)
	if err != nil {
		t.Fatal(err)
	}
	bound, err := b.Decide(&v)
	if err != nil {
		t.Fatal(err)
	}
	if read.Answer() != want || bound.Answer() != want {
		t.Errorf("%+v is %s as read, %s as bound, and should be %s", v, read.Answer(), bound.Answer(), want)
	}
}

// TestTagsThatLose refuses tags by which a fact would be lost, by both doors.
func TestTagsThatLose(t *testing.T) {
	prog, err := LoadText(t.Context(), "t.ctl", applicants)
	if err != nil {
		t.Fatal(err)
	}
	type omitempty struct {
		Age float64 `ctl:"age,omitempty"`
	}
	type untagged struct {
		ID   string `ctl:"id"`
		Info audit
	}
	type other struct {
		Clean bool `ctl:"sanctioned"`
	}
	type twice struct {
		audit
		other
	}
	refused[struct {
		A omitempty `ctl:"applicant"`
	}](t, prog, "has no option `omitempty`")
	refused[struct {
		A untagged `ctl:"applicant"`
	}](t, prog, "the field Info has no ctl tag, and fields within it have")
	refused[struct {
		A twice `ctl:"applicant"`
	}](t, prog, "the fields Sanctioned and Clean both tell `sanctioned`")
	refused[struct {
		A, B audit `ctl:"applicant"`
	}](t, prog, "the fields A and B both tell `applicant`")
}

func refused[T any](t *testing.T, prog *Program, want string) {
	t.Helper()
	p, _ := prog.Policy("p")
	var v T
	_, bound := Bind[T](p)
	for door, err := range map[string]error{"ReadStruct": prog.NewCase().ReadStruct(v), "Bind": bound} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s of %T: %v", door, v, err)
		}
	}
}

// TestNilSlices are not told, but where the tag says that they are without members.
func TestNilSlices(t *testing.T) {
	prog, err := LoadText(t.Context(), "t.ctl", `
outcomes deny > permit
kind Party = text { tags: set of text }
role by applicant: Party
policy p { permit when none of applicant.tags in ("bad")  otherwise deny }
`)
	if err != nil {
		t.Fatal(err)
	}
	type untold struct {
		Tags []string `ctl:"tags"`
	}
	type empty struct {
		Tags []string `ctl:"tags,nilempty"`
	}
	checkAnswer(t, prog, struct {
		A untold `ctl:"applicant"`
	}{}, "undetermined")
	checkAnswer(t, prog, struct {
		A untold `ctl:"applicant"`
	}{untold{[]string{}}}, "permit")
	checkAnswer(t, prog, struct {
		A empty `ctl:"applicant"`
	}{}, "permit")
}

// TestFieldsAsJSON holds what random structs tell to what encoding/json writes of them: which
// fields of embedded structs count, through pointers and nil ones, hidden ones and those left
// out. What json drops, two fields of a name that lie equally deep, is an error here.
func TestFieldsAsJSON(t *testing.T) {
	told, refused := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		v := reflect.New(drawStruct(t, 3)).Elem()
		fillStruct(t, v)
		got := map[string]any{}
		ds := eachField(v, "x", func(name string, field any) *lang.Diagnostic {
			got[name] = float64(field.(int))
			return nil
		})
		data, err := json.Marshal(v.Interface())
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]any{}
		if err := json.Unmarshal(data, &want); err != nil {
			t.Fatal(err)
		}
		if ds != nil {
			refused++ // no field at all, or two of a name
			fields, _ := taggedFields(v.Type(), "x")
			if text := ds.Error(); len(fields) > 0 && !strings.Contains(text, "both tell") {
				t.Fatalf("%v: %s", v.Type(), text)
			}
			return
		}
		told++
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%v: %s", v.Type(), diff)
		}
	})
	if (told == 0 || refused == 0) && !testing.Short() {
		t.Errorf("%d structs tell something, %d are refused", told, refused)
	}
}

// drawStruct is a struct of numbers and of embedded structs.
func drawStruct(t *rapid.T, deep int) reflect.Type {
	var fields []reflect.StructField
	for i := range rapid.IntRange(1, 4).Draw(t, "fields") {
		f := reflect.StructField{Name: fmt.Sprintf("F%d", i), Type: reflect.TypeFor[int]()}
		switch k := rapid.IntRange(0, 6).Draw(t, "field"); {
		case k < 3 && deep > 0:
			f.Anonymous, f.Type = true, drawStruct(t, deep-1)
			if k == 1 {
				f.Type = reflect.PointerTo(f.Type)
			}
			if k == 2 {
				f.Tag = `ctl:"-" json:"-"`
			}
		case k == 3:
			f.Tag = `json:"-"`
		default:
			name := rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}).Draw(t, "name")
			f.Tag = reflect.StructTag(fmt.Sprintf(`ctl:"%s" json:"%s"`, name, name))
		}
		fields = append(fields, f)
	}
	return reflect.StructOf(fields)
}

// fillStruct gives the numbers of a struct values, and some of its pointers.
func fillStruct(t *rapid.T, v reflect.Value) {
	for i := range v.NumField() {
		f := v.Field(i)
		if f.Kind() == reflect.Pointer {
			if rapid.Bool().Draw(t, "nil") {
				continue
			}
			f.Set(reflect.New(f.Type().Elem()))
			f = f.Elem()
		}
		if f.Kind() == reflect.Struct {
			fillStruct(t, f)
		} else {
			f.SetInt(int64(rapid.IntRange(0, 99).Draw(t, "value")))
		}
	}
}
