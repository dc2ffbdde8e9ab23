package interp_test

import (
	"context"
	"testing"

	"github.com/ctl-lang/ctl/interp"
)

// A question is worded as far as the title of the fact allows.
func TestQuestionsOfTitles(t *testing.T) {
	prog, err := interp.LoadText(context.Background(), "test.ctl", `
outcomes refuse > grant
kind K {
  of_the:   number "the number of copies"
  noun:     date   "date of birth"
  many:     set of text "the roles of the member of staff"
  last:     date   "the last day for offers"
  status:   text   "the status"
  why:      text   "why it is wanted"
  indirect: text   "what the export supports"
  direct:   text   "what is it for"
  mark:     text   "Made by whom?"
  amount:   number "how many are there"
  use:      text   "what it is used for"
  plain:    number
  so:       bool   "sold before"
  whether:  bool   "is it sold"
}
role k: K
policy p { otherwise grant }`)
	if err != nil {
		t.Fatal(err)
	}
	for fact, want := range map[string]string{
		"k.of_the":   "what is the number of copies?",
		"k.noun":     "say: date of birth",
		"k.many":     "what are the roles of the member of staff?",
		"k.last":     "what is the last day for offers?",
		"k.status":   "what is the status?",
		"k.why":      "say why it is wanted",
		"k.indirect": "say what the export supports",
		"k.direct":   "what is it for?",
		"k.mark":     "Made by whom?",
		"k.amount":   "how many are there?",
		"k.use":      "say what it is used for",
		"k.plain":    "what is k.plain?",
		"k.so":       "is this so: sold before?",
		"k.whether":  "is it sold?",
	} {
		if info, ok := prog.FactInfo(fact); !ok || info.Question != want {
			t.Errorf("%s: %q, want %q", fact, info.Question, want)
		}
	}
}
