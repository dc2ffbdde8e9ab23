use iso3166

# Shipments of a night, screened before the morning.
outcomes stop   "does not leave"
       > review "somebody looks at it"
       > go     "leaves"

kind Goods {
  code: text  # of the control list, such as 9A116
  value: number  # in euros
}

kind Party = text {
  country: Country
  end_user: bool = yes
}

role goods: Goods
role to consignee: Party
role via transit: Country

group Denied of Party: "Blue Sky Ltd" since 2020-01-01 until 2024-01-01, "Acme Trading"
group Embargoed of Country: KP, IR
group Watched of Country: since 2022-03-01: AE, TR

term Listed of Goods: code like "9A*" or code like "1C???"
term Precious of Goods: value > 50000
term Abroad of Party: country in Embargoed
term Unclear of Party: country in Watched and not end_user

policy night "the nightly screening" {
  denied: stop any to Denied
    because "a denied party"
  embargo: stop any to Abroad
    because "an embargoed destination"
  through: stop Listed via Embargoed
    because "a listed item does not cross an embargoed country"
  listed: review Listed unless consignee.country in (FR, DE, NL)
  broker: review Precious to Unclear
    because "a dear thing, and nobody knows who uses it"
  otherwise go
}
