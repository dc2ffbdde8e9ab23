package interp

// Cond is a condition on a case that stands by itself, outside any rule: what a
// caller of an analysis asks about.
type Cond struct {
	text string
	prog *Program
	c    cond
}

// String is the condition as it was written.
func (c *Cond) String() string { return c.text }

// Truth of the condition in a case; an error where it cannot be evaluated.
func (c *Cond) Truth(x *Case) (Truth, error) {
	s := &state{c: x, date: x.day()}
	t := c.c.truth(s)
	if s.err != nil {
		return Unknown, s.err
	}
	return t, nil
}
