use "rules.ctl"
test "category I to a member" {
  given item.category = I, recipient = FR, applicant is not convicted
  expect review by listed
}
test "who was convicted" {
  given item.category = II, item.range = 10 km, recipient = FR, applicant is convicted
  expect deny by convicts
}
test "wrong on purpose" {
  given item.category = I, recipient = AE, recipient is not vetted, applicant is not convicted
  expect permit
}
