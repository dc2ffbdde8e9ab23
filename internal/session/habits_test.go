package session

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/rules"
)

// TestHabits types what people of psql, ipython, ghci, DuckDB and shells type: each gets
// what it means here, or an answer that helps.
func TestHabits(t *testing.T) {
	for _, tt := range []struct {
		inputs string // one for each blank-separated group of `|`
		want   string
		fails  bool
	}{
		{`help|?|\?|:help|.help|help()|help;|:h|\h|-h|--help|HELP|Help|man|:?`, "Type a fact, a question, a rule or a command", false},
		{`why?|WHY|why;|:why|explain|why()`, "item.category = I (Category I)", false},
		{`facts?|FACTS|facts;|set|show facts|vars|:facts|facts()`, "item.category = I", false},
		{`decide|decide?|status|result|DECIDE;`, "presume_deny", false},
		{`why is it not permit?|why not permit?|Why not permit|why not permit;|WHY NOT permit`, "Why not permit", false},
		{`what if item is SLV?|what if item is SLV;|What If item is SLV`, "What if item is SLV", false},
		{`how do I get review?|how to get review|what would give review|What gives review?|flip review;`, "What would give review", false},
		{`policies|\l|use;|show policies|list policies`, "guidelines: Guidelines", false},
		{`kinds|\d|:kinds|schema|show kinds|\dt`, "Item, as item", false},
		{`describe SLV|desc SLV|\d SLV|:t SLV|help SLV|info SLV|show SLV;|SHOW SLV`, "term SLV of Item", false},
		{`help item.form|describe item.form|:type item.form`, "item.form: ", false},
		{`rules|list rules|show rules|rule|.rules`, "annex", false},
		{`set recipient = IN|let recipient = IN|tell recipient = IN|recipient = IN;|given recipient is India`, "recipient = IN (India)", false},
		{`unset item.category|delete item.category|forget item.category;|drop item.category`, "item.category is not known, was I", false},
		{`date 2025-07-01|as_of 2025-07-01|as of 2025-07-01;`, "as of 2025-07-01", false},
		{`source inputs.txt|:i inputs.txt|\i inputs.txt|.read inputs.txt|@inputs.txt`, "replayed 1 input", false},
		{`ask|ask?|interview|ask me`, "`unknown` leaves a question open", false},
		{`reset all|forget all|clear facts`, "forgot 1 fact", false},
		{`needs?|missing|what is missing?`, "To find out", false},
		{`nonmember|nonmember?`, "deny CategoryI to nonMember for MilitaryMissile", false},
		{`version|version;|:version`, "ctl v1", false},
		{`SLV and vetted;|SLV and vetted?`, "SLV and vetted", false},
		{`!ls|!|ls|cd ..|\! ls`, "no commands of the shell", true},
		{`clear|cls|:clear`, "Ctrl-L", true},
		{`select * from facts;|SELECT 1`, "a fact is told as", true},
		{`history`, "no history is kept here", true},
		{`yes|ok`, "nothing was offered", true},
		{`restart|new`, "reset", true},
		{`stop|cancel|back|no`, "", true},
	} {
		for _, input := range strings.Split(tt.inputs, "|") {
			t.Run(input, func(t *testing.T) {
				t.Chdir(t.TempDir())
				if err := os.WriteFile("inputs.txt", []byte("recipient = FR\n"), 0o600); err != nil {
					t.Fatal(err)
				}
				s := newSession(t, Options{FS: rules.Files, Files: []string{rules.MTCR}, Version: "v1"})
				tell(t, s, "item is CategoryI")
				if why := s.Open(input); why != "" {
					t.Errorf("%s goes on: %s", input, why)
				}
				r := s.Eval(context.Background(), input)
				if r.Failed != tt.fails || !strings.Contains(flatText(r.Text), tt.want) {
					t.Errorf("failed %v:\n%s", r.Failed, r.Text)
				}
			})
		}
	}
	for _, input := range []string{"quit", "exit", "bye", "q", ":q", `\q`, "exit()", "quit()", ".quit", ".exit", "QUIT", "quit;", "logout", ":quit"} {
		if r := newSession(t, Options{}).Eval(context.Background(), input); !r.Quit {
			t.Errorf("%s does not leave: %s", input, r.Text)
		}
	}
}

