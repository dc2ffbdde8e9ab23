package interp_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ctl-lang/ctl/interp"
)

func mtcr(tb testing.TB) *interp.Program {
	tb.Helper()
	prog, err := interp.Load(context.Background(), os.DirFS("../rules"), "mtcr.ctl")
	if err != nil {
		tb.Fatal(err)
	}
	return prog
}

func BenchmarkLoadMTCR(b *testing.B) {
	for b.Loop() {
		mtcr(b)
	}
}

// BenchmarkDecideFull is the reference evaluator on a case without missing facts.
func BenchmarkDecideFull(b *testing.B) {
	p, c := question(b, "item.category = I", "item.form = space_launch_vehicle", "recipient = AE", "program.purpose = space_launch",
		"program is vetted", "recipient is strong_controls", "recipient is not select_partner", "transfer.undertakings", "item.range = 500 km", "item.payload = 600 kg")
	benchDecide(b, p, c)
}

// BenchmarkDecidePartial is an exact answer with four facts missing, possible and needs included.
func BenchmarkDecidePartial(b *testing.B) {
	p, c := question(b, "item.category = I", "item.form = space_launch_vehicle", "recipient = AE")
	benchDecide(b, p, c)
}

// BenchmarkDecideUnknown is an exact answer where nothing is known.
func BenchmarkDecideUnknown(b *testing.B) {
	p, c := question(b)
	benchDecide(b, p, c)
}

func question(b *testing.B, facts ...string) (*interp.Policy, *interp.Case) {
	prog := mtcr(b)
	p, err := prog.Policy("us2025")
	if err != nil {
		b.Fatal(err)
	}
	c := prog.NewCase()
	c.SetDate(prog.LatestDate())
	if err := c.Tell(facts...); err != nil {
		b.Fatal(err)
	}
	return p, c
}

func benchDecide(b *testing.B, p *interp.Policy, c *interp.Case) {
	if _, err := p.Decide(b.Context(), c); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Decide(b.Context(), c); err != nil {
			b.Fatal(err)
		}
	}
}

// manyRules is a policy of n rules that read like real ones.
func manyRules(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("use iso3166\noutcomes prohibit > deny > review > permit\nkind Item { code: text  category: I | II | none  range: length  licences: number }\n")
	b.WriteString("role item: Item\nrole to recipient: Country\ngroup Member of Country: since 1987-04-16: US, GB, FR, DE, since 2016-06-27: IN\n")
	b.WriteString("term CategoryI of Item: category = I\nterm Large of Item: range >= 300 km\nopen term vetted of Country\nterm nonMember of Country: not in Member\n")
	b.WriteString("policy p {\n")
	codes := []string{"AD", "AE", "AF", "BR", "CN", "IN", "PK", "US", "GB", "ZA"}
	code := func() string { return codes[r.IntN(len(codes))] }
	for i := range n {
		switch r.IntN(4) {
		case 0:
			b.WriteString("  deny CategoryI to nonMember unless Large and vetted\n")
		case 1:
			fmt.Fprintf(&b, "  rule_%d: review CategoryI to %s, %s when item.licences < %d\n", i, code(), code(), r.IntN(20))
		case 2:
			fmt.Fprintf(&b, "  rule_%d: prohibit to %s when item.code = \"%d%c%03d\" and not Large # as listed\n", i, code(), r.IntN(10), 'A'+rune(r.IntN(5)), r.IntN(1000))
		default:
			fmt.Fprintf(&b, "  rule_%d: deny Large to nonMember or %s when (item.licences > %d or vetted) and item.category != II because \"rule %d\"\n", i, code(), r.IntN(20), i)
		}
	}
	b.WriteString("  otherwise permit\n}\n")
	return b.String()
}

func BenchmarkLoad10k(b *testing.B)  { benchLoad(b, 10_000) }
func BenchmarkLoad100k(b *testing.B) { benchLoad(b, 100_000) }

func benchLoad(b *testing.B, n int) {
	text := manyRules(n)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := interp.LoadText(context.Background(), "many.ctl", text); err != nil {
			b.Fatal(err)
		}
	}
}

