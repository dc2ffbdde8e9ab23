package dd

import (
	"context"
	"fmt"
	"maps"
	"math"
	"runtime"
	"slices"
)

// A Node names a diagram of one store: two diagrams of the same store are
// equal, point for point, exactly when their nodes are equal.
type Node uint32

// The two yes/no diagrams without a question; they are the leaves 0 and 1.
const (
	False Node = 0
	True  Node = 1
)

// A Leaf is what a diagram says at a point: 0 and 1 for no and yes, otherwise a
// number the caller chose.
type Leaf = int32

// Impossible is the leaf of points that cannot occur. Questions about what is
// possible (Leaves, Share, Questions, Implicant, MinimalChanges) pass over it.
const Impossible Leaf = -1

// Leaves below minLeaf are kept for the package's own use.
const (
	clash   Leaf = math.MinInt32     // two possible leaves where one was wanted
	none    Leaf = math.MinInt32 + 1 // no entry of a list has matched yet
	minLeaf Leaf = math.MinInt32 + 16
)

// DefaultBudget is the node budget of a store created with none. Such a store
// takes about 250 MB when full, and up to 650 MB while it grows.
const DefaultBudget = 4_000_000

// MostCells is the largest domain of a variable.
const MostCells = 65535

// A Store holds diagrams over one list of variables. It is not safe for
// concurrent use; Clone gives another goroutine its own.
type Store struct {
	domains []int
	budget  int
	memory  int // bytes of nodes and runs that there may be; 0: any
	nodes   []node
	runs    []run
	buckets []uint32 // 1 + the newest node of each hash class, 0 if none
	leaves  map[Leaf]Node
	memo    memo

	nextOp uint32
	ops    map[*Op]uint32
	keyed  map[string]uint32

	ctx       context.Context
	steps     uint64
	stepLimit uint64
	look      uint64 // the step at which to look whether to stop
	peak      int

	even [][]float64 // the shares of cells that count alike, once asked for
	scratch
}

// scratch is room that operations use again and again.
type scratch struct {
	tmp   []run    // the runs of the nodes being made, as a stack
	seen  []uint32 // per node: the visit that saw it last
	where []uint32 // per node: its place in that visit's order
	visit uint32
	order []Node    // of the last visit
	parts []float64 // of mass, by place in that order

	asker  *asker  // of the last Questions
	failed []int32 // of the last search for implicants
}

// node is one decision: its runs say where the cells of the variable lead.
// A leaf has the level len(domains) and keeps its number in off.
type node struct {
	level uint32
	off   uint32
	n     uint16
	says  sayings
	next  uint32 // 1 + the next older node of the same hash class
}

// sayings are the leaves that can be reached from a node, as a set.
type sayings uint8

const (
	saysNo sayings = 1 << iota
	saysYes
	saysImpossible
	saysNone
	saysClash
	saysOther
)

func sayingOf(l Leaf) sayings {
	switch l {
	case 0:
		return saysNo
	case 1:
		return saysYes
	case Impossible:
		return saysImpossible
	case none:
		return saysNone
	case clash:
		return saysClash
	}
	return saysOther
}

// says reports whether a diagram says some of the leaves somewhere.
func (s *Store) says(f Node, some sayings) bool { return s.nodes[f].says&some != 0 }

// possible reports whether a diagram is not Impossible everywhere.
func (s *Store) possible(f Node) bool { return s.says(f, ^saysImpossible) }

// run says that the cells after the previous run up to and with hi lead to to.
type run struct {
	hi uint32
	to Node
}

// New creates a store over variables with the given numbers of cells, asked in
// that order. Every operation fails with ErrBudget rather than let the store
// grow past budget nodes; a budget of 0 means DefaultBudget.
func New(domains []int, budget int) *Store {
	if budget <= 0 {
		budget = DefaultBudget
	}
	for i, n := range domains {
		if n < 1 || n > MostCells {
			panic(fmt.Sprintf("dd.New: variable %d has %d cells", i, n))
		}
	}
	s := &Store{
		domains: slices.Clone(domains),
		budget:  budget,
		buckets: make([]uint32, 1<<10),
		leaves:  map[Leaf]Node{},
		memo:    newMemo(),
		nextOp:  opFirstFree,
		ops:     map[*Op]uint32{},
		keyed:   map[string]uint32{},
	}
	s.leaf(0)
	s.leaf(1)
	return s
}

