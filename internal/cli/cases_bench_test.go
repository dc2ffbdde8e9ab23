package cli

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ctl-lang/ctl/internal/table"
)

const casesRules = `
outcomes deny > review > permit
kind Item { category: A | B | C  value: money  weight: mass  tested: bool }
kind Party = text
unit eur of money
role item: Item
role to recipient: Party
group Denied of Party: "Denied-17", "Denied-23"
policy p {
  listed: deny any to Denied
  heavy:  review any when item.weight > 500 kg unless item is light
  worth:  review any when item.category in (A, B) and item.value >= 5000 eur requiring "a second signature"
  tests:  deny any when not item.tested and item.category = A
  otherwise permit
}
term light of Item: weight < 10 kg
`

// writeCases writes a table of cases: texts and numbers of which most are one of their kind.
func writeCases(name string, n int) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("name,item.category,item.value,item.weight,item.tested,recipient,as_of\n")
	r := rand.New(rand.NewPCG(1, 2))
	for i := range n {
		fmt.Fprintf(&b, "case %d,%c,%d eur,%d.%d kg,%s,Buyer-%d,2025-%02d-%02d\n", i, 'A'+r.IntN(3), r.IntN(20_000), r.IntN(1000), r.IntN(10),
			[]string{"yes", "no"}[r.IntN(2)], r.IntN(n), 1+r.IntN(12), 1+r.IntN(28))
	}
	_, err = io.WriteString(f, b.String())
	return errors.Join(err, f.Close())
}

// BenchmarkCases decides a table of 1,000,000 rows and writes the answers; the metric times-reading
// is how many times as long that takes as to read the rows alone, on one core; times-encoding/csv the same
// of the reader of the standard library.
func BenchmarkCases(b *testing.B) {
	const rows = 1_000_000
	dir := b.TempDir()
	name, rules := filepath.Join(dir, "cases.csv"), filepath.Join(dir, "rules.ctl")
	if err := errors.Join(writeCases(name, rows), os.WriteFile(rules, []byte(casesRules), 0o600)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		start := time.Now()
		if n, err := readAlone(name); err != nil || n != rows {
			b.Fatal(n, err)
		}
		read := time.Since(start)
		start = time.Now()
		if n, err := readByLibrary(name); err != nil || n != rows+1 {
			b.Fatal(n, err)
		}
		library := time.Since(start)
		start = time.Now()
		a := &App{Stdout: io.Discard, Stderr: io.Discard, Now: time.Now}
		if status := a.Run([]string{"decide", rules, "--cases", name, "--out", filepath.Join(dir, "answers.csv")}); status != exitOK {
			b.Fatal("exit status", status)
		}
		decided := time.Since(start)
		b.ReportMetric(float64(read.Nanoseconds())/rows, "ns/read")
		b.ReportMetric(float64(decided.Nanoseconds())/rows, "ns/row")
		b.ReportMetric(float64(decided)/float64(read), "times-reading")
		b.ReportMetric(float64(decided)/float64(library), "times-encoding/csv")
	}
}

// readAlone reads the rows of a table and nothing else.
func readAlone(name string) (n int, err error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	blocks := table.NewBlocks(f)
	first, err := blocks.Next()
	if err != nil {
		return 0, err
	}
	head := first.Reader()
	if _, _, err := head.Heading(func([]string) bool { return true }); err != nil {
		return 0, err
	}
	for r := head; ; {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			next, err := blocks.Next()
			if errors.Is(err, io.EOF) {
				return n, nil
			}
			if err != nil {
				return n, err
			}
			r = head.Of(next)
			continue
		}
		if err != nil {
			return n, err
		}
		row.Cells()
		n++
	}
}

func readByLibrary(name string) (n int, err error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	for r := csv.NewReader(f); ; n++ {
		if _, err := r.Read(); errors.Is(err, io.EOF) {
			return n, nil
		} else if err != nil {
			return n, err
		}
	}
}
