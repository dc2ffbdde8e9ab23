# Unranked outcomes: a conflict is an answer of its own; priority settles it.
outcomes forbid, oblige, allow > tolerate

kind Act {
  a: bool = no
  b: bool = no
  c: bool = no
  d: bool
}

role act: Act

policy p {
  no: forbid when act.a
  must: oblige when act.b
  may: allow when act.c
  tolerated: tolerate when act.c
  except: allow when act.a and act.b and act.c notwithstanding no, must
}

test "one alone" under p {
  given act.a
  expect forbid by no
}

test "two that do not rank" under p {
  given act.a, act.b
  expect conflict by no, must
}

test "rules that rank do not conflict" under p {
  given act.c
  expect allow by may
}

test "priority settles it" under p {
  given act.a, act.b, act.c
  expect allow by except, may
}

test "ranked and unranked" under p {
  given act.a, act.c
  expect conflict
}

policy sides {
  must: oblige when act.a requiring "an act"
  no: forbid when act.a requiring "a reason"
  tolerated: tolerate when act.a requiring "patience"
}

test "a conflict has the obligations of all that conflict" under sides {
  given act.a
  expect conflict by must, no requiring "an act", "a reason"
}

policy q {
  no: forbid when act.a
  maybe: oblige when act.d
}

test "a conflict that may be" under q {
  given act.a
  expect undetermined between forbid, conflict needing act.d
}
