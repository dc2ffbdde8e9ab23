// Package repl is the session at a terminal, or at the end of a pipe. What a session is
// and what it answers is the business of internal/session; this package reads lines for
// it and writes what it answers.
//
//	os.Exit(repl.Run(repl.Config{Options: session.Options{FS: rules.Files, Files: []string{rules.MTCR}, Date: today},
//		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv}))
//
// The files:
//
//	run.go                Run: starts a session, and gives it to a person or to a script
//	script.go             reads inputs from a pipe or a file, and is an exit status
//	terminal.go           reads inputs from a person: prompts, pastes, Ctrl-C, signals
//	terminal_keyboard.go  the stream of keys on its way to the line editor
//	terminal_keys.go      the keys that the line editor leaves to us: Tab, Delete, Ctrl-Z
//	terminal_lines.go     Up and Down, the changes of a line taken back, the last word
//	terminal_page.go      an answer that is longer than the screen
//	terminal_kept.go      what was declared and not saved, for the next session
//	terminal_plain.go     lines without an editor: a terminal that cannot more, a screen reader
//	terminal_columns.go   the ways to complete a line, laid out in columns
//	history.go            the lines of earlier sessions, in a file of the user's own
//	suspend_*.go          Ctrl-Z, where there is such a thing
//
// The line editor is readline. No other package of the project knows it.
package repl
