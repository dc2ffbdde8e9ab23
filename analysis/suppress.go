package analysis

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// suppression is a comment `# ctl:ignore W0205 because ...`.
type suppression struct {
	src    *lang.Source
	span   lang.Span
	line   int // of what it is about
	codes  []code.Code
	reason string
	used   bool
}

type suppressionList []*suppression

const suppressionMark = "ctl:ignore"

// suppressions finds the comments of the author's files.
func suppressions(sources []*lang.Source) suppressionList {
	var out suppressionList
	for _, src := range sources {
		if strings.HasPrefix(src.Name, "stdlib/") || !strings.Contains(src.Text, suppressionMark) {
			continue
		}
		offset := 0
		for n, line := range strings.SplitAfter(src.Text, "\n") {
			if i := commentAt(line); i >= 0 {
				comment := strings.TrimSpace(strings.TrimRight(line[i:], "\r\n"))
				if rest, ok := strings.CutPrefix(strings.TrimSpace(comment[1:]), suppressionMark); ok {
					s := &suppression{src: src, span: lang.Span{Start: uint32(offset + i), End: uint32(offset + i + len(comment))}, line: n + 1}
					if strings.TrimSpace(line[:i]) == "" {
						s.line = below(src, n+1)
					}
					s.read(rest)
					out = append(out, s)
				}
			}
			offset += len(line)
		}
	}
	return out
}

// commentAt is where a line's comment begins, -1 for none: a # outside quotes.
func commentAt(line string) int {
	quoted := false
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\' && quoted:
			i++
		case line[i] == '"':
			quoted = !quoted
		case line[i] == '#' && !quoted:
			return i
		}
	}
	return -1
}

// below is the next line that is no comment.
func below(src *lang.Source, line int) int {
	for line++; strings.HasPrefix(strings.TrimSpace(src.Line(line)), "#"); line++ {
	}
	return line
}

func (s *suppression) read(text string) {
	codes, reason, _ := strings.Cut(text, "because")
	s.reason = strings.TrimSpace(reason)
	for _, c := range strings.FieldsFunc(codes, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }) {
		s.codes = append(s.codes, code.Code(c))
	}
}

// good says whether the comment names codes of lints, and a reason.
func (s *suppression) good() bool {
	for _, c := range s.codes {
		if _, known := code.Explain(c); !known || !strings.HasPrefix(string(c), "W02") {
			return false
		}
	}
	return len(s.codes) > 0 && s.reason != ""
}

// find is the comment that keeps a finding quiet: one about the line that the finding
// begins on, or the rule that it is about.
func (l suppressionList) find(f Finding) *suppression {
	for _, s := range l {
		if !s.good() || !slices.Contains(s.codes, f.Code) {
			continue
		}
		for _, at := range []interp.Site{{Source: f.Source, Span: f.Span}, f.also} {
			if at.Source == s.src {
				if line, _ := at.Source.Position(at.Span.Start); line == s.line {
					return s
				}
			}
		}
	}
	return nil
}

// problems are the comments that are not right, or that keep nothing quiet.
func (l suppressionList) problems(opts LintOptions) []Finding {
	var out []Finding
	for _, s := range l {
		at := interp.Site{Source: s.src, Span: s.span}
		asked := slices.ContainsFunc(s.codes, func(c code.Code) bool { return !OnRequest(c) || slices.Contains(opts.Quiet, c) })
		switch {
		case !s.good():
			out = append(out, finding(code.BadSuppression, at, "this comment keeps nothing quiet: write `# ctl:ignore W0205 because ...`, with a code that `ctl check` has given and the reason why it is meant so"))
		case !s.used && asked:
			out = append(out, finding(code.UnusedSuppression, at, "nothing here needs to be kept quiet any more: the comment can go"))
		}
	}
	return out
}
