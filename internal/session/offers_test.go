package session

import (
	"context"
	"strings"
	"testing"
)

// TestWhatIsOfferedWorks takes every offer: nothing of the input gets lost in it.
func TestWhatIsOfferedWorks(t *testing.T) {
	const text = `use iso3166
outcomes deny > permit
unit eur of money "euro"
unit keur = 1000 eur
kind Firm = text { seat: Country  value: money  size: small | large  sme: bool  on_hold: bool  since: date  range: length  share: number }
role by firm: Firm
open term vetted of Firm
group Denied of Firm: "Acme"
term Small_And_Young of Firm: size = small
policy p { deny by any when firm.sme
 otherwise permit }
`
	for input, want := range map[string]string{
		"firm.value = 95000 EUR":                 "firm.value = 95000 eur",
		"firm.value = 95k eur":                   "firm.value = 95 keur",
		"firm.value = 95,000 eur":                "firm.value = 95000 eur",
		"value = 95000 eur":                      "firm.value = 95000 eur",
		"value  =  95000 eur, firm.sme":          "firm.sme = yes",
		"seat is Germany":                        "firm.seat = DE",
		"firm.seat = Germny":                     "firm.seat = DE",
		"firm.sizr = small":                      "firm.size = small",
		"firm.size = smal, firm.sme":             "firm.size = small",
		"frim is vetted":                         "firm is vetted",
		"firm is vettd":                          "firm is vetted",
		"not firm.smee":                          "firm.sme = no",
		"firm.since = today":                     "firm.since = 2025-06-01",
		"firm.range = 3 kmm":                     "firm.range = 3 km",
		"firm.share = 30 percent":                "firm.share = 30 %",
		"firm.value is 100 eur":                  "firm.value = 100 eur",
		"what if firm.value = 95000 EUR":         "what if firm.value = 95000 eur",
		"firm.value not = 3 eur":                 "firm.value != 3 eur",
		"firm.share is at least 1 and at most 3": "firm.share in 1 .. 3",
		"what if seat is Germany":                "what if firm.seat = de",
		"what if firm is an sme":                 "what if firm.sme",
		"what if firm is Acme":                   "what if firm = \"acme\"",
		"as of tomorrow":                         "as of 2025-06-02",
		"firm.sme = yes and firm.size = small":   "firm.size = small",
		"sme":                                    "firm.sme = yes",
		"firm is denied":                         "firm in denied",
		"firm is not Denied":                     "firm not in denied",
		"firm is on hold":                        "firm.on_hold = yes",
		"firm is not on hold":                    "firm.on_hold = no",
		"firm is small and young":                "firm.size = small",
		"firm.since is on 2 March 2020":          "firm.since = 2020-03-02",
	} {
		s := ofText(t, text)
		r := s.Eval(context.Background(), input)
		if r.Failed && len(r.Offers) == 1 {
			r = s.Eval(context.Background(), "yes")
		}
		if got := strings.ToLower(flatText(r.Text)) + strings.Join(s.now.c.Sentences(), ", "); r.Failed || !strings.Contains(got, want) {
			t.Errorf("%s: %v %s", input, r.Offers, r.Text)
		}
	}
}
