package record

import (
	"log/slog"

	"github.com/ctl-lang/ctl/internal/plain"
)

// LogValue is the record as log/slog writes it: a group with the members of its JSON
// that a log wants, the time aside, which log entries have of their own. Sensitive facts
// are masked as in the record, and what would steer a terminal is replaced.
//
//	slog.Info("decided", "decision", options.Decided(id, c, decision))
func (r *Record) LogValue() slog.Value {
	attrs := []slog.Attr{
		slog.String("policy", r.Policy), slog.String("version", r.Version), slog.String("as_of", r.AsOf),
		slog.Any("facts", shown(r.Facts)), slog.String("status", string(r.Status)),
	}
	if r.ID != "" {
		attrs = append([]slog.Attr{slog.String("id", plain.Line(r.ID))}, attrs...)
	}
	if r.Outcome != "" {
		attrs = append(attrs, slog.String("outcome", r.Outcome))
	}
	if r.Error != "" {
		attrs = append(attrs, slog.String("error", plain.Lines(r.Error)))
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
	return append(attrs, slog.Any(name, shown(list)))
}

// shown is a value as a log may show it.
func shown(v any) any {
	switch v := v.(type) {
	case string:
		return plain.Line(v)
	case []string:
		out := make([]string, len(v))
		for i, s := range v {
			out[i] = plain.Line(s)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = shown(e)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, e := range v {
			out[plain.Line(name)] = shown(e)
		}
		return out
	}
	return v
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
