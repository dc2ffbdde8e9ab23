package automaton

import "unicode/utf8"

// classify finds which patterns the texts match that end in a state, and which states agree.
func (b *builder) classify(patterns int) {
	number := map[string]int32{}
	for _, set := range b.sets {
		matches := make([]bool, patterns)
		for _, at := range set {
			for b.tokens[at] == AnyRun {
				at++
			}
			if b.tokens[at] == end {
				matches[b.of[b.glob[at]]] = true
			}
		}
		key := keyOf(matches)
		n, known := number[key]
		if !known {
			n = int32(len(b.a.matches))
			number[key] = n
			b.a.matches = append(b.a.matches, matches)
		}
		b.a.class = append(b.a.class, n)
	}
}

func keyOf(matches []bool) string {
	key := make([]byte, len(matches))
	for i, m := range matches {
		if m {
			key[i] = 1
		}
	}
	return string(key)
}

// Classes is how many classes of texts there are.
func (a *Automaton) Classes() int { return len(a.matches) }

// Matches says whether the texts of a class match a pattern.
func (a *Automaton) Matches(class, pattern int) bool { return a.matches[class][pattern] }

// Class is the class of a text.
func (a *Automaton) Class(text string) int {
	state, symbols := 0, len(a.letters)+1
	for i := 0; i < len(text); {
		symbol := uint32(0)
		if c := text[i]; c < utf8.RuneSelf {
			symbol = a.ascii[c]
			i++
		} else {
			r, n := utf8.DecodeRuneInString(text[i:])
			symbol = a.others[r]
			i += n
		}
		state = int(a.steps[state*symbols+int(symbol)])
	}
	return int(a.class[state])
}
