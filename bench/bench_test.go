package main

import (
	"testing"
	"time"
)

// TestEqual holds every answer of every engine to that of hand-written Go.
func TestEqual(t *testing.T) {
	few, err := eccnWorkload(10, 100)
	if err != nil {
		t.Fatal(err)
	}
	more, err := eccnWorkload(300, 100)
	if err != nil {
		t.Fatal(err)
	}
	lines, _, err := jsonWorkload(500)
	if err != nil {
		t.Fatal(err)
	}
	for _, wl := range []*Workload{mtcrWorkload(500), openWorkload(500, 0), openWorkload(500, 1), openWorkload(500, 3), publishedWorkload(500),
		few, more, hospitalWorkload(1, 200), hospitalWorkload(3, 200), lines} {
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

// TestBatchesEqual does so for the batches.
func TestBatchesEqual(t *testing.T) {
	batches, err := mtcrBatches(randomExports(20_000))
	if err != nil {
		t.Fatal(err)
	}
	if err := checkBatches(batches, 20_000); err != nil {
		t.Error(err)
	}
}
