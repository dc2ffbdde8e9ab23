package match

import (
	"encoding/binary"
	"slices"
)

// classes tells in which class a point lies, the points of a class lying in the same
// cubes, by a look or two for each place of a point: a decision diagram
// with a level for each place. A node of it stands for the cubes that are still
// possible, and its row says for every cell which row comes next.
//
// Most cells of a row lead to where most others do. A row holds only those that do not,
// and rows are laid into one another, each cell with the row it belongs to, as the
// tables of LR parsers are (Tarjan and Yao, Storing a Sparse Table, CACM 1979). Where the
// others lead to stands in the place of the unknown cell.
type classes struct {
	order []uint32 // the places of a point, in the order of the levels
	root  uint32
	cells []rowCell
	n     uint32 // classes
}

// rowCell is what stands at the sum of a row and a cell: which row it belongs to, and the
// next row, or on the last level the class.
type rowCell struct{ row, next uint32 }

// noRow stands where no row has a cell.
const noRow = ^uint32(0)

// Classes is how many classes the points all of whose cells are known fall into, those
// of a class having the same hits; 0 where the index does not tell them apart.
func (x *Index) Classes() int { return int(x.classes.n) }

// Class is the class of a point all of whose cells are known; not ok where there is none.
func (x *Index) Class(p Point) (class uint32, ok bool) {
	cells, at := x.classes.cells, x.classes.root
	for _, place := range x.classes.order {
		i := uint64(at) + uint64(p[place])
		if i >= uint64(len(cells)) {
			return 0, false
		}
		if cell := &cells[i]; cell.row == at {
			at = cell.next
		} else {
			at = cells[at].next
		}
	}
	return at, at < x.classes.n
}

func (c *classes) appendBinary(b []byte) []byte {
	u32 := binary.LittleEndian.AppendUint32
	b = u32(u32(b, c.root), c.n)
	b = u32(b, uint32(len(c.order)))
	for _, at := range c.order {
		b = u32(b, at)
	}
	b = u32(b, uint32(len(c.cells)))
	for _, cell := range c.cells {
		b = u32(u32(b, cell.row), cell.next)
	}
	return b
}

func readClasses(r *reader) (c classes) {
	c.root, c.n = r.u32(), r.u32()
	c.order = list[uint32](r, 4)
	for i := range c.order {
		c.order[i] = r.u32()
	}
	c.cells = list[rowCell](r, 8)
	for i := range c.cells {
		c.cells[i] = rowCell{r.u32(), r.u32()}
	}
	return c
}

// sound says whether looking for a class asks for places that points have, and ends in no
// more classes than there is room for. Where rows lead is looked at on the way.
func (c *classes) sound(width int) bool {
	return int64(c.n) <= int64(len(c.cells)) && !slices.ContainsFunc(c.order, func(at uint32) bool { return int64(at) >= int64(width) })
}
