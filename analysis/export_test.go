package analysis

// SetWordEffort sets how much is spent on short words, and gives what sets it back.
func SetWordEffort(steps uint64) (restore func()) {
	old := wordEffort
	wordEffort = steps
	return func() { wordEffort = old }
}

// SetManyRules sets from how many rules on points are tried first, and gives what sets it back.
func SetManyRules(n int) (restore func()) {
	old := manyRules
	manyRules = n
	return func() { manyRules = old }
}
