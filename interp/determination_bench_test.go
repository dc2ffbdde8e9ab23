package interp_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ctl-lang/ctl/interp"
)

// determination is a licence determination of the size of a real one: 550 codes, 195 countries by 16
// reasons of which the chart is one rule, and the exceptions from it.
func determination() fstest.MapFS {
	r := rand.New(rand.NewPCG(11, 4))
	reasons := strings.Fields("CB1 CB2 CB3 NP1 NP2 NS1 NS2 MT1 RS1 RS2 FC1 CC1 CC2 CC3 AT1 AT2")
	var codes, chart strings.Builder
	codes.WriteString("code,reasons,small,limit\n")
	for i := range 550 {
		var of []string
		for _, reason := range reasons {
			if r.IntN(6) == 0 {
				of = append(of, reason)
			}
		}
		fmt.Fprintf(&codes, "%d%c%03d,%s,%s,%s\n", i%10, 'A'+i/10%5, i, strings.Join(of, ";"), []string{"", "X"}[r.IntN(2)], []string{"", "1500", "3000", "5000"}[r.IntN(4)])
	}
	chart.WriteString("land," + strings.Join(reasons, ",") + "\n")
	for i := range 195 {
		fmt.Fprintf(&chart, "L%03d", i)
		for range reasons {
			chart.WriteString([]string{",", ",X"}[r.IntN(2)&(i%8&1)])
		}
		chart.WriteString("\n")
	}
	of := strings.Join(reasons, " | ")
	return fstest.MapFS{"codes.csv": {Data: []byte(codes.String())}, "chart.csv": {Data: []byte(chart.String())}, "d.ctl": {Data: []byte(`
outcomes prohibited > licence > exception > nlr
unit usd of money
kind Land from "chart.csv" column "land" { chart: set of ` + of + ` from marks "X" }
kind Code = code from "codes.csv" column "code" {
  reasons: set of ` + of + ` from column "reasons" split ";"
  small: bool from marked "small"
  limit: money? from column "limit" in usd
}
kind Item { code: Code  value: money  temporary: bool  foreign: bool  share: number }
kind Party = text
role item: Item
role to land: Land
role with consignee: Party
open term government of Party
group Friends of Land: L001, L007, L011, L013
group Denied of Party: "Acme", "Bolt"
policy export {
  denial: prohibited with Denied
  chart: licence any when any of item.code.reasons in land.chart
  minimal: nlr any when item.foreign and item.share <= 0.25 notwithstanding chart
  public: exception any to Friends with government notwithstanding chart
  passing: exception any when item.temporary and any of item.code.reasons in land.chart notwithstanding chart
  small: exception any when item.code.small and any of item.code.reasons in land.chart notwithstanding chart
  limit: exception any when has item.code.limit and item.value <= item.code.limit and any of item.code.reasons in land.chart notwithstanding chart
  otherwise nlr
}
`)}}
}

// BenchmarkDetermination decides cases whose facts are all told, from a struct.
func BenchmarkDetermination(b *testing.B) {
	type facts struct {
		Item struct {
			Code      string  `ctl:"code"`
			Value     int     `ctl:"value,unit=usd"`
			Temporary bool    `ctl:"temporary"`
			Foreign   bool    `ctl:"foreign"`
			Share     float64 `ctl:"share"`
		} `ctl:"item"`
		Land      string `ctl:"land"`
		Consignee struct {
			ID         string `ctl:"id"`
			Government bool   `ctl:"government"`
		} `ctl:"consignee"`
	}
	prog, err := interp.Load(context.Background(), determination(), "d.ctl")
	if err != nil {
		b.Fatal(err)
	}
	bound, err := interp.Bind[facts](prog.Policies()[0])
	if err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	cases := make([]facts, 4096)
	for i := range cases {
		c, k := &cases[i], r.IntN(550)
		c.Item.Code, c.Item.Value, c.Item.Share = fmt.Sprintf("%d%c%03d", k%10, 'A'+k/10%5, k), r.IntN(10_000), float64(r.IntN(100))/100
		c.Item.Temporary, c.Item.Foreign, c.Consignee.Government = r.IntN(4) == 0, r.IntN(4) == 0, r.IntN(4) == 0
		c.Land, c.Consignee.ID = fmt.Sprintf("L%03d", r.IntN(195)), fmt.Sprint("Firm ", r.IntN(100))
		if _, err := bound.Decide(c); err != nil {
			b.Fatal(err)
		}
	}
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bound.Decide(&cases[i%len(cases)]); err != nil {
			b.Fatal(err)
		}
		i++
	}
}
