package main

// Answer is what an engine says to a case.
type Answer uint8

// The answers. Undetermined is given only where facts are missing.
const (
	Deny Answer = iota
	Permit
	Undetermined
)

func (a Answer) String() string {
	return [...]string{"deny", "permit", "undetermined"}[a]
}

// answerOf is Permit where an engine says yes.
func answerOf(permit bool) Answer {
	if permit {
		return Permit
	}
	return Deny
}

// Run answers cases lo to hi, case i into out[i]. The loop over the cases stands in
// the engine, so that no call through a pointer is part of what is measured.
type Run func(lo, hi int, out []Answer) error

// Loaded is an engine that has read its policy. It makes the cases ready in the form
// that is fastest for it, which is not measured.
type Loaded func() (Run, error)

// Engine is a way to decide the cases of a workload.
type Engine struct {
	Name string
	Peer bool   // made by others: what Ctl is compared with
	Mute bool   // decodes the cases only, and answers nothing
	File string // the name of a file that the policy could stand in,
	Text string // and what stands in it; empty where the policy is in Go
	// Load reads the policy from its text. It is measured.
	Load func() (Loaded, error)
}

// FactType is how a fact is written in the languages of the engines.
type FactType uint8

// The types of facts. A Country is a text that a group may have as a member.
const (
	Text FactType = iota
	Bool
	Int
	Country
)

// Fact is something that is known of a case, by a name that every language allows.
type Fact struct {
	Name string
	Type FactType
}

// Cases are the facts of many cases, for the engines that are not typed.
type Cases struct {
	Facts []Fact
	N     int
	Value func(i, fact int) any // a string, a bool or an int
}

// Row is one case: its facts by their names.
func (c *Cases) Row(i int) map[string]any {
	row := make(map[string]any, len(c.Facts))
	for f, fact := range c.Facts {
		row[fact.Name] = c.Value(i, f)
	}
	return row
}
