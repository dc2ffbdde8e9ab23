package session

import (
	"context"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// conditionData is a condition or an expression as JSON has it.
type conditionData struct {
	Text  string            `json:"text"`
	Truth string            `json:"truth,omitempty"` // of a condition: yes, no, unknown
	Tree  *interp.Reason    `json:"tree,omitempty"`
	Type  string            `json:"type,omitempty"` // of an expression
	Value any               `json:"value"`          // null where it is not known
	Facts []interp.UsedFact `json:"facts,omitempty"`
}

// evaluate shows a condition with its parts, or the value of an expression.
func (s *Session) evaluate(text string) *answer {
	if name := text; isPath(name) {
		if info, ok := s.now.prog.FactInfo(name); ok && info.Form != interp.YesNoAnswer {
			return s.fact(name, info)
		}
	}
	r, err := s.now.c.Condition(text)
	if err == nil {
		var b strings.Builder
		render.WriteCondition(&b, r, s.opts.Style)
		return &answer{kind: "condition", text: b.String(), data: &conditionData{Text: text, Truth: r.Truth.String(), Tree: r, Value: truthValue(r.Truth)}}
	}
	v, verr := s.now.c.Value(text)
	if verr == nil {
		return s.value(v)
	}
	return s.notUnderstood(text, err, verr)
}

func truthValue(t interp.Truth) any {
	switch t {
	case interp.True:
		return true
	case interp.False:
		return false
	}
	return nil
}

func (s *Session) value(v *interp.Computed) *answer {
	a := &answer{kind: "value"}
	data := &conditionData{Text: v.Text, Type: v.Type, Value: v.Value}
	a.text = v.Text + " is not known\n"
	if v.Value != nil {
		a.text = v.Text + " = " + v.Value.String() + titleOf(v.Value) + "\n"
	}
	for _, f := range v.Facts {
		if f.Name != v.Text {
			a.text += "  " + f.String() + "\n"
		}
		data.Facts = append(data.Facts, f)
	}
	a.data = data
	return a
}

// fact shows one fact, and what it may be.
func (s *Session) fact(name string, info interp.FactInfo) *answer {
	v, err := s.now.c.Lookup(name)
	if err != nil {
		return failure(err)
	}
	a := &answer{kind: "value", data: &conditionData{Text: name, Type: info.Type, Value: v}}
	if v != nil {
		a.text = name + " = " + v.String() + titleOf(v)
		return a
	}
	a.text = name + " is not known: " + plain.Line(info.Question)
	return a
}

// mayBegin says whether what follows a word can: of a declaration or a condition only one that
// can be read.
func (s *Session) mayBegin(word, rest string) bool {
	text := word + " " + rest
	switch {
	case rest == "" || commandNamed(word) != nil || s.isItem(text):
		return true
	case isDeclaration(text):
		_, ds := lang.Parse(context.Background(), "declaration", text)
		return !ds.HasErrors()
	}
	_, _, ds := lang.ParseExpr("condition", text)
	return !ds.HasErrors()
}

// notUnderstood is the answer to what is neither a command nor a fact, rule or
// condition that can be read.
func (s *Session) notUnderstood(text string, errs ...error) *answer {
	word := firstWord(text)
	if word == "" {
		return failure(errs[0])
	}
	rest := strings.TrimSpace(text[len(word):])
	if slices.Contains(continuations, word) {
		d := (&lang.Diagnostic{}).Say("`%s` begins no input, but goes on with one", word)
		d.Notes = []lang.Note{{Text: "end the line before it with a backslash, or paste both as one block"}}
		return failure(d)
	}
	means := s.now.prog.index().known(word) || lang.Tokens(word)[0].Kind == lang.TokenKeyword
	if !means && (rest == "" || !startsWithOperator(rest)) {
		candidates := s.now.prog.index().starters
		d := (&lang.Diagnostic{}).Say("`%s` begins no command, fact, rule or condition", word)
		if fact := s.onlyFact(word); fact != "" && rest == "" {
			a := refuse("`%s` is said of a thing: is `%s` meant?", word, fact)
			a.offers = []string{fact}
			return a
		}
		if near, ok := lang.Nearest(word, candidates); ok && (len(word) > 3 || !strings.Contains(rest, " ")) && s.mayBegin(near, rest) {
			d.Fix = &lang.Fix{Label: "did you mean `" + near + "`?", Replacement: near}
			a := failure(d)
			a.offers = []string{near + text[len(word):]}
			return a
		}
		d.Notes = []lang.Note{{Text: "`help` lists what there is"}}
		return failure(d)
	}
	return failure(errs[0])
}
