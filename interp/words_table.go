package interp

import (
	"math/bits"
	"unsafe"
)

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
	ends
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
		e := endsOf(text)
		first := w.first(e, len(text))
		i := w.place(text, e, first)
		if i != first {
			moved++
		}
		w.entries[i], w.texts[i] = wordEntry{e, uint32(len(text)), cells[text]}, text
	}
	return moved
}

// cell is the cell of a text; 0 where it is none of those known. It is endsOf and place
// without a call, for texts that stand where they are looked for first.
func (w *words) cell(text string) uint32 {
	var e ends
	switch n := len(text); {
	case n >= 4:
		e = longEnds(text)
	case n > 0:
		e = shortEnds(text)
	}
	first := w.first(e, len(text))
	if at := &w.entries[first]; at.ends == e && at.n == uint32(len(text)) && len(text) <= mostInEnds {
		return at.cell
	}
	return w.entries[w.place(text, e, first)].cell
}

// first is where a text is looked for first. The hash is that of Dietzfelbinger (STACS 1996),
// a multiplication of each of the ends.
func (w *words) first(e ends, n int) uint64 {
	return (e.a*w.keys[0] + (e.b+uint64(n))*w.keys[1]) >> (w.shift & 63)
}

// place is where a text stands, or where there is none the free place for it.
func (w *words) place(text string, e ends, first uint64) uint64 {
	for i := first; ; i = (i + 1) & uint64(len(w.entries)-1) {
		at := &w.entries[i]
		if at.ends == e && at.n == uint32(len(text)) && (len(text) <= mostInEnds || w.texts[i] == text) || at.cell == 0 {
			return i
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

// ends are the first and last eight bytes of a text, so that they and its length are all of
// a text of at most 16 bytes. How long it is, which is as good as random, is hardly asked.
type ends struct{ a, b uint64 }

func endsOf(text string) (e ends) {
	switch n := len(text); {
	case n >= 4:
		return longEnds(text)
	case n > 0:
		return shortEnds(text)
	}
	return ends{}
}

// longEnds are those of at least 4 bytes: four times 4 of them, which are twice the same
// where there are less than 8.
func longEnds(text string) ends {
	n := len(text)
	next := (7 - n) >> (bits.UintSize - 1) & 4
	first, last := unsafe.Pointer(unsafe.StringData(text)), unsafe.Add(unsafe.Pointer(unsafe.StringData(text)), n-4)
	return ends{four(first) | four(unsafe.Add(first, next))<<32, four(last) | four(unsafe.Add(last, -next))<<32}
}

func four(at unsafe.Pointer) uint64 { return uint64(*(*uint32)(at)) }

// shortEnds are those of 1 to 3 bytes.
func shortEnds(text string) ends {
	return ends{uint64(text[0]), uint64(text[len(text)-1])<<8 | uint64(text[len(text)/2])}
}
