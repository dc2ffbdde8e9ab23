//go:build unix

package repl

import "syscall"

// suspend stops the process and those that were started with it, as the terminal does on
// Ctrl-Z, until the shell lets them go on.
func suspend() { _ = syscall.Kill(0, syscall.SIGTSTP) }
