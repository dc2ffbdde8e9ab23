package interview_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/internal/interview"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

func begin(t *testing.T, facts ...string) *interview.Interview {
	t.Helper()
	prog, err := interp.Load(context.Background(), rules.Files, rules.MTCR)
	if err != nil {
		t.Fatal(err)
	}
	p, err := prog.Policy("us2025")
	if err != nil {
		t.Fatal(err)
	}
	c := prog.NewCase()
	if err := c.Tell(facts...); err != nil {
		t.Fatal(err)
	}
	return interview.New(p, c)
}

var launcher = []string{"item.category = I", "item.form = space_launch_vehicle", "recipient = AE", "program.purpose = space_launch"}

func TestInterview(t *testing.T) {
	iv := begin(t, launcher...)
	var asked []string
	for _, answer := range []string{"y", "no", "yes", "never asked"} {
		q, err := iv.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if q == nil {
			break
		}
		asked = append(asked, q.Name)
		if left := q.AtMost; left != 4-len(asked) {
			t.Errorf("%s: at most %d questions left", q.Name, left)
		}
		if err := iv.Answer(t.Context(), answer); err != nil {
			t.Fatal(err)
		}
	}
	if len(asked) != 3 {
		t.Errorf("asked %v", asked)
	}
	if d := iv.Decision(); d.Status != interp.Decided {
		t.Errorf("the interview ends %s", d.Answer())
	}
}

