package interp

import (
	"context"
	"fmt"
	"iter"
	"math"

	"github.com/ctl-lang/ctl/stdlib"
)

// Options are what a program is loaded with. The zero value has the defaults.
type Options struct {
	// Groups are the members of the groups that the rules declare external, by name.
	Groups map[string]Members
	// GroupFiles are files of the file system that the rules are loaded from which hold the
	// members of such groups, by the names of the groups.
	GroupFiles map[string]GroupFile
	// OpenGroups lets these leave external groups out. Whether a thing is in one of
	// those, or in a group that holds one, is then a fact of each case, as what an open
	// term asks is. It is for looking at rules apart from the program that embeds them.
	OpenGroups bool
	// Draft is the name of a file that tries something out on the others: its policies
	// and series do not count where a test, a claim or a decision leaves out which is meant.
	Draft string
	// Language is the tag of the language in which the program speaks to people, as far as the rules
	// are translated: de, pt-BR. Titles and reasons that they do not have in it are as they were written
	// first. Answers are the same in every language.
	Language string
	// Functions are Go functions that the rules may call.
	Functions []Function
	// Clock tells the date of a case whose date nobody tells, when the case is made, and of
	// what a Bound decides without On. Without one such a date is not known: the answer is
	// then over all days. It is called from many goroutines at once.
	Clock func() Date
	// OnDecision is called when a decision begins, and what it gives, unless that is nil, when the
	// decision has been made or has failed: for logs, counters, traces. It is told of those of
	// Policy.Decide and Policy.Gather, of Bound and of Prepared, each once, and not of those that
	// explanations, tests, replays and package analysis make. It is called from many goroutines
	// at once, and the decision waits for it. Decisions are shared: do not change them.
	OnDecision func(context.Context, *Policy) func(*Decision, error)
	// PassedOver is told the name of every member of JSON and every key of a map under which nothing
	// is declared: with it they are passed over, without it they are mistakes. A name that is near one of the
	// attributes there, or is declared elsewhere in the rules, is a mistake all the same, and so is a
	// field of a struct. It is told of what Case.ReadJSON, Case.ReadMap and a Bound read, also where that is
	// refused for something else, and is called from many goroutines at once. Names are as strangers wrote them.
	PassedOver func(name string)
	// Limits bound the program and every call; zero values have their defaults.
	Limits Limits
}

// Limits bound what a program and a call may take. A zero value has the default. What
// exceeds one is an error: a diagnostic of code.TooMuch where a program is loaded, of
// code.FactTooLarge where facts come in, and an *EvalError of code.TooManySteps where
// a case is decided; of Nodes see there.
type Limits struct {
	// Of a program.

	Files   int // rule files, modules of stdlib not counted: 1,000
	Bytes   int // of all rule and data files together: 64 MiB
	Rules   int // rules and sections of all policies, those that an amendment takes over counted again: 1,000,000
	Nesting int // terms, groups, values and amendments that rest on one another: 1,000
	Members int // of all groups, those of groups in groups counted again: 10,000,000
	// Nodes of a policy's decision diagram: 200,000. Past it, the answer on a partial
	// case comes from the reference evaluator and a bounded search: never wrong, and
	// saying so where it is not exact.
	Nodes         int
	AnalysisNodes int // of the diagrams of one analysis: 4,000,000, about 400 MB when they are all used
	// Memory is how many bytes the program may take, and each thing that is made of it: a
	// compiled policy, a diagram, an analysis. It is counted roughly, by what there is most of,
	// and is 2 GiB. What would take more is refused, or done without as with Nodes.
	Memory int

	// Of a call. How long it may take is for the context to say.

	Steps  int // of deciding one case: 20,000,000
	Ways   int // of a condition that Policy.When gives: 1,000
	Facts  int // of a case, members of lists and sets counted: 1,000,000
	List   int // members of a list or a set: 10,000
	Text   int // bytes of a text: 64 KiB; functions of stdlib take no longer ones
	JSON   int // bytes of facts as JSON: 16 MiB
	Levels int // of JSON, structs and maps within one another: 32
}

