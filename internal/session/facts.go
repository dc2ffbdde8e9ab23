package session

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// factsData is the facts of the case for JSON.
type factsData struct {
	Facts     map[string]any `json:"facts"`
	Sentences []string       `json:"sentences"`
}

func (s *Session) factsData() *factsData {
	d := &factsData{Facts: s.now.c.Map(), Sentences: s.now.c.Sentences()}
	if d.Sentences == nil {
		d.Sentences = []string{}
	}
	return d
}

// tell adds facts to the case, and says where that leaves it.
func (s *Session) tell(ctx context.Context, facts []string) *answer {
	facts, err := s.onOneLine(facts)
	if err != nil {
		return failure(err)
	}
	c := s.now.c.Clone()
	if err := c.Tell(facts...); err != nil {
		a := failure(s.askInstead(err, facts))
		if better := s.dayMeant(facts); better != "" {
			a.offers = []string{better}
		}
		return a
	}
	a := s.withCase(ctx, c, strings.Join(facts, ", "))
	for _, fact := range facts {
		if a.failed {
			break
		}
		if n := c.Namesakes(fact); len(n) > 0 {
			a.text += "\n" + strings.Join(n, "\n")
		}
		if said, better := thousands(fact); better != "" {
			a.text += "\nnote: " + said
			a.offers = []string{better}
		}
	}
	return a
}

// days are words for a day, as they are counted from that of the session.
var days = map[string]int{"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1}

// dayMeant is a fact with a date in the place of a word for it; "" where there is none.
func (s *Session) dayMeant(facts []string) string {
	for i, fact := range facts {
		name, value, _ := strings.Cut(fact, "=")
		day := s.dayNamed(value)
		if info, _ := s.now.prog.FactInfo(strings.TrimSpace(name)); day == "" || info.Form != interp.DateAnswer {
			continue
		}
		better := slices.Clone(facts)
		better[i] = strings.TrimSpace(name) + " = " + day
		return strings.Join(better, ", ")
	}
	return ""
}

// dayNamed is the date that a word for a day stands for; "" where it is none.
func (s *Session) dayNamed(word string) string {
	after, ok := days[strings.ToLower(strings.TrimSpace(word))]
	today, err := time.Parse(time.DateOnly, s.opts.Date.String())
	if !ok || err != nil {
		return ""
	}
	return today.AddDate(0, 0, after).Format(time.DateOnly)
}

// quantity is a fact that is a number, with its unit.
var quantity = regexp.MustCompile(`^(.*=\s*-?)([0-9]+\.[0-9]+)(\s*[^\d.\s].*)?$`)

// thousands says of a fact how its number was read, where it may be meant as thousands.
func thousands(fact string) (said, better string) {
	m := quantity.FindStringSubmatch(fact)
	if m == nil || lang.Thousands(m[2]) == "" {
		return "", ""
	}
	meant := lang.Thousands(m[2]) + m[3]
	whole, _, _ := strings.Cut(m[2], ".")
	return "the point is a decimal point: this is " + whole + " and a part; thousands are `" + meant + "`", m[1] + meant
}

// askInstead tells the reader of an error about a term that cannot be told how to ask
// whether it holds.
func (s *Session) askInstead(err error, facts []string) error {
	var ds lang.Diagnostics
	if !errors.As(err, &ds) || len(facts) != 1 {
		return err
	}
	for _, d := range ds {
		if _, isTerm := s.now.prog.index().declaration(s.parts(facts[0]).value); d.Code == code.NotAFact && isTerm {
			d.Notes = append(d.Notes, lang.Note{Text: "to ask whether it holds, put a question mark behind it: " + facts[0] + "?"})
		}
	}
	return ds
}

// withCase goes on with another case, if it is one that can be.
func (s *Session) withCase(ctx context.Context, c *interp.Case, did string) *answer {
	next := newState(s.now.prog, s.now.policy, c, did)
	_, _, err := next.decide(ctx)
	var ds lang.Diagnostics
	if errors.As(err, &ds) && isImpossible(ds) {
		for _, d := range ds {
			d.Notes = append(d.Notes, lang.Note{Text: "the case stays as it was; facts that only go together can be told in one line, with commas"})
		}
		return failure(ds)
	}
	changes := changedFacts(s.now.c, c)
	if day := c.Date(); day != s.now.c.Date() {
		changes = slices.Insert(changes, 0, "as of "+day.String())
	}
	_, before, _ := s.now.decide(ctx)
	s.become(next)
	a := &answer{kind: "facts", data: s.factsData()}
	a.text = strings.Join(changes, "\n")
	if len(changes) == 0 {
		a.text = noChange
	}
	if words := s.newStanding(ctx, before); words != "" {
		a.text += "\n" + words
	}
	return a
}

// noChange is said where what is told was known.
const noChange = "nothing changes"

func isImpossible(ds lang.Diagnostics) bool {
	for _, d := range ds {
		if d.Code == code.BrokenConstraint {
			return true
		}
	}
	return false
}

func (s *Session) factsCommand(_ context.Context, rest string) *answer {
	if a := noArguments("facts", rest); a != nil {
		return a
	}
	a := &answer{kind: "facts", data: s.factsData()}
	c := s.now.c
	sentences := c.Sentences()
	if len(sentences) == 0 {
		a.text = "nothing is known of the case yet"
		return a
	}
	for i, f := range c.Facts() {
		a.text += sentences[i] + titleOf(f.Value) + "\n"
	}
	return a
}

func (s *Session) forgetCommand(ctx context.Context, rest string) *answer {
	if rest == "" {
		return refuse("which fact? For example: forget recipient; `reset` forgets them all")
	}
	c := s.now.c.Clone()
	for _, name := range strings.FieldsFunc(rest, func(r rune) bool { return r == ',' || r == ' ' }) {
		if err := c.Forget(name); err != nil {
			return failure(err)
		}
	}
	if len(changedFacts(s.now.c, c)) == 0 {
		return say("facts", "%s was not known", rest)
	}
	return s.withCase(ctx, c, "forget "+rest)
}

func (s *Session) resetCommand(ctx context.Context, rest string) *answer {
	if a := noArguments("reset", rest); a != nil {
		return a
	}
	n := len(s.now.c.Facts())
	c := s.now.prog.NewCase()
	c.SetDate(s.now.c.Date())
	_, before, _ := s.now.decide(ctx)
	s.become(newState(s.now.prog, s.now.policy, c, "reset"))
	a := &answer{kind: "facts", data: s.factsData(), text: "forgot " + counted(n, "fact", "facts")}
	if words := s.newStanding(ctx, before); words != "" {
		a.text += "\n" + words
	}
	return a
}
