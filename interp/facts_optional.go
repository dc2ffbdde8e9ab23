package interp

// Optional is a fact of an optional attribute in a struct that ReadStruct reads: unknown,
// which is its zero value, known to have none, or a value. A pointer, which is enough for
// other facts, could not tell the first two apart.
type Optional[T any] struct {
	told  bool
	value *T // nil: none
}

// Some is the fact that there is a value.
func Some[T any](v T) Optional[T] { return Optional[T]{true, &v} }

// NoneOf is the fact that there is none.
func NoneOf[T any]() Optional[T] { return Optional[T]{told: true} }

// Get is the value; has is false where there is none, and known where that is not known.
func (o Optional[T]) Get() (v T, has, known bool) {
	if o.value != nil {
		v = *o.value
	}
	return v, o.value != nil, o.told
}

// optionalFact is any Optional.
type optionalFact interface{ fact() (v any, known bool) }

// fact is the value as any, which is nil for none.
func (o Optional[T]) fact() (v any, known bool) {
	if o.value != nil {
		v = *o.value
	}
	return v, o.told
}
