package dd

// memo remembers results of recursive operations: a table addressed by hash
// in which a newer entry overwrites an older one in the same slot. It forgets
// now and then, but costs no allocation and grows with the store.
type memo struct {
	slots   []entry
	mask    uint32
	filled  int
	limit   int // most slots it may grow to
	hits    uint64
	misses  uint64
	journal []uint32 // slots written since the oldest open mark
	marks   int      // open marks
	stale   bool     // the table grew since the mark: the journal is useless
}

type entry struct{ op, a, b, c, res uint32 }

const (
	memoStart = 1 << 10
	memoMost  = 1 << 22
)

func newMemo() memo {
	return memo{slots: make([]entry, memoStart), mask: memoStart - 1, limit: memoMost}
}

func mix(op, a, b, c uint32) uint32 {
	h := (uint64(a)+0x9E3779B97F4A7C15)*0xff51afd7ed558ccd ^ uint64(b)*0xc4ceb9fe1a85ec53 ^
		uint64(c)*0x9FB21C651E98DF25 ^ uint64(op)*0xD6E8FEB86659FD93
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return uint32(h >> 32)
}

func (m *memo) get(op uint32, a, b, c Node) (Node, bool) {
	e := &m.slots[mix(op, uint32(a), uint32(b), uint32(c))&m.mask]
	if e.op == op && e.a == uint32(a) && e.b == uint32(b) && e.c == uint32(c) {
		m.hits++
		return Node(e.res), true
	}
	m.misses++
	return 0, false
}

func (m *memo) put(op uint32, a, b, c, res Node) {
	if m.filled > len(m.slots)*3/4 && len(m.slots) < m.limit {
		m.grow()
	}
	i := mix(op, uint32(a), uint32(b), uint32(c)) & m.mask
	if m.slots[i].op == 0 {
		m.filled++
	}
	m.slots[i] = entry{op, uint32(a), uint32(b), uint32(c), uint32(res)}
	if m.marks > 0 && !m.stale {
		m.journal = append(m.journal, i)
		m.stale = len(m.journal) > len(m.slots)
	}
}

func (m *memo) grow() {
	old := m.slots
	m.slots = make([]entry, 4*len(old))
	m.mask = uint32(len(m.slots) - 1)
	m.filled = 0
	for _, e := range old {
		if e.op != 0 {
			i := mix(e.op, e.a, e.b, e.c) & m.mask
			if m.slots[i].op == 0 {
				m.filled++
			}
			m.slots[i] = e
		}
	}
	m.stale = m.marks > 0
}

// forget drops what was remembered since the oldest open mark.
func (m *memo) forget() {
	if m.stale || len(m.journal) > len(m.slots)/2 {
		clear(m.slots)
		m.filled = 0
	} else {
		for _, i := range m.journal {
			if m.slots[i].op != 0 {
				m.slots[i] = entry{}
				m.filled--
			}
		}
	}
	m.journal = m.journal[:0]
	m.stale = false
}
