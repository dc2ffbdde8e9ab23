use iso3166

outcomes refuse "no licence"
       > review "a licensing officer looks at it"
       > grant  "licensed"

kind Item {
  category: I | II | none
  value: number  # in euros
}

kind Applicant = text sensitive {
  registered: bool
}

role item: Item
role by applicant: Applicant
role to destination: Country

# The service brings them along: see main.go.
group Denied of Applicant external

group Partner of Country: FR, DE, JP, US
term CategoryI of Item: category = I
term Small of Item: value <= 5000
term Registered of Applicant: registered

policy licences "licences for missile technology" {
  denied: refuse any by Denied
    because "a denied party gets no licence"
  unregistered: refuse any by not Registered
  listed: review CategoryI
    requiring "an end-use statement"
  far: review not Small to not Partner
  otherwise grant
}

test "a small thing for a partner" {
  given item.category = none, item.value = 5000, applicant = Somebody, applicant is Registered,
    destination = FR
  expect grant
}

claim "Category I is always looked at": never grant when item is CategoryI
