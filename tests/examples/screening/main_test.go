package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

const shipments = `{"goods": {"code": "9A116", "value": 10}, "consignee": {"id": "Good Ltd", "country": "FR"}, "transit": "NL"}
{"goods": {"code": "9A116", "value": 10}, "consignee": {"id": "Good Ltd", "country": "FR"}, "transit": "IR"}
{"goods": {"code": "0A000", "value": 10}, "consignee": {"id": "Acme Trading", "country": "FR"}, "transit": "NL"}
{"goods": {"code": "1C007", "value": 10}, "consignee": {"id": "Good Ltd", "country": "BR"}, "transit": "NL"}
{"goods": {"code": "0A000", "value": 50000.01}, "consignee": {"id": "Good Ltd", "country": "AE", "end_user": false}, "transit": "NL"}
{"goods": {"code": "0A000", "value": 1e4}, "consignee": {"id": "Good Ltd", "country": "Turkey"}, "transit": "NL"}
{"goods": {"code": "0A000", "value": 10}, "consignee": {"id": "Good Ltd"}, "transit": "NL"}
{"goods": {"code": "0A000", "value": "much"}}
not JSON
{"goods": {"code": "0A000", "value": 10}, "consignee": {"id": "Blue Sky Ltd", "country": "FR"}, "transit": "NL", "as_of": "2023-12-31"}
{"goods": {"code": "0A000", "value": 10}, "consignee": {"id": "Blue Sky Ltd", "country": "FR"}, "transit": "NL"}`

var wanted = []string{"go", "stop through", "stop denied", "review listed", "review broker", "go", "undetermined", "error", "error", "stop denied", "go"}

// TestScreen screens the shipments many times over, so that all cores have work.
func TestScreen(t *testing.T) {
	const times = 300
	var out strings.Builder
	counts, err := screen(t.Context(), strings.NewReader(strings.Repeat(shipments+"\n", times)), &out, "2025-06-01")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(out.String()) {
		var a answer
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		got := strings.Join(slices.Concat([]string{a.Answer}, a.Rules), " ")
		if want := wanted[n%len(wanted)]; got != want || a.Line != n+1 || (a.Error != "") != (want == "error") {
			t.Fatalf("line %d: got %+v, want %s", n+1, a, want)
		}
		n++
	}
	if n != times*len(wanted) || fmt.Sprint(counts) != fmt.Sprintf("map[error:%d go:%d review:%d stop:%d undetermined:%d]", 2*times, 3*times, 2*times, 3*times, times) {
		t.Errorf("%d answers: %v", n, counts)
	}
}

func TestScreenErrors(t *testing.T) {
	if _, err := screen(t.Context(), strings.NewReader(""), io.Discard, "2025-02-30"); err == nil {
		t.Error("a day that does not exist was taken")
	}
	broken := errors.New("the disk is gone")
	if _, err := screen(t.Context(), iotest.ErrReader(broken), io.Discard, ""); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := screen(ctx, strings.NewReader(shipments), io.Discard, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// BenchmarkScreen says how many shipments are screened in a second.
func BenchmarkScreen(b *testing.B) {
	first, _, _ := strings.Cut(shipments, "\n")
	text := strings.Repeat(first+"\n", b.N)
	b.ResetTimer()
	if _, err := screen(b.Context(), strings.NewReader(text), io.Discard, "2025-06-01"); err != nil {
		b.Fatal(err)
	}
}
