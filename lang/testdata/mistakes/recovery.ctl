# What follows a mistake is read: a missing brace costs no declaration, a broken head no rule.
outcomes deny > permit
policy a "no brace at the end" {
  deny Missile
  section s "broken head" whn x {
    deny to
  }
policy b "broken head" amend a {
  deny Missile to
  permit Missile, or Rocket
}
kind Item {
  range length
  payload: mass
  form: missile | | rocket
  category: I | II
test "no brace" under a {
  given item.range = 300 km item.payload = 3
  expect deny
policy c {
  deny when a and (b or c
  deny when x in
  deny when x >= 
  permit
}
