package main

import (
	"testing"
	"time"
)

// TestEqual holds every answer of every engine to that of hand-written Go.
func TestEqual(t *testing.T) {
	for _, wl := range []*Workload{mtcrWorkload(500), publishedWorkload(500), eccnWorkload(10, 100), eccnWorkload(300, 100),
		hospitalWorkload(1, 200), hospitalWorkload(3, 200)} {
		loaded, err := wl.load(time.Minute)
		if err != nil {
			t.Error(err)
		}
		for _, l := range loaded {
			if l.Failed != "" {
				t.Errorf("%s: %s: %s", wl.Name, l.Engine.Name, l.Failed)
			}
		}
	}
}
