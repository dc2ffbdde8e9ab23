package lang

import (
	"context"
	"os"
	"reflect"
	"strings"
	"testing"
)

// within checks that the range of every node lies in that of its parent.
func within(t fataler, root Node) {
	t.Helper()
	var walk func(v reflect.Value, outer Span)
	walk = func(v reflect.Value, outer Span) {
		switch v.Kind() {
		case reflect.Interface, reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem(), outer)
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i), outer)
			}
		case reflect.Struct:
			if v.Type() == reflect.TypeFor[Span]() {
				return
			}
			if v.CanAddr() {
				if n, ok := v.Addr().Interface().(Node); ok && !v.IsZero() {
					r := n.Range()
					if r.Start < outer.Start || r.End > outer.End || r.End < r.Start {
						t.Fatalf("%s at %v is not within %v", v.Type(), r, outer)
					}
					outer = r
				}
			}
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i), outer)
				}
			}
		}
	}
	walk(reflect.ValueOf(root), root.Range())
}

// TestRangesAreExact takes the range of every expression of a file out of its
// text: formatted it must be what the node is formatted as.
func TestRangesAreExact(t *testing.T) {
	text, err := os.ReadFile("testdata/language.ctl")
	if err != nil {
		t.Fatal(err)
	}
	file, _ := Parse(context.Background(), "language.ctl", string(text))
	seen := 0
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Interface, reflect.Pointer:
			if v.IsNil() {
				return
			}
			if e, ok := v.Interface().(Expr); ok {
				seen++
				want := strings.Join(strings.Fields(file.Source.Slice(e.Range())), " ")
				if got := FormatExpr(e); got != want {
					t.Errorf("%q at the range of %q", want, got)
				}
			}
			walk(v.Elem())
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			switch x := v.Interface().(type) {
			case Name:
				if x.Text != "" && file.Source.Slice(x.Range()) != x.Text {
					t.Errorf("%q at the range of the name %q", file.Source.Slice(x.Range()), x.Text)
				}
			case String:
				if got := file.Source.Slice(x.Span); got != Quote(x.Value) {
					t.Errorf("%s at the range of the text %q", got, x.Value)
				}
			case Date:
				if file.Source.Slice(x.Range()) != x.Text {
					t.Errorf("%q at the range of the date %q", file.Source.Slice(x.Range()), x.Text)
				}
			case LabelRef:
				if file.Source.Slice(x.Span) != x.Text {
					t.Errorf("%q at the range of the label %q", file.Source.Slice(x.Span), x.Text)
				}
			}
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i))
				}
			}
		}
	}
	for _, d := range file.Decls {
		within(t, d)
		walk(reflect.ValueOf(d))
	}
	if seen < 40 {
		t.Errorf("only %d expressions seen", seen)
	}
}
