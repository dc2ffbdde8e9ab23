package interp

import "math/bits"

// words finds the cells of a few texts faster than a map does, since it is made once.
type words struct {
	entries []wordEntry // a power of two, at most half of them used
	shift   uint
}

type wordEntry struct {
	text string
	cell uint32 // 0: none
}

func newWords(cells map[string]uint32) *words {
	n := 4
	for n < 2*len(cells) {
		n *= 2
	}
	w := &words{entries: make([]wordEntry, n), shift: uint(64 - bits.TrailingZeros(uint(n)))}
	for _, text := range keys(cells) {
		i := hashText(text) >> w.shift
		for w.entries[i].cell != 0 {
			i = (i + 1) & uint64(n-1)
		}
		w.entries[i] = wordEntry{text, cells[text]}
	}
	return w
}

// cell is the cell of a text; 0 where it is none of those known.
func (w *words) cell(text string) uint32 {
	for i := hashText(text) >> w.shift; ; i = (i + 1) & uint64(len(w.entries)-1) {
		if e := &w.entries[i]; e.cell == 0 || e.text == text {
			return e.cell
		}
	}
}

// hashText looks at the ends of a text: sixteen bytes at most.
func hashText(s string) uint64 {
	var a, b uint64
	switch n := len(s); {
	case n >= 8:
		a, b = load64(s[:8]), load64(s[n-8:])
	case n >= 4:
		a, b = load32(s[:4]), load32(s[n-4:])
	case n > 0:
		a, b = uint64(s[0]), uint64(s[n-1])<<8|uint64(s[n/2])
	}
	hi, lo := bits.Mul64(a^0x9E3779B97F4A7C15, b^uint64(len(s))<<56^0xD1B54A32D192ED03)
	return (hi ^ lo) * 0x9E3779B97F4A7C15
}

func load64(s string) uint64 { return load32(s[:4]) | load32(s[4:8])<<32 }

func load32(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}
