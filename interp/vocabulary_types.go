package interp

// Form is what sort of value the type has, as one who is asked for it answers.
func (t *Type) Form() AnswerForm {
	form, _ := t.answer()
	return form
}

// Optional says whether having none is a value too.
func (t *Type) Optional() bool { return t.optional }

// Choices are the values of an enumeration; nil of other types.
func (t *Type) Choices() []EnumChoice {
	if t.basic != enumType {
		return nil
	}
	return t.enum.Choices
}

// Thing is the kind that values of the type are of; nil where they are no things.
func (t *Type) Thing() *Kind { return t.kind }

// Elem is the type of the members of a set or a list; nil of other types.
func (t *Type) Elem() *Type { return t.elem }

// Member is what a set or a list holds in the end, however they are nested, and else the
// type itself.
func (t *Type) Member() *Type {
	for t.elem != nil {
		t = t.elem
	}
	return t
}

// Unit is the unit that a quantity of the type is best given in: a common one where
// the standard library has it (km, kg, s), else the one that the dimension was declared
// with. It is "" where the type is no quantity.
func (p *Program) Unit(t *Type) string {
	if t.basic != numberType || t.dim == "" {
		return ""
	}
	for _, common := range []string{"km", "kg", "s", "mps", "N", "Pa", "Ns", "K", "m2", "m3"} {
		if u, ok := p.units[common]; ok && u.dim == t.dim {
			return common
		}
	}
	if u := p.coherentUnits[t.dim]; u != nil {
		return u.name
	}
	return ""
}
