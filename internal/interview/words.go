package interview

import (
	"context"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

// Word is what a line says that is no answer.
type Word int

// The words that every interview knows.
const (
	NoWord Word = iota
	Stop        // end the questions; what was told stays
	Back        // take the last answer back
	Why         // say why this is asked
	Help        // say what can be answered
)

var words = map[string]Word{
	"stop": Stop, "quit": Stop, "exit": Stop,
	"back": Back, "undo": Back,
	"why":  Why,
	"help": Help, "?": Help,
}

// Words tells a person of them.
const Words = "`unknown` leaves a question open, `back` takes the last answer back, `why` says what an answer decides, `?` what the question means, `stop` ends the questions; what was told stays. Any fact can be told."

// Word is what a line says beside the answers to the question; a choice that has the
// name of such a word is an answer.
func (q *Question) Word(line string) Word {
	if q.lists(line) {
		return NoWord
	}
	return words[strings.ToLower(line)]
}

// Why says what the answers to the present question come to.
func (iv *Interview) Why(ctx context.Context) string {
	q := iv.now
	text := "Still possible: " + strings.Join(possible(iv.decision), ", ") + "."
	effects := iv.effects(ctx)
	if len(effects) == 0 {
		return text + " No question leaves less to ask than " + q.Name + "."
	}
	for _, e := range effects {
		text += "\n  " + strings.Join(e.answers, ", ") + " -> " + e.result
	}
	return text
}

// effect is what some answers alike make of the case.
type effect struct {
	answers []string
	result  string
}

// effects are those of the answers of a short list, where at least one settles something.
func (iv *Interview) effects(ctx context.Context) []effect {
	var out []effect
	settled := false
	for _, a := range iv.now.few() {
		next := iv.c.Clone()
		if _, err := iv.now.tell(next, a); err != nil {
			continue
		}
		d, err := iv.policy.Decide(ctx, next)
		if err != nil {
			continue // no real case has this answer
		}
		result := strings.Join(possible(d), " or ")
		settled = settled || result != strings.Join(possible(iv.decision), " or ")
		i := slices.IndexFunc(out, func(e effect) bool { return e.result == result })
		if i < 0 {
			i = len(out)
			out = append(out, effect{result: result})
		}
		out[i].answers = append(out[i].answers, a)
	}
	if !settled {
		return nil
	}
	return out
}

// few are the answers to a question that has few.
func (q *Question) few() []string {
	if q.Form == interp.YesNoAnswer || q.Form == interp.ThereAnswer {
		return []string{"yes", "no"}
	}
	var names []string
	if q.Form == interp.ChoiceAnswer && len(q.Choices) <= listed {
		for _, c := range q.Choices {
			names = append(names, c.Name)
		}
	}
	return names
}

// possible are the answers that a decision leaves, or the one that it is.
func possible(d *interp.Decision) []string {
	if d.Status != interp.Undetermined {
		return []string{d.Answer()}
	}
	var names []string
	for _, p := range d.Possible {
		names = append(names, p.Name())
	}
	return names
}
