package match

import (
	"cmp"
	"slices"
)

// mostTries is how many places are tried for a row before it is put behind all others.
const mostTries = 64

// pack lays the rows of all levels into one another; nil where they need more cells than
// they may.
func pack(levels [][]row, most int, goOn func(work int)) []rowCell {
	var all []*row
	n := 0
	for _, level := range levels {
		for i := range level {
			all = append(all, &level[i])
			n += 1 + len(level[i].cells)
		}
	}
	if n == 0 || n > most {
		return nil
	}
	slices.SortStableFunc(all, func(r, s *row) int { return cmp.Compare(len(s.cells), len(r.cells)) })
	p := &packer{cells: make([]rowCell, 0, n)}
	for _, r := range all {
		goOn(len(r.cells) + mostTries)
		if p.place(r); p.end > most {
			return nil
		}
	}
	for i, level := range levels {
		goesTo := func(state int) uint32 {
			if i == len(levels)-1 {
				return uint32(state)
			}
			return levels[i+1][state].base
		}
		for _, r := range level {
			p.cells[r.base] = rowCell{r.base, goesTo(r.most)}
			for _, c := range r.cells {
				p.cells[r.base+c.cell] = rowCell{r.base, goesTo(c.state)}
			}
		}
	}
	return p.cells
}

// packer finds room for rows.
type packer struct {
	cells []rowCell // up to where some row may look
	later []uint32  // by cell: itself if it is free, else one behind it up to which none is
	end   int       // behind the last that is taken
	bases int       // the first that may be the base of a row: those before it are taken or were tried in vain
}

// place gives a row its base, and marks its cells.
func (p *packer) place(r *row) {
	base := p.base(r)
	for i := len(p.cells); i <= base+r.size; i++ {
		p.cells, p.later = append(p.cells, rowCell{row: noRow}), append(p.later, uint32(i))
	}
	r.base = uint32(base)
	p.take(base, r.base)
	for _, c := range r.cells {
		p.take(base+int(c.cell), r.base)
	}
}

func (p *packer) take(i int, row uint32) {
	p.cells[i].row, p.later[i] = row, uint32(i+1)
	p.end = max(p.end, i+1)
}

// free is the first free cell from i on, or the end.
func (p *packer) free(i int) int {
	for i < p.end && int(p.later[i]) != i {
		if next := int(p.later[i]); next < p.end {
			p.later[i] = p.later[next] // the next time the way is half as long
		}
		i = int(p.later[i])
	}
	return i
}

// base is the first of some free cells from which on a row finds all its cells free, or the end.
func (p *packer) base(r *row) int {
	p.bases = p.free(p.bases)
	base := p.bases
	for tries := 0; base < p.end && !p.fits(r, base); base = p.free(base + 1) {
		if tries++; tries == mostTries {
			p.bases++
			return p.end
		}
	}
	return base
}

func (p *packer) fits(r *row, base int) bool {
	for _, c := range r.cells {
		if i := base + int(c.cell); i < len(p.cells) && p.cells[i].row != noRow {
			return false
		}
	}
	return true
}
