package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// wording is a text for people in the language that the program is loaded in, and whether
// questions cannot be made of it as of an English one.
func (k *checker) wording(w *lang.Wording) (text string, foreign bool) {
	if w == nil {
		return "", false
	}
	k.translations(w.In)
	if i := translation(w.In, k.prog.options.Language); i >= 0 {
		return w.In[i].Text.Value, language(w.In[i].Language.Text) != "en"
	}
	return w.Value, false
}

// textIn is such a text alone.
func (k *checker) textIn(w *lang.Wording) string {
	text, _ := k.wording(w)
	return text
}

// wantLanguage reports a language of the options that is none.
func (k *checker) wantLanguage() {
	if tag := k.prog.options.Language; tag != "" && !lang.IsLanguage(tag) {
		k.report((&lang.Diagnostic{Code: code.BadTranslation}).Say("the program is to speak `%s`, which is no tag of a language: one is like de, pt-BR or zh-Hant", tag))
	}
}

// translations reports what is wrong with the translations of a text.
func (k *checker) translations(in []lang.Translation) {
	if len(in) == 0 {
		return
	}
	first := map[string]lang.Span{}
	for _, t := range in {
		k.goOn()
		tag := t.Language.Text
		before, twice := first[strings.ToLower(tag)]
		switch _, outcome := k.outcomes[tag]; {
		case outcome:
			k.errorf(code.BadTranslation, t.Language, "behind a text `%s` is the tag of a language, and it is an outcome: give its rule a label, `label: %s %s`", tag, tag, lang.Quote(t.Text.Value))
		case !lang.IsLanguage(tag):
			k.errorf(code.BadTranslation, t.Language, "`%s` is no tag of a language, which is like de, pt-BR or zh-Hant", tag)
		case twice:
			e := k.errorf(code.BadTranslation, t.Language, "the text in `%s` stands here twice", tag)
			e.Notes = append(e.Notes, lang.Note{Source: k.src, Span: before, Text: "the first of them"})
		default:
			first[strings.ToLower(tag)] = t.Language.Span
		}
	}
}

// translation is the place of the translation for a reader of a language, or -1: that in the
// language, else in what its tag begins with (de for de-AT), else in the same language elsewhere.
func translation(in []lang.Translation, tag string) int {
	if len(in) == 0 || tag == "" {
		return -1
	}
	for wide := tag; wide != ""; {
		if i := exactly(in, wide); i >= 0 {
			return i
		}
		wide = wide[:max(0, strings.LastIndexByte(wide, '-'))]
	}
	for i, t := range in {
		if language(t.Language.Text) == language(tag) {
			return i
		}
	}
	return -1
}

// exactly is the place of the translation with a tag, or -1.
func exactly(in []lang.Translation, tag string) int {
	for i, t := range in {
		if strings.EqualFold(t.Language.Text, tag) {
			return i
		}
	}
	return -1
}

// language is the first part of a tag: de of de-AT.
func language(tag string) string {
	first, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(first)
}

// addChoices puts choices at the end of an enumeration, and those that are taken to dup. The
// titles in other languages are further names, behind those of all choices: what a name means is the
// same in every language.
func (k *checker) addChoices(e *Enum, choices []*lang.Choice, dup func(*lang.Choice)) {
	first := len(e.Choices)
	added := make([]*lang.Choice, 0, len(choices))
	for _, c := range choices {
		if e.add(choiceSaid(c)) {
			added = append(added, c)
		} else {
			dup(c)
		}
	}
	for i, c := range added {
		k.translations(c.In)
		choice := &e.Choices[first+i]
		own := translation(c.In, k.prog.options.Language)
		for n, t := range c.In {
			if _, taken := e.also[foldName(t.Text.Value)]; !taken {
				e.also[foldName(t.Text.Value)] = first + i
			}
			if n != own {
				choice.Also = append(choice.Also, t.Text.Value)
			}
		}
		if own >= 0 {
			choice.Also = append(choice.Also, choice.Title)
			choice.Title = c.In[own].Text.Value
		}
	}
}

// choiceSaid is a choice with its title and further names.
func choiceSaid(c *lang.Choice) EnumChoice {
	choice := EnumChoice{Name: c.Name.Text}
	for i, t := range c.Titles {
		if i == 0 {
			choice.Title = t.Value
		} else {
			choice.Also = append(choice.Also, t.Value)
		}
	}
	return choice
}
