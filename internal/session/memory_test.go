package session

import (
	"fmt"
	"runtime"
	"testing"
)

// held is how many bytes are reachable.
func held() int {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// TestMemoryOfWhatIsTyped types terms, rules and facts: what undo keeps of each is small.
func TestMemoryOfWhatIsTyped(t *testing.T) {
	for _, tt := range []struct {
		name    string
		input   func(i int) string
		n, most int // most bytes for each
	}{
		{"terms", func(i int) string { return fmt.Sprintf("term T%d of Item: payload > %d kg", i, i) }, 100, 20_000},
		{"rules", func(i int) string { return fmt.Sprintf("r%d: deny CategoryI when item.payload > %d kg", i, i) }, 100, 20_000},
		{"a rule typed again", func(i int) string { return fmt.Sprintf("r: deny CategoryI when item.payload > %d kg", i) }, 100, 10_000},
		{"facts", func(i int) string { return fmt.Sprintf("item.payload = %d kg", i) }, 2000, 5_000},
		{"questions", func(i int) string { return fmt.Sprintf("what if item.payload = %d kg", i) }, 200, 5_000},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSession(t, Options{})
			tell(t, s, "item is CategoryI, recipient = FR")
			for i := range 10 {
				tell(t, s, tt.input(i))
			}
			before, was := held(), s.now.prog
			for i := range tt.n {
				tell(t, s, tt.input(10+i))
			}
			// What the program itself has grown by is not kept for each.
			grown := held() - before
			if s.now.prog != was {
				tell(t, s, "undo", "undo", "undo")
			}
			t.Logf("%d bytes for each", grown/tt.n)
			if grown/tt.n > tt.most {
				t.Errorf("%d bytes are kept of each of %d, more than %d", grown/tt.n, tt.n, tt.most)
			}
			tell(t, s, "undo")
		})
	}
}

// TestMemoryOfALongSession types 10,000 inputs of every kind, 300 rules among them: less
// than 200 MB are held at the end, all of which can still be undone.
func TestMemoryOfALongSession(t *testing.T) {
	const inputs, rules, most = 10_000, 300, 200 << 20
	if testing.Short() {
		t.Skip("takes long")
	}
	s := newSession(t, Options{})
	tell(t, s, "item is CategoryI, recipient = FR")
	before := held()
	for i := range inputs {
		switch {
		case i%(inputs/rules) == 0:
			tell(t, s, fmt.Sprintf("r%d: deny CategoryI when item.payload > %d kg", i, i))
		case i%50 == 1:
			tell(t, s, "why")
		case i%20 == 3:
			tell(t, s, fmt.Sprintf("what if item.payload = %d kg", i))
		default:
			tell(t, s, fmt.Sprintf("item.payload = %d kg", i))
		}
	}
	grown := held() - before
	t.Logf("%.1f MB are held after %d inputs", float64(grown)/1e6, inputs)
	if grown > most {
		t.Errorf("%d bytes are held after %d inputs, more than %d", grown, inputs, most)
	}
	tell(t, s, "undo")
}
