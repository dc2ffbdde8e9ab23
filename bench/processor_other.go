//go:build !unix

package main

import (
	"runtime"
	"time"
)

var started = time.Now()

// processorTime is how long cores would have worked if all did all the time.
func processorTime() time.Duration {
	return time.Since(started) * time.Duration(runtime.NumCPU())
}
