package automaton

import (
	"slices"
	"unicode/utf8"
)

// Examples gives for every class the first of its texts, the shortest first, that a function
// does not take; ok is false where it takes them all. What is worse comes after others that are about
// as short. Letters are what stands for characters
// that no pattern names, the best first: there is always one more. It gives up where it would
// take more work than it may.
func (a *Automaton) Examples(letters func(i int) rune, taken, worse func(text string) bool, work int, goOn func(work int)) (texts []string, ok []bool, err error) {
	texts, ok = make([]string, a.Classes()), make([]bool, a.Classes())
	for most := 4; ; most *= 4 {
		s := &search{a: a, letters: a.unnamed(letters, most), most: most, left: work, goOn: goOn, texts: make([][]string, len(a.class))}
		if err := s.run(); err != nil {
			return nil, nil, err
		}
		if work = s.left; s.choose(taken, worse, texts, ok) {
			return texts, ok, nil
		}
	}
}

// unnamed are some letters that no pattern names.
func (a *Automaton) unnamed(letters func(i int) rune, most int) []rune {
	var out []rune
	for i := 0; len(out) < most; i++ {
		if r := letters(i); a.symbol(r) == 0 {
			out = append(out, r)
		}
	}
	return out
}

// search finds the shortest texts that end in each state, up to a number.
type search struct {
	a       *Automaton
	letters []rune
	most    int
	left    int
	goOn    func(work int)
	texts   [][]string // by state
}

// found is a text, and the state in which it ends.
type found struct {
	text  string
	state int
}

func (s *search) run() error {
	symbols := len(s.a.letters) + 1
	queue := []found{{"", 0}}
	s.texts[0] = []string{""}
	for i := 0; i < len(queue); i++ {
		at := queue[i]
		s.goOn(symbols + len(s.letters))
		step := func(r rune, symbol int) {
			to := int(s.a.steps[at.state*symbols+symbol])
			s.left--
			if len(s.texts[to]) < s.most {
				text := at.text + string(r)
				s.left -= len(text)
				s.texts[to] = append(s.texts[to], text)
				queue = append(queue, found{text, to})
			}
		}
		for i, r := range s.a.letters {
			step(r, i+1)
		}
		for _, r := range s.letters {
			step(r, 0)
		}
		if s.left < 0 {
			return ErrTooLarge
		}
	}
	return nil
}

// choose takes an example of each class; false where more texts have to be looked at. A state
// with fewer texts than were looked for has no others.
func (s *search) choose(taken, worse func(text string) bool, texts []string, ok []bool) bool {
	by := make([][]string, len(texts))
	more := make([]bool, len(texts))
	for state, list := range s.texts {
		class := s.a.class[state]
		by[class] = append(by[class], list...)
		more[class] = more[class] || len(list) == s.most
	}
	for class, list := range by {
		slices.SortStableFunc(list, func(x, y string) int { return rank(x, worse) - rank(y, worse) })
		i := slices.IndexFunc(list, func(text string) bool { return !taken(text) })
		switch {
		case i >= 0:
			texts[class], ok[class] = list[i], true
		case more[class]:
			return false
		}
	}
	return true
}

// rank puts short texts before long ones, those that are worse behind them, and the empty one behind all.
func rank(text string, worse func(text string) bool) int {
	switch {
	case text == "":
		return 1 << 30
	case worse(text):
		return 1<<20 + utf8.RuneCountInString(text)
	}
	return utf8.RuneCountInString(text)
}
