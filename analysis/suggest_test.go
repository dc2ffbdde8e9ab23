package analysis

import (
	"context"
	"math/bits"
	"math/rand/v2"
	"testing"
)

// The cover is as small as any.
func TestFewest(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		n := 1 + r.IntN(8)
		var rs []region
		all := uint64(0)
		for range 1 + r.IntN(9) {
			kills := r.Uint64() & r.Uint64() & (1<<n - 1)
			if kills != 0 {
				rs = append(rs, region{kills: kills})
				all |= kills
			}
		}
		if all == 0 {
			continue
		}
		least := len(rs)
		for set := uint(0); set < 1<<len(rs); set++ {
			covered := uint64(0)
			for i := range rs {
				if set&(1<<i) != 0 {
					covered |= rs[i].kills
				}
			}
			if covered == all {
				least = min(least, bits.OnesCount(set))
			}
		}
		got := uint64(0)
		cover := fewest(context.Background(), maximal(rs))
		for _, x := range cover {
			got |= x.kills
		}
		if got != all || len(cover) != least {
			t.Errorf("seed %d: %d regions show %b of %b, want %d", seed, len(cover), got, all, least)
		}
	}
}
