package lang

import (
	"sort"
	"strings"
)

// remarks are the comments of a file by the token they belong to: the one they
// stand behind on its line, else the one that follows.
type remarks struct {
	text   string
	tokens []token
	of     map[int]*hanging // by the token's index
	marked []int            // the tokens with comments, in order
	done   map[int]bool     // those that have been printed
}

// newRemarks reads the tokens of a file again: the tree keeps none.
func newRemarks(f *File) *remarks {
	if f.Source == nil || f.Source.Text == "" {
		return nil
	}
	s := scan(f.Source, &problems{source: f.Source})
	r := &remarks{text: s.text, tokens: s.tokens, of: map[int]*hanging{}, done: map[int]bool{}}
	t := 0
	for i, c := range s.comments {
		for s.tokens[t].start < c.Start && s.tokens[t].kind != eofToken {
			t++
		}
		below := s.tokens[t].start
		if i+1 < len(s.comments) {
			below = min(below, s.comments[i+1].Start)
		}
		r.hang(c, t, below)
	}
	return r
}

// hang gives a comment to token t, the first one behind it, or to the one
// before. The next comment or token begins at below.
func (r *remarks) hang(c Span, t int, below uint32) {
	words := strings.TrimRight(r.text[c.Start:c.End], " \t\v\f")
	if t > 0 && !hasLineBreak(r.text[r.tokens[t-1].end:c.Start]) {
		r.at(t - 1).behind = words
		return
	}
	h := r.at(t)
	h.before = append(h.before, comment{text: words, blank: r.blankAbove(c.Start)})
	h.blankAfter = lineBreaks(r.text[c.End:below]) > 1
}

func (r *remarks) at(t int) *hanging {
	h := r.of[t]
	if h == nil {
		h = &hanging{}
		r.of[t] = h
		r.marked = append(r.marked, t)
	}
	return h
}

// blankAbove says whether an empty line stands above the line of an offset.
func (r *remarks) blankAbove(offset uint32) bool {
	breaks := 0
	for i := int(offset) - 1; i >= 0; i-- {
		switch r.text[i] {
		case '\n':
			breaks++
		case '\r':
			if r.text[i+1] != '\n' {
				breaks++
			}
		case ' ', '\t', '\v', '\f':
		default:
			return breaks > 1
		}
	}
	return false // the beginning of the file
}

// index is the token at an offset, or the first one behind it.
func (r *remarks) index(offset uint32) int {
	return sort.Search(len(r.tokens)-1, func(i int) bool { return r.tokens[i].start >= offset })
}

// blankBefore says whether the author left an empty line above the token at an
// offset, or above the comments over it.
func (r *remarks) blankBefore(offset uint32) bool {
	if r == nil {
		return false
	}
	if h := r.of[r.index(offset)]; h != nil && len(h.before) > 0 {
		return h.before[0].blank
	}
	return r.blankAbove(offset)
}

// forgotten are the comments of a span that have not been printed, since the
// word they hung on was not needed: the second `given` of a test, say.
func (r *remarks) forgotten(span Span) []comment {
	if r == nil {
		return nil
	}
	var list []comment
	for i := sort.SearchInts(r.marked, r.index(span.Start)); i < len(r.marked); i++ {
		t := r.marked[i]
		if r.tokens[t].start >= span.End {
			break
		}
		if r.done[t] {
			continue
		}
		r.done[t] = true
		list = append(list, r.of[t].before...)
		if behind := r.of[t].behind; behind != "" {
			list = append(list, comment{text: behind})
		}
	}
	return list
}
