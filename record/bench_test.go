package record_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/ctl-lang/ctl/record"
)

func BenchmarkDecided(b *testing.B) {
	prog := load(b, screening)
	c := told(b, prog, `buyer = "Acme"`, "buyer.age = 12", `buyer.code = "9A"`, "item.price = 5", "urgent")
	d, err := policy(b, prog, "sales").Decide(b.Context(), c)
	if err != nil {
		b.Fatal(err)
	}
	for _, run := range []struct {
		name string
		opts record.Options
	}{{"masked", record.Options{Clock: noon}}, {"hashed", record.Options{Clock: noon, Key: []byte("key")}}} {
		b.Run(run.name, func(b *testing.B) {
			w := record.NewWriter(io.Discard, run.opts)
			b.ReportAllocs()
			for b.Loop() {
				if err := w.Decided("4711", c, d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	prog := load(b, screening)
	var out bytes.Buffer
	w := record.NewWriter(&out, record.Options{Clock: noon})
	write(b, w, policy(b, prog, "sales"), told(b, prog, `buyer = "Acme"`, "buyer.age = 12", `buyer.code = "9A"`, "item.price = 5", "urgent"))
	text := bytes.Repeat(out.Bytes(), 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		for _, err := range record.Read(bytes.NewReader(text)) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
