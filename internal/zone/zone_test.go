package zone_test

import (
	"testing"
	"time"

	"github.com/ctl-lang/ctl/internal/zone"
)

// TestZones reads every zone, and shows what a few clocks do.
func TestZones(t *testing.T) {
	names := zone.Names()
	if len(names) < 500 {
		t.Errorf("only %d zones", len(names))
	}
	for _, name := range names {
		if _, err := zone.Load(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, x := range []struct{ zone, at, shows string }{
		{"Europe/Berlin", "2026-03-29T00:59:59Z", "2026-03-29 01:59:59 +0100"},
		{"Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29 03:00:00 +0200"},
		{"Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25 02:30:00 +0200"},
		{"Europe/Berlin", "2026-10-25T01:30:00Z", "2026-10-25 02:30:00 +0100"},
		{"Asia/Kolkata", "2026-01-01T00:00:00Z", "2026-01-01 05:30:00 +0530"},
		{"Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31 00:00:00 +1400"}, // a day that there was not
		{"America/New_York", "2900-07-01T12:00:00Z", "2900-07-01 08:00:00 -0400"},
		{"UTC", "2026-01-01T00:00:00Z", "2026-01-01 00:00:00 +0000"},
	} {
		l, err := zone.Load(x.zone)
		if err != nil {
			t.Fatal(err)
		}
		at, _ := time.Parse(time.RFC3339, x.at)
		if got := at.In(l).Format("2006-01-02 15:04:05 -0700"); got != x.shows {
			t.Errorf("at %s %s shows %s, not %s", x.at, x.zone, got, x.shows)
		}
	}
	for _, name := range []string{"", "Local", "Europe/Berln", "../etc/passwd"} {
		if _, err := zone.Load(name); err == nil {
			t.Errorf("%q is a zone", name)
		}
	}
}
