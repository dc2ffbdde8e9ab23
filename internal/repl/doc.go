// Package repl is the interactive session: facts, questions and rules typed line by
// line, each answered at once.
//
//	os.Exit(repl.Run(repl.Config{FS: rules.Files, Files: []string{rules.MTCR}, Today: today,
//		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}))
//
// A Session takes inputs and returns answers, and knows no terminal. Run puts one in
// front of a person, with an editor, a history and completion, or lets a script speak
// to it through a pipe. The session decides nothing of its own: it asks interp and
// analysis, and shows what internal/render makes of the answers.
package repl
