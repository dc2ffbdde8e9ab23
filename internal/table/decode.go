package table

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decode is the text of a file, without the mark of its encoding.
func decode(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return fromUTF16(data[2:], binary.BigEndian)
	}
	if what := otherFormat(data); what != "" {
		return "", &Error{Line: 1, Message: "this is " + what + " and no CSV: save or fetch it as CSV"}
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	if i := strings.IndexByte(text, 0); i >= 0 {
		return "", &Error{Line: lineOf(text, i), Message: "there is a NUL, as in UTF-16 without its mark: save the file as UTF-8"}
	}
	if !utf8.ValidString(text) {
		return "", notUTF8(text)
	}
	return text, nil
}

// otherFormat says what a file is that people take for CSV by its name; "" where it may be CSV.
func otherFormat(data []byte) string {
	start := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 512)], []byte("\ufeff")), " \t\r\n")
	for _, f := range []struct{ begins, is string }{
		{"pk\x03\x04", "a spreadsheet or another packed file"}, {"\xd0\xcf\x11\xe0", "a spreadsheet"}, {"%pdf-", "a PDF"}, {"\x1f\x8b", "a packed file"},
		{"<!doctype html", "a web page"}, {"<html", "a web page"}, {"<head", "a web page"}, {"<body", "a web page"}, {"<meta", "a web page"}, {"<table", "a web page"},
		{"<?xml", "XML"}, {`{"`, "JSON"}, {`[{"`, "JSON"},
	} {
		if len(start) >= len(f.begins) && asciiEqualFold(start[:len(f.begins)], f.begins) {
			return f.is
		}
	}
	return ""
}

// asciiEqualFold says whether bytes, of which not all need be text, are a text in small letters but
// for capital ones.
func asciiEqualFold(data []byte, text string) bool {
	for i, b := range data {
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		if b != text[i] {
			return false
		}
	}
	return true
}

func notUTF8(text string) error {
	for i, r := range text {
		if _, size := utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && size == 1 {
			return &Error{Line: lineOf(text, i), Message: "this is no UTF-8 text: save the file as UTF-8"}
		}
	}
	return nil
}

func fromUTF16(data []byte, order binary.ByteOrder) (string, error) {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	text := string(utf16.Decode(units))
	for i := 0; i < len(units); i++ {
		switch {
		case !utf16.IsSurrogate(rune(units[i])):
			continue
		case i+1 < len(units) && utf16.DecodeRune(rune(units[i]), rune(units[i+1])) != utf8.RuneError:
			i++
		default:
			return "", &Error{Line: lineOf(text, len(string(utf16.Decode(units[:i])))), Message: "there is half of a character: save the file as UTF-8"}
		}
	}
	if len(data)%2 != 0 {
		return "", &Error{Line: lineOf(text, len(text)), Message: "the file ends within a character of UTF-16: save it as UTF-8"}
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		return "", &Error{Line: lineOf(text, i), Message: "there is a NUL: save the file as UTF-8"}
	}
	return text, nil
}

// lineOf is the line, from 1, in which an offset lies.
func lineOf(text string, offset int) int { return 1 + lineEnds(text[:offset]) }

// lineEnds counts the ends of lines in a piece of text.
func lineEnds(text string) int {
	return strings.Count(text, "\n") + strings.Count(text, "\r") - strings.Count(text, "\r\n")
}
