package record

import "log/slog"

// LogValue is the record as log/slog writes it: a group with the members of its JSON
// that a log wants, the time aside, which log entries have of their own. Sensitive facts
// are masked as in the record.
//
//	slog.Info("decided", "decision", options.Decided(id, c, decision))
func (r *Record) LogValue() slog.Value {
	attrs := []slog.Attr{
		slog.String("policy", r.Policy), slog.String("version", r.Version), slog.String("as_of", r.AsOf),
		slog.Any("facts", r.Facts), slog.String("status", string(r.Status)),
	}
	if r.ID != "" {
		attrs = append([]slog.Attr{slog.String("id", r.ID)}, attrs...)
	}
	if r.Outcome != "" {
		attrs = append(attrs, slog.String("outcome", r.Outcome))
	}
	if r.Error != "" {
		attrs = append(attrs, slog.String("error", r.Error))
	}
	attrs = appendList(attrs, "rules", r.Rules)
	attrs = appendList(attrs, "obligations", r.Obligations)
	attrs = appendList(attrs, "possible", answers(r.Possible))
	return slog.GroupValue(appendList(attrs, "needs", facts(r.Needs))...)
}

// appendList adds a list that holds something.
func appendList(attrs []slog.Attr, name string, list []string) []slog.Attr {
	if len(list) == 0 {
		return attrs
	}
	return append(attrs, slog.Any(name, list))
}

func answers(list []Possibility) (out []string) {
	for _, p := range list {
		out = append(out, p.answer())
	}
	return out
}

func (p Possibility) answer() string {
	if p.Outcome != "" {
		return p.Outcome
	}
	return string(p.Status)
}

func facts(list []Need) (out []string) {
	for _, n := range list {
		out = append(out, n.Fact)
	}
	return out
}
