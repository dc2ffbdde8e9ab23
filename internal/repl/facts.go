package repl

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
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
func (s *Session) tell(facts []string) *answer {
	c := s.now.c.Clone()
	if err := c.Tell(facts...); err != nil {
		return failure(s.askInstead(err, facts))
	}
	return s.withCase(c, strings.Join(facts, ", "))
}

// askInstead tells the reader of an error about a term that cannot be told how to ask
// whether it holds.
func (s *Session) askInstead(err error, facts []string) error {
	var ds lang.Diagnostics
	if !errors.As(err, &ds) || len(facts) != 1 {
		return err
	}
	for _, d := range ds {
		if d.Code == lang.NotAFact {
			d.Notes = append(d.Notes, lang.Note{Text: "to ask whether it holds, put a question mark behind it: " + facts[0] + "?"})
		}
	}
	return ds
}

// withCase goes on with another case, if it is one that can be.
func (s *Session) withCase(c *interp.Case, did string) *answer {
	next := newState(s.now.prog, s.now.policy, c, did)
	_, _, err := next.decide()
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
	_, before, _ := s.now.decide()
	s.become(next)
	a := &answer{kind: "facts", data: s.factsData()}
	a.text = strings.Join(changes, "\n")
	if len(changes) == 0 {
		a.text = "nothing changes"
	}
	if words := s.newStanding(before); words != "" {
		a.text += "\n" + words
	}
	return a
}

func isImpossible(ds lang.Diagnostics) bool {
	for _, d := range ds {
		if d.Code == lang.BrokenConstraint {
			return true
		}
	}
	return false
}

// newStanding says where the decision stands, where that is not what it was before.
func (s *Session) newStanding(before *interp.Decision) string {
	_, d, err := s.now.decide()
	if err != nil {
		return ""
	}
	now := standingInFull(d)
	if before != nil && standingInFull(before) == now {
		return ""
	}
	return "-> " + now
}

// standingInFull is a decision in a line.
func standingInFull(d *interp.Decision) string {
	switch d.Status {
	case interp.Undetermined:
		var names []string
		for _, p := range d.Possible {
			names = append(names, p.Name())
		}
		return missing(d) + "; possible: " + strings.Join(names, ", ")
	case interp.Undecided:
		return "undecided: no rule applies"
	case interp.Conflict:
		return "conflict: rules apply together whose outcomes do not rank"
	}
	if d.Outcome.Title != "" {
		return d.Outcome.Name + ": " + d.Outcome.Title
	}
	return d.Outcome.Name
}

// changedFacts says which facts of a case are others than before.
func changedFacts(before, after *interp.Case) []string {
	had := map[string]string{}
	for _, f := range before.Facts() {
		had[f.Name] = f.Value.String()
	}
	var out []string
	for i, f := range after.Facts() {
		if old, ok := had[f.Name]; !ok || old != f.Value.String() {
			line := after.Sentences()[i] + titleOf(f.Value)
			if ok {
				line += ", was " + old
			}
			out = append(out, line)
		}
		delete(had, f.Name)
	}
	for _, f := range before.Facts() {
		if _, gone := had[f.Name]; gone {
			out = append(out, f.Name+" is not known, was "+f.Value.String())
		}
	}
	return out
}

// titleOf is the title of a value that has one, in parentheses.
func titleOf(v interp.Value) string {
	if c, ok := v.(interp.Choice); ok && c.Enum.Choices[c.I].Title != "" {
		return " (" + c.Enum.Choices[c.I].Title + ")"
	}
	return ""
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

func (s *Session) forgetCommand(_ context.Context, rest string) *answer {
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
	return s.withCase(c, "forget "+rest)
}

func (s *Session) resetCommand(_ context.Context, rest string) *answer {
	if a := noArguments("reset", rest); a != nil {
		return a
	}
	n := len(s.now.c.Facts())
	c := s.now.prog.NewCase()
	c.SetDate(s.now.c.Date())
	_, before, _ := s.now.decide()
	s.become(newState(s.now.prog, s.now.policy, c, "reset"))
	a := &answer{kind: "facts", data: s.factsData(), text: "forgot " + counted(n, "fact", "facts")}
	if words := s.newStanding(before); words != "" {
		a.text += "\n" + words
	}
	return a
}

func (s *Session) undoCommand(_ context.Context, rest string) *answer {
	if a := noArguments("undo", rest); a != nil {
		return a
	}
	if len(s.past) == 0 {
		return refuse("there is nothing to undo")
	}
	undone := s.now
	s.now = s.past[len(s.past)-1]
	s.past = s.past[: len(s.past)-1 : len(s.past)-1]
	s.future = append(s.future[:len(s.future):len(s.future)], undone)
	return s.moved("undone: " + undone.did)
}

func (s *Session) redoCommand(_ context.Context, rest string) *answer {
	if a := noArguments("redo", rest); a != nil {
		return a
	}
	if len(s.future) == 0 {
		return refuse("there is nothing to redo")
	}
	s.past = append(s.past[:len(s.past):len(s.past)], s.now)
	s.now = s.future[len(s.future)-1]
	s.future = s.future[: len(s.future)-1 : len(s.future)-1]
	return s.moved("done again: " + s.now.did)
}

// moved is the answer after going to another state.
func (s *Session) moved(what string) *answer {
	a := &answer{kind: "facts", data: s.factsData(), text: what}
	if _, d, err := s.now.decide(); err == nil {
		a.text += "\n-> " + standingInFull(d)
	}
	return a
}
