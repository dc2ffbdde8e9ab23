package session

import (
	"context"
)

// command is one word that the session obeys.
type command struct {
	name  string
	usage string // with its arguments
	about string // in a line
	plain bool   // takes no arguments
	args  argument
	run   func(s *Session, ctx context.Context, rest string) *answer
}

// argument is what completion offers behind a command.
type argument uint8

const (
	noArgument argument = iota
	factArgument
	toldArgument
	outcomeArgument
	policyArgument
	dateArgument
	labelArgument
	attrArgument
	fileArgument
	topicArgument
	testArgument
	claimArgument
)

// commands are all commands, in the order of the help text. It is filled by init, as
// help speaks of the commands.
var commands []*command

func init() {
	commands = []*command{
		{name: "facts", usage: "facts", about: "what is known of the case", plain: true, run: (*Session).factsCommand},
		{name: "forget", usage: "forget FACT, ...", about: "make facts unknown again", args: toldArgument, run: (*Session).forgetCommand},
		{name: "undo", usage: "undo", about: "take the last change back: a fact, a rule, a policy, a date", plain: true, run: (*Session).undoCommand},
		{name: "redo", usage: "redo", about: "do again what was undone", plain: true, run: (*Session).redoCommand},
		{name: "reset", usage: "reset", about: "forget all facts", plain: true, run: (*Session).resetCommand},
		{name: "decide", usage: "decide", about: "the decision on the case; an empty line asks for it too", plain: true, run: (*Session).decideCommand},
		{name: "why", usage: "why [not OUTCOME]", about: "why it is so, or why an outcome is not the answer", args: outcomeArgument, run: (*Session).whyCommand},
		{name: "flip", usage: "flip OUTCOME [all]", about: "the fewest facts whose change would give an outcome", args: outcomeArgument, run: (*Session).flipCommand},
		{name: "what", usage: "what if FACT, ...", about: "what other facts would change", args: factArgument, run: (*Session).whatIfCommand},
		{name: "ask", usage: "ask", about: "be asked for the facts that matter, the most decisive first", plain: true, run: (*Session).askCommand},
		{name: "possible", usage: "possible", about: "the answers still possible, and when", plain: true, run: (*Session).possibleCommand},
		{name: "needs", usage: "needs", about: "the facts to find out", plain: true, run: (*Session).needsCommand},
		{name: "table", usage: "table ROWS COLUMNS", about: "the answers by the values of two facts, the others as they are", args: attrArgument, run: (*Session).tableCommand},
		{name: "use", usage: "use POLICY", about: "decide by another policy or series", args: policyArgument, run: (*Session).useCommand},
		{name: "as", usage: "as of DATE", about: "the date of the case", args: dateArgument, run: (*Session).asOfCommand},
		{name: "diff", usage: "diff [POLICY [POLICY]] [when COND]", about: "what changes from one policy to another; alone, what the session's rules change", args: policyArgument, run: (*Session).diffCommand},
		{name: "prove", usage: "prove [NAME]", about: "the claims: proved, or refuted with a case", args: claimArgument, run: (*Session).proveCommand},
		{name: "check", usage: "check", about: "problems in the rules", plain: true, run: (*Session).checkCommand},
		{name: "test", usage: "test [NAME]", about: "run the tests", args: testArgument, run: (*Session).testCommand},
		{name: "rules", usage: "rules [OUTCOME]", about: "the rules of the policy", args: outcomeArgument, run: (*Session).rulesCommand},
		{name: "show", usage: "show NAME", about: "a rule, term, group, kind, policy or fact as it is written; `show session` what was typed here", args: labelArgument, run: (*Session).showCommand},
		{name: "terms", usage: "terms [KIND]", about: "the named conditions", run: (*Session).termsCommand},
		{name: "groups", usage: "groups", about: "the named sets", plain: true, run: (*Session).groupsCommand},
		{name: "kinds", usage: "kinds", about: "the kinds of things, with what can be known of each", plain: true, run: (*Session).kindsCommand},
		{name: "sources", usage: "sources", about: "what the rules cite", plain: true, run: (*Session).sourcesCommand},
		{name: "save", usage: `save FILE, save case FILE, save test "NAME" [FILE]`, about: "write what was declared here, the case, or the case as a test", args: fileArgument, run: (*Session).saveCommand},
		{name: "load", usage: "load FILE", about: "go on with a case that was saved", args: fileArgument, run: (*Session).loadCommand},
		{name: "record", usage: "record FILE", about: "write the session as a text that replay runs", args: fileArgument, run: (*Session).recordCommand},
		{name: "replay", usage: "replay FILE", about: "run a recorded session", args: fileArgument, run: (*Session).replayCommand},
		{name: "edit", usage: "edit [FILE]", about: "edit the session's declarations, or a file, in your editor", args: fileArgument, run: (*Session).editCommand},
		{name: "reload", usage: "reload", about: "read the rule files anew", plain: true, run: (*Session).reloadCommand},
		{name: "note", usage: "note [FILE]", about: "the case for the file: what was told, the decision, and why", args: fileArgument, run: (*Session).noteCommand},
		{name: "history", usage: "history [on|off]", about: "earlier inputs, and whether further ones are kept", run: (*Session).historyCommand},
		{name: "version", usage: "version", about: "of this program and of the rules", plain: true, run: (*Session).versionCommand},
		{name: "help", usage: "help [TOPIC]", about: "this list, or more about a topic or a command", args: topicArgument, run: (*Session).helpCommand},
		{name: "quit", usage: "quit", about: "leave", plain: true, run: (*Session).quitCommand},
	}
}

// also are other words for commands, which people of other sessions type.
var also = map[string]string{"exit": "quit", "bye": "quit"}

func commandNamed(word string) *command {
	if name, ok := also[word]; ok {
		word = name
	}
	for _, c := range commands {
		if c.name == word {
			return c
		}
	}
	return nil
}

func (s *Session) quitCommand(context.Context, string) *answer {
	return &answer{kind: "quit", quit: true}
}

// noArguments refuses arguments of a command that takes none.
func noArguments(command, rest string) *answer {
	if rest == "" {
		return nil
	}
	return refuse("`%s` stands alone: nothing may follow it", command)
}