// TestHabitsAreNotOfTheRules has rules with words that are habits elsewhere.
func TestHabitsAreNotOfTheRules(t *testing.T) {
	s := ofText(t, "outcomes stop > go\nkind Set = text { run: bool\n open: bool\n x: number }\nrole by set: Set\nrole on case: Case\nkind Case { closed: bool }\npolicy p { stop by any when set.run\n otherwise go }\n")
	for input, want := range map[string]string{
		"set = Acme;": `set = "Acme;"`, "set.run": "set.run = yes", "case.closed": "case.closed = yes", "set.x = 3;": "set.x = 3", "stop by any when set.open": "taken into",
	} {
		if got := tell(t, s, input); !strings.Contains(got, want) {
			t.Errorf("%s: %s", input, got)
		}
	}
}

// TestSentences tells facts as an officer says them.
func TestSentences(t *testing.T) {
	const procurement = `use iso3166
outcomes reject > award
kind Tender { kind_of: works | supplies | services "what is bought"  value: number  price: cheap | dear  urgent: bool = no  published: date  size: length }
kind Bidder = text { seat: Country  sme: bool  size: small | large  mood: small | big  trades: set of builder | painter  guardian: text?  aliases: set of text }
kind Record { part: notes | files | loose_leaf }
role record: Record
kind Request { purpose: treatment | research "why" }
role tender: Tender
role by bidder: Bidder
role for request: Request
open term vetted of Bidder
term Supplies of Tender: kind_of = supplies
term Big of Bidder: not sme and not size = small
term Cheap of Tender: price = cheap and urgent
term Local of Bidder: seat = DE
policy p { reject by any when not vetted of bidder or tender.urgent
 otherwise award }
`
	rulesText := strings.Replace(procurement, "not vetted of bidder", "bidder is not vetted", 1)
	for _, tt := range []struct{ input, want string }{
		{"bidder.seat is Germany", "bidder.seat = DE (Germany)"},
		{"Bidder.seat is germany.", "bidder.seat = DE (Germany)"},
		{"bidder.seat: Germany", "bidder.seat = DE (Germany)"},
		{"bidder.seat == Germany", "bidder.seat = DE (Germany)"},
		{"request is treatment", "request.purpose = treatment"},
		{"the request is for", "error"},
		{"tender is supplies", "tender.kind_of = supplies"},
		{"tender.kind_of is Supplies", "tender.kind_of = supplies"},
		{"bidder is sme", "bidder.sme = yes"},
		{"bidder is an sme", "bidder.sme = yes"},
		{"bidder is not sme", "bidder.sme = no"},
		{"bidder isn't vetted", "bidder is not vetted"},
		{"bidder vetted", "bidder is vetted"},
		{"bidder not vetted", "bidder is not vetted"},
		{"the bidder is vetted", "bidder is vetted"},
		{"tender urgent", "tender.urgent = yes"},
		{"tender.urgent is true", "tender.urgent = yes"},
		{"tender is urgent, bidder is sme", "bidder.sme = yes"},
		{"tender.size is 3 m", "tender.size = 3 m"},
		{"bidder is local", "bidder.seat = DE"},
		{"bidder is small", "may be meant as `bidder.size = small` or `bidder.mood = small`"},
		{"bidder is Big", "say other facts"},
		{"tender is cheap", "may be meant as"},
		{"bidder is Acme", "is `bidder = \"Acme\"` meant?"},
		{"bidder.seat is Germany?", "bidder.seat is not known"},
		{"tender.published = 29 Nov 2026", "tender.published = 2026-11-29"},
		{"bidder is nonsense of all kinds", "meant?"},
		{"tender value is 100000 m", "error"},
		{"the tender value is 100000", "tender.value = 100000"},
		{"Tender kind of: works", "tender.kind_of = works"},
		{"bidder seat Germany", "bidder.seat = DE (Germany)"},
		{"the seat is Germany", "bidder.seat = DE (Germany)"},
		{"size is 3 m", "error"}, // of which there are two
		{"tender published on 1 January 2025", "tender.published = 2025-01-01"},
		{"tender.published is 3.4.2025", "may be meant as `tender.published = 2025-03-04` or `tender.published = 2025-04-03`"},
		{"urgent", "is `tender.urgent` meant?"},
		{"bidder from Germany", "error"},
		{"bidder was never convicted", "error"},
		{"bidder has no convictions", "error"},
		{"seat is Germny", "error"},
		{"bidder is a builder", "is `bidder.trades = (builder)` meant?"},
		{"bidder has no guardian", "bidder.guardian = none"},
		{"bidder aliases of old", "error"},
		{"bidder.aliases is old", "is `bidder.aliases = (\"old\")` meant?"},
		{"record part is notes", "record.part = notes"},
		{"record is notes", "record.part = notes"},
		{"record is a loose leaf", "record.part = loose_leaf"},
		{"record.part is loose leaf", "record.part = loose_leaf"},
	} {
		s := ofText(t, rulesText)
		if why := s.Open(tt.input); why != "" {
			t.Errorf("%s goes on: %s", tt.input, why)
		}
		r := s.Eval(context.Background(), tt.input)
		if !strings.Contains(flatText(r.Text), tt.want) {
			t.Errorf("%s: %s", tt.input, r.Text)
		}
		if (strings.Contains(tt.want, "?") || strings.Contains(tt.want, "may be")) && len(s.now.c.Facts()) > 0 {
			t.Errorf("%s has told %v", tt.input, s.now.c.Sentences())
		}
	}
}

