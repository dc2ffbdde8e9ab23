package book

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// mostLevels is how deep the elements of a part may stand within one another: what reads XML keeps
// each that is open, and a few bytes of a packed file unpack to millions.
const mostLevels = 100

// bounded refuses a packed file that unpacks to too much, or whose XML goes too deep.
func bounded(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("it is no spreadsheet (.xlsx): %w", err)
	}
	left := uint64(mostUnpacked)
	for _, f := range z.File {
		if f.UncompressedSize64 > left {
			return fmt.Errorf("it unpacks to more than %d MiB: save the sheet as CSV", mostUnpacked>>20)
		}
		left -= f.UncompressedSize64
		r, err := f.Open()
		if err != nil {
			return fmt.Errorf("the spreadsheet is damaged: %w", err)
		}
		text, err := io.ReadAll(r) // which gives no more than that size
		r.Close()
		if err != nil {
			return fmt.Errorf("the spreadsheet is damaged: %w", err)
		}
		if levels(text) > mostLevels {
			return errors.New("the spreadsheet is damaged: the elements of " + short(f.Name) + " stand too deep within one another")
		}
	}
	return nil
}

// levels is how deep the elements of an XML text stand within one another, as far as it is XML; one
// more than may be is enough.
func levels(text []byte) (most int) {
	depth := 0
	for most <= mostLevels {
		open := bytes.IndexByte(text, '<')
		if open < 0 {
			return most
		}
		text = text[open+1:]
		switch {
		case bytes.HasPrefix(text, []byte("!--")):
			text = behind(text, "-->")
		case bytes.HasPrefix(text, []byte("![CDATA[")):
			text = behind(text, "]]>")
		case bytes.HasPrefix(text, []byte("?")):
			text = behind(text, "?>")
		case bytes.HasPrefix(text, []byte("/")):
			depth--
		case !bytes.HasPrefix(text, []byte("!")):
			var closed bool
			if text, closed = tag(text); !closed {
				depth++
				most = max(most, depth)
			}
		}
	}
	return most
}

// behind is what follows some text.
func behind(text []byte, end string) []byte {
	if i := bytes.Index(text, []byte(end)); i >= 0 {
		return text[i+len(end):]
	}
	return nil
}

// tag goes behind a start tag, and says whether it is that of an empty element.
func tag(text []byte) (rest []byte, closed bool) {
	var quote byte
	for i, c := range text {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return text[i+1:], i > 0 && text[i-1] == '/'
		}
	}
	return nil, false
}
