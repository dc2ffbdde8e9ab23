# Missing facts: exact answers, and what to find out.
outcomes deny > review > permit

kind Item {
  form: missile | launcher | other
  range: length
  heavy: bool
  note: text?
}

role item: Item

term Launcher of Item: form = launcher
open term vetted of Item "vetted by the committee"
open term emergency "is there an emergency"

constraint other_is_light: item.form = other implies not item.heavy

policy tautology {
  all: deny when item is Launcher or item is not Launcher
}

test "true whatever the form is" under tautology {
  given item.heavy = no
  expect deny by all
}

policy split {
  a: deny when item.range < 100 km
  b: deny when item.range >= 100 km
}

test "the intervals cover every range" under split {
  given item.form = missile
  expect deny
}

policy p {
  far: deny when item.range >= 300 km
  heavy: review when item.heavy
  relief: permit when vetted notwithstanding far, heavy
  otherwise permit
}

test "nothing known" under p {
  expect undetermined between deny, review, permit
}

test "settled, and the rest does not matter" under p {
  given item.range = 300 km, item is not vetted
  expect deny by far
}

test "relief does not ask further" under p {
  given item is vetted
  expect permit
}

test "what is left to ask" under p {
  given item.range = 1 km, item.heavy
  expect undetermined between review, permit needing item.vetted
}

test "the constraint helps" under p {
  given item.range = 1 km, item.form = other
  expect permit
}

test "the constraint keeps a value out" under p {
  given item.range = 1 km, item.heavy, item is not vetted
  expect review
}

policy whole {
  now: permit when emergency
  otherwise deny
}

test "a fact of the whole case" under whole {
  given emergency
  expect permit
}

test "denied" under whole {
  given not emergency
  expect deny
}

test "unknown" under whole {
  expect undetermined between deny, permit needing emergency
}

policy noted {
  has_note: review when has item.note and item.note like "*urgent*"
  otherwise permit
}

test "known to have none" under noted {
  given item.note = none
  expect permit
}

test "not known whether it has one" under noted {
  expect undetermined between review, permit needing item.note
}

# What is said of a value is false of none, with not too.
policy denied {
  out: deny when item.note not like "*ok*"
  otherwise permit
}

test "not like, of none" under denied {
  given item.note = none
  expect permit
}

test "not like" under denied {
  given item.note = "bad"
  expect deny by out
}

test "not like, it is like" under denied {
  given item.note = "all ok"
  expect permit
}