// TestOffers has a mistake that can only be mended in one way, and a yes that does so.
func TestOffers(t *testing.T) {
	for _, tt := range []struct{ input, offer, want string }{
		{"item.range = 0,3 km", "item.range = 0.3 km", "item.range = 0.3 km"},
		{"recipient = Indai", "recipient = IN", "recipient = IN (India)"},
		{"item is CategoryI, recipient = Indai", "item is CategoryI, recipient = IN", "recipient = IN (India)"},
		{"item.range = 100.000 km", "item.range = 100_000 km", "item.range = 100000 km"},
		{"facst", "facts", "nothing is known"},
		{"deny CategoryI to nonMembr", "deny CategoryI to nonMember", "taken into"},
	} {
		s := newSession(t, Options{})
		if r := s.Eval(context.Background(), tt.input); !slices.Equal(r.Offers, []string{tt.offer}) {
			t.Errorf("%s offers %q:\n%s", tt.input, r.Offers, r.Text)
			continue
		}
		if got := tell(t, s, "yes"); !strings.Contains(got, tt.want) {
			t.Errorf("%s, yes: %s", tt.input, got)
		}
	}
	const dated = "outcomes deny > permit\nkind Firm { since: date  closed: set of date  size: small | large  mood: small | big }\nrole firm: Firm\npolicy p { deny any when firm.since > 2020-01-01 otherwise permit }\n"
	for _, tt := range []struct {
		input  string
		offers []string
	}{
		{"firm.since = 03/04/2020", []string{"firm.since = 2020-03-04", "firm.since = 2020-04-03"}},
		{`firm.since = "03/04/2020"`, []string{"firm.since = 2020-03-04", "firm.since = 2020-04-03"}},
		{"firm.since = 3.4.2020, firm.size = small", []string{"firm.since = 2020-03-04, firm.size = small", "firm.since = 2020-04-03, firm.size = small"}},
		{"firm.since > 03/04/2020", []string{"firm.since > 2020-03-04", "firm.since > 2020-04-03"}},
		{"what if firm.since = 03/04/2020", []string{"what if firm.since = 2020-03-04", "what if firm.since = 2020-04-03"}},
		{"deny any when firm.since > 03/04/2020", []string{"deny any when firm.since > 2020-03-04", "deny any when firm.since > 2020-04-03"}},
		{"as of 03/04/2020", []string{"as of 2020-03-04", "as of 2020-04-03"}},
		{"firm is small", []string{"firm.size = small", "firm.mood = small"}},
	} {
		s := ofText(t, dated)
		if r := s.Eval(context.Background(), tt.input); !r.Failed || !slices.Equal(r.Offers, tt.offers) {
			t.Errorf("%s offers %q:\n%s", tt.input, r.Offers, r.Text)
			continue
		}
		if r := s.Eval(context.Background(), "yes"); !r.Failed || !slices.Equal(r.Offers, tt.offers) || !strings.Contains(flatText(r.Text), "`1` or `2`") {
			t.Errorf("%s, yes: %s", tt.input, r.Text)
		}
		if r := s.Eval(context.Background(), "2"); r.Failed {
			t.Errorf("%s, 2: %s", tt.input, r.Text)
		}
	}
	asked := ofText(t, dated)
	tell(t, asked, "ask")
	if r := asked.Eval(context.Background(), "03/04/2020"); !strings.Contains(r.Text, "`2` takes this: 2020-04-03") {
		t.Errorf("a question about a day offers\n%s", r.Text)
	}
	if text := tell(t, asked, "2"); !strings.Contains(text, "firm.since = 2020-04-03") {
		t.Errorf("2 is taken for\n%s", text)
	}
	s := ofText(t, firms[:strings.Index(firms, "seat")]+"since: date }\nrole by firm: Firm\npolicy p { deny by any when firm.since > 2020-01-01 otherwise permit }\n")
	if r := s.Eval(context.Background(), "firm.since = today"); !slices.Equal(r.Offers, []string{"firm.since = 2025-06-01"}) {
		t.Errorf("today offers %q", r.Offers)
	}
}
