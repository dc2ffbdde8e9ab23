// Package tests holds the project to its word: scripts over the real command, the
// examples of every document and every diagnostic code, the rules that are shipped,
// and the order of the packages.
//
//	go test ./tests                          # all of it
//	go test ./tests -run TestScripts/decide_ # the scripts of one command
//	go test ./tests -update                  # rewrite what the scripts and documents show
package tests
