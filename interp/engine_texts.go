package interp

import (
	"hash/maphash"
	"math/bits"
	"math/rand/v2"
	"unsafe"
)

// words finds the cells of a few texts faster than a map does, since it is made once.
type words struct {
	entries []wordEntry // a power of two, at most half of them used
	texts   []string    // of the entries
	n       int
	keys    [2]uint64    // of the hash of short texts, drawn anew for every table,
	seed    maphash.Seed // and of that of long ones
	shift   uint
}

// wordEntry is a text: all of it where it has at most 16 bytes, else its ends. Three
// of them lie in two lines of a processor's cache.
type wordEntry struct {
	ends
	n, cell uint32 // cell 0: none
}

const mostInEnds = 16

// Who writes the texts does not know the keys, and cannot make them stand in one another's way.
//
// newWords looks for a table in which every text stands where it is looked for first,
// and takes what comes near where there are many: the first in which none stands far away, as
// some keys put texts that are much alike side by side.
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
		w.keys, w.seed = [2]uint64{rand.Uint64(), rand.Uint64()}, maphash.MakeSeed()
		moved, furthest := w.fill(texts, cells)
		if moved < least {
			best, least = w, moved
		}
		if least == 0 || len(texts) > tries*tries && furthest <= 5*bits.TrailingZeros(uint(size)) {
			best = w
			break
		}
	}
	return best
}

// fill puts the texts into the table; moved is how many found their place taken, and furthest
// how many places one of them stands behind it.
func (w *words) fill(texts []string, cells map[string]uint32) (moved, furthest int) {
	for _, text := range texts {
		e := endsOf(text)
		first := w.firstOf(text, e)
		i := w.place(text, e, first)
		if i != first {
			moved++
			furthest = max(furthest, int((i-first)&uint64(len(w.entries)-1)))
		}
		w.entries[i], w.texts[i] = wordEntry{e, uint32(len(text)), cells[text]}, text
	}
	return moved, furthest
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
	if len(text) > mostInEnds {
		return w.later(text, e, w.firstOf(text, e))
	}
	first := w.first(e, len(text))
	if at := &w.entries[first]; at.ends == e && at.n == uint32(len(text)) {
		return at.cell
	}
	return w.later(text, e, first)
}

// later is the cell of a text that may stand behind where it is looked for first.
func (w *words) later(text string, e ends, first uint64) uint32 {
	return w.entries[w.place(text, e, first)].cell
}

// first is where a text of at most 16 bytes is looked for first. The hash is a multiplication of its
// ends, each mixed with a key, of which both halves count (as in Wang Yi's wyhash).
func (w *words) first(e ends, n int) uint64 {
	high, low := bits.Mul64(e.a^w.keys[0], (e.b+uint64(n))^w.keys[1])
	return (high ^ low) >> (w.shift & 63)
}

// firstOf is where any text is looked for first: of a long one all bytes count.
func (w *words) firstOf(text string, e ends) uint64 {
	if len(text) > mostInEnds {
		return maphash.String(w.seed, text) >> (w.shift & 63)
	}
	return w.first(e, len(text))
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

// ends are the first and the last eight bytes of a text. Two texts of one length, of at most
// 16 bytes, are equal if their ends are; of longer ones the rest is compared too. They are
// read without asking how long the text is, as far as possible: a branch on that, which no
// processor can predict, would take longer than the reading.
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

// longEnds are the ends of a text of at least 4 bytes. Each is read as two words of 4 bytes,
// which overlap where the text has less than 8.
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
