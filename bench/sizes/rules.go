package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// kind is a way to generate rules; of has the declarations, when the condition of one rule of n.
type kind struct {
	name string
	of   string
	when func(r *rand.Rand, n int) string
}

var countries = strings.Fields("CN RU IR KP SY DE FR US GB IN PK TR BR ZA IL SA AE EG VN JP")

var kinds = []kind{
	{"codes by countries", "kind Item { code: text  use: civil | military | unknown  value: number }\nkind Party { country: " + strings.Join(countries, " | ") + " }\nrole item: Item\nrole buyer: Party\n",
		func(r *rand.Rand, n int) string {
			var of []string
			for _, i := range r.Perm(len(countries))[:1+r.IntN(5)] {
				of = append(of, countries[i])
			}
			when := fmt.Sprintf("item.code = %q and buyer.country in (%s)", fmt.Sprintf("%d%c%03d", r.IntN(10), 'A'+rune(r.IntN(5)), r.IntN(max(n/20, 5))), strings.Join(of, ", "))
			return when + []string{"", "", " and item.use = military", fmt.Sprintf(" and item.value > %d", 1000*r.IntN(10))}[r.IntN(4)]
		}},
	{"ranges over 20 facts", "kind Item { " + attributes(20) + " }\nrole item: Item\n",
		func(r *rand.Rand, n int) string {
			var parts []string
			for _, i := range r.Perm(20)[:2+r.IntN(3)] {
				lo := r.IntN(1000)
				parts = append(parts, fmt.Sprintf("item.a%d in %d .. %d", i, lo, lo+1+r.IntN(60)))
			}
			return strings.Join(parts, " and ")
		}},
	{"a firewall", "kind Packet { src: number  dst: number  port: number  proto: tcp | udp | icmp }\nrole packet: Packet\n",
		func(r *rand.Rand, n int) string {
			block := func(fact string) string {
				size := 1 << (2 + r.IntN(10))
				lo := r.IntN(1<<20/size) * size
				return fmt.Sprintf("packet.%s >= %d and packet.%s < %d and ", fact, lo, fact, lo+size)
			}
			when := block("src") + block("dst")
			if r.IntN(3) > 0 {
				when += fmt.Sprintf("packet.port = %d and ", []int{22, 25, 53, 80, 110, 143, 443, 993, 3306, 5432, 8080}[r.IntN(11)])
			}
			return when + "packet.proto = " + []string{"tcp", "tcp", "udp", "icmp"}[r.IntN(4)]
		}},
	{"mixed, with patterns", "kind Request { street: text  zone: text  owner: text  block: number  lot: number  odd: bool  type: AVE | CT | DR | ST | WAY }\nrole request: Request\n",
		func(r *rand.Rand, n int) string {
			zone := fmt.Sprintf("request.zone = \"Z%03d\"", r.IntN(40))
			return []string{
				fmt.Sprintf("request.street like \"%c%c*\" and %s", 'A'+rune(r.IntN(26)), 'A'+rune(r.IntN(26)), zone),
				fmt.Sprintf("request.block = %d and request.lot != %d unless request.odd", r.IntN(9000), r.IntN(250)),
				fmt.Sprintf("request.owner in (\"o%05d\", \"o%05d\")", r.IntN(20000), r.IntN(20000)),
				fmt.Sprintf("request.street = \"MAIN%d\" and request.type = ST and (not request.odd or %s) and request.lot < %d", r.IntN(300), zone, r.IntN(250)),
				zone + " and not request.type = CT and request.odd",
			}[r.IntN(5)]
		}},
}

// attributes are n numbers.
func attributes(n int) string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("a%d: number", i))
	}
	return strings.Join(out, "  ")
}

// text is a policy of n rules; the one at changed, if there is one, has another condition.
func (k kind) text(n int, mode string, changed int) string {
	r, other := rand.New(rand.NewPCG(1, 20)), rand.New(rand.NewPCG(2, 20))
	var b strings.Builder
	b.WriteString("outcomes deny > hold > review > permit\n" + k.of + "policy p decides by " + mode + " {\n")
	for i := range n {
		when := k.when(r, n)
		if i == changed {
			when = k.when(other, n)
		}
		fmt.Fprintf(&b, "  r%06d: %s when %s\n", i, []string{"deny", "hold", "review", "permit"}[r.IntN(4)], when)
	}
	b.WriteString("  otherwise permit\n}\n")
	return b.String()
}
