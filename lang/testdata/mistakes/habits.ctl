outcomes deny > review > permit

kind Item {
  range: length,
  payload mass
  form: missile | rocket "what it is"
  when: date = 1993-02-30
}
kind Country = US | GB
role item: Item
role to recipient: Country
groop Member of Country: US, GB since 87
term SLV of Item form = rocket
term Big of Item: range => 300 km && payload >= 500 kg
open term vetted of Country: yes

polcy us "x" from 1993-09-27 {
  deny SLV to Member unles vetted
  review SLV when item.range > 3 km else permit
  a: permit SLV when 1 < item.range < 5
  b: permit SLV when item.range in 300 km;
  c: permit item.range = 3
  d: deny SLV when a unless b to Member
  e: deny SLV because reason
  f: deny SLV unless x unless y
  g: deny “curly” when x == y
  if SLV then deny
  h: deny SLV to US, GB, or FR
  i: permit when (a and (b or c)
  j: permit when a and or b
  k: permit when a and
  otherwize permit
  otherwise permit when x
}
test "a" under us {
  as off 2025-01-01
  given item.range: 3 km
  exspect deny
  expect deny by
}
claim "x": us is stricter
series s us
