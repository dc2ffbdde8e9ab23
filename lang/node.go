package lang

// part is a place in the text, and whether what stands there could be read to its end.
type part struct {
	Span
	unfinished bool
}

// Unfinished says that something is missing or wrong in the text, which has been reported:
// what had been read up to there stands in the fields, and the others are empty.
func (n *part) Unfinished() bool { return n.unfinished }

func (n *part) breakOff(span Span) { n.Span, n.unfinished = span, true }
func (n *part) setSpan(span Span)  { n.Span = span }

// declNode is what every declaration has: its place and the comments above it.
type declNode struct {
	part
	doc string
}

// Doc is the text of the comments directly above the declaration, without the
// # marks, lines joined by \n.
func (n *declNode) Doc() string { return n.doc }

func (n *declNode) setDoc(doc string) { n.doc = doc }

type (
	itemNode   struct{ part }
	attrNode   struct{ part }
	typeNode   struct{ Span }
	expectNode struct{ part }
)
