package main

import (
	_ "embed"
	"math/rand/v2"
)

// publishedCtl is the published expression as a policy in Ctl.
//
//go:embed testdata/published.ctl
var publishedCtl string

// The expression that the benchmark of expr publishes, in the languages of the engines.
const (
	publishedCEL    = `(Origin == "MOW" || Country == "RU") && (Value >= 100 || Adults == 1)`
	publishedCasbin = `(r.Origin == "MOW" || r.Country == "RU") && (r.Value >= 100 || r.Adults == 1)`
	publishedCedar  = `permit(principal, action, resource)
when { (context.Origin == "MOW" || context.Country == "RU") && (context.Value >= 100 || context.Adults == 1) };`
	publishedRego = `package bench

default allow := false

allow if { place; size }

place if input.Origin == "MOW"
place if input.Country == "RU"
size if input.Value >= 100
size if input.Adults == 1
`
)

// Booking is a case of it.
type Booking struct {
	Trip struct {
		Origin  string `ctl:"origin"`
		Country string `ctl:"country"`
		Value   int    `ctl:"value"`
		Adults  int    `ctl:"adults"`
	} `ctl:"trip"`
}

// bookingEnv is a case for expr.
type bookingEnv struct {
	Origin, Country string
	Value, Adults   int
}

func (b *Booking) decide() Answer {
	t := &b.Trip
	return answerOf((t.Origin == "MOW" || t.Country == "RU") && (t.Value >= 100 || t.Adults == 1))
}

func randomBookings(n int) []Booking {
	r := rand.New(rand.NewPCG(6, 4))
	cases := make([]Booking, n)
	for i := range cases {
		t := &cases[i].Trip
		t.Origin, t.Country = pick(r, []string{"MOW", "LED", "AER", "BER", "PAR"}), pick(r, []string{"RU", "DE", "FR"})
		t.Value, t.Adults = r.IntN(200), 1+r.IntN(3)
	}
	return cases
}

// publishedWorkload is one short condition.
func publishedWorkload(n int) *Workload {
	bookings := randomBookings(n)
	cases := &Cases{Facts: []Fact{{"Origin", Text}, {"Country", Text}, {"Value", Int}, {"Adults", Int}}, N: n, Value: func(i, f int) any {
		t := &bookings[i].Trip
		return []any{t.Origin, t.Country, t.Value, t.Adults}[f]
	}}
	engines := append([]Engine{handWritten(bookings, (*Booking).decide)}, ctlEngines(publishedCtl, bookings)...)
	engines = append(engines,
		celEngine(publishedCEL, cases),
		exprEngine(publishedCEL, mapped(bookings, func(b *Booking) bookingEnv {
			return bookingEnv{b.Trip.Origin, b.Trip.Country, b.Trip.Value, b.Trip.Adults}
		})),
		cedarEngine(publishedCedar, cases, nil),
		opaEngine(publishedRego, cases),
		casbinEngine(&casbinRules{policy: "sub", effect: "some(where (p.eft == allow))", matcher: publishedCasbin}, cases),
	)
	return &Workload{Name: "expr", Title: "the expression that expr publishes", Cases: n, Engines: engines}
}
