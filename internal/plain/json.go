package plain

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON is a JSON text that means the same and is safe to be shown: what a terminal would
// obey stands in it as an escape. (Package encoding/json leaves what stands above U+001F.)
func JSON(text []byte) []byte {
	if bytes.IndexFunc(text, escaped) < 0 {
		return text
	}
	var b bytes.Buffer
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		switch {
		case !escaped(r):
			b.Write(text[:n])
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		text = text[n:]
	}
	return b.Bytes()
}

// escaped leaves what lays JSON out, and the mark of what could not be read.
func escaped(r rune) bool { return r >= 0x7f && r != utf8.RuneError && unsafe(r) }

// JSONWriter passes on JSON texts as JSON has them. Each Write is one of whole characters.
type JSONWriter struct{ W io.Writer }

// Write writes a text.
func (w JSONWriter) Write(text []byte) (int, error) {
	if _, err := w.W.Write(JSON(text)); err != nil {
		return 0, err
	}
	return len(text), nil
}
