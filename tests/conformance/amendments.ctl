# Amendments: repeal, replace, add; the base is left as it was.
outcomes deny > review > permit

kind Item {
  a: bool = no
  b: bool = no
}

role item: Item

policy first "the first" from 2000-01-01 until 2010-01-01 {
  general: deny when item.a
  special: permit when item.b notwithstanding general

  section more {
    inner: review when item.b
  }

  otherwise permit
}

policy second "the second" amends first from 2010-01-01 until 2020-01-01 {
  replace special: review when item.b notwithstanding general
  repeal inner

  section more {
    added: deny when item.a and item.b
  }
}

policy third amends second from 2020-01-01 {
  repeal special
  otherwise review
}

series law: first, second, third

test "before" under first {
  given item.a, item.b
  expect review by inner
}

test "replaced, in its place" under second {
  given item.b
  expect review by special
}

test "the section goes on" under second {
  given item.a, item.b
  expect deny by added
}

test "the amended policy is untouched" under first {
  given item.b
  expect review by inner
}

test "repealed" under third {
  given item.a, item.b
  expect deny by general, added
}

test "otherwise replaced" under third {
  given not item.a
  expect review
}

test "inherited otherwise" under second {
  given not item.a
  expect permit
}

test "a series takes the one in force" under law {
  as of 2009-12-31
  given item.b
  expect review by inner
}

test "from is the first day" under law {
  as of 2010-01-01
  given item.b
  expect review by special
}

test "the last one" under law {
  as of 2030-01-01
  given not item.a
  expect review
}
