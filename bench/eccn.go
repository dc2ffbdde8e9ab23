package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Shipment is a case of the workload of many rules.
type Shipment struct {
	Item struct {
		ECCN    string `ctl:"id"`
		Licence int    `ctl:"licence"`
	} `ctl:"item"`
	To string `ctl:"recipient"`
}

// shipmentEnv is a case for expr.
type shipmentEnv struct {
	ECCN    string `expr:"eccn"`
	To      string `expr:"to"`
	Licence int    `expr:"licence"`
}

var (
	eccnFact  = Fact{cedarResource, Text}
	toFact    = Fact{cedarPrincipal, Country}
	licence   = Fact{"licence", Int}
	eccnFacts = []Fact{eccnFact, toFact, licence}
)

// embargo is one rule: deny eccn to a country when the licence is below a class.
type embargo struct {
	eccn, to string
	below    int
}

// destinations are codes of countries.
var destinations = strings.Fields(`AE AF AL AM AO AR AT AU AZ BA BD BE BF BG BH BI BJ BN BO BR BT BW BY BZ CA CD CF CG CH CI CL CM CN
	CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS
	IT JM JO JP KE KG KH KM KP KR KW KZ LA LB LC LK LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL
	NO NP NZ OM PA PE PG PH PK PL PT PY QA RO RS RU RW SA SC SD SE SG SI SK SL SN SO SR SS SV SY SZ TD TG TH TJ TM TN TR TT TZ UA UG US
	UY UZ VE VN YE ZA ZM ZW`)

// randomECCN is a control number such as 3B047.
func randomECCN(r *rand.Rand) string {
	return fmt.Sprintf("%d%c%03d", r.IntN(10), 'A'+rune(r.IntN(5)), r.IntN(100))
}

// randomEmbargoes are n rules, no two about one control number and country, and
// requests, half of which are about a rule whose class they do not reach.
func randomEmbargoes(n, requests int) ([]embargo, []Shipment) {
	r := rand.New(rand.NewPCG(6, 2))
	seen := make(map[[2]string]bool, n)
	rules := make([]embargo, 0, n)
	for len(rules) < n {
		e := embargo{randomECCN(r), pick(r, destinations), 1 + r.IntN(9)}
		if key := [2]string{e.eccn, e.to}; !seen[key] {
			seen[key] = true
			rules = append(rules, e)
		}
	}
	cases := make([]Shipment, requests)
	for i := range cases {
		c := &cases[i]
		if rule := rules[r.IntN(n)]; i%2 == 0 {
			c.Item.ECCN, c.To, c.Item.Licence = rule.eccn, rule.to, r.IntN(rule.below)
		} else {
			c.Item.ECCN, c.To, c.Item.Licence = randomECCN(r), pick(r, destinations), r.IntN(10)
			if r.IntN(2) == 0 {
				c.Item.ECCN, c.To = rule.eccn, rule.to
			}
		}
	}
	return rules, cases
}

// eccnCtl writes the rules in Ctl.
func eccnCtl(rules []embargo) string {
	var b strings.Builder
	b.WriteString("use iso3166\noutcomes deny > permit\nkind Item = text { licence: number }\nrole item: Item\nrole to recipient: Country\n\npolicy bench {\n")
	for _, e := range rules {
		fmt.Fprintf(&b, "  deny %q to %s when item.licence < %d\n", e.eccn, e.to, e.below)
	}
	b.WriteString("  otherwise permit\n}\n")
	return b.String()
}

// eccnRules are the rules for the other engines.
func eccnRules(rules []embargo) *Rules {
	all := make([]Rule, len(rules))
	for i, e := range rules {
		all[i] = deny(is(eccnFact, e.eccn), is(toFact, e.to), below(licence, e.below))
	}
	return &Rules{All: all, Open: true}
}

// eccnHand is the index that a programmer would write.
func eccnHand(rules []embargo, cases []Shipment) Engine {
	return Engine{Name: "hand-written Go", Load: func() (Loaded, error) {
		type key struct{ eccn, to string }
		limits := make(map[key]int, len(rules))
		for _, e := range rules {
			limits[key{e.eccn, e.to}] = e.below
		}
		return func() (Run, error) {
			return func(lo, hi int, out []Answer) error {
				for i := lo; i < hi; i++ {
					c := &cases[i]
					out[i] = answerOf(c.Item.Licence >= limits[key{c.Item.ECCN, c.To}])
				}
				return nil
			}, nil
		}, nil
	}}
}

// eccnCasbin has a policy line for each rule, which is what casbin is made for. Their
// fields are texts, so the licence of a case is one too (eccnTexts); with one digit each
// they compare as the numbers do.
func eccnCasbin(rules []embargo) *casbinRules {
	c := &casbinRules{policy: "eccn, to, below, eft", effect: "!some(where (p.eft == deny))",
		matcher: "r.eccn == p.eccn && r.to == p.to && r.licence < p.below"}
	for _, r := range rules {
		fmt.Fprintf(&c.lines, "p, %s, %s, %d, deny\n", r.eccn, r.to, r.below)
	}
	return c
}

// eccnTexts are the cases with texts for the numbers.
func eccnTexts(cases *Cases) *Cases {
	return &Cases{Facts: cases.Facts, N: cases.N, Value: func(i, f int) any { return fmt.Sprint(cases.Value(i, f)) }}
}

// eccnWorkload is a policy of n rules.
func eccnWorkload(n, requests int) (*Workload, error) {
	embargoes, shipments := randomEmbargoes(n, requests)
	cases := &Cases{Facts: eccnFacts, N: requests, Value: func(i, f int) any {
		return []any{shipments[i].Item.ECCN, shipments[i].To, shipments[i].Item.Licence}[f]
	}}
	rules := eccnRules(embargoes)
	text := eccnCtl(embargoes)
	compiled, err := ctlCompiledEngine(text, shipments)
	if err != nil {
		return nil, err
	}
	engines := append([]Engine{eccnHand(embargoes, shipments)}, ctlEngines(text, shipments)...)
	engines = append(engines, compiled,
		celEngine(celText(rules), cases),
		exprEngine(exprText(rules), mapped(shipments, func(s *Shipment) shipmentEnv { return shipmentEnv{s.Item.ECCN, s.To, s.Item.Licence} })),
		cedarEngine(cedarText(rules), cases, nil),
		opaEngine(opaText(rules), cases),
		casbinEngine(eccnCasbin(embargoes), eccnTexts(cases)),
	)
	return &Workload{Name: "eccn", Title: fmt.Sprintf("%d rules", n), Cases: requests, Engines: engines}, nil
}
