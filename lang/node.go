package lang

// declNode is what every declaration has: its place and the comments above it.
type declNode struct {
	Span
	doc string
}

// Doc is the text of the comments directly above the declaration, without the
// # marks, lines joined by \n.
func (n *declNode) Doc() string { return n.doc }

func (n *declNode) setDoc(doc string) { n.doc = doc }
func (n *declNode) setSpan(span Span) { n.Span = span }
func (n *attrNode) setSpan(span Span) { n.Span = span }
func (n *expectNode) setSpan(s Span)  { n.Span = s }

type (
	attrNode   struct{ Span }
	typeNode   struct{ Span }
	expectNode struct{ Span }
)
