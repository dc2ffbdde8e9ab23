package code

// Warnings of what is well-formed and hardly meant, seen in the words alone. Values
// never change; a new code goes at the end.
const (
	// NeedsHas occurs when a condition compares an optional attribute without asking whether it has a value.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { range: length? }
	//	role item: Item
	//	policy p { deny when not item.range >= 300 km }
	NeedsHas Code = "W0101"

	// LostPriority occurs when an inherited rule's notwithstanding or subject to names a rule that the amendment repealed.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	policy a {
	//	  general: deny
	//	  special: permit notwithstanding general
	//	}
	//	policy b amends a { repeal general }
	LostPriority Code = "W0102"

	// DateReach occurs when a member of a group has a date and stands behind members that have none.
	//
	// A date holds for the name that it stands behind, and for no other. Where it is meant
	// for all of them, it stands in front, with a colon: `since 1987-04-16: US, GB, FR`. Where
	// it is meant for the one, put that behind a head of its own: `US, GB, since 1987-04-16: FR`.
	//
	// Example:
	//
	//	kind Country = US | GB | FR
	//	group Member of Country: US, GB, FR since 1987-04-16
	DateReach Code = "W0103"

	// EmptyList occurs when the file of a group has a heading and no members, or `where` leaves none of its rows.
	//
	// Rules that hang on the group alone then never apply, or always. That can be what is
	// meant, for a list from which the last name was taken off.
	EmptyList Code = "W0105"

	// InexactDates occurs when a difference of two dates is compared with months or years.
	//
	// The difference is a number of days, and eighteen years are not always as many, so that
	// a birthday would be some days early. Written as a sum, the comparison is exact:
	// `born + 18 years <= as_of`; years_between and months_between count whole ones.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Person { born: date }
	//	role person: Person
	//	policy p { deny when as_of - person.born < 18 years }
	InexactDates Code = "W0104"

	// OneSided occurs when a condition always or never holds, since it says `or` where `and` is meant, or the other way round.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { category: I | II | III }
	//	role item: Item
	//	policy p { deny when item.category != I or item.category != II }
	OneSided Code = "W0106"

	// CommaAfterNot occurs when a comma follows a `not` in a phrase: it means `or`, and `not` reaches no further than the comma.
	//
	// Parentheses say which is meant: `not (FR, DE)` leaves both out, and `(not FR), DE` says the
	// same as the comma.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Country = US | FR | DE
	//	role to recipient: Country
	//	policy p { deny to not FR, DE }
	CommaAfterNot Code = "W0107"

	// NetworkAsText occurs when a fact is compared with the text of a network of addresses.
	//
	// Texts are compared letter by letter, so that no address is equal to its network. Whether
	// it lies in it is asked of a fact of the type `address`: `request.source in 10.0.0.0/8`.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Request { address: text }
	//	role request: Request
	//	policy p { deny when request.address in ("10.0.0.0/8", "192.168.0.0/16") }
	NetworkAsText Code = "W0108"

	// NoSuchCell occurs when `where` compares a column with a text that stands in no row of the file.
	//
	// Capital letters count. The comparison never holds, or always, as where a list writes
	// `individual` and not `Individual`.
	NoSuchCell Code = "W0109"

	// DecimalsOrThousands occurs when three digits stand behind the point of an amount, as where the point sets thousands apart.
	//
	// In Ctl it is a decimal point: `100.000 eur` are a hundred euros. A hundred thousand are
	// written `100000 eur` or `100_000 eur`.
	//
	// Example:
	//
	//	unit eur of money
	//	outcomes deny
	//	kind Bid { price: money }
	//	role bid: Bid
	//	policy p { deny when bid.price > 100.000 eur }
	DecimalsOrThousands Code = "W0110"
)
