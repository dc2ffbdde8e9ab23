package lang

import (
	"fmt"
	"reflect"
	"strings"
)

// dump writes a tree without positions, comments and nil fields: what two
// texts that mean the same have in common.
func dump(v any) string {
	var b strings.Builder
	dumpValue(&b, reflect.ValueOf(v), 0)
	return b.String()
}

func dumpValue(b *strings.Builder, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		dumpValue(b, v.Elem(), depth)
	case reflect.Slice:
		b.WriteString("[")
		for i := range v.Len() {
			fmt.Fprintf(b, "\n%s", strings.Repeat(" ", depth+1))
			dumpValue(b, v.Index(i), depth+1)
		}
		b.WriteString("]")
	case reflect.Struct:
		t := v.Type()
		b.WriteString(t.Name() + "{")
		for i := range t.NumField() {
			f := t.Field(i)
			position := f.Type == reflect.TypeFor[Span]() || f.Type == reflect.TypeFor[*Source]() || f.Name == "Offset"
			if position || !f.IsExported() || v.Field(i).IsZero() && f.Type.Kind() != reflect.Struct {
				continue
			}
			fmt.Fprintf(b, "\n%s%s: ", strings.Repeat(" ", depth+1), f.Name)
			dumpValue(b, v.Field(i), depth+1)
		}
		b.WriteString("}")
	default:
		fmt.Fprintf(b, "%#v", v.Interface())
	}
}
