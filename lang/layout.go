package lang

import (
	"strings"
	"unicode/utf8"
)

// lineWidth is how many columns a line of formatted text should keep to.
const lineWidth = 100

// layout lays out a list of pieces: texts, places where a line may break, and
// groups, which stand on one line if they fit and otherwise break everywhere
// they may (after Oppen, "Prettyprinting", 1980). Comments hang on texts: one
// before a text stands on lines of its own, one behind it ends its line.
type layout struct {
	pieces []piece
}

type pieceKind uint8

const (
	textPiece   pieceKind = iota
	spacePiece            // spaces that never break
	linePiece             // a space, or a new line in a group that is broken
	fillPiece             // a space, or a new line if what follows up to the next break does not fit
	hardPiece             // a new line
	openPiece             // the beginning of a group
	closePiece            // its end
	indentPiece           // the indentation changes by n columns
)

type piece struct {
	kind     pieceKind
	glued    bool // a text that follows another without a space, such as a comma
	blank    bool // a hardPiece that wants an empty line
	outdent  bool // a closing brace: the comments before it belong to the body
	n        int32
	text     string
	comments *hanging
	flat     int32 // openPiece: its width on one line, -1 if it cannot stand on one; n is where it closes
}

// hanging is the comments of one text.
type hanging struct {
	before     []comment
	blankAfter bool   // an empty line stands between the last of them and the text
	behind     string // on the same line
}

type comment struct {
	text  string
	blank bool // an empty line stands above it
}

func (l *layout) add(p piece)     { l.pieces = append(l.pieces, p) }
func (l *layout) space(n int)     { l.add(piece{kind: spacePiece, n: int32(n)}) }
func (l *layout) line()           { l.add(piece{kind: linePiece}) }
func (l *layout) fill()           { l.add(piece{kind: fillPiece}) }
func (l *layout) hard(blank bool) { l.add(piece{kind: hardPiece, blank: blank}) }
func (l *layout) indent(n int)    { l.add(piece{kind: indentPiece, n: int32(n)}) }
func (l *layout) group(body func()) {
	l.add(piece{kind: openPiece})
	body()
	l.add(piece{kind: closePiece})
}

// indented adds a body whose new lines begin n columns further in.
func (l *layout) indented(n int, body func()) {
	l.indent(n)
	body()
	l.indent(-n)
}

