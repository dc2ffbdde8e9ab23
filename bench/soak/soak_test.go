package main

import "testing"

// TestSoak holds that what is held does not grow with the decisions and the versions.
func TestSoak(t *testing.T) {
	r, err := soak(40_000, 2_000, func(report) {})
	if err != nil {
		t.Fatal(err)
	}
	if r.versions != 20 || r.last > r.first+512<<10 {
		t.Errorf("%s; at first %d KB", r, r.first>>10)
	}
}