func TestUnknownAndBack(t *testing.T) {
	iv := begin(t, launcher...)
	first, err := iv.Next(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	name := first.Name
	if err := iv.Answer(t.Context(), "unknown"); err != nil {
		t.Fatal(err)
	}
	second, err := iv.Next(t.Context())
	if err != nil || second == nil || second.Name == name {
		t.Fatalf("asked again: %v %v", second, err)
	}
	if !iv.Back() {
		t.Fatal("nothing to take back")
	}
	again, err := iv.Next(t.Context())
	if err != nil || again.Name != name {
		t.Errorf("after going back %v is asked, not %s", again, name)
	}
	if iv.Back() {
		t.Error("went back before the beginning")
	}
	for range 10 {
		q, err := iv.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if q == nil {
			break
		}
		if err := iv.Answer(t.Context(), "unknown"); err != nil {
			t.Fatal(err)
		}
	}
	if d := iv.Decision(); d.Status != interp.Undetermined {
		t.Errorf("nobody knows anything, and the answer is %s", d.Answer())
	}
}

func TestAnswers(t *testing.T) {
	iv := begin(t, "item.category = I", "item.form = space_launch_vehicle", "program.purpose = space_launch")
	for {
		q, err := iv.Next(t.Context())
		if err != nil || q == nil {
			t.Fatal("the recipient is never asked for", err)
		}
		if q.Name == "recipient" {
			break
		}
		if err := iv.Answer(t.Context(), "no"); err != nil {
			t.Fatal(err)
		}
	}
	err := iv.Answer(t.Context(), "Indja")
	if offers := iv.Offers(err); !slices.Equal(offers, []string{"IN"}) {
		t.Errorf("%v offers %q", err, offers)
	}
	if err := iv.Answer(t.Context(), "india"); err != nil {
		t.Fatal(err)
	}
	turns := iv.Turns()
	if diff := cmp.Diff("recipient = IN", turns[len(turns)-1].Fact.String()); diff != "" {
		t.Error(diff)
	}
}

func TestHints(t *testing.T) {
	prog, err := interp.Load(context.Background(), rules.Files, rules.MTCR)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"recipient":        "a Country, by name or code, unknown",
		"item.range":       "a quantity, such as 300 km, unknown",
		"item.category":    "a number or a name of the list, unknown",
		"recipient.vetted": "",
		"program.vetted":   "yes, no, unknown",
	} {
		info, ok := prog.FactInfo(name)
		if !ok {
			if want != "" {
				t.Errorf("no fact %s", name)
			}
			continue
		}
		q := interview.Question{FactInfo: info}
		if got := q.Hint(); got != want || strings.TrimSpace(info.Question) == "" {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestTalk(t *testing.T) {
	iv := begin(t, launcher...)
	lines := []string{"", "perhaps", "help", "?", "why", "yes", "back", "no", "yes", "no", "never read"}
	var out strings.Builder
	i := 0
	err := interview.Talk(t.Context(), iv, &out, func(prompt string) (string, bool) {
		out.WriteString(prompt + lines[i] + "\n")
		i++
		return lines[i-1], true
	})
	if err != nil {
		t.Fatal(err)
	}
	if iv.Decision().Status != interp.Decided {
		t.Errorf("ends %s after\n%s", iv.Decision().Answer(), out.String())
	}
	for _, want := range []string{"1. Is the recipient a partner with a strong export control system?  [at most 3 questions left]",
		"expected yes or no, not `perhaps`", "Answer with yes, no, unknown; or back, why, help, stop.",
		"`stop` ends the questions", "Still possible: "} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("nowhere %q in\n%s", want, out.String())
		}
	}
	if tr := iv.Transcript(false); !strings.Contains(tr, "recipient.strong_controls = no") {
		t.Errorf("the transcript lacks an answer:\n%s", tr)
	}
}

func TestTalkEnds(t *testing.T) {
	for _, words := range [][]string{{}, {"quit"}, {"unknown", "unknown", "unknown"}, {"stop"}, {"?", "quit"}} {
		iv := begin(t, launcher...)
		var out strings.Builder
		i := 0
		err := interview.Talk(t.Context(), iv, &out, func(string) (string, bool) {
			if i == len(words) {
				return "", false
			}
			i++
			return words[i-1], true
		})
		if err != nil || iv.Decision() == nil || iv.Decision().Status != interp.Undetermined {
			t.Errorf("%v: %v %v", words, err, iv.Decision())
		}
	}
}

// A set is not answered with yes or no, and () is the empty one, which none offers.
func TestSetAnswers(t *testing.T) {
	iv := beginWith(t, `
outcomes review > permit
kind Paper { keywords: set of text  no_is_a: set of no | yes }
role paper: Paper
policy p {
  review when "missile" in paper.keywords
  review when no in paper.no_is_a
  otherwise permit
}`)
	if _, err := iv.Next(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, answer := range []string{"no", "Yes", "n"} {
		if err := iv.Answer(t.Context(), answer); err == nil || !strings.Contains(err.Error(), "as (a, b), or () for no members") {
			t.Errorf("%s: %v", answer, err)
		}
	}
	err := iv.Answer(t.Context(), "none")
	if offers := iv.Offers(err); !slices.Equal(offers, []string{"()"}) {
		t.Fatalf("none: %v offers %q", err, offers)
	}
	if err := iv.Answer(t.Context(), "()"); err != nil {
		t.Fatal(err)
	}
	if got := iv.Turns()[0].Fact.String(); got != "paper.keywords = ()" {
		t.Error(got)
	}
	if q, err := iv.Next(t.Context()); err != nil || q == nil || q.Name != "paper.no_is_a" {
		t.Fatal(q, err)
	}
	if err := iv.Answer(t.Context(), "no"); err != nil || iv.Turns()[1].Fact.String() != "paper.no_is_a = (no)" {
		t.Error(err, iv.Turns()[1].Fact)
	}
}

// Why says what each answer would decide; a choice that has the name of a word of the
// interview is an answer.
func TestWhy(t *testing.T) {
	iv := beginWith(t, `
outcomes deny > review > permit
kind Thing { class: low | high | stop  big: bool }
role thing: Thing
policy p {
  deny when thing.class = high
  review when thing.class = stop and thing.big
  otherwise permit
}`)
	q, err := iv.Next(t.Context())
	if err != nil || q.Name != "thing.class" {
		t.Fatal(q, err)
	}
	want := "Still possible: deny, review, permit.\n  low -> permit\n  high -> deny\n  stop -> review or permit"
	if diff := cmp.Diff(want, iv.Why(t.Context())); diff != "" {
		t.Error(diff)
	}
	if q.Word("stop") != interview.NoWord || q.Word("quit") != interview.Stop {
		t.Error("the choice stop is no answer, or quit no word")
	}
}

func beginWith(t *testing.T, rules string) *interview.Interview {
	t.Helper()
	prog, err := interp.LoadText(context.Background(), "test.ctl", rules)
	if err != nil {
		t.Fatal(err)
	}
	p, err := prog.Policy("p")
	if err != nil {
		t.Fatal(err)
	}
	return interview.New(p, prog.NewCase())
}
