package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/lang"
)

// dropUnfinished takes out of a tree what has been read in part: nothing can be said of it
// beyond what is missing, nor of those who speak of it by its name.
func (l *loader) dropUnfinished(f *lang.File, problems lang.Diagnostics) {
	if !problems.HasErrors() {
		return
	}
	f.Decls = finished(l, f.Source, f.Decls)
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *lang.Policy:
			d.Items = l.finishedItems(f.Source, d.Items)
		case *lang.Kind:
			d.Attrs = finished(l, f.Source, d.Attrs)
		}
	}
}

func (l *loader) finishedItems(src *lang.Source, items []lang.Item) []lang.Item {
	items = finished(l, src, items)
	for _, it := range items {
		if s, ok := it.(*lang.Section); ok {
			s.Items = l.finishedItems(src, s.Items)
		}
	}
	return items
}

// finished are those of some nodes that were read to their end. The names in the first line
// of the others are lost.
func finished[N interface {
	lang.Node
	Unfinished() bool
}](l *loader, src *lang.Source, nodes []N) []N {
	return slices.DeleteFunc(nodes, func(n N) bool {
		if n.Unfinished() {
			l.lost.addLines(src, lang.Span{Start: n.Range().Start, End: n.Range().Start})
		}
		return n.Unfinished()
	})
}