var defaultLimits = Limits{
	Files: 1_000, Bytes: 64 << 20, Rules: 1_000_000, Nesting: 1_000, Members: 10_000_000, Nodes: 200_000, AnalysisNodes: 4_000_000, Memory: math.MaxInt32,
	Steps: 20_000_000, Ways: 1_000, Facts: 1_000_000, List: 10_000, Text: stdlib.MaxText, JSON: 16 << 20, Levels: 32,
}

// Function is a Go function that the rules of a program may call, beside those of
// stdlib. It must be pure, giving the same for the same arguments, and safe for
// concurrent use: when and how often it is called is not said. The analysis cannot
// look into it, so that answers which depend on it are marked as such.
//
// It is called only where all its arguments are known. An error that it returns, and a
// panic in it, is the error of every decision that hangs on it: an *EvalError that
// names the function and wraps it.
//
// It may take a context.Context first, which is that of the decision. Where that can be done, the
// function runs in a goroutine of its own, and the decision ends with the context whatever the
// function does: with an *EvalError of code.Stopped that names it. What it gives afterwards
// is dropped, but it goes on until it ends by itself, and its goroutine with it; so what
// waits for something takes the context and heeds it.
type Function struct {
	Name string
	// Params and Result are its types as an author writes them: bool, number, text,
	// date, duration, a dimension such as length, a kind (its identity), the type of
	// an attribute such as Item.category, or list of one of these. Where both are left
	// out, Go's types stand for bool, number, text, date and duration.
	Params []string
	Result string
	// Go is the function. It takes and gives
	//
	//	bool                               bool
	//	string, and types made of it       text, an identity, a value of an enumeration
	//	int, int8 ... int64                number: a whole one
	//	float32, float64                   number, rounded; quantities in the coherent unit: metres, kilograms
	//	*big.Rat, Number                   number, exact; quantities in the coherent unit
	//	Date, time.Time                    date
	//	Duration                           duration
	//	slices of these                    list; a set is taken too
	//
	// behind the context, if it takes one,
	// and may give a bool besides, which is false where the result is not known, and
	// an error: T, (T, bool), (T, error) or (T, bool, error).
	Go any
}

// Member is an identity that is in a group: for ever, or on the days from Since to
// the day before Until where these are not nil.
type Member struct {
	ID           string
	Since, Until *Date
}

// Members are those of a group that the rules declare external. They are read once,
// while the program is loaded, so that it stays as it is; load it again to bring in
// other members. An error ends the reading, and the program is refused with it.
type Members iter.Seq2[Member, error]

// GroupFile is a CSV file that holds the members of a group, as that of a group which the
// rules declare `from` a file: a column of identities, which is id where Column is empty,
// and where membership is dated columns since and until.
type GroupFile struct{ Name, Column string }

// orDefault puts the default wherever nothing else is said.
func (l Limits) orDefault() Limits {
	d := defaultLimits
	for _, x := range []struct{ own, or *int }{
		{&l.Files, &d.Files}, {&l.Bytes, &d.Bytes}, {&l.Rules, &d.Rules}, {&l.Nesting, &d.Nesting}, {&l.Members, &d.Members}, {&l.Nodes, &d.Nodes}, {&l.AnalysisNodes, &d.AnalysisNodes}, {&l.Memory, &d.Memory},
		{&l.Steps, &d.Steps}, {&l.Ways, &d.Ways}, {&l.Facts, &d.Facts}, {&l.List, &d.List}, {&l.Text, &d.Text}, {&l.JSON, &d.JSON}, {&l.Levels, &d.Levels},
	} {
		if *x.own > 0 {
			*x.or = *x.own
		}
	}
	return d
}

// Limits are those that the program was loaded with, the defaults filled in.
func (p *Program) Limits() Limits { return p.options.Limits }

// bytesText is a number of bytes in words.
func bytesText(n int) string {
	switch {
	case n == math.MaxInt32:
		return "2 GiB"
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}

// MembersOf are identities that are members for ever.
func MembersOf(ids ...string) Members {
	return func(yield func(Member, error) bool) {
		for _, id := range ids {
			if !yield(Member{ID: id}, nil) {
				return
			}
		}
	}
}

// givesMembers says whether some option gives the members of a group.
func (o *Options) givesMembers(group string) bool {
	_, inFile := o.GroupFiles[group]
	return inFile || o.Groups[group] != nil
}
