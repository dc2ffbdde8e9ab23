package interp_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/interp"
)

// access is who wants to do what in a hospital.
type access struct {
	Job    string `ctl:"job"`
	Dept   string `ctl:"department"`
	Duty   bool   `ctl:"on_duty"`
	Barred bool   `ctl:"barred"`
	Action string `ctl:"action"`
	Sort   string `ctl:"sort"`
	Owner  string `ctl:"owner"`
	Sealed bool   `ctl:"sealed"`
}

type accessCase struct {
	Request access `ctl:"request"`
}

// hospital is a policy of 33 rules for each of some departments, and 5 for all.
func hospital(departments int) string {
	var b strings.Builder
	b.WriteString(`outcomes deny > permit
kind Request { job: j0 | j1 | j2 | j3 | j4 | j5  department: text  on_duty: bool  barred: bool  action: a0 | a1 | a2 | a3 | a4 | a5 | a6 | a7  sort: s0 | s1 | s2 | s3 | s4 | s5 | s6  owner: text  sealed: bool }
role request: Request
policy p {
  deny when request.barred
  deny when request.action = a7
  deny when request.sealed and request.action != a0
  permit when request.job = j5 and request.action = a0
  permit when request.sort = s6 and request.action = a0
`)
	for d := range departments {
		r := rand.New(rand.NewPCG(1, 2)) // the same rules for every one
		for range 33 {
			fmt.Fprintf(&b, "  permit when request.job = j%d and request.action = a%d and request.sort = s%d and request.department = \"d%d\" and request.owner = \"d%d\"", r.IntN(6), r.IntN(7), r.IntN(7), d, d)
			if r.IntN(2) == 0 {
				b.WriteString(" and request.on_duty")
			}
			b.WriteString("\n")
		}
	}
	b.WriteString("  otherwise deny\n}\n")
	return b.String()
}

func accesses(departments int) []accessCase {
	r := rand.New(rand.NewPCG(3, 4))
	out := make([]accessCase, 500)
	for i := range out {
		dept := fmt.Sprintf("d%d", r.IntN(departments))
		owner := dept
		if r.IntN(5) == 0 {
			owner = fmt.Sprintf("d%d", r.IntN(departments))
		}
		out[i].Request = access{fmt.Sprintf("j%d", r.IntN(6)), dept, r.IntN(2) == 0, r.IntN(20) == 0, fmt.Sprintf("a%d", r.IntN(8)), fmt.Sprintf("s%d", r.IntN(7)), owner, r.IntN(10) == 0}
	}
	return out
}

// BenchmarkHospital decides in hospitals of some departments.
func BenchmarkHospital(b *testing.B) {
	for _, n := range []int{1, 10, 300} {
		prog, err := interp.LoadText(context.Background(), "hospital.ctl", hospital(n))
		if err != nil {
			b.Fatal(err)
		}
		benchTree(b, n, prog, accesses(n))
	}
}

// benchTree decides cases from structs, and prepared.
func benchTree[T any](b *testing.B, n int, prog *interp.Program, cases []T) {
	p, _ := prog.Policy("p")
	bound, err := interp.Bind[T](p)
	if err != nil {
		b.Fatal(err)
	}
	prepared := make([]*interp.Prepared, len(cases))
	for i := range cases {
		if prepared[i], err = bound.Prepare(&cases[i]); err != nil {
			b.Fatal(err)
		}
	}
	b.Run(fmt.Sprint("struct/", n), func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for i := range cases {
				if _, err := bound.Decide(&cases[i]); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(cases)), "ns/decision")
	})
	b.Run(fmt.Sprint("prepared/", n), func(b *testing.B) {
		for b.Loop() {
			for i := range prepared {
				if _, err := prepared[i].Decide(); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(cases)), "ns/decision")
	})
}

// shipment is what the embargoes are about.
type shipment struct {
	Item struct {
		Code    string `ctl:"code"`
		Licence int    `ctl:"licence"`
	} `ctl:"item"`
	To string `ctl:"recipient"`
}

// embargoes are n rules about a control number, a country and a licence each, and a
// thousand shipments that come near them.
func embargoes(n int) (string, []shipment) {
	r := rand.New(rand.NewPCG(6, 2))
	const countries = "AE AF AL AM AO AR AT AU AZ BA BD BE BF BG BH BI BJ BN BO BR BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FR GA GB GD GE GH GM"
	to := strings.Fields(countries)
	code := func() string { return fmt.Sprintf("%d%c%03d", r.IntN(10), 'A'+rune(r.IntN(5)), r.IntN(100)) }
	var b strings.Builder
	b.WriteString("use iso3166\noutcomes deny > permit\nkind Item { code: text  licence: number }\nrole item: Item\nrole to recipient: Country\npolicy p {\n")
	cases := make([]shipment, 1000)
	for i := range n {
		c, t, k := code(), to[r.IntN(len(to))], 1+r.IntN(9)
		fmt.Fprintf(&b, "  deny to %s when item.code = %q and item.licence < %d\n", t, c, k)
		if at := r.IntN(n); at < len(cases) || i < len(cases) {
			s := &cases[i%len(cases)]
			s.Item.Code, s.To, s.Item.Licence = c, t, r.IntN(10)
		}
	}
	for i := range cases {
		if i%4 == 3 || cases[i].To == "" {
			cases[i].Item.Code, cases[i].To, cases[i].Item.Licence = code(), to[r.IntN(len(to))], r.IntN(10)
		}
	}
	b.WriteString("  otherwise permit\n}\n")
	return b.String(), cases
}

// BenchmarkEmbargoes decides by ever more rules.
func BenchmarkEmbargoes(b *testing.B) {
	for _, n := range []int{10, 100, 1000, 10_000, 100_000} {
		text, cases := embargoes(n)
		prog, err := interp.LoadText(context.Background(), "embargoes.ctl", text)
		if err != nil {
			b.Fatal(err)
		}
		benchTree(b, n, prog, cases)
	}
}
