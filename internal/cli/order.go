package cli

import (
	"strings"

	"github.com/alecthomas/kong"
)

// flagsFirst puts the flags of a command line in front of its other words, so that the
// two may be mixed, as in `ctl decide rules.ctl -p us item.category=I`: kong reads the
// words of an argument only as long as no flag comes between them. What stands behind
// -- are words.
func flagsFirst(root *kong.Node, args []string) []string {
	var command *kong.Node
	if len(args) > 0 {
		command = commandCalled(root, args[0])
	}
	if command == nil {
		return args
	}
	flags, words := []string{args[0]}, []string(nil)
	for rest := args[1:]; len(rest) > 0; rest = rest[1:] {
		word := rest[0]
		switch {
		case word == "--":
			return append(append(append(flags, "--"), words...), rest[1:]...)
		case word == "-" || !strings.HasPrefix(word, "-"):
			words = append(words, word)
		case takesNext(command, word) && len(rest) > 1:
			flags = append(flags, word, rest[1])
			rest = rest[1:]
		default:
			flags = append(flags, word)
		}
	}
	return append(flags, words...)
}

// takesNext says whether a flag's value is the word behind it: of --policy and -p it
// is, of --policy=us, -pus and --json it is not. Of short flags written together the
// last one tells, unless one before it takes the rest for its value.
func takesNext(command *kong.Node, word string) bool {
	if strings.HasPrefix(word, "--") {
		f := flagCalled(command, word)
		return f != nil && !f.IsBool()
	}
	for i, r := range word[1:] {
		if f := flagCalled(command, "-"+string(r)); f != nil && !f.IsBool() {
			return i+len(string(r)) == len(word)-1
		}
	}
	return false
}
