package interp

// conditionJSON is the form that a condition has in JSON. Value is that of an operator that takes
// one, Values those of the others.
type conditionJSON struct {
	Op     ConditionOp  `json:"op"`
	Parts  []*Condition `json:"parts,omitzero"`
	Fact   string       `json:"fact,omitzero"`
	Value  Value        `json:"value,omitzero"`
	Values []Value      `json:"values,omitzero"`
	Other  string       `json:"other,omitzero"`
	Group  string       `json:"group,omitzero"`
	Text   string       `json:"text,omitzero"`
	Reads  []string     `json:"reads,omitzero"`
}

// MarshalJSON is an object with the fields op, and as far as the operator has them parts, fact,
// value (of a comparison) or values, other (a fact), group (its name), text and reads. One that a program
// put together and that cannot be is an error.
func (c *Condition) MarshalJSON() ([]byte, error) {
	if err := c.mistake(); err != nil {
		return nil, err
	}
	j := conditionJSON{Op: c.Op, Parts: c.Parts, Fact: c.Fact, Other: c.Other, Text: c.Text, Reads: c.Reads}
	switch c.Op {
	case OpAnd, OpOr:
		j.Parts = orEmpty(c.Parts)
	case OpEqual, OpUnequal, OpLess, OpAtMost, OpGreater, OpAtLeast, OpLike, OpNotLike, OpUnder, OpNotUnder:
		if c.Other == "" {
			j.Value = c.Values[0]
		}
	default:
		j.Values = c.Values
	}
	if c.Group != nil {
		j.Group = c.Group.Name
	}
	return marshal(j)
}
