package session

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/ctl-lang/ctl/lang"
)

// ownText is what the user has declared in the session, in the order typed. It never
// changes; a change makes a new one.
type ownText struct {
	entries []entry
	used    *atomic.Int64 // how many entries the array behind entries has, which later texts share
}

// entry is one declaration, or one rule with the policy that it amends.
type entry struct {
	text  string
	base  string // of a rule: the policy that is amended
	label string // of a rule, if it has one; of a declaration its name
	item  bool   // a rule or another item of a policy
	// starts is the offset of text within the whole; set by layout.
	starts int
}

// draftOf is the name of the policy that holds the session's rules for a policy.
func draftOf(policy string) string { return policy + "_draft" }

// text is the whole as a rule file.
func (o *ownText) text() string {
	text, _ := o.layout()
	return text
}

// layout writes the declarations and then one policy for each that is amended, and
// says where each entry begins.
func (o *ownText) layout() (string, []entry) {
	var b strings.Builder
	placed := slices.Clone(o.entries)
	var bases []string
	for i := range placed {
		if e := &placed[i]; !e.item {
			e.starts = b.Len()
			b.WriteString(e.text + "\n\n")
		} else if !slices.Contains(bases, e.base) {
			bases = append(bases, e.base)
		}
	}
	for _, base := range bases {
		b.WriteString("policy " + draftOf(base) + " " + lang.Quote(base+" with the rules of this session") + " amends " + base + " {\n")
		for i := range placed {
			if e := &placed[i]; e.item && e.base == base {
				b.WriteString("  ")
				e.starts = b.Len()
				b.WriteString(e.text + "\n")
			}
		}
		b.WriteString("}\n\n")
	}
	return strings.TrimRight(b.String(), "\n") + strings.Repeat("\n", min(1, b.Len())), placed
}

// with adds an entry, or puts it in the place of one that has the same label.
func (o *ownText) with(e entry) *ownText {
	for i, old := range o.entries {
		if e.label != "" && old.item == e.item && old.base == e.base && old.label == e.label {
			out := &ownText{entries: slices.Clone(o.entries)}
			out.entries[i] = e
			return out
		}
	}
	n := len(o.entries)
	if n < cap(o.entries) && o.used != nil && o.used.CompareAndSwap(int64(n), int64(n+1)) {
		return &ownText{entries: append(o.entries, e), used: o.used}
	}
	out := &ownText{entries: append(slices.Clip(o.entries), e), used: &atomic.Int64{}}
	out.used.Store(int64(n + 1))
	return out
}

// without drops the entry with a label; nil where there is none.
func (o *ownText) without(label, base string) *ownText {
	i := slices.IndexFunc(o.entries, func(e entry) bool { return e.item && e.base == base && e.label == label })
	if i < 0 {
		return nil
	}
	return &ownText{entries: slices.Delete(slices.Clone(o.entries), i, i+1)}
}

// asTyped gives problems with the session's own text the places that they have in the
// input they come from.
func (s *source) asTyped(ds lang.Diagnostics, own *ownText) lang.Diagnostics {
	_, placed := own.layout()
	out := make(lang.Diagnostics, len(ds))
	for i, d := range ds {
		c := *d
		c.Source, c.Span = s.typed(d.Source, d.Span, placed)
		if d.Fix != nil {
			f := *d.Fix
			if _, span := s.typed(d.Source, d.Fix.Span, placed); c.Source != d.Source {
				f.Span = span
			}
			c.Fix = &f
		}
		c.Notes = slices.Clone(d.Notes)
		for j, n := range d.Notes {
			c.Notes[j].Source, c.Notes[j].Span = s.typed(n.Source, n.Span, placed)
		}
		out[i] = &c
	}
	return out
}

// typed is a place in the session's own text as a place in one of its entries.
func (s *source) typed(src *lang.Source, span lang.Span, placed []entry) (*lang.Source, lang.Span) {
	if src == nil || src.Name != s.name {
		return src, span
	}
	for _, e := range placed {
		if int(span.Start) >= e.starts && int(span.Start) <= e.starts+len(e.text) {
			what := "declaration"
			if e.item {
				what = "rule"
			}
			from := uint32(e.starts)
			return lang.NewSource(what, e.text), lang.Span{Start: span.Start - from, End: min(max(span.End, span.Start)-from, uint32(len(e.text)))}
		}
	}
	return src, span
}

// ownFrom takes a rule file apart into the entries of a session.
func ownFrom(text string) (*ownText, lang.Diagnostics) {
	f, ds := lang.Parse(context.Background(), "session", text)
	if ds.HasErrors() {
		return nil, ds
	}
	own := &ownText{}
	for _, d := range f.Decls {
		if p, ok := d.(*lang.Policy); ok && p.Amends != nil && p.Name.Text == draftOf(p.Amends.Text) {
			for _, it := range p.Items {
				own.entries = append(own.entries, entry{text: f.Source.Slice(it.Range()), base: p.Amends.Text, label: itemLabel(it), item: true})
			}
			continue
		}
		word, name := declaredName(d)
		e := entry{text: f.Source.Slice(d.Range()), label: strings.TrimSpace(word + " " + name)}
		if doc := d.Doc(); doc != "" {
			e.text = "# " + strings.ReplaceAll(doc, "\n", "\n# ") + "\n" + e.text
		}
		own.entries = append(own.entries, e)
	}
	return own, nil
}

func itemLabel(it lang.Item) string {
	switch it := it.(type) {
	case *lang.Rule:
		if it.Label != nil {
			return it.Label.Text
		}
	case *lang.Section:
		return it.Name.Text
	case *lang.Otherwise:
		return "otherwise"
	case *lang.Replace:
		return it.Label.Text
	case *lang.ReplaceValue:
		return "value " + it.Value.Name.Text
	}
	return ""
}
