package session

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/lang"
)

const firms = `outcomes deny > permit
kind Firm = text { audited: bool
 seat: text }
role by firm: Firm
policy p { deny by any when not firm.audited
 otherwise permit }
`

// openText is where a text in quotes may begin: at the start, and where another fact begins.
var openText = regexp.MustCompile(`(^|,[^,=]*= )"`)

// TestWhatFollowsATextArrives tells any text as a fact, and a further fact on the next
// line: whatever the text ends in, both are told, or the first is refused.
func TestWhatFollowsATextArrives(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		piece := rapid.SampledFrom([]string{"Acme", "Ltd.", "&", "and", "or", "in", "to", "+", "-", "=", ":", "<", ">", "(", ")", "{", "}", "[", ",", "not", "is", "of", "has", "when",
			"U.S.", "C++", "\"", "'", "?", ";", "|", "12", "2020-01-01", "policy", "deny", "#", "ÄÖ", "x.y", "firm", "unless", "because", "..", "*", "/", "!="})
		text := strings.Join(rapid.SliceOfN(piece, 1, 4).Draw(r, "text"), " ")
		s := ofText(t, firms)
		if openText.MatchString(text) {
			return // a text in quotes, which may be open: another test's
		}
		got := s.Eval(context.Background(), "firm.seat = "+text+"\nfirm.audited = yes")
		v, err := s.now.c.Lookup("firm.audited")
		if err != nil || v == nil || v.String() != "yes" {
			t.Fatalf("%s: what follows did not arrive:\n%s", text, got.Text)
		}
		seat, _ := s.now.c.Lookup("firm.seat")
		if seat == nil && !got.Failed && strings.HasSuffix(text, "?") {
			return // a question whether it is so
		}
		if seat == nil && !got.Failed {
			t.Fatalf("%s: nothing is told of it, and nothing refused:\n%s", text, got.Text)
		}
		if !got.Failed && seat.String() != lang.Quote(text) && seat.String() != text && !strings.Contains(text, ",") {
			t.Fatalf("%s: told is %s", text, seat)
		}
		if seat != nil && strings.Contains(seat.String(), "audited") {
			t.Fatalf("%s: what follows went into the text: %s", text, seat)
		}
	})
}

func TestLineBreaksInTexts(t *testing.T) {
	for _, tt := range []struct{ input, want string }{
		{"firm.seat = \"a\nb\"", `firm.seat = "a\nb"`},
		{"firm.seat = a \\\nb", "a line break stands within the value of `firm.seat`"},
		{`firm.seat = , "`, `firm.seat = ", \""`},
		{`firm.seat = ("a`, `firm.seat = "(\"a"`},
		{`firm.seat = a = "b, firm.audited = yes`, "firm.audited = yes"},
		{`firm.seat = Foo ("Bar, Baz"), firm.audited = yes`, "firm.audited = yes"},
		{"firm.seat = \"a\" \\\n, firm.audited = yes", "firm.audited = yes"},
		{"what if firm.seat = a \\\nb", "a line break stands within"},
		{`firm.seat = 12" pipe, firm.audited = yes`, "firm.audited = yes"},
		{"firm.seat = Foo (Bar, firm.audited = yes", "firm.audited = yes"},
		{"firm.seat = Foo (Bar, firm.audited = yes, Baz)", "error"},
		{"firm.seat = Foo (Bar, Baz), firm.audited = yes", "firm.audited = yes"},
		{"firm = Smith, St. Louis, firm.audited", "firm.audited = yes"},
	} {
		s := ofText(t, firms)
		if got := s.Eval(context.Background(), tt.input).Text; !strings.Contains(flatText(got), tt.want) {
			t.Errorf("%s: %s", tt.input, got)
		}
	}
}