// wideRules is a policy of n rules over k attributes, each rule about two to four
// attributes out of so many that stand next to each other.
func wideRules(n, k, near int) string {
	r := rand.New(rand.NewPCG(3, 4))
	var b strings.Builder
	b.WriteString("outcomes prohibit > deny > review > permit\nkind Item {\n")
	for i := range k {
		fmt.Fprintf(&b, "  a%d: %s\n", i, []string{"bool", "x | y | z | w", "length"}[i%3])
	}
	b.WriteString("}\nrole item: Item\npolicy p {\n")
	for range n {
		fmt.Fprintf(&b, "  %s when ", []string{"prohibit", "deny", "review", "permit"}[r.IntN(4)])
		at := r.IntN(k)
		for j := range 2 + r.IntN(3) {
			if j > 0 {
				b.WriteString(" and ")
			}
			i := (at + r.IntN(near)) % k
			switch i % 3 {
			case 0:
				fmt.Fprintf(&b, "item.a%d = %s", i, []string{"yes", "no"}[r.IntN(2)])
			case 1:
				fmt.Fprintf(&b, "item.a%d = %s", i, []string{"x", "y", "z", "w"}[r.IntN(4)])
			default:
				fmt.Fprintf(&b, "item.a%d %s %d km", i, []string{"<", ">="}[r.IntN(2)], 100*(1+r.IntN(3)))
			}
		}
		b.WriteString("\n")
	}
	b.WriteString("  otherwise permit\n}\n")
	return b.String()
}

// BenchmarkDiagram300x30 makes the diagram of 300 rules over 30 attributes, each rule
// about attributes that stand near each other, as the subjects of real policies do.
func BenchmarkDiagram300x30(b *testing.B) { benchDiagram(b, wideRules(300, 30, 5)) }

// BenchmarkDiagramAnywhere is what is hard for diagrams: rules about attributes from
// anywhere. Sixty such rules fit; eighty or more of these are past the node budget.
func BenchmarkDiagramAnywhere(b *testing.B) { benchDiagram(b, wideRules(60, 30, 30)) }

func benchDiagram(b *testing.B, text string) {
	prog, err := interp.LoadText(context.Background(), "wide.ctl", text)
	if err != nil {
		b.Fatal(err)
	}
	p, err := prog.Policy("p")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		s := interp.NewSpace(context.Background(), []interp.Dated{{Policy: p, On: prog.LatestDate()}}, nil, prog.Limits().Nodes)
		f, _, err := s.Policy(interp.Dated{Policy: p, On: prog.LatestDate()})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(s.Store.Size(f)), "nodes")
	}
}

// application is a case of the MTCR rules as a Go program has it.
type application struct {
	Item struct {
		Category string  `ctl:"category"`
		Form     string  `ctl:"form"`
		Facility bool    `ctl:"production_facility"`
		Range    float64 `ctl:"range,unit=km"`
		Payload  float64 `ctl:"payload,unit=kg"`
	} `ctl:"item"`
	Recipient struct {
		ID      string `ctl:"id"`
		Strong  bool   `ctl:"strong_controls"`
		Partner bool   `ctl:"select_partner"`
	} `ctl:"recipient"`
	Program struct {
		Purpose       string `ctl:"purpose"`
		Before        bool   `ctl:"supported_before_mtcr"`
		Vetted        *bool  `ctl:"vetted"`
		International bool   `ctl:"international"`
	} `ctl:"program"`
	Transfer struct {
		Undertakings bool `ctl:"undertakings"`
	} `ctl:"transfer"`
}

// applications are cases of every sort; where some are open, that of the programme's
// vetting is not known.
func applications(open bool) []application {
	r := rand.New(rand.NewPCG(5, 6))
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	out := make([]application, 1000)
	for i := range out {
		a := &out[i]
		a.Item.Category = pick("I", "I", "I", "II", "none")
		a.Item.Form = pick("ballistic_missile", "cruise_missile", "uav", "space_launch_vehicle", "material", "technology")
		a.Item.Facility = r.IntN(10) == 0
		a.Item.Range, a.Item.Payload = float64(100*r.IntN(3)), float64(250*r.IntN(4))
		a.Recipient.ID = pick("AE", "IN", "FR", "GB", "BR", "CN", "JP", "US", "PK")
		a.Recipient.Strong, a.Recipient.Partner = r.IntN(2) == 0, r.IntN(2) == 0
		a.Program.Purpose = pick("military_missile", "space_launch", "uav", "scientific", "civil", "wmd_delivery")
		a.Program.Before, a.Program.International = r.IntN(4) == 0, r.IntN(4) == 0
		if vetted := r.IntN(2) == 0; !open || r.IntN(2) == 0 {
			a.Program.Vetted = &vetted
		}
		a.Transfer.Undertakings = r.IntN(2) == 0
	}
	return out
}

