package interp

import (
	"bytes"
	"encoding/json"
)

// Values are JSON as the facts of a case are: yes and no a bool, a number a number, none null,
// a list an array, and everything else a text.

// MarshalText is YYYY-MM-DD; of NoDate nothing.
func (v Date) MarshalText() ([]byte, error) {
	if v == NoDate {
		return nil, nil
	}
	return []byte(v.String()), nil
}

// UnmarshalText reads YYYY-MM-DD, or nothing as NoDate.
func (v *Date) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*v = NoDate
		return nil
	}
	*v, err = ParseDate(string(text))
	return err
}

// MarshalText is such as 1 year 2 months 3 days.
func (v Duration) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// MarshalText is the text as it was written.
func (v Folded) MarshalText() ([]byte, error) { return []byte(v.written), nil }

// MarshalText is the choice's name.
func (v Choice) MarshalText() ([]byte, error) { return []byte(v.Name()), nil }

// MarshalJSON is a number; of a quantity, and of a number that JSON cannot write, a text: "300 km".
func (v Number) MarshalJSON() ([]byte, error) {
	if v.dim != "" {
		return marshal(v.String())
	}
	if text := v.n.String(); json.Valid([]byte(text)) {
		return []byte(text), nil
	}
	return marshal(v.String())
}

// MarshalJSON is null.
func (None) MarshalJSON() ([]byte, error) { return []byte("null"), nil }

// MarshalJSON is an array.
func (v List) MarshalJSON() ([]byte, error) { return marshal(orEmpty([]Value(v))) }

// MarshalJSON is an array.
func (v Set) MarshalJSON() ([]byte, error) { return marshal(orEmpty([]Value(v))) }

// MarshalJSON is the identity; of a thing without one, its facts as text.
func (t *Thing) MarshalJSON() ([]byte, error) {
	if t.ID != nil {
		return marshal(t.ID)
	}
	return marshal(t.String())
}

// marshal is JSON in which <, > and & stand as they are: whoever marshals the whole escapes them
// where that is wanted.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// orEmpty is a list that is [] and not null where there is nothing in it.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
