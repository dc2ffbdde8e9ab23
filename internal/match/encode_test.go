package match

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestDecodeGivesTheIndexBack(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 8))
		domains, cubes := randomCubes(r, []int{0, 1, 64, 65, 700}[r.IntN(5)])
		x := Build(domains, cubes, nil, 1<<30, func(int) {})
		b, _ := x.AppendBinary(nil)
		y, err := Decode(b, domains, len(cubes))
		if err != nil {
			t.Fatalf("seed %d, %d cubes over %v: %s", seed, len(cubes), domains, err)
		}
		if diff := cmp.Diff(x, y, cmp.AllowUnexported(Index{}, place{}, split{}, leaf{}, shape{}, table{}, lone{}, classes{}, rowCell{}), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
	}
}

// TestDamagedIndexes changes single bytes: an index that is still read is one that
// points can be looked up in.
func TestDamagedIndexes(t *testing.T) {
	refused := 0
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 9))
		domains, cubes := randomCubes(r, []int{1, 64, 90, 700}[r.IntN(4)])
		b, _ := Build(domains, cubes, nil, 1<<30, func(int) {}).AppendBinary(nil)
		for range 400 {
			c := append([]byte(nil), b...)
			if r.IntN(10) == 0 {
				c = c[:r.IntN(len(c))]
			} else {
				c[r.IntN(len(c))] ^= 1 << r.IntN(8)
			}
			x, err := Decode(c, domains, len(cubes))
			if err != nil {
				if !errors.Is(err, ErrDamaged) {
					t.Fatal(err)
				}
				refused++
				continue
			}
			for range 5 {
				p := x.point()
				for v, d := range domains {
					p.Set(x, v, uint32(r.IntN(d+1)))
				}
				if class, ok := x.Class(p); ok && int(class) >= x.Classes() {
					t.Fatalf("class %d of %d", class, x.Classes())
				}
				for _, h := range x.FindOpen(p, x.Find(p, nil)) {
					x.Cubes(h, nil, nil)
				}
			}
		}
	}
	if refused == 0 {
		t.Error("nothing is refused")
	}
}

// TestBlockElsewhere has an index of one block that does not stand where Build puts it.
func TestBlockElsewhere(t *testing.T) {
	x := Build([]int{3}, []Cube{{{Var: 0, Cells: []Span{{1, 2}}}}, {{Var: 0, Cells: []Span{{3, 3}}}}}, nil, 1<<30, func(int) {})
	if _, ok := x.One(); !ok {
		t.Fatal("this is not one block")
	}
	x.sure = append([]uint64{3, 1 << 40}, x.sure...)
	x.maybe = append([]uint64{3, 1 << 40}, x.maybe...)
	x.leaves[0].block += 2
	b, _ := x.AppendBinary(nil)
	y, err := Decode(b, []int{3}, 2)
	if err != nil {
		return
	}
	if one, ok := y.One(); ok && one.All != 3 {
		t.Errorf("%+v", one)
	}
}
