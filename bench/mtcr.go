package main

import "math/rand/v2"

// Export is a case of the MTCR-like workload, in the form that Ctl reads.
type Export struct {
	Item struct {
		Category   string `ctl:"category" json:"category"`
		Form       string `ctl:"form" json:"form"`
		Range      int    `ctl:"range,unit=km" json:"range"`
		Payload    int    `ctl:"payload,unit=kg" json:"payload"`
		Production bool   `ctl:"production" json:"production"`
	} `ctl:"item" json:"item"`
	Recipient struct {
		ID       string `ctl:"id" json:"id"`
		Controls bool   `ctl:"controls" json:"controls"`
		Adherent bool   `ctl:"adherent" json:"adherent"`
	} `ctl:"recipient" json:"recipient"`
	Program struct {
		Purpose string `ctl:"purpose" json:"purpose"`
		Vetted  bool   `ctl:"vetted" json:"vetted"`
	} `ctl:"program" json:"program"`
	Transfer struct {
		Undertakings bool `ctl:"undertakings" json:"undertakings"`
		Before       bool `ctl:"before" json:"before"`
	} `ctl:"transfer" json:"transfer"`
}

// exportEnv is a case in the form that expr reads fastest: no structs in structs.
type exportEnv struct {
	Category     string `expr:"category"`
	Form         string `expr:"form"`
	Reach        int    `expr:"reach"`
	Payload      int    `expr:"payload"`
	Production   bool   `expr:"production"`
	Recipient    string `expr:"recipient"`
	Controls     bool   `expr:"controls"`
	Adherent     bool   `expr:"adherent"`
	Purpose      string `expr:"purpose"`
	Vetted       bool   `expr:"vetted"`
	Undertakings bool   `expr:"undertakings"`
	Before       bool   `expr:"before"`
}

var (
	categories = []string{"I", "II", "none"}
	forms      = []string{"missile", "space_launch_vehicle", "sounding_rocket", "uav", "component", "technology"}
	purposes   = []string{"military", "wmd", "space_launch", "scientific", "civil"}
	countries  = append([]string{"IR", "KP", "SY", "CU", "BY", "VE", "MM", "AE", "SA", "PK", "IL", "SG", "EG", "MX", "ID", "CN", "KZ", "CL", "TH", "VN"}, members...)
)

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }
func flip(r *rand.Rand) bool                  { return r.IntN(2) == 0 }

// randomExports are n cases.
func randomExports(n int) []Export {
	r := rand.New(rand.NewPCG(6, 1))
	cases := make([]Export, n)
	for i := range cases {
		c := &cases[i]
		c.Item.Category = pick(r, categories)
		c.Item.Form = pick(r, forms)
		c.Item.Range = r.IntN(13) * 50
		c.Item.Payload = r.IntN(11) * 100
		c.Item.Production = r.IntN(4) == 0
		c.Recipient.ID = pick(r, countries)
		c.Recipient.Controls = flip(r)
		c.Recipient.Adherent = flip(r)
		c.Program.Purpose = pick(r, purposes)
		c.Program.Vetted = flip(r)
		c.Transfer.Undertakings = r.IntN(4) > 0
		c.Transfer.Before = flip(r)
	}
	return cases
}

// env is the case for expr.
func (c *Export) env() exportEnv {
	return exportEnv{c.Item.Category, c.Item.Form, c.Item.Range, c.Item.Payload, c.Item.Production, c.Recipient.ID, c.Recipient.Controls,
		c.Recipient.Adherent, c.Program.Purpose, c.Program.Vetted, c.Transfer.Undertakings, c.Transfer.Before}
}

// values are the facts of a case in the order of mtcrFacts.
func (c *Export) values() []any {
	e := c.env()
	return []any{e.Category, e.Form, e.Reach, e.Payload, e.Production, e.Recipient, e.Controls, e.Adherent, e.Purpose, e.Vetted, e.Undertakings, e.Before}
}

// mapped makes a slice of another.
func mapped[T, U any](in []T, f func(*T) U) []U {
	out := make([]U, len(in))
	for i := range in {
		out[i] = f(&in[i])
	}
	return out
}

// mtcrWorkload is the policy of 25 rules.
func mtcrWorkload(n int) *Workload {
	exports, rules := randomExports(n), mtcrRules()
	rows := mapped(exports, (*Export).values)
	cases := &Cases{Facts: mtcrFacts, N: n, Value: func(i, f int) any { return rows[i][f] }}
	engines := []Engine{
		handWritten(mapped(exports, (*Export).coded), (*exportCodes).decide),
		{Name: "hand-written Go, from texts", Load: handWritten(exports, (*Export).decide).Load},
	}
	engines = append(engines, ctlEngines(mtcrCtl, exports)...)
	engines = append(engines,
		celEngine(celText(rules), cases),
		exprEngine(exprText(rules), mapped(exports, (*Export).env)),
		cedarEngine(cedarText(rules), cases, members),
		opaEngine(opaText(rules), cases),
		casbinEngine(casbinMatcher(rules), cases),
	)
	return &Workload{Name: "mtcr", Title: "25 rules over 12 facts", Cases: n, Engines: engines}
}
