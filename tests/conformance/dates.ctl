# Dates: of groups, of rules, of the case.
use iso3166

outcomes deny > permit

kind Licence {
  issued: date
  expires: date?
  length: duration
}

role to recipient: Country
role on licence: Licence

group Member of Country:
  since 1987-04-16: FR until 2000-01-01, US, GB,
  since 2016-06-27: IN
# A date behind a name holds for that name alone: Member has none.
group Wider of Country: BR since 1995-01-01, Member
group Window of Country: Member since 1990-01-01 until 1995-01-01

policy p {
  member: permit to Member
  wider: permit to Wider
  window: permit to Window
  early: deny to AE until 1995-01-01
  late: deny to AE from 2020-01-01 until 2021-01-01
  recent: permit to CN when licence.issued within 90 days before as_of
  month: permit to CN when licence.issued + 1 month = 2024-02-29
  expired: deny to CN when has licence.expires and licence.expires < as_of
  long: deny to CU when licence.length > 1 year
}

test "a date in front holds for all that follow" under p {
  as of 1987-04-15
  given recipient = US
  expect undecided
}

test "the first day" under p {
  as of 1987-04-16
  given recipient = US
  expect permit by member, wider
}

test "until is the first day it no longer is" under p {
  as of 2000-01-01
  given recipient = FR
  expect undecided
}

test "the day before" under p {
  as of 1999-12-31
  given recipient = FR
  expect permit by member, wider
}

test "India, the day before" under p {
  as of 2016-06-26
  given recipient = IN
  expect undecided
}

test "India" under p {
  as of 2016-06-27
  given recipient = "India"
  expect permit by member, wider
}

test "a group of a group, its dates cut" under p {
  as of 1992-01-01
  given recipient = GB
  expect permit by member, wider, window
}

test "outside the window" under p {
  as of 1996-01-01
  given recipient = GB
  expect permit by member, wider
}

test "a rule's until" under p {
  as of 1994-12-31
  given recipient = AE
  expect deny by early
}

test "between" under p {
  as of 1995-01-01
  given recipient = AE
  expect undecided
}

test "a rule's from" under p {
  as of 2020-01-01
  given recipient = AE
  expect deny by late
}

test "its until" under p {
  as of 2021-01-01
  given recipient = AE
  expect undecided
}

test "within, at its edge" under p {
  as of 2024-06-29
  given recipient = CN, licence.issued = 2024-03-31, licence.expires = none
  expect permit by recent
}

test "one day more" under p {
  as of 2024-06-30
  given recipient = CN, licence.issued = 2024-03-31, licence.expires = none
  expect undecided
}

test "after the day is not before it" under p {
  as of 2024-03-30
  given recipient = CN, licence.issued = 2024-03-31, licence.expires = none
  expect undecided
}

test "a month from the last of January" under p {
  as of 2026-01-01
  given recipient = CN, licence.issued = 2024-01-31, licence.expires = none
  expect permit by month
}

test "expired" under p {
  as of 2026-01-01
  given recipient = CN, licence.issued = 2020-01-01, licence.expires = 2025-12-31
  expect deny by expired
}

test "no expiry is not expired" under p {
  as of 2026-01-01
  given recipient = CN, licence.issued = 2020-01-01, licence.expires = none
  expect undecided
}

test "whether it expires is not known" under p {
  as of 2026-01-01
  given recipient = CN, licence.issued = 2020-01-01
  expect undetermined between deny, undecided needing licence.expires
}

test "durations" under p {
  given recipient = CU, licence.length = 13 months
  expect deny
}

test "not longer" under p {
  given recipient = CU, licence.length = 1 year
  expect undecided
}
