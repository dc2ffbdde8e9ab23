package interp

import "math/bits"

// words finds the cells of a few texts faster than a map does, since it is made once.
type words struct {
	entries []wordEntry // a power of two, at most half of them used
	texts   []string    // of the entries
	n       int
	keys    [2]uint64 // of the hash
	shift   uint
}

// wordEntry is a text: all of it where it has at most 16 bytes, else its ends. Three
// of them lie in two lines of a processor's cache.
type wordEntry struct {
	a, b    uint64
	n, cell uint32 // cell 0: none
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
		w := &words{entries: make([]wordEntry, size), texts: make([]string, size), n: len(texts), shift: uint(64 - bits.TrailingZeros(uint(size)))}
		w.keys = [2]uint64{0x9E3779B97F4A7C15 + try<<1, 0xD1B54A32D192ED03 - try<<1}
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
		i, first, e := w.find(text)
		if i != first {
			moved++
		}
		e.cell = cells[text]
		w.entries[i], w.texts[i] = e, text
	}
	return moved
}

// cell is the cell of a text; 0 where it is none of those known.
func (w *words) cell(text string) uint32 {
	i, _, _ := w.find(text)
	return w.entries[i].cell
}

// find is the place of a text, or where there is none the free place for it; the place that
// it is looked for first; and its entry, without a cell. Its ends are the first and last eight bytes,
// or half of eight, so that they are all of a text of at most 16 bytes. Their hash is that of
// Dietzfelbinger (STACS 1996), a multiplication of each.
func (w *words) find(text string) (i, first uint64, e wordEntry) {
	switch n := len(text); {
	case n >= 8:
		e.a, e.b = load64(text[:8]), load64(text[n-8:])
	case n >= 4:
		e.a, e.b = load32(text[:4]), load32(text[n-4:])
	case n > 0:
		e.a, e.b = uint64(text[0]), uint64(text[n-1])<<8|uint64(text[n/2])
	}
	e.n = uint32(len(text))
	first = (e.a*w.keys[0] + (e.b+uint64(e.n))*w.keys[1]) >> w.shift
	for i = first; ; i = (i + 1) & uint64(len(w.entries)-1) {
		at := &w.entries[i]
		if at.a == e.a && at.b == e.b && at.n == e.n && (e.n <= mostInEnds || w.texts[i] == text) || at.cell == 0 {
			return i, first, e
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

func load64(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func load32(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}