// SetBudget sets how many nodes there may be.
func (s *Store) SetBudget(nodes int) { s.budget = nodes }

// SetMemory lets every later operation fail with ErrBudget rather than let the nodes and
// their runs take more than so many bytes, their tables included; 0 lifts the limit.
func (s *Store) SetMemory(bytes int) { s.memory = bytes }

// What a node and a run take, with their share of the tables.
const (
	nodeBytes = 60
	runBytes  = 12
)

// SetContext makes every later operation stop with the context's error when it
// is done. A nil context stops nothing.
func (s *Store) SetContext(ctx context.Context) { s.ctx, s.look = ctx, s.steps }

// SetStepLimit lets later operations take n recursive steps altogether before
// they fail with ErrBudget; 0 lifts the limit. Unlike a deadline, it fails at
// the same place on every machine.
func (s *Store) SetStepLimit(n uint64) {
	s.stepLimit, s.look = 0, s.steps
	if n > 0 {
		s.stepLimit = s.steps + n
	}
}

// Vars returns the number of variables.
func (s *Store) Vars() int { return len(s.domains) }

// Domain returns the number of cells of variable v.
func (s *Store) Domain(v int) int { return s.domains[v] }

// Clone returns an independent copy in which every node keeps its name.
func (s *Store) Clone() *Store {
	c := *s
	c.nodes, c.runs, c.buckets = slices.Clone(s.nodes), slices.Clone(s.runs), slices.Clone(s.buckets)
	c.leaves, c.ops, c.keyed = maps.Clone(s.leaves), maps.Clone(s.ops), maps.Clone(s.keyed)
	c.memo.slots, c.memo.journal = slices.Clone(s.memo.slots), slices.Clone(s.memo.journal)
	c.scratch = scratch{}
	return &c
}

// Stats counts the work a store has done.
type Stats struct {
	Nodes  int    // nodes held now, leaves included
	Peak   int    // most nodes ever held
	Runs   int    // runs of cells in those nodes
	Steps  uint64 // recursive steps taken
	Hits   uint64 // steps saved because their result was remembered
	Misses uint64 // results looked for and not remembered
}

// Stats returns the counts so far. They are the same in every run of the same
// operations.
func (s *Store) Stats() Stats {
	return Stats{
		Nodes: len(s.nodes), Peak: max(s.peak, len(s.nodes)), Runs: len(s.runs),
		Steps: s.steps, Hits: s.memo.hits, Misses: s.memo.misses,
	}
}

// stepsBetweenLooks is how many steps are taken before the context is asked again:
// some tens of microseconds' worth.
const stepsBetweenLooks = 2048

// step counts a recursive step and now and then looks whether to stop.
func (s *Store) step() {
	s.steps++
	if s.steps >= s.look {
		s.lookUp()
	}
}

// lookUp fails where the store is to stop, and then again at every step after.
func (s *Store) lookUp() {
	if runtime.GOARCH == "wasm" { // nothing interrupts a goroutine there, so no timer would ever go off
		runtime.Gosched()
	}
	if s.stepLimit != 0 && s.steps > s.stepLimit {
		fail(&BudgetError{What: "steps", Limit: int(s.stepLimit)})
	}
	if s.ctx != nil {
		if err := s.ctx.Err(); err != nil {
			fail(err)
		}
	}
	s.look = s.steps + stepsBetweenLooks
	if s.stepLimit != 0 {
		s.look = min(s.look, s.stepLimit+1)
	}
}

func (s *Store) level(f Node) uint32 { return s.nodes[f].level }

func (s *Store) isLeaf(f Node) bool { return int(s.nodes[f].level) == len(s.domains) }

// leafOf returns the number of a leaf node.
func (s *Store) leafOf(f Node) Leaf { return Leaf(s.nodes[f].off) }

// leaf returns the node of a leaf.
func (s *Store) leaf(l Leaf) Node {
	if f, ok := s.leaves[l]; ok {
		return f
	}
	s.room()
	f := Node(len(s.nodes))
	s.nodes = append(s.nodes, node{level: uint32(len(s.domains)), off: uint32(l), says: sayingOf(l)})
	s.leaves[l] = f
	return f
}

// Leaf returns the diagram that says l everywhere.
func (s *Store) Leaf(l Leaf) (f Node, err error) {
	defer s.catch(&err)
	if l < minLeaf {
		failArgument("leaf %d", l)
	}
	return s.leaf(l), nil
}

