//go:build !unix

package tests

import "time"

var started = time.Now()

// processorTime is not known here; the time that goes by is more.
func processorTime() time.Duration { return time.Since(started) }
