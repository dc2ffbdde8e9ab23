package dd

// slab hands out zeroed slices from large pieces of memory, which it keeps.
type slab[T any] struct {
	pieces   [][]T
	at, used int // the piece that is handed out, and how much of it
}

func (s *slab[T]) take(n int) []T {
	for ; s.at < len(s.pieces); s.at, s.used = s.at+1, 0 {
		if piece := s.pieces[s.at]; s.used+n <= len(piece) {
			s.used += n
			return piece[s.used-n : s.used : s.used]
		}
	}
	s.pieces = append(s.pieces, make([]T, max(n, 512)))
	s.used = n
	return s.pieces[s.at][:n:n]
}

func (s *slab[T]) reset() {
	for i := range min(s.at+1, len(s.pieces)) {
		clear(s.pieces[i])
	}
	s.at, s.used = 0, 0
}

// room is how many the slab has room for without more memory.
func (s *slab[T]) room() (n int) {
	for _, piece := range s.pieces {
		n += len(piece)
	}
	return n
}
