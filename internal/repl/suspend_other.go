//go:build !unix

package repl

// suspend does nothing where there is no such thing.
func suspend() {}
