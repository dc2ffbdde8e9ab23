package gen

import "github.com/ctl-lang/ctl/interp"

// outcomes writes the type of the outcomes.
func (w *writer) outcomes() {
	w.printf("\n")
	w.doc("Outcome is an outcome of the rules. The zero value is none.")
	w.printf("type Outcome uint8\n\n")
	w.uses("fmt", interpPath)
	w.doc("The outcomes, in the order declared. NoOutcome is that of a case that is not decided, and of one whose outcome this code does not know, which Check excludes.")
	w.printf("const (\nNoOutcome Outcome = iota\n")
	var names []string
	for _, o := range w.prog.Outcomes() {
		names = append(names, w.names.name("Outcome", o.Name))
		w.doc(sentence(o.Title))
		w.printf("%s\n", names[len(names)-1])
	}
	w.outcome = names
	w.printf(")\n\n")
	w.printf("var outcomeNames = [...]string{NoOutcome: \"\"")
	for i, o := range w.prog.Outcomes() {
		w.printf(", %s: %q", names[i], o.Name)
	}
	w.printf("}\n\n")
	w.printf(`// String is the outcome's name in the rules, and "" of NoOutcome.
func (o Outcome) String() string {
	if int(o) < len(outcomeNames) {
		return outcomeNames[o]
	}
	return fmt.Sprintf("Outcome(%%d)", uint8(o))
}

// OutcomeOf is the outcome of a decision.
func OutcomeOf(d *interp.Decision) Outcome {
	if d.Outcome == nil {
		return NoOutcome
	}
	switch d.Outcome.Name {
`)
	for i, o := range w.prog.Outcomes() {
		w.printf("case %q:\nreturn %s\n", o.Name, names[i])
	}
	w.printf("}\nreturn NoOutcome\n}\n")
}

// policies writes the names of policies and series, and the labels of rules by policy.
func (w *writer) policies() {
	if len(w.prog.AllSeries())+len(w.prog.Policies()) > 0 {
		w.printf("\n")
		w.doc("The names of the series and the policies, as interp.Program.PolicyOn takes them.")
		w.printf("const (\n")
		for _, s := range w.prog.AllSeries() {
			w.doc(s.Doc)
			d := decider{constant: w.names.name("Series", s.Name), name: s.Name, policies: s.Policies}
			w.printf("%s = %q\n", d.constant, s.Name)
			w.deciders = append(w.deciders, d)
		}
		for _, p := range w.prog.Policies() {
			w.doc(sentence(p.Title), p.Doc)
			d := decider{constant: w.names.name("Policy", p.Name), name: p.Name, policies: []*interp.Policy{p}}
			w.printf("%s = %q\n", d.constant, p.Name)
			w.deciders = append(w.deciders, d)
		}
		w.printf(")\n")
	}
	for _, p := range w.prog.Policies() {
		w.labels(p)
	}
}

// labels writes the labels of a policy's rules, those it inherits too.
func (w *writer) labels(p *interp.Policy) {
	var rules []*interp.Rule
	for _, r := range p.Rules() {
		if r.Labelled() {
			rules = append(rules, r)
		}
	}
	if len(rules) == 0 {
		return
	}
	w.printf("\n")
	w.doc("The labels of the rules of the policy " + p.Name + ".")
	w.printf("const (\n")
	for _, r := range rules {
		w.doc(sentence(r.Because))
		w.printf("%s = %q\n", w.names.name("Rule", p.Name, r.Label), r.Label)
	}
	w.printf(")\n")
}

// check writes what compares a program with the one that the code was generated from.
func (w *writer) check() {
	w.printf("\n")
	w.doc("vocabulary is what the rules had when this code was generated, as interp.Program.Vocabulary lists it.")
	w.printf("var vocabulary = []string{\n")
	w.uses("errors", "fmt", interpPath)
	for _, line := range w.prog.Vocabulary() {
		w.printf("%q,\n", line)
	}
	for _, a := range w.told {
		w.printf("%q,\n", "fact "+a.Group.Kind.Name+"."+a.Name+": bool")
	}
	w.printf("}\n\n")
	w.printf(`// Check says whether a program that is loaded at run time still has all that this code
// was generated from. What it has besides does not matter, save for further outcomes.
// Each thing that is missing is an error in the error.
func Check(p *interp.Program) error {
	has := map[string]bool{}
	for _, entry := range p.Vocabulary() {
		has[entry] = true
	}
`)
	if len(w.told) > 0 {
		w.printf("for _, k := range p.CaseKinds() {\nfor _, a := range k.Attrs {\nif a.Group != nil {\nhas[\"fact \"+k.Name+\".\"+a.Name+\": bool\"] = true\n}\n}\n}\n")
	}
	w.printf(`	var missing []error
	for _, entry := range vocabulary {
		if !has[entry] {
			missing = append(missing, fmt.Errorf("the rules no longer have: %%s", entry))
		}
	}
	return errors.Join(missing...)
}
`)
}
