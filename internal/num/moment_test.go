package num_test

import (
	"testing"

	"github.com/ctl-lang/ctl/internal/num"
)

// TestMoments reads moments and writes them again, and orders them by the instant.
func TestMoments(t *testing.T) {
	for text, want := range map[string]string{
		"2026-11-29T18:42:00+01:00": "2026-11-29T18:42:00+01:00", "2026-11-29t18:42:00z": "2026-11-29T18:42:00Z", "2026-11-29 18:42:00.50-00:00": "2026-11-29T18:42:00.5Z",
		"0001-01-02T00:00:00Z": "0001-01-02T00:00:00Z", "9999-12-31T09:59:59.999999999+10:00": "9999-12-31T09:59:59.999999999+10:00", "1969-12-31T23:59:59.999999999Z": "1969-12-31T23:59:59.999999999Z",
	} {
		m, err := num.ParseMoment(text)
		if err != nil || m.String() != want {
			t.Errorf("%s is %s %v", text, m, err)
		}
	}
	for _, text := range []string{"", "2026-11-29", "2026-11-29T18:42:00", "2026-11-29T18:42Z", "2026-11-29T18:42:60Z", "2026-11-29T24:00:00Z", "2026-02-29T00:00:00Z", "2026-11-29T18:42:00+1:00", "2026-11-29T18:42:00+24:00",
		"2026-11-29T18:42:00+01:60", "0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "2026-11-29T18:42:00.Z", "2026-11-29T18:42:00.1234567890Z", "2026-11-29T18:42:00Zx", "2026-11-29Tx", "2026-11-29T::Z", "٢٠٢٦-11-29T18:42:00Z"} {
		if m, err := num.ParseMoment(text); err == nil {
			t.Errorf("%q is %s", text, m)
		}
	}
	a, _ := num.ParseMoment("2026-11-29T18:42:00+01:00")
	b, _ := num.ParseMoment("2026-11-29T17:42:00Z")
	next, ok := b.Add(1)
	before, _ := b.Add(-1)
	if a.Cmp(b) != 0 || !ok || next.Cmp(a) <= 0 || before.Cmp(a) >= 0 || before.String() != "2026-11-29T17:41:59.999999999Z" {
		t.Error(a, b, next, before)
	}
	if d, clock := a.Local(); d.String() != "2026-11-29" || clock.String() != "18:42" {
		t.Error(d, clock)
	}
	if _, ok := num.MaxMoment.Add(1); ok {
		t.Error("there is a moment behind the last one")
	}
}

// TestTimesOfDay reads what clocks show and writes it as short as it can be.
func TestTimesOfDay(t *testing.T) {
	for text, want := range map[string]string{"09:00": "09:00", "09:00:00": "09:00", "23:59:59.999999999": "23:59:59.999999999", "00:00:00.5": "00:00:00.5", "12:30:01": "12:30:01"} {
		if got, err := num.ParseTimeOfDay(text); err != nil || got.String() != want {
			t.Errorf("%s is %s %v", text, got, err)
		}
	}
	for _, text := range []string{"", "9:00", "24:00", "25:00", "12:60", "12:00:60", "12:00:61", "12:00:00.", "12:00:00.1234567890", "12", "12:0", "12:00:00:00", "-1:00"} {
		if got, err := num.ParseTimeOfDay(text); err == nil {
			t.Errorf("%q is %s", text, got)
		}
	}
}
