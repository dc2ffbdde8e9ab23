package interp

// Truth is a truth value of strong Kleene logic.
type Truth int8

// The truth values. Unknown: some completions of the case make it true, some
// false, or the evaluator cannot tell.
const (
	False Truth = iota
	Unknown
	True
)

// String is yes, no or unknown.
func (t Truth) String() string {
	switch t {
	case True:
		return "yes"
	case False:
		return "no"
	}
	return "unknown"
}

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

func (t Truth) not() Truth { return True - t }

func (t Truth) and(u Truth) Truth { return min(t, u) }

func (t Truth) or(u Truth) Truth { return max(t, u) }
