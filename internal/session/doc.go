// Package session is a conversation about cases and rules: facts, questions, rules and
// commands go in, one after another, and each is answered at once.
//
//	s, err := session.New(session.Options{FS: rules.Files, Files: []string{rules.MTCR}, Date: today})
//	fmt.Print(s.Eval(ctx, "recipient = IN").Text)
//
// It knows no terminal. Whoever speaks for a person (internal/repl, an editor, a page)
// hands over inputs, shows answers, and asks it how a line can go on (Complete), whether
// a line breaks off (Open), and what stands before the next one (Prompt). It
// decides nothing of its own either: interp and analysis do, and internal/render words
// what they find.
//
// A session goes from state to state. A state is a program, a policy, a case and its
// date, and never changes: undo goes back to the one before, of which it keeps what is
// small: what was declared, and the facts. What the user declares is a
// text of its own, the draft, which is loaded behind the files as one more file.
//
// The files, by what an input goes through:
//
//	session.go           Session: what it is started with, Eval
//	input.go             cuts a text into statements, input_open.go says which goes on;
//	                     input_sort.go and input_facts.go tell facts, rules, declarations,
//	                     commands and conditions apart; habits.go and sentences.go know what
//	                     people of other sessions type, and how officers say facts
//	sensitive.go         which inputs and facts tell what is sensitive
//	commands.go          the table of the commands
//	state.go, undo.go    the states, the decision on each, and the way back
//	program.go           the loaded program; program_reading.go its files as they were read,
//	                     program_overlay.go these together with the draft
//	draft.go             what was declared, and where its problems stand as it was typed
//	answer.go            an answer; answer_json.go what JSON says of it, answer_words.go the
//	                     words that answers share
//	prompt.go            how the case stands, before the next input and at the beginning
//
// what answers an input:
//
//	facts.go             facts told and forgotten
//	declare.go           declarations; declare_rule.go rules, and fates.go what they do
//	evaluate.go          conditions and expressions
//	decide.go            the decision, why it is so, and what would change it
//	interview.go         the questions of ask
//	table.go             the answers by the values of two facts
//	policies.go          policies, series and dates; rules.go their rules
//	analyses.go          check, test, prove, diff
//	show.go              one thing as it is written; vocabulary.go all of a sort
//	about.go             history and version
//	files.go             save; files_note.go notes and `> FILE`; files_case.go a case, files_record.go record and replay,
//	                     files_edit.go edit and reload, files_disk.go reading and writing
//	help.go              help; help_topics.go its topics
//
// and what goes on with a line before it is one:
//
//	complete.go          Complete, and the word that is being typed
//	complete_tree.go     where that word stands in the tree of the text, and so what it may be
//	complete_fact.go     facts, conditions and their values; complete_rule.go rules and
//	                     declarations; complete_command.go what stands behind a command
//	complete_members.go  the members of lists, by the names that are bound to them
//	complete_data.go     what kinds and groups say of files, and the headings of these
//	complete_index.go    the names of a program, in order
package session
