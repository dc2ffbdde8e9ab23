package interp

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWordsAreAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := map[string]uint32{}
		texts := rapid.SliceOfN(rapid.OneOf(rapid.StringMatching(`[ab]{0,20}`), rapid.String(), rapid.StringMatching(`x{8}[ab]{0,3}x{8}`)), 0, 60).Draw(t, "texts")
		for i, s := range texts {
			m[s] = uint32(i + 1)
		}
		w := newWords(m)
		more := rapid.SliceOf(rapid.StringMatching(`[ab]{0,20}`)).Draw(t, "others")
		for _, s := range append(append(texts, more...), "", "a", strings.Repeat("x", 40)) {
			if got := w.cell(s); got != m[s] {
				t.Fatalf("%q is %d, not %d", s, got, m[s])
			}
		}
	})
}

// TestWordsStandWhereTheyAreLookedFor holds of texts that are alike in length, head and tail, or
// but for the last bytes of their halves, that none stands far from where it is looked for first.
func TestWordsStandWhereTheyAreLookedFor(t *testing.T) {
	for name, text := range map[string]func(i int) string{
		"codes": func(i int) string { return fmt.Sprintf("%d%c%03d", i%10, 'A'+rune(i/10%5), i/50) },
		"long":  func(i int) string { return fmt.Sprintf("Trading Company %06d Limited Liability", i) },
		"tails": func(i int) string { return fmt.Sprintf("%08d Trading Company", i) },
		"halves": func(i int) string {
			return "aaaaaaa" + string(rune('!'+i%90)) + "aaaaaaa" + string(rune('!'+i/90))
		},
	} {
		m := map[string]uint32{}
		for i := range 5000 {
			m[text(i)] = uint32(i + 1)
		}
		w := newWords(m)
		longest := 0
		for text := range m {
			first := w.firstOf(text, endsOf(text))
			i := w.place(text, endsOf(text), first)
			longest = max(longest, (int(i)-int(first)+len(w.entries))%len(w.entries))
		}
		if longest > 70 {
			t.Errorf("%s: some text stands %d places from where it is looked for", name, longest)
		}
	}
}

// TestWordsReadEveryByte takes no text for another that differs from it in one byte, or in
// how often the same byte stands there.
func TestWordsReadEveryByte(t *testing.T) {
	for n := range 40 {
		text := strings.Repeat("x", n)
		w := newWords(map[string]uint32{text: 1})
		for other := range 40 {
			if found := w.cell(strings.Repeat("x", other)) == 1; found != (n == other) {
				t.Errorf("among those of %d bytes a text of %d is found: %v", n, other, found)
			}
		}
		for i := range n {
			other := []byte(text)
			other[i] = 'y'
			if w.cell(string(other)) != 0 {
				t.Errorf("of %d bytes number %d is not read", n, i)
			}
		}
	}
}

// BenchmarkWords finds the cells of four texts of a case, in an order that no processor can guess.
func BenchmarkWords(b *testing.B) {
	lists := [][]string{{"I", "II", "none"}, {"missile", "space_launch_vehicle", "sounding_rocket", "uav", "component", "technology"},
		{"military", "wmd", "space_launch", "scientific", "civil"}, {"IR", "KP", "SY", "CU", "BY", "AE", "SA", "IL", "CN", "KZ", "US", "JP"}}
	r := rand.New(rand.NewPCG(1, 1))
	tables := make([]*words, len(lists))
	cases := make([][4]string, 100_000)
	for j, list := range lists {
		cells := map[string]uint32{}
		for i, text := range list {
			cells[text] = uint32(i + 1)
		}
		tables[j] = newWords(cells)
		for i := range cases {
			cases[i][j] = list[r.IntN(len(list))]
		}
	}
	sum := uint32(0)
	for i := 0; b.Loop(); i++ {
		for j, w := range tables {
			sum += w.cell(cases[i%len(cases)][j])
		}
	}
	if sum == 0 {
		b.Error("no text is known")
	}
}
