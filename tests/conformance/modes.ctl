# How outcomes combine: by rank, by the loosest, by the first in the text.
outcomes deny > review > permit

kind Item {
  a: bool = no
  b: bool = no
  c: bool = no
}

role item: Item

policy strict {
  permit when item.a
    requiring "keep records"
  review when item.b
  also: review when item.b and item.c
    requiring "ask the other agency", "keep records"
  otherwise deny
    because "what nothing permits is denied"
}

policy loose decides by loosest {
  deny when item.a
  review when item.b
}

policy ordered decides by first {
  one: permit when item.a
  two: deny when item.b
  three: review when item.a notwithstanding one
}

test "strictest prevails" under strict {
  given item.a, item.b
  expect review by strict/2
}

test "rules that agree decide together" under strict {
  given item.b, item.c
  expect review by strict/2, also requiring "ask the other agency", "keep records"
}

test "otherwise" under strict {
  given not item.a
  expect deny
}

test "loosest prevails" under loose {
  given item.a, item.b
  expect review
}

test "first prevails" under ordered {
  given item.b
  expect deny by two
}

test "the first is defeated" under ordered {
  given item.a, item.b
  expect deny by two
}

test "the first defeated, the third decides" under ordered {
  given item.a
  expect review by three
}

# Outcomes without a rank between them conflict.
policy sections {
  section safety "safety first" decides by first {
    s1: permit when item.a
    s2: deny when item.a
  }

  section rest when item.b {
    s3: review
  }
}

test "a section counts as one rule" under sections {
  given item.a
  expect permit by s1
}

test "its outcome is ranked with the others" under sections {
  given item.a, item.b
  expect review by s3
}

test "a section whose when fails says nothing" under sections {
  given not item.a
  expect undecided
}
