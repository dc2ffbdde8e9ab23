// Package osfile reads and writes ordinary files, for programs that are told names by
// others: what has no end, or waits for somebody, is refused at once, and what is written
// is there whole or not at all.
package osfile
