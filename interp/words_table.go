package interp

import "math/bits"

// words finds the cells of a few texts faster than a map does, since it is made once.
type words struct {
	entries []wordEntry // a power of two, at most half of them used
	texts   []string    // of the entries
	n       int
	seed    uint64
	shift   uint
}

// wordEntry is a text: all of it where it has at most 16 bytes, else its ends. Three
// of them lie in two lines of a processor's cache.
type wordEntry struct {
	a, b    uint64
	n, cell uint32 // cell 0: none
}

// textEnds are the length and the first and last bytes of a text: eight of each, or
// half of each, so that they are all of a text of at most 16 bytes.
type textEnds struct {
	a, b uint64
	n    uint32
}

const mostInEnds = 16

// newWords looks for a table in which every text stands where it is looked for first,
// and takes what comes near where there are many.
func newWords(cells map[string]uint32) *words {
	const tries = 64
	texts := keys(cells)
	size := 4
	for size < 2*len(texts) {
		size *= 2
	}
	var best *words
	least := len(texts) + 1
	for try := range uint64(tries) {
		if try == tries/2 && len(texts) <= tries {
			size *= 4
		}
		w := &words{entries: make([]wordEntry, size), texts: make([]string, size), n: len(texts), seed: try, shift: uint(64 - bits.TrailingZeros(uint(size)))}
		if moved := w.fill(texts, cells); moved < least {
			best, least = w, moved
		}
		if least == 0 || len(texts) > tries*tries {
			break
		}
	}
	return best
}

// fill puts the texts into the table; moved is how many found their place taken.
func (w *words) fill(texts []string, cells map[string]uint32) (moved int) {
	for _, text := range texts {
		ends := endsOf(text)
		i := ends.hash(w.seed) >> w.shift
		if w.entries[i].cell != 0 {
			moved++
		}
		for w.entries[i].cell != 0 {
			i = (i + 1) & uint64(len(w.entries)-1)
		}
		w.entries[i], w.texts[i] = wordEntry{ends.a, ends.b, ends.n, cells[text]}, text
	}
	return moved
}

// cell is the cell of a text; 0 where it is none of those known.
func (w *words) cell(text string) uint32 {
	ends := endsOf(text)
	for i := ends.hash(w.seed) >> w.shift; ; i++ {
		i &= uint64(len(w.entries) - 1)
		e := &w.entries[i]
		if e.a == ends.a && e.b == ends.b && e.n == ends.n && (len(text) <= mostInEnds || w.texts[i] == text) || e.cell == 0 {
			return e.cell
		}
	}
}

// is says whether these are some texts and their cells.
func (w *words) is(cells map[string]uint32) bool {
	for text, cell := range cells {
		if w.cell(text) != cell {
			return false
		}
	}
	return w.n == len(cells)
}

func endsOf(s string) textEnds {
	switch n := len(s); {
	case n >= 8:
		return textEnds{load64(s[:8]), load64(s[n-8:]), uint32(n)}
	case n >= 4:
		return textEnds{load32(s[:4]), load32(s[n-4:]), uint32(n)}
	case n > 0:
		return textEnds{uint64(s[0]), uint64(s[n-1])<<8 | uint64(s[n/2]), uint32(n)}
	}
	return textEnds{}
}

// hash is a number whose upper bits tell texts apart (the multiplication of
// Dietzfelbinger, STACS 1996, of each half of the ends).
func (e textEnds) hash(seed uint64) uint64 {
	return e.a*(0x9E3779B97F4A7C15+seed<<1) + (e.b+uint64(e.n))*(0xD1B54A32D192ED03-seed<<1)
}

func load64(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func load32(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}