// BenchmarkBoundStruct decides from a Go struct.
func BenchmarkBoundStruct(b *testing.B) { benchBound(b, false) }

// BenchmarkBoundOpen is the same with a fact missing in every other case.
func BenchmarkBoundOpen(b *testing.B) { benchBound(b, true) }

func benchBound(b *testing.B, open bool) {
	bound, cases := boundTo[application](b), applications(open)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := bound.Decide(&cases[i%len(cases)]); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPrepared decides cases whose facts have been read.
func BenchmarkPrepared(b *testing.B) {
	bound, cases := boundTo[application](b), applications(false)
	prepared := make([]*interp.Prepared, len(cases))
	for i := range cases {
		var err error
		if prepared[i], err = bound.Prepare(&cases[i]); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := prepared[i%len(prepared)].Decide(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBatch decides a million cases from Go structs on all cores.
func BenchmarkBatch(b *testing.B) {
	bound, few := boundTo[application](b), applications(false)
	cases := make([]application, 1_000_000)
	for i := range cases {
		cases[i] = few[i%len(few)]
	}
	for b.Loop() {
		if _, err := bound.DecideAll(b.Context(), cases); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(cases))/b.Elapsed().Seconds(), "cases/s")
}

// BenchmarkStream decides a million cases from Go structs as they come.
func BenchmarkStream(b *testing.B) {
	bound, few := boundTo[application](b), applications(false)
	cases := make([]application, 1_000_000)
	for i := range cases {
		cases[i] = few[i%len(few)]
	}
	for b.Loop() {
		for _, err := range bound.DecideSeq(b.Context(), slices.Values(cases)) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(cases))/b.Elapsed().Seconds(), "cases/s")
}

// BenchmarkBoundJSON decides from JSON texts.
func BenchmarkBoundJSON(b *testing.B) {
	bound := boundTo[interp.JSON](b)
	var lines []interp.JSON
	size := 0
	for _, a := range applications(false) {
		line := fmt.Sprintf(`{"item": {"category": %q, "form": %q, "production_facility": %v, "range": "%v km", "payload": "%v kg"}, "recipient": {"id": %q, "strong_controls": %v, "select_partner": %v}, "program": {"purpose": %q, "supported_before_mtcr": %v, "vetted": %v, "international": %v}, "transfer": {"undertakings": %v}}`,
			a.Item.Category, a.Item.Form, a.Item.Facility, a.Item.Range, a.Item.Payload, a.Recipient.ID, a.Recipient.Strong, a.Recipient.Partner, a.Program.Purpose, a.Program.Before, *a.Program.Vetted, a.Program.International, a.Transfer.Undertakings)
		lines = append(lines, interp.JSON(line))
		size += len(line)
	}
	b.SetBytes(int64(size / len(lines)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := bound.Decide(&lines[i%len(lines)]); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCompile100k compiles the engine of a policy of 100,000 rules.
func BenchmarkCompile100k(b *testing.B) {
	text := manyRules(100_000)
	for b.Loop() {
		b.StopTimer()
		prog, err := interp.LoadText(context.Background(), "many.ctl", text)
		if err != nil {
			b.Fatal(err)
		}
		p, err := prog.Policy("p")
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if _, err := interp.Bind[interp.JSON](p); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoadCompiled100k loads 100,000 rules from their compiled form, ready to decide.
func BenchmarkLoadCompiled100k(b *testing.B) {
	text := manyRules(100_000)
	var form bytes.Buffer
	if err := (interp.Options{}).Compile(context.Background(), &form, fstest.MapFS{"many.ctl": {Data: []byte(text)}}, "many.ctl"); err != nil {
		b.Fatal(err)
	}
	fsys := fstest.MapFS{"many.ctlc": {Data: form.Bytes()}}
	b.SetBytes(int64(form.Len()))
	for b.Loop() {
		if _, err := interp.Load(context.Background(), fsys, "many.ctlc"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkUndated is a case whose date nobody told, under a policy on which it hangs.
func BenchmarkUndated(b *testing.B) {
	p, c := question(b, "item.category = I", "item.form = space_launch_vehicle", "recipient = IN", "program.purpose = space_launch")
	c.SetDate(interp.NoDate)
	benchDecide(b, p, c)
}
