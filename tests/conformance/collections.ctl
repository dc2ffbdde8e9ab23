# Sets, optional attributes, texts and counting.
outcomes deny > permit

kind Party = text {
  flagged: bool = no
}

kind Person {
  roles: set of admin | editor | viewer
  codes: set of text
  limit: number?
  name: text
  age: number
  partner: Party
  trusted: bool
}

role subject: Person

group Denied of Party: "Acme Corp", "Evil \"Inc\""
group Blocked of Party: Denied, "Other Ltd"

term Staff of Person: any of roles in (admin, editor)
term Listed of Party: in Blocked or flagged

policy p {
  r1: permit when admin in subject.roles
  r2: permit when all of subject.roles in (viewer, editor) and editor in subject.roles
  r3: deny when none of subject.roles in (admin, editor, viewer)
  r4: permit when "9A012" in subject.codes
  r5: deny when has subject.limit and subject.limit < 10
  r6: deny when subject.name like "J?hn*"
  r7: deny when at least 2 of (subject.age > 60, subject.trusted, subject is Staff)
  r8: deny when exactly 0 of (subject.trusted, subject is Staff)
  r9: deny when subject.partner is Listed
  r10: deny when subject.partner = "Third plc"
  r11: deny when count(subject.roles) > 2
}

test "no roles" under p {
  given subject.roles = (), subject.codes = (), subject.limit = none, subject.name = "x",
    subject.age = 1, subject.partner = "a", subject.trusted
  expect deny by r3
}

test "an editor" under p {
  given subject.roles = (editor, viewer), subject.codes = (), subject.limit = none,
    subject.name = "x", subject.age = 1, subject.partner = "a", not subject.trusted
  expect permit by r2
}

test "a set of texts" under p {
  given subject.roles = (viewer), subject.codes = ("9A012", "1A101"), subject.limit = 10,
    subject.name = "x", subject.age = 1, subject.partner = "a", subject.trusted
  expect permit by r4
}

test "a limit" under p {
  given subject.roles = (viewer), subject.codes = ("9A012"), subject.limit = 9.99,
    subject.name = "x", subject.age = 1, subject.partner = "a", subject.trusted
  expect deny by r5
}

test "a pattern" under p {
  given subject.roles = (viewer), subject.codes = (), subject.limit = none,
    subject.name = "John Smith", subject.age = 1, subject.partner = "a", subject.trusted
  expect deny by r6
}

test "two of three" under p {
  given subject.roles = (admin), subject.codes = (), subject.limit = none, subject.name = "x",
    subject.age = 61, subject.partner = "a", not subject.trusted
  expect deny by r7
}

test "two of three, the third not known" under p {
  given subject.roles = (admin), subject.codes = (), subject.limit = none, subject.name = "x",
    subject.age = 61, subject.partner = "a"
  expect deny by r7
}

test "a group in a group" under p {
  given subject.roles = (viewer), subject.codes = (), subject.limit = none, subject.name = "x",
    subject.age = 1, subject.partner = "Evil \"Inc\"", subject.trusted
  expect deny by r9
}

test "an attribute of an attribute" under p {
  given subject.roles = (viewer), subject.codes = (), subject.limit = none, subject.name = "x",
    subject.age = 1, subject.partner = "a", subject.partner.flagged, subject.trusted
  expect deny by r9
}

test "a name in quotes" under p {
  given subject.roles = (viewer), subject.codes = (), subject.limit = none, subject.name = "x",
    subject.age = 1, subject.partner = "Third plc", subject.trusted
  expect deny by r10
}

test "how many" under p {
  given subject.roles = (viewer, editor, admin), subject.codes = (), subject.limit = none,
    subject.name = "x", subject.age = 1, subject.partner = "a", not subject.trusted
  expect deny by r11
}
