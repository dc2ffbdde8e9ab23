use iso3166
outcomes deny > review > permit

kind Item {
  category: I | II | uncontrolled
  range: length "the range of the item"
}
kind Party = text
role item: Item
role to recipient: Country
role by applicant: Party

group Member of Country: US, GB, FR, DE, IN
open term vetted of Country "a vetted partner"
open term convicted of Party "convicted"

policy export {
  convicts: deny when applicant is convicted
  nonmember: deny when item.category = I and recipient not in Member and recipient is not vetted
  listed: review when item.category = I or item.range >= 300 km
  otherwise permit
}
