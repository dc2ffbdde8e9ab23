package interp

import (
	"context"
	"fmt"
	"testing"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
	"pgregory.net/rapid"
)

// TestMomentsHaveCells holds the cells of moments to be all: of no moment there is what no example of the
// analysis shows, in zones whose clocks do odd things.
func TestMomentsHaveCells(t *testing.T) {
	zones := []string{"Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu", "America/Sao_Paulo", "UTC"}
	rapid.Check(t, func(t *rapid.T) {
		zone := func() string { return rapid.SampledFrom(zones).Draw(t, "zone") }
		at := func(m string) string {
			return rapid.SampledFrom([]string{
				fmt.Sprintf("local_time(%s, %q) >= %s", m, zone(), rapid.SampledFrom([]string{"00:00", "02:30", "09:00", "23:59:59.5"}).Draw(t, "time")),
				fmt.Sprintf("local_time(%s, %q) = 02:00", m, zone()),
				fmt.Sprintf("weekday(local_date(%s, %q)) = \"Sunday\"", m, zone()),
				fmt.Sprintf("local_date(%s, %q) %s %s", m, zone(), rapid.SampledFrom([]string{"=", ">", "<="}).Draw(t, "op"), rapid.SampledFrom([]string{"2011-12-30", "2026-03-29", "2500-01-01"}).Draw(t, "day")),
				m + " >= 2026-10-25T01:30:00Z", m + " = 2011-12-30T10:00:00.25Z",
			}).Draw(t, "condition")
		}
		rules := "outcomes deny > permit\nkind X { m: moment? }\nrole x: X\npolicy p {\n"
		for range rapid.IntRange(1, 4).Draw(t, "rules") {
			rules += "  deny any when " + at("x.m") + "\n"
		}
		prog, err := LoadText(context.Background(), "p.ctl", rules+"  otherwise permit\n}\n")
		if err != nil {
			t.Fatal(err)
		}
		p, _ := prog.Policy("p")
		s := NewSpace(context.Background(), []Dated{{p, prog.LatestDate()}}, nil, 1_000_000)
		v := s.facts["x.m"]
		if v == nil || s.tooLarge {
			t.Fatalf("no cells\n%s", rules)
		}
		base, _ := num.ParseMoment(rapid.SampledFrom([]string{"2011-12-30T10:00:00Z", "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2500-01-01T00:00:00Z", "0500-06-01T00:00:00Z", "1900-01-01T00:00:00Z", "7000-11-02T06:00:00Z"}).Draw(t, "near"))
		for range 200 {
			days := rapid.Int64Range(-400, 400).Draw(t, "days")
			m, ok := base.AddSeconds(days*secondsOfDay+rapid.SampledFrom([]int64{0, 1800, 9000, 32400, 86399}).Draw(t, "seconds"), rapid.SampledFrom([]int64{0, 1, 250_000_000, 999_999_999}).Draw(t, "nanos"))
			if ok && s.cellWith(v, Moment{m}) == dd.Unknown {
				t.Fatalf("%s has no cell\n%s", m, rules)
			}
		}
	})
}

// TestMomentsDecideAlike decides by the walk, the engine, structs and JSON.
func TestMomentsDecideAlike(t *testing.T) {
	prog, err := LoadText(context.Background(), "p.ctl", `outcomes deny > permit
kind X { m: moment  a: address }
role x: X
group G of address: 10.0.0.0/8
policy p { permit any when local_time(x.m, "Europe/Berlin") >= 09:00 and x.m < 2027-01-01T00:00:00Z and x.a in G  otherwise deny }
`)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("p")
	type facts struct {
		X struct {
			M string `ctl:"m"`
			A string `ctl:"a"`
		} `ctl:"x"`
	}
	bound, err := Bind[facts](p)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := Bind[JSON](p)
	if err != nil {
		t.Fatal(err)
	}
	for range 12 {
		for _, x := range [][3]string{
			{"2026-11-30T09:00:00+01:00", "10.1.1.1", "permit"}, {"2026-11-30T08:59:59.999999999+01:00", "10.1.1.1", "deny"},
			{"2026-11-30T09:00:00+01:00", "11.1.1.1", "deny"}, {"2027-01-01T10:00:00+01:00", "10.1.1.1", "deny"}, {"2026-07-01T07:00:00Z", "10.255.255.255", "permit"},
		} {
			c := prog.NewCase()
			if err := c.Tell("x.m = "+x[0], "x.a = "+x[1]); err != nil {
				t.Fatal(err)
			}
			d, err := p.Decide(context.Background(), c)
			if err != nil || d.Answer() != x[2] {
				t.Errorf("%v: %v %v", x, d.Answer(), err)
			}
			var f facts
			f.X.M, f.X.A = x[0], x[1]
			if d, err := bound.Decide(&f); err != nil || d.Answer() != x[2] {
				t.Errorf("%v as a struct: %v %v", x, d.Answer(), err)
			}
			line := JSON(fmt.Sprintf(`{"x": {"m": %q, "a": %q}}`, x[0], x[1]))
			if d, err := lines.Decide(&line); err != nil || d.Answer() != x[2] {
				t.Errorf("%v as JSON: %v %v", x, d.Answer(), err)
			}
		}
	}
}
