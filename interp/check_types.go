package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// foreignTypes are the names of types in other languages, with the type that is meant.
var foreignTypes = func() map[string]string {
	m := map[string]string{}
	for meant, words := range map[string]string{
		"bool":        "boolean logical flag truth yesno bit",
		"text":        "string str char varchar character nvarchar url uri email uuid guid phone regex",
		"number":      "float double decimal real numeric num percentage percent ratio share quantity digit",
		"integer":     "int long short byte count year age port",
		"date":        "day localdate",
		"moment":      "datetime timestamp instant timestamptz zoneddatetime offsetdatetime",
		"time_of_day": "clock localtime timeofday",
		"address":     "ip ipaddr ipaddress ipv4 ipv6 inet cidr",
		"duration":    "period timespan interval days weeks months years",
		"length":      "distance height width depth altitude",
		"mass":        "weight",
		"speed":       "velocity",
		"money":       "currency amount price eur usd gbp euro dollar cost",
	} {
		for _, w := range strings.Fields(words) {
			m[w] = meant
		}
	}
	return m
}()

// unknownType reports a type that there is none of, with the one that is meant.
func (k *checker) unknownType(n *lang.Name) {
	known := func() []string {
		return slices.Concat([]string{"bool", "number", "integer", "text", "code", "name", "date", "duration"}, scalarNames(), keys(k.prog.dims), keys(k.prog.kinds))
	}
	d := k.errorf(code.UnknownType, n, "there is no type or kind `%s`", n.Text)
	if k.fromModule(d, n.Text); d.Fix != nil {
		return
	}
	offer := func(meant string) {
		d.Fix = &lang.Fix{Label: "did you mean `" + meant + "`?", Span: n.Range(), Replacement: meant}
	}
	word := strings.ToLower(n.Text)
	meant := foreignTypes[word]
	if u, ok := k.prog.units[n.Text]; ok {
		meant = k.prog.dimName(u.dim)
	}
	if (word == "money" || meant == "money") && k.prog.currency("EUR") {
		d.Notes = append(d.Notes, lang.Note{Text: "the type of an amount is its currency, such as EUR"})
		return
	}
	near, isNear := k.l.spell.nearest(n.Text, known)
	switch _, declared := k.prog.dims["money"]; {
	case word == "money" && !declared, meant == "money" && !declared:
		d.Notes = append(d.Notes, lang.Note{Text: "money is a quantity of your own, which begins with its first unit: unit eur of money"})
		if word == "money" {
			d.Fix = &lang.Fix{Label: "write `unit eur of money` at the top of the file, with your currency", Replacement: "unit eur of money\n"}
		}
		return
	case meant != "":
		offer(meant)
	case word == "list" || word == "array" || word == "set":
		if word == "array" {
			word = "list"
		}
		offer(word + " of text")
	case isNear:
		offer(near)
		return
	}
	d.Notes = append(d.Notes, lang.Note{Text: "the types are bool, number, integer, text, code, name, date, duration, address, moment, time_of_day, values in a row such as A | B, quantities such as length and mass, the kinds, and set of and list of one of them; a quantity of your own begins with its first unit, as in: unit eur of money"})
}

// orNone reports `text | none`, an enumeration of two names where a type and a question mark are meant.
func (k *checker) orNone(t *lang.Type) bool {
	if len(t.Choices) != 2 || t.Choices[1].Name.Text != "none" && t.Choices[1].Name.Text != "null" || k.basicType(t.Choices[0].Name.Text) == nil && k.prog.kinds[t.Choices[0].Name.Text] == nil {
		return false
	}
	better := t.Choices[0].Name.Text + "?"
	d := k.errorf(code.UnknownType, t, "`%s` is a type: what may be none has a question mark behind it", t.Choices[0].Name.Text)
	d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: lang.Span{Start: t.Start, End: t.Choices[1].Name.Range().End}, Replacement: better}
	return true
}
