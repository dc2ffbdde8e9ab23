# What there is none of compares with nothing, whichever side it stands on and whatever is
# computed from it; and a fact that is not known may be none.
outcomes deny > permit

kind Part { weight: number?  owner: Owner? }
kind Owner { name: text?  listed: bool = no  born: date }
kind Firm = text { rating: number }
kind Item {
  text: text?
  other: text?
  number: number?
  made: date?
  range: length?
  set: set of text?
  choice: set of a | b?
  codes: list of text?
  parts: list of Part?
  owner: Owner?
  maker: Firm?
  heavy: bool
  n: number
  parts_of: list of number
}
role item: Item

term Famous of Owner: name not in ("Jo")

policy computed {
  deny when lower(item.text) not in ("a") or lower(item.text) != "a" or lower(item.text) not like "a*"
  deny when item.number + 1 not in (3) or -item.number not in 1 .. 2 or max(item.number, 3) not in (3) or max(3, item.number) != 3
  deny when item.made + 1 day not within 1 day of 2024-01-01 or year(item.made) not in (2024) or item.range * 2 not in 1 km .. 2 km
  deny when count(item.set) not in (1, 2) or count(item.codes) = 0 or (count p in item.parts has p.weight > 3) = 0
  otherwise permit
}
policy right {
  deny when 3 not in (item.number) or 3 != item.number or 3 not in item.number .. 5 or 3 not in (7, item.number)
  deny when 2024-01-05 not within 1 day of item.made or 2024-01-05 within 1 day of item.made
  deny when item.text not in (item.other) or "x" not in item.set or "x" not in item.codes
  otherwise permit
}
policy among { deny when 7 in (7, item.number)  otherwise permit }
policy many {
  deny when all of item.set in ("x") or none of item.set in ("x") or any of item.set in ("x")
  deny when all of item.codes in ("x") or none of item.codes in item.set
  deny when (every p in item.parts has p.weight > 3) or (no p in item.parts has p.weight > 3)
  otherwise permit
}
policy within {
  deny when item.owner.name != "Jo" or item.owner.listed or item.owner is Famous or item.owner.born not in 2000-01-01 .. 2000-12-31
  deny when item.maker != "Acme" or item.maker.rating not in (3)
  otherwise permit
}
policy contrary { deny when item.owner is not Famous and not item.owner.listed and not item.number >= 3  otherwise permit }
policy has_set { deny when has item.set  otherwise permit }
policy has_choice { deny when has item.choice and item.heavy  otherwise permit }
policy has_list { deny when has item.codes  otherwise permit }
policy has_owner { deny when has item.owner  otherwise permit }
policy has_maker { deny when has item.maker  otherwise permit }
policy listed { deny when item.owner.listed != yes  otherwise permit }

test "computed" under computed {
  given item.text = none, item.number = none, item.made = none, item.range = none, item.set = none, item.codes = none, item.parts = none
  expect permit
}
test "on the right" under right {
  given item.text = "b", item.other = none, item.number = none, item.made = none, item.set = none, item.codes = none
  expect permit
}
policy emptied { deny when none of item.set in (item.text) or none of item.parts_of in item.number .. 3  otherwise permit }
test "of an empty set too" under emptied { given item.set = (), item.parts_of = (), item.text = none, item.number = none expect permit }

policy uncomputed { deny when 3 / item.n = item.number or 3 / item.n != item.number or 3 / item.n in item.number .. 3  otherwise permit }
test "beside what cannot be computed" under uncomputed { given item.n = 0, item.number = none expect permit }
test "one of several" under among { given item.number = none expect deny }
test "of many" under many { given item.set = none, item.codes = none, item.parts = none expect permit }
test "within what is not there" under within { given item.owner = none, item.maker = none expect permit }
test "the contrary of what is false" under contrary { given item.owner = none, item.number = none expect deny }
test "a set is there, empty or not" under has_set { given item.set = () expect deny }
test "a set is there" under has_set { given item.set = ("x") expect deny }
test "no set" under has_set { given item.set = none expect permit }
test "a set of which nothing is told" under has_set { expect undetermined between deny, permit needing item.set }
test "the other fact is missing" under has_choice { given item.choice = (a) expect undetermined between deny, permit needing item.heavy }
test "the set is missing" under has_choice { given item.heavy expect undetermined between deny, permit needing item.choice }
test "no list" under has_list { expect undetermined between deny, permit needing item.codes }
test "a thing of which something is told" under has_owner { given item.owner.listed = yes expect deny }
test "a thing of which nothing is told" under has_owner { expect undetermined between deny, permit needing item.owner }
test "a firm of which the name is not told" under has_maker { given item.maker.rating = 3 expect deny }
test "the default of what may not be there" under listed { expect undetermined between deny, permit }
test "the default of what is there" under listed { given item.owner.name = "Jo" expect deny }
policy all_of_none { deny when all of item.set in item.codes  otherwise permit }
test "all of nothing are in what may not be there" under all_of_none { given item.set = () expect undetermined between deny, permit }
test "all of nothing are in what is there" under all_of_none { given item.set = (), item.codes = () expect deny }
test "all of nothing are not in what is not there" under all_of_none { given item.set = (), item.codes = none expect permit }
