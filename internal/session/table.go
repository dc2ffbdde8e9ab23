package session

import (
	"context"
	"strings"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
)

func (s *Session) tableCommand(ctx context.Context, rest string) *answer {
	names := strings.FieldsFunc(rest, func(r rune) bool { return r == ' ' || r == ',' })
	if len(names) != 2 || names[0] == names[1] {
		return refuse("a table is made of two facts: table ROWS COLUMNS, such as table %s", s.someAxes())
	}
	p, err := s.policy()
	if err != nil {
		return failure(err)
	}
	given := s.now.c.Clone()
	for _, n := range names {
		if err := given.Forget(n); err != nil {
			return failure(err)
		}
	}
	t, err := analysis.NewTable(ctx, []interp.Dated{{Policy: p, On: s.now.c.Date()}}, names[0], names[1], given)
	if err != nil {
		return failure(err)
	}
	var b strings.Builder
	render.WriteTable(&b, t, s.opts.Style)
	return &answer{kind: "table", text: b.String(), data: render.TableJSON(t, given)}
}

// someAxes are two facts for an example: those with a few values first.
func (s *Session) someAxes() string {
	var few, others []string
	for _, name := range s.now.prog.FactNames() {
		switch info, _ := s.now.prog.FactInfo(name); info.Form {
		case interp.ChoiceAnswer:
			few = append(few, name)
		case interp.YesNoAnswer:
			others = append(others, name)
		}
	}
	two := append(few, others...)
	return strings.Join(two[:min(2, len(two))], " ")
}
