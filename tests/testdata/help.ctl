# The rules that the examples of the help texts are run with.
use iso3166

outcomes deny > permit

kind Item {
  category: I | II
  form: uav | launcher
}

role item: Item
role to recipient: Country
group Member of Country: US, GB

policy export {
  nonmember: deny any to not Member when item.category = I
  otherwise permit
}

test "a launch vehicle for a member" {
  given item.category = I, item.form = launcher, recipient = US
  expect permit
}

claim "members get everything": always permit when recipient in Member