func (s *Store) room() {
	if len(s.nodes) >= s.budget {
		fail(&BudgetError{What: "nodes", Limit: s.budget})
	}
	if s.memory > 0 && nodeBytes*len(s.nodes)+runBytes*len(s.runs) >= s.memory {
		fail(&BudgetError{What: "bytes", Limit: s.memory})
	}
}

// push adds a run to the node being made, whose runs begin at base.
func (s *Store) push(base int, hi uint32, to Node) {
	if n := len(s.tmp); n > base && s.tmp[n-1].to == to {
		s.tmp[n-1].hi = hi
		return
	}
	s.tmp = append(s.tmp, run{hi, to})
}

// mk takes the runs from base off the stack and returns their node.
func (s *Store) mk(level uint32, base int) Node {
	rs := s.tmp[base:]
	s.tmp = s.tmp[:base]
	if len(rs) == 1 {
		return rs[0].to
	}
	h := hashRuns(level, rs) & uint32(len(s.buckets)-1)
	for i := s.buckets[h]; i != 0; i = s.nodes[i-1].next {
		n := &s.nodes[i-1]
		if n.level == level && int(n.n) == len(rs) && slices.Equal(s.runs[n.off:n.off+uint32(n.n)], rs) {
			return Node(i - 1)
		}
	}
	s.room()
	f := Node(len(s.nodes))
	said := sayings(0)
	for _, r := range rs {
		said |= s.nodes[r.to].says
	}
	s.nodes = append(s.nodes, node{level: level, says: said, off: uint32(len(s.runs)), n: uint16(len(rs)), next: s.buckets[h]})
	s.runs = append(s.runs, rs...)
	s.buckets[h] = uint32(f) + 1
	if len(s.nodes) > len(s.buckets) {
		s.rehash()
	}
	return f
}

func hashRuns(level uint32, rs []run) uint32 {
	h := uint64(level) + 0x9E3779B97F4A7C15
	for _, r := range rs {
		h = (h ^ (uint64(r.hi)<<32 | uint64(r.to))) * 0xff51afd7ed558ccd
		h ^= h >> 29
	}
	return uint32(h >> 32)
}

// rehash doubles the table. It goes through the nodes by age so that each
// class stays ordered from new to old, which Release relies on.
func (s *Store) rehash() {
	s.buckets = make([]uint32, 2*len(s.buckets))
	for i := range s.nodes {
		n := &s.nodes[i]
		if int(n.level) == len(s.domains) {
			continue
		}
		h := hashRuns(n.level, s.runs[n.off:n.off+uint32(n.n)]) & uint32(len(s.buckets)-1)
		n.next = s.buckets[h]
		s.buckets[h] = uint32(i) + 1
	}
}

// A Mark remembers how far a store had grown.
type Mark struct{ nodes, runs int }

// Mark opens a stretch of work whose nodes are to be given up again: a server
// marks, answers one case and releases. Marks may nest.
func (s *Store) Mark() Mark {
	s.memo.marks++
	return Mark{len(s.nodes), len(s.runs)}
}

// Release gives up every node made since the mark; none of them may be used
// afterwards. Each mark is released once, the newest first.
func (s *Store) Release(m Mark) {
	s.peak = max(s.peak, len(s.nodes))
	for i := len(s.nodes) - 1; i >= m.nodes; i-- {
		n := &s.nodes[i]
		if int(n.level) == len(s.domains) {
			delete(s.leaves, Leaf(n.off))
			continue
		}
		h := hashRuns(n.level, s.runs[n.off:n.off+uint32(n.n)]) & uint32(len(s.buckets)-1)
		s.buckets[h] = n.next
	}
	s.nodes, s.runs = s.nodes[:m.nodes], s.runs[:m.runs]
	s.memo.forget()
	s.memo.marks--
}

// kids returns the runs of a node. The slice stays valid while the store
// grows, since nodes never change.
func (s *Store) kids(f Node) []run {
	n := s.nodes[f]
	end := n.off + uint32(n.n)
	return s.runs[n.off:end:end]
}

// child returns where a cell leads.
func (s *Store) child(f Node, cell uint32) Node {
	rs := s.kids(f)
	if rs[0].hi >= cell {
		return rs[0].to
	}
	lo, hi := 1, len(rs)-1
	for lo < hi {
		mid := (lo + hi) / 2
		if rs[mid].hi < cell {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return rs[lo].to
}
