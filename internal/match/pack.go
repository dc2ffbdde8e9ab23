package match

import (
	"cmp"
	"slices"
)

// mostTries is how many places are tried for a row before it is put behind all others.
const mostTries = 64

// pack lays the rows of all levels into one another; nil where they need more cells than
// they may.
func pack(levels [][]row, most int) []rowCell {
	var all []*row
	n := 0
	for _, level := range levels {
		for i := range level {
			all = append(all, &level[i])
			n += 1 + len(level[i].cells)
		}
	}
	if n > most {
		return nil
	}
	slices.SortStableFunc(all, func(r, s *row) int { return cmp.Compare(len(s.cells), len(r.cells)) })
	p := &packer{cells: make([]rowCell, 0, n)}
	for _, r := range all {
		if p.place(r); p.end > 2*most {
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
	end   int       // behind the last that is taken
	bases int       // the first that may be the base of a row: those before it are taken or were tried in vain
}

// place gives a row its base, and marks its cells.
func (p *packer) place(r *row) {
	base := p.base(r)
	if more := base + r.size + 1 - len(p.cells); more > 0 {
		p.cells = append(p.cells, slices.Repeat([]rowCell{{row: noRow}}, more)...)
	}
	r.base = uint32(base)
	p.take(base, r.base)
	for _, c := range r.cells {
		p.take(base+int(c.cell), r.base)
	}
}

func (p *packer) take(i int, row uint32) {
	p.cells[i].row = row
	p.end = max(p.end, i+1)
}

// base is the first of some free cells from which on a row finds all its cells free, or the end.
func (p *packer) base(r *row) int {
	for p.bases < p.end && p.cells[p.bases].row != noRow {
		p.bases++
	}
	tries := 0
	for base := p.bases; base < p.end; base++ {
		if p.cells[base].row != noRow {
			continue
		}
		if p.fits(r, base) {
			return base
		}
		if tries++; tries == mostTries {
			p.bases++
			break
		}
	}
	return p.end
}

func (p *packer) fits(r *row, base int) bool {
	for _, c := range r.cells {
		if i := base + int(c.cell); i < len(p.cells) && p.cells[i].row != noRow {
			return false
		}
	}
	return true
}
