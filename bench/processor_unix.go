//go:build unix

package main

import (
	"syscall"
	"time"
)

// processorTime is how long cores have worked for this process.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // only of wrong arguments
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
