package interp

import (
	"encoding/binary"

	"github.com/ctl-lang/ctl/internal/num"
)

func putText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func putInt[N ~int32 | ~uint32 | ~int](b []byte, n N) []byte { return binary.AppendVarint(b, int64(n)) }

func putBool(b []byte, v bool) []byte {
	if v {
		return append(b, 1)
	}
	return append(b, 0)
}

func putList[T any](b []byte, list []T, put func([]byte, T) []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, x := range list {
		b = put(b, x)
	}
	return b
}

// packedReader reads what the put functions wrote. After the end it reads zeros, and is short.
type packedReader struct {
	b     []byte
	short bool
}

func (r *packedReader) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.short, r.b = true, nil
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *packedReader) uint() uint64 { return number(r, binary.Uvarint) }
func (r *packedReader) int() int64   { return number(r, binary.Varint) }

func number[N int64 | uint64](r *packedReader, read func([]byte) (N, int)) N {
	v, n := read(r.b)
	if n <= 0 {
		r.short, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *packedReader) text() string {
	n := r.uint()
	if n > uint64(len(r.b)) {
		r.short, r.b = true, nil
		return ""
	}
	return string(r.take(int(n)))
}

func getList[T any](r *packedReader, get func(*packedReader) T) []T {
	n := r.uint()
	if n > uint64(len(r.b)) { // every element has a byte at least
		r.short, r.b = true, nil
		return nil
	}
	out := make([]T, 0, n)
	for range n {
		out = append(out, get(r))
	}
	return out
}

func getDate(r *packedReader) num.Date   { return num.Date(r.int()) }
func getInt32(r *packedReader) int32     { return int32(r.int()) }
func getUint32(r *packedReader) uint32   { return uint32(r.int()) }
func getBytes(r *packedReader) []byte    { return []byte(r.text()) }
func putBytes(b []byte, x []byte) []byte { return putText(b, string(x)) }
