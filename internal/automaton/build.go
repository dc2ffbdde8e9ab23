package automaton

import (
	"encoding/binary"
	"errors"
	"slices"
	"unicode/utf8"
)

// The wildcards of a Glob.
const (
	AnyRun rune = -1 - iota // any run of characters
	AnyOne                  // any one character
	end                     // of a glob
)

// Glob is characters and wildcards.
type Glob []rune

// Pattern is the texts that one of some globs describes.
type Pattern []Glob

// ErrTooLarge is the error of patterns whose automaton would take more work than it may.
var ErrTooLarge = errors.New("the automaton of these patterns is too large")

// Automaton reads texts by their characters. It does not change once it is made.
type Automaton struct {
	ascii   [utf8.RuneSelf]uint32 // the symbols of characters; 0 stands for all that no glob names
	others  map[rune]uint32
	letters []rune  // of the symbols from 1 on
	steps   []int32 // by state and symbol
	class   []int32 // of the text that ends in a state
	matches [][]bool
	Work    int // that it took to make, in places of globs looked at
}

// New makes the automaton of some patterns. The work that it may take bounds its size too; goOn is
// called as it goes.
func New(patterns []Pattern, work int, goOn func(work int)) (*Automaton, error) {
	b := &builder{a: &Automaton{others: map[rune]uint32{}}, left: work, goOn: goOn, number: map[string]int32{}}
	b.place(patterns)
	if err := b.grow(); err != nil {
		return nil, err
	}
	b.classify(len(patterns))
	b.a.Work = work - b.left
	return b.a, nil
}

// builder makes states of sets of places: those of the globs up to which a text may have come.
type builder struct {
	a      *Automaton
	tokens []rune  // of all globs, one behind the other, each with its end
	glob   []int32 // of a place
	of     []int32 // the pattern of a glob
	start  []int32
	sets   [][]int32 // of the states
	number map[string]int32
	left   int
	goOn   func(work int)
}

// place numbers the places of all globs, and the characters that they name.
func (b *builder) place(patterns []Pattern) {
	for i, p := range patterns {
		for _, g := range p {
			b.start = append(b.start, int32(len(b.tokens)))
			for _, r := range append(slices.Clip(g), end) {
				b.tokens = append(b.tokens, r)
				b.glob = append(b.glob, int32(len(b.of)))
				if r >= 0 {
					b.symbol(r)
				}
			}
			b.of = append(b.of, int32(i))
		}
	}
}

// symbol gives a character one of its own.
func (b *builder) symbol(r rune) {
	if b.a.symbol(r) != 0 {
		return
	}
	b.a.letters = append(b.a.letters, r)
	if n := uint32(len(b.a.letters)); r < utf8.RuneSelf {
		b.a.ascii[r] = n
	} else {
		b.a.others[r] = n
	}
}

// symbol is that of a character.
func (a *Automaton) symbol(r rune) uint32 {
	if uint32(r) < utf8.RuneSelf {
		return a.ascii[r]
	}
	return a.others[r]
}

// grow finds the states, and where each leads.
func (b *builder) grow() error {
	b.state(b.start)
	for i := 0; i < len(b.sets); i++ {
		from := b.sets[i]
		for symbol := range len(b.a.letters) + 1 {
			b.goOn(len(from) + 1)
			if b.left -= len(from) + 1; b.left < 0 {
				return ErrTooLarge
			}
			r := end // no glob names it
			if symbol > 0 {
				r = b.a.letters[symbol-1]
			}
			b.a.steps = append(b.a.steps, b.state(b.after(from, r)))
		}
	}
	return nil
}

// after is where the places of a set come by a character.
func (b *builder) after(from []int32, r rune) []int32 {
	var to []int32
	for _, at := range from {
		for ; b.tokens[at] == AnyRun; at++ {
			to = append(to, at)
		}
		if t := b.tokens[at]; t == AnyOne || t >= 0 && t == r {
			to = append(to, at+1)
		}
	}
	return to
}

// state is the number of a set of places. Of each glob what stands before the last run that it
// has come to is left out: whatever matches from there matches from the run.
func (b *builder) state(set []int32) int32 {
	slices.Sort(set)
	last := map[int32]int32{} // of a glob, the place of its run
	for _, at := range set {
		if b.tokens[at] == AnyRun {
			last[b.glob[at]] = at
		}
	}
	set = slices.DeleteFunc(slices.Compact(set), func(at int32) bool {
		run, has := last[b.glob[at]]
		return has && at < run
	})
	var key []byte
	for _, at := range set {
		key = binary.AppendUvarint(key, uint64(at))
	}
	n, known := b.number[string(key)]
	if !known {
		n = int32(len(b.sets))
		b.number[string(key)] = n
		b.sets = append(b.sets, slices.Clone(set))
	}
	return n
}
