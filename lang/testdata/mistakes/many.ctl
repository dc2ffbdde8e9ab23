use iso3166
use "x.ctl" y
kind Item { range: length payload: mass
  x: 
  set: set of
  9a: text
  to: number = to
}
kind to = text
unit mi = 1609.344
unit mi = m
unit mi 1609.344 m
role to to recipient: Country
group G of Country US, GB
group G of Country from denied.csv
group G Country: US
term T: 
term U: a and (b or c
term V: x in
term W: x = = 3
constraint: a = b
policy p "title" amend q {
  deny A
}
policy q from 2020-01-01 from 2021-01-01 until 2022-13-01 {
  deny to
  to X deny
  deny A until
  repeal
  replace x deny A
  section s whn a { deny A to B unless }
  deny A to item.x
  deny 5
  notwithstanding x
  x: y: deny A
  : deny
  deny A notwithstanding 
  deny A subject to 3
  deny A from 2020 until yesterday
  deny A requiring x
  deny A when some p in q C
  deny A when at least of (a, b)
  deny A when at least 2 (a, b)
  deny A when x is "y"
  deny A when x within 90 days D
  deny A when not
  deny A when x like 9A
  deny A when f(a, b
  deny A when a.b. = 3
  deny A when .5 > x
  deny A when x in (a, b,)
  deny A when
}
}
deny A
test "a" under x
{ }
series a: b, 
claim "c" always decided
claim "c": always
claim "c": never
claim "c": a never b
claim "c": same decision x swaps a, b
term = 3
policy r {
  deny A
term last: x
