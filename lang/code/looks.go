package code

// The codes of names and texts that a reader takes for something else: `ctl check` finds
// them as Unicode's technical standard 39 has it. A comment `# ctl:ignore W0219 because ...`,
// directly above or behind, keeps one quiet.
const (
	// LooksAlike occurs when two names, or texts, of a program look alike and are not the same.
	//
	// The code points in which they differ are told. It may be a letter of another script, or
	// the same letter in two forms: `é` is one character in the form NFC of Unicode, and two in
	// the form NFD. Names in ASCII are never told of each other, be they as alike as `corn` and
	// `com`. Members of groups in files are looked at too.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { form: Missile | Мissile | other }
	//	role item: Item
	//	policy p {
	//	  deny when item.form = Missile
	//	  otherwise permit
	//	}
	LooksAlike Code = "W0219"

	// MixedScripts occurs when a name, or a word of a text, has letters of several scripts that are not written together, or all its letters look like those of ASCII and are others.
	//
	// What Unicode calls highly restrictive is let be: one script, or Latin together with those
	// of Japanese, Chinese or Korean. So are Greek letters that look like no Latin one, as in
	// `Δv` and `kΩ`. Letters that only imitate those of ASCII, such as mathematical ones and,
	// outside East Asian words, fullwidth ones, count as a script of their own. A word in
	// borrowed letters alone is told if nothing else is written in their script.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { form: Мissile | other }
	//	role item: Item
	//	policy p {
	//	  deny when item.form = other
	//	  otherwise permit
	//	}
	MixedScripts Code = "W0220"

	// InvisibleCharacter occurs when a text in quotes, a name or a member of a group holds a character that is not to be seen.
	//
	// It equals no text without it, and nobody sees why. Where it is meant, an escape such as
	// `\u{200B}` shows it. Joiners are let be where a script or an emoji needs them.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { owner: text }
	//	role item: Item
	//	policy p {
	//	  deny when item.owner = "Acme{{byte E2}}{{byte 80}}{{byte 8B}}"
	//	  otherwise permit
	//	}
	InvisibleCharacter Code = "W0221"
)
