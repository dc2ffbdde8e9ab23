//go:build unix

package osfile

import "syscall"

const noWait = syscall.O_NONBLOCK
