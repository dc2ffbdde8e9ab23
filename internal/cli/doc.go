// Package cli is the command line of Ctl: it reads words, flags and files, asks
// interp, and prints what render makes of the answer. It decides nothing of its own.
//
//	os.Exit(cli.Main(os.Args[1:]))
//
// Answers go to standard output and diagnostics to standard error. The exit status is
// 0 where the case is decided or all is well, 1 for problems in the rules, a failing
// test or a refuted claim, 2 for a usage error or input that cannot be read, and 3 where
// a case is undetermined, undecided or a conflict, or where policies differ.
package cli
