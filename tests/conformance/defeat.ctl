# Priorities: who defeats whom, and reinstatement.
outcomes deny > review > permit

kind Item {
  a: bool = no
  b: bool = no
  c: bool = no
  d: bool
}

role item: Item

# An exception to an exception restores the rule.
policy chain {
  general: deny when item.a
  exception: permit when item.b notwithstanding general
  counter: review when item.c notwithstanding exception
}

test "the general rule alone" under chain {
  given item.a
  expect deny by general
}

test "its exception defeats it" under chain {
  given item.a, item.b
  expect permit by exception
}

test "the exception defeated, the general rule speaks again" under chain {
  given item.a, item.b, item.c
  expect deny by general
}

test "a rule that does not apply defeats nothing" under chain {
  given item.a, item.c
  expect deny by general
}

test "none applies" under chain {
  given not item.a
  expect undecided
}

# subject to is the same relation, said by the rule that yields.
policy yielding {
  general: deny when item.a subject to exception
  exception: permit when item.b
}

test "subject to" under yielding {
  given item.a, item.b
  expect permit by exception
}

test "subject to a rule that does not apply" under yielding {
  given item.a
  expect deny by general
}

# What is subject to a section yields to it where it takes part and comes to an outcome.
policy beside {
  general: deny when item.a subject to cases
  section cases when item.b {
    exempt: permit when item.c
  }
}
policy closing {
  general: deny when item.a subject to cases
  section cases when item.b {
    exempt: permit when item.c
    otherwise review
  }
}

test "subject to a section" under beside { given item.a, item.b, item.c expect permit by exempt }
test "subject to a section of which no rule applies" under beside { given item.a, item.b expect deny by general }
test "subject to a section that takes no part" under beside { given item.a, item.c expect deny by general }
test "an otherwise is an outcome too" under closing { given item.a, item.b expect review }

# Several defeaters; one is enough. Those defeated do not defeat.
policy several {
  r1: deny when item.a
  r2: review when item.b notwithstanding r1
  r3: permit when item.c notwithstanding r1, r2
}

test "both defeat, one of them defeated" under several {
  given item.a, item.b, item.c
  expect permit by r3
}

# Unknown exceptions do not count as absent.
policy unknown {
  general: deny when item.a
  exception: permit when item.d notwithstanding general
}

test "an unknown exception leaves both open" under unknown {
  given item.a
  expect undetermined between deny, permit needing item.d
}

test "known to be absent" under unknown {
  given item.a, not item.d
  expect deny by general
}
