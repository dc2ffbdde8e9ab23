package session

// topic is a text of help with examples, which the tests run in a session of the
// embedded rules, one after another.
type topic struct {
	name     string
	about    string // in a line
	text     string
	examples []string
}

var topics = []topic{
	{
		name: "facts", about: "tell what is known of the case",
		text: "A fact is a sentence, and ends with its line. A country is given by its code or its name, a quantity with its unit. Several facts stand in one line with commas. What a rule needs and is not told is unknown, which is not the same as no.",
		examples: []string{
			"item.category = I", "item is SLV", "recipient = India", "item.range = 300 km, item.payload = 500 kg",
			"program is vetted", "program is not vetted", "facts", "forget program.vetted", "undo", "redo", "reset",
		},
	},
	{
		name: "asking", about: "the decision, its reasons, and what would change it",
		text: "An empty line decides. `why not` says for an outcome which clause of which rule fails, or what defeats it; `flip` finds the fewest facts to change; `what if` tries facts without keeping them.",
		examples: []string{
			"item is CategoryI, item is SLV, recipient = AE, program is SpaceLaunch", "decide", "why", "why not review", "flip review",
			"what if program is vetted", "possible", "needs",
		},
	},
	{
		name: "conditions", about: "see whether a condition holds, part by part",
		text: "Any condition is evaluated and shown as a tree, down to the facts. A question mark asks where the words alone would tell: `recipient is vetted?`. An expression shows its value.",
		examples: []string{
			"item.range = 300 km, item is SLV", "SLV and vetted", "item is SLV?", "item.range >= 186 mi", "item.range", "item.range - 20 km", "recipient in Member",
		},
	},
	{
		name: "questions", about: "be asked for what matters",
		text: "`ask` puts one question after another, the one first whose answers leave least to ask, and ends as soon as the case is decided. Answer with a value, the number of a choice, or any fact; `unknown` leaves a question open, `?` says what it means, `why` what an answer decides, `back` takes the last answer back, `stop` or Ctrl-D ends the questions.",
		examples: []string{
			"item is CategoryI, recipient = FR", "ask", "stop",
		},
	},
	{
		name: "policies", about: "decide by another policy, or as of another day",
		text: "A series is a policy that is amended in time; the date of the case says which one of it decides.",
		examples: []string{
			"use", "use us1993", "as of 1994-05-01", "use us", "as of today", "rules", "rules review", "show nonmember", "terms Item", "groups", "kinds", "sources", "show item.form",
		},
	},
	{
		name: "rules", about: "write rules and declarations in the session",
		text: "A rule typed here takes effect at once: it goes into a policy of the session that amends the present one, which stays as it is. `replace L: ...` and `repeal L` change inherited rules. A rule typed again under its label takes the place of the first. Declarations (term, group, policy, test, claim, ...) are taken as in a file.",
		examples: []string{
			"item is CategoryI, item is SLV, recipient = AE, program is SpaceLaunch",
			"strict: deny CategoryI to nonMember unless SLV and vetted", "diff", "undo", "redo", "repeal strict", "term Heavy of Item: payload > 1 t", "show session",
		},
	},
	{
		name: "analysis", about: "what holds for every possible case",
		text: "`diff` finds every case that two policies answer differently, grouped, with an example of each. `prove` decides the claims of the files for every case. Ctrl-C stops an analysis that takes too long.",
		examples: []string{
			"diff us1993 us2025", "diff us1993 us2025 when recipient = IN", "prove", "prove mass destruction", "test", "test launch", "check", "table program.purpose item.category",
		},
	},
	{
		name: "files", about: "keep what was done",
		text: "`save case FILE` writes the present case, and `load FILE` goes on with it, now or in another session. `save FILE` writes what was declared here, `save test \"NAME\"` keeps the present case as a test. The name of a file with spaces stands in quotes. `record FILE` writes the session as text; `replay FILE` runs it again. `note FILE` writes the case, its decision and why, and `> FILE` behind a question writes its answer. A file that the session has not written is written over by `save!`, or a yes. Facts that the rules mark as sensitive are left out, unless `unmasked` stands behind the file. `load` takes up rules, too, that `save` wrote. `edit` opens your editor, `reload` reads the files anew.",
		examples: []string{
			"item is CategoryI, recipient = AE", "save case emirates.json", "reset", "load emirates.json", `save test "a Category I item for the Emirates"`, "save declared.ctl", "note case.txt", "why not permit > why.txt", "record session.txt", "record", "replay session.txt", "reload",
		},
	},
	{
		name: "keys", about: "the keys of the line editor",
		text: "Tab completes by what may stand there: commands, facts, values, units, labels, countries. Up and down find the earlier lines that begin as this one does, Ctrl-R those with some letters in them. Ctrl-_ takes a change of the line back, Alt-. brings the last word of the line before. A rule or condition that breaks off (an open bracket, a dangling `and`) goes on on the next line, and so does any line behind a backslash at its end. A pasted block is one input. Ctrl-C drops the line, twice leaves; Ctrl-D leaves. Of an answer longer than the screen `more` shows the rest. A blank before an input keeps it out of the history; `history off` keeps all of them out.",
		examples: []string{
			"item is SLV", "version",
		},
	},
}
