package interp

import (
	"slices"
	"strings"
)

// AnswerForm is what sort of answer a fact takes.
type AnswerForm string

// The forms of answers.
const (
	YesNoAnswer    AnswerForm = "yes or no"
	ChoiceAnswer   AnswerForm = "one of"
	NumberAnswer   AnswerForm = "number"
	IntegerAnswer  AnswerForm = "integer"
	QuantityAnswer AnswerForm = "quantity"
	DateAnswer     AnswerForm = "date"
	DurationAnswer AnswerForm = "duration"
	AddressAnswer  AnswerForm = "address"
	MomentAnswer   AnswerForm = "moment"
	TimeAnswer     AnswerForm = "time of day"
	TextAnswer     AnswerForm = "text"
	IdentityAnswer AnswerForm = "identity"
	ListAnswer     AnswerForm = "list"
	ThereAnswer    AnswerForm = "is there one" // of a thing that has no identity
)

// FactInfo describes a fact of the vocabulary, for those who ask for it.
type FactInfo struct {
	Name      string
	Question  string
	Form      AnswerForm
	Type      string       // as the author wrote it: length, I | II, Country
	Choices   []EnumChoice // of ChoiceAnswer and IdentityAnswer, where they are fixed
	Example   string       // of a quantity: a value with a unit; of an address, a moment and a time of day: one
	Optional  bool         // may be answered with none
	Within    []string     // the things that it belongs to of which there may be none, the outermost first
	Open      bool         // decided by a person
	Sensitive bool         // masked in records of decisions
	Default   Value        // nil: none
}

// FactInfo describes a fact by its name; false where the vocabulary has none such.
func (p *Program) FactInfo(name string) (FactInfo, bool) {
	if namesResult(name) {
		return p.resultInfo(name)
	}
	fact, ok := p.NewCase().peek(name)
	if !ok && name == caseDateName {
		return FactInfo{Name: name, Question: p.question(name, nil), Form: DateAnswer, Type: typeDate.String()}, true
	}
	if !ok {
		return FactInfo{}, false
	}
	info := FactInfo{Name: name, Question: p.question(name, fact.attr)}
	for i := range name {
		if owner, _ := p.NewCase().peek(name[:i]); name[i] == '.' && owner.attr != nil && owner.attr.Type.optional {
			info.Within = append(info.Within, name[:i])
		}
	}
	var t *Type
	if fact.attr == nil {
		t = p.roleType(name)
	} else {
		t = fact.attr.Type
		info.Optional, info.Open, info.Default = t.optional, fact.attr.Open, fact.attr.Default
		info.Sensitive = fact.attr.Sensitive
	}
	if k := t.Member().kind; k != nil && k.SensitiveID {
		info.Sensitive = true
	}
	p.describe(&info, t)
	return info, true
}

// resultInfo describes the result of a call of a function that the rules declare.
func (p *Program) resultInfo(name string) (FactInfo, bool) {
	if !p.declares(name) {
		return FactInfo{}, false
	}
	own := p.own[functionOf(name)]
	info := FactInfo{Name: name, Question: own.question(name), Sensitive: own.mayTellSensitive(p)}
	p.describe(&info, own.result)
	return info, true
}

// describe says of which type a fact is, and what sort of answer it takes.
func (p *Program) describe(info *FactInfo, t *Type) {
	info.Type = t.String()
	info.Form, info.Choices = t.answer()
	if t.basic == scalarType {
		_, info.Example, _ = strings.Cut(t.scalar.says, " such as ")
	}
	if info.Form == QuantityAnswer {
		info.Example = strings.TrimPrefix(p.exampleUnit(t, "300"), ", such as ")
	}
}

func (p *Program) roleType(name string) *Type {
	for _, r := range p.roles {
		if r.Name == name {
			return &Type{basic: thingType, kind: r.Kind}
		}
	}
	return typeText
}

func (t *Type) answer() (AnswerForm, []EnumChoice) {
	switch t.basic {
	case boolType:
		return YesNoAnswer, nil
	case numberType:
		switch {
		case t.integer:
			return IntegerAnswer, nil
		case t.dim == "":
			return NumberAnswer, nil
		}
		return QuantityAnswer, nil
	case dateType:
		return DateAnswer, nil
	case durationType:
		return DurationAnswer, nil
	case scalarType:
		return t.scalar.answer, nil
	case enumType:
		return ChoiceAnswer, t.enum.Choices
	case thingType:
		switch {
		case t.kind.Ids != nil:
			return IdentityAnswer, t.kind.Ids.Choices
		case !t.kind.TextIds:
			return ThereAnswer, nil
		}
		return IdentityAnswer, nil
	case setType, listType:
		_, choices := t.elem.answer()
		return ListAnswer, choices
	}
	return TextAnswer, nil
}

// FactNames lists every fact that a sentence can tell, by role and in the order of
// the kinds' attributes; of things in lists it lists none, and of a thing within one of its own
// kind which it is alone.
func (p *Program) FactNames() []string {
	var out []string
	for _, r := range p.roles {
		if r.Kind.Identified() {
			out = append(out, r.Name)
		}
		out = r.Kind.factNames(out, r.Name+".", nil)
	}
	return p.whole.factNames(out, "", nil)
}

// maxFactNames bounds the list of a vocabulary whose kinds hold one another many times over.
const maxFactNames = 10_000

func (k *Kind) factNames(out []string, prefix string, within []*Kind) []string {
	within = append(within[:len(within):len(within)], k)
	for _, a := range k.Attrs {
		if len(out) >= maxFactNames {
			return out
		}
		if !a.Told() {
			continue
		}
		if a.Type.basic != thingType || a.Type.kind.Identified() {
			out = append(out, prefix+a.Name)
		}
		if a.Type.basic == thingType && !slices.Contains(within, a.Type.kind) {
			out = a.Type.kind.factNames(out, prefix+a.Name+".", within)
		}
	}
	return out
}
