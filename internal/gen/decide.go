package gen

import (
	"fmt"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

// decider is a function that decides by a policy, or by those of a series.
type decider struct {
	constant string // holds the name
	name     string
	policies []*interp.Policy
	function string // its own name
}

// answers writes the type of answers, and a function that decides by each policy.
func (w *writer) answers() {
	w.uses("fmt", interpPath)
	w.printf("%s", answer)
	if len(w.deciders) == 0 {
		return
	}
	w.uses("context", "time")
	read := "if err := c.ReadStruct(request); err != nil {\nreturn Answer{}, err\n}\n"
	if len(w.kinds[nil].fields) == 0 {
		read = "" // there is nothing to tell
	}
	w.printf(`
// decideCase reads a request and decides it.
func decideCase(ctx context.Context, program *interp.Program, policy string, on time.Time, request *Case) (Answer, error) {
	c := program.NewCase()
	if !on.IsZero() {
		day, err := interp.DateOf(on)
		if err != nil {
			return Answer{}, err
		}
		c.SetDate(day)
	}
	by, err := program.PolicyOn(policy, c.Date())
	if err != nil {
		return Answer{}, err
	}
%s	d, err := by.Decide(ctx, c)
	if err != nil {
		return Answer{}, err
	}
	return AnswerOf(d)
}
`, read)
	for i := range w.deciders {
		d := &w.deciders[i]
		d.function = w.names.name("Decide", d.name)
		what := "the policy " + d.name
		if strings.HasPrefix(d.constant, "Series") {
			what = "the policy of the series " + d.name + " that is in force on its date"
		}
		w.printf("\n")
		w.doc(fmt.Sprintf("%s decides a case by %s. Its date is the day of on, in its own zone; of the zero time it is what the clock of the program's options says, and not known where there is none.", d.function, what),
			w.outcomesOf(d.policies))
		w.printf("func %s(ctx context.Context, program *interp.Program, on time.Time, request *Case) (Answer, error) {\n", d.function)
		w.printf("return decideCase(ctx, program, %s, on, request)\n}\n", d.constant)
	}
}

// outcomesOf says which outcomes policies can give.
func (w *writer) outcomesOf(policies []*interp.Policy) string {
	gives := map[*interp.Outcome]bool{}
	for _, p := range policies {
		for _, r := range p.Rules() {
			gives[r.Outcome] = true
		}
		for _, o := range p.Otherwises() {
			gives[o.Outcome] = true
		}
	}
	var names []string
	for i, o := range w.prog.Outcomes() {
		if gives[o] {
			names = append(names, w.outcome[i])
		}
	}
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return "Its outcome is " + names[0] + "."
	default:
		return "Its outcomes are " + strings.Join(names[:n-1], ", ") + " and " + names[n-1] + "."
	}
}

const answer = `
// Answer is what a policy says of a case.
type Answer struct {
	Outcome     Outcome       // NoOutcome unless the case is decided
	Status      interp.Status // whether it is decided, and if not why
	Rules       []string      // the labels of the rules that give the outcome
	Obligations []string
	Needs       []interp.Need    // the facts to find out, the most decisive first
	Decision    *interp.Decision // all that the policy says; it is shared, so do not change it
}

// AnswerOf is a decision as an Answer. An outcome that this code does not know is an error.
func AnswerOf(d *interp.Decision) (Answer, error) {
	a := Answer{Outcome: OutcomeOf(d), Status: d.Status, Obligations: d.Obligations, Needs: d.Needs, Decision: d}
	if d.Outcome != nil && a.Outcome == NoOutcome {
		return Answer{}, fmt.Errorf("the rules give an outcome that this code does not know, %s: generate the code anew", d.Outcome.Name)
	}
	for _, r := range d.Rules {
		a.Rules = append(a.Rules, r.Label)
	}
	return a, nil
}
`
