package interp

import "strings"

// The answers to questions about a decision have in JSON the form that ctl explain --json prints,
// which SPEC.md lists.

type explanationJSON struct {
	*decisionJSON
	Why []ruleReasonJSON `json:"why"`
}

// MarshalJSON is the object that ctl explain --json prints.
func (x *Explanation) MarshalJSON() ([]byte, error) {
	out := explanationJSON{x.Decision.json(x.Case), []ruleReasonJSON{}}
	for _, part := range []struct {
		role string
		rs   []*RuleReason
	}{{"deciding", x.Deciding}, {"defeated", x.Defeated}, {"outranked", x.Outranked}, {"open", x.Open}} {
		for _, r := range part.rs {
			out.Why = append(out.Why, r.json(part.role, r.By))
		}
	}
	return marshal(out)
}

type ruleReasonJSON struct {
	ruleJSON
	Role    string    `json:"role,omitzero"` // what the rule has to do with the decision
	Text    string    `json:"text"`
	By      []string  `json:"by"`
	Clauses []*Reason `json:"clauses"`
}

func (r *RuleReason) json(role string, by []string) ruleReasonJSON {
	return ruleReasonJSON{r.Rule.json(), role, r.Sentence(), orEmpty(by), orEmpty(r.Clauses)}
}

// MarshalJSON is the fields of a rule, and text, by and clauses.
func (r *RuleReason) MarshalJSON() ([]byte, error) { return marshal(r.json("", r.By)) }

// Sentence is the outcome and the clauses in the author's words.
func (r *RuleReason) Sentence() string {
	words := []string{r.Rule.Outcome.Name}
	for _, c := range r.Clauses {
		words = append(words, c.Sentence())
	}
	return strings.Join(words, " ")
}

// Sentence is a reason's words with the preposition or conjunction they stand behind.
func (r *Reason) Sentence() string {
	text := r.Text
	if text == "" && r.Term != nil {
		text = r.Term.Name // what the author wrote as one with its denial: is not SLV
	}
	if r.Clause == "" || r.Clause == ClauseObject {
		return text
	}
	return string(r.Clause) + " " + text
}

// MarshalJSON is an object with clause, text, truth (yes, no or unknown), term, facts and parts.
func (r *Reason) MarshalJSON() ([]byte, error) {
	out := struct {
		Clause ClauseKind `json:"clause"`
		Text   string     `json:"text"`
		Truth  string     `json:"truth"`
		Term   string     `json:"term"`
		Facts  []UsedFact `json:"facts"`
		Parts  []*Reason  `json:"parts"`
	}{Clause: r.Clause, Text: r.Text, Truth: r.Truth.String(), Facts: orEmpty(r.Facts), Parts: orEmpty(r.Sub)}
	if r.Term != nil {
		out.Term = r.Term.Name
	}
	return marshal(out)
}

// MarshalJSON is an object with fact, value (null where it is not known), known, there and default.
func (f UsedFact) MarshalJSON() ([]byte, error) {
	return marshal(struct {
		Fact    string `json:"fact"`
		Value   Value  `json:"value"`
		Known   bool   `json:"known"`
		There   bool   `json:"there"`
		Default bool   `json:"default"`
	}{f.Name, f.Value, f.Value != nil, f.There, f.Default})
}

// MarshalJSON is the object that ctl explain --why-not prints.
func (w *WhyNot) MarshalJSON() ([]byte, error) {
	out := struct {
		Outcome  *Outcome         `json:"outcome"`
		Verdict  Verdict          `json:"verdict"`
		Decision *decisionJSON    `json:"decision"`
		Deciding []ruleReasonJSON `json:"deciding"`
		Rules    []*Fate          `json:"rules"`
	}{w.Outcome, w.Verdict, w.Decision.json(w.Case), []ruleReasonJSON{}, orEmpty(w.Fates)}
	for _, r := range w.Deciding {
		out.Deciding = append(out.Deciding, r.json("deciding", r.By))
	}
	return marshal(out)
}

// MarshalJSON is the fields of a rule with its clauses, and fate and blocking.
func (f *Fate) MarshalJSON() ([]byte, error) {
	return marshal(struct {
		ruleReasonJSON
		Fate     FateKind  `json:"fate"`
		Blocking []*Reason `json:"blocking"`
	}{f.Reason.json("candidate", f.By), f.Kind, orEmpty(f.Failed)})
}

// MarshalJSON is an object with changes (fact, from, to) and after, the decision then.
func (f *Flip) MarshalJSON() ([]byte, error) {
	return marshal(struct {
		Changes []FactChange  `json:"changes"`
		After   *decisionJSON `json:"after"`
	}{orEmpty(f.Changes), f.After.json(f.Case)})
}

// MarshalJSON is the object that ctl explain --what-if prints.
func (w *WhatIf) MarshalJSON() ([]byte, error) {
	return marshal(struct {
		Facts             []string      `json:"facts"`
		Same              bool          `json:"same"`
		Before            *decisionJSON `json:"before"`
		After             *decisionJSON `json:"after"`
		GainedRules       []string      `json:"gained_rules"`
		LostRules         []string      `json:"lost_rules"`
		GainedObligations []string      `json:"gained_obligations"`
		LostObligations   []string      `json:"lost_obligations"`
	}{orEmpty(w.Facts), w.Same(), w.Before.json(w.Was), w.After.json(w.Case), orEmpty(w.Gained), orEmpty(w.Lost), orEmpty(w.GainedObliged), orEmpty(w.LostObliged)})
}
