package interp_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ctl-lang/ctl/interp"
)

// TestBytesAName bounds what a listed name takes besides its own text, at a number at which the
// tables that find it are as empty as they get.
func TestBytesAName(t *testing.T) {
	const n, most = 60_000, 200
	var list strings.Builder
	list.WriteString("name,listed\n")
	text := 0
	for i := range n {
		name := listedName(i)
		text += len(name)
		fmt.Fprintf(&list, "%s,20%02d-%02d-01\n", name, i%30, i%12+1)
	}
	data := []byte(list.String())
	for _, more := range []string{"", ` since "listed"`, ` since "listed" screened at 0.9`} {
		files := fstest.MapFS{"d.csv": {Data: data}, "r.ctl": {Data: []byte("outcomes deny > permit\nkind Party = name\nrole to buyer: Party\n" +
			`group Denied of Party from "d.csv" column "name"` + more + "\npolicy p { deny to Denied otherwise permit }")}}
		before := heap()
		prog, err := interp.Load(t.Context(), files, "r.ctl")
		if err != nil {
			t.Fatal(err)
		}
		if took := (int(heap()-before) - text) / n; took < 10 || took > most {
			t.Errorf("a name of a list%s takes %d bytes over its text", more, took)
		}
		runtime.KeepAlive(prog)
	}
	runtime.KeepAlive(data)
}

// listedName is one of many made-up names.
func listedName(i int) string {
	return fmt.Sprintf("%s %s Trading %d Ltd", syllables(i), syllables(i*7919+1), i%97)
}