// flat is the pieces on one line, without comments.
func (l *layout) flatText() string {
	var b strings.Builder
	for i := range l.pieces {
		switch p := &l.pieces[i]; p.kind {
		case textPiece:
			b.WriteString(p.text)
		case spacePiece:
			b.WriteString(strings.Repeat(" ", int(p.n)))
		case linePiece, fillPiece, hardPiece:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func (p *piece) width() int32 {
	switch p.kind {
	case textPiece:
		return int32(utf8.RuneCountInString(p.text))
	case spacePiece:
		return p.n
	case linePiece, fillPiece:
		return 1
	}
	return 0
}

// settle decides which texts may stand before the comment that ends their
// line: a comma, or a row of such texts, but only if none of them has comments of
// its own, so that every comment is found behind the same text again.
func (l *layout) settle() {
	pass := true
	for i := len(l.pieces) - 1; i >= 0; i-- {
		p := &l.pieces[i]
		if p.kind != textPiece {
			continue
		}
		if !p.glued {
			pass = true
			continue
		}
		pass = pass && p.comments == nil
		p.glued = pass
	}
}

// measure notes how wide each group is on one line.
func (l *layout) measure() {
	type group struct {
		open  int
		width int32
		first bool // no text of it has been seen
		bad   bool // it cannot stand on one line
	}
	var open []group
	broken := false // a comment behind the last text ends its line
	for i := range l.pieces {
		p := &l.pieces[i]
		switch p.kind {
		case openPiece:
			open = append(open, group{open: i, first: true})
		case closePiece:
			g := open[len(open)-1]
			open = open[:len(open)-1]
			l.pieces[g.open].flat, l.pieces[g.open].n = g.width, int32(i)
			if g.bad {
				l.pieces[g.open].flat = -1
			}
			if n := len(open); n > 0 {
				open[n-1].width += g.width
				open[n-1].bad = open[n-1].bad || g.bad
			}
		case hardPiece:
			for j := range open {
				open[j].bad = true
			}
			broken = false
		case textPiece:
			breaks := broken && !p.glued || p.comments != nil && len(p.comments.before) > 0
			for j := range open {
				if breaks && !open[j].first {
					open[j].bad = true
				}
				open[j].first = false
			}
			broken = broken && p.glued || p.comments != nil && p.comments.behind != ""
		}
		if n := len(open); n > 0 && p.kind != openPiece && p.kind != closePiece {
			open[n-1].width += p.width()
		}
	}
}

// printer writes the pieces.
type printer struct {
	layout
	out     strings.Builder
	column  int
	margin  int
	begun   bool   // the line has text
	pending string // the comment that ends the line being written
	flats   []bool // of the open groups
	spaces  int    // to write before the next text of this line
}

// flush writes the pieces added so far. No group may be open, and what is added
// next must begin a line.
func (p *printer) flush() {
	p.settle()
	p.measure()
	for i := range p.pieces {
		p.piece(i)
	}
	p.pieces = p.pieces[:0]
}

// String writes what is left and is the whole text.
func (p *printer) String() string {
	p.flush()
	p.endLine()
	return p.out.String()
}

func (p *printer) flat() bool { return len(p.flats) > 0 && p.flats[len(p.flats)-1] }

func (p *printer) piece(i int) {
	switch c := &p.pieces[i]; c.kind {
	case openPiece:
		fits := c.flat >= 0 && p.column+p.spaces+int(c.flat)+p.chunk(int(c.n)+1) <= lineWidth
		p.flats = append(p.flats, p.flat() || fits)
	case closePiece:
		p.flats = p.flats[:len(p.flats)-1]
	case indentPiece:
		p.margin += int(c.n)
	case spacePiece:
		p.spaces += int(c.n)
	case linePiece:
		if p.flat() {
			p.spaces++
		} else {
			p.endLine()
		}
	case fillPiece:
		if p.flat() || p.column+p.spaces+1+p.chunk(i+1) <= lineWidth {
			p.spaces++
		} else {
			p.endLine()
		}
	case hardPiece:
		p.endLine()
		if c.blank && p.out.Len() > 0 {
			p.out.WriteByte('\n')
		}
	case textPiece:
		p.text(c)
	}
}

// chunk is the width of what stands from a piece up to where the line may break.
func (p *printer) chunk(i int) int {
	width := 0
	for ; i < len(p.pieces) && width <= lineWidth; i++ {
		switch c := &p.pieces[i]; c.kind {
		case linePiece, fillPiece, hardPiece:
			return width
		case openPiece:
			if c.flat < 0 || p.beginsWithLine(i+1) {
				return width
			}
			width += int(c.flat)
			i = int(c.n)
		default:
			width += int(c.width())
		}
	}
	return width
}

// beginsWithLine says whether a line may break before the first text of a group.
func (p *printer) beginsWithLine(i int) bool {
	for ; i < len(p.pieces); i++ {
		switch p.pieces[i].kind {
		case linePiece:
			return true
		case textPiece, closePiece:
			return false
		}
	}
	return false
}

func (p *printer) text(c *piece) {
	if p.pending != "" && !c.glued {
		p.endLine()
	}
	if c.comments != nil && len(c.comments.before) > 0 {
		p.commentsBefore(c)
	}
	if c.text == "" { // comments at the end of the file
		return
	}
	if !p.begun {
		p.writeMargin(p.margin)
	} else {
		p.writeSpaces(p.spaces)
	}
	p.spaces = 0
	p.out.WriteString(c.text)
	p.column += utf8.RuneCountInString(c.text)
	p.begun = true
	if c.comments != nil && c.comments.behind != "" {
		p.pending = c.comments.behind
	}
}

// commentsBefore writes comments on lines of their own.
func (p *printer) commentsBefore(c *piece) {
	p.endLine()
	margin := p.margin
	if c.outdent {
		margin += indentWidth
	}
	for i, k := range c.comments.before {
		if k.blank && i > 0 {
			p.out.WriteByte('\n')
		}
		p.writeMargin(margin)
		p.out.WriteString(k.text)
		p.out.WriteByte('\n')
		p.column = 0
	}
	p.begun = false
	p.spaces = 0
	if c.comments.blankAfter && !c.outdent {
		p.out.WriteByte('\n')
	}
}

// endLine ends the line if it has text.
func (p *printer) endLine() {
	p.spaces = 0
	if !p.begun {
		return
	}
	if p.pending != "" {
		p.out.WriteString("  " + p.pending)
		p.pending = ""
	}
	p.out.WriteByte('\n')
	p.column, p.begun = 0, false
}

func (p *printer) writeMargin(n int) {
	p.column = 0
	p.writeSpaces(n)
}

func (p *printer) writeSpaces(n int) {
	const blanks = "                                "
	for p.column += n; n > 0; n -= len(blanks) {
		p.out.WriteString(blanks[:min(n, len(blanks))])
	}
}
