package num

// Mistake is what is wrong with a text that is to be a value.
type Mistake struct {
	Says  string
	Meant string // what is written instead; "" where that is not certain
}

func (m *Mistake) Error() string { return m.Says }
