use iso3166                                  # from stdlib: kind Country, with its codes and names
use "annex.ctl"                              # another file, relative to this one

# Strictest first. Where several rules apply, the strictest outcome prevails.
outcomes prohibit     "absolute prohibition"
       > deny         "policy of denial"
       > presume_deny "strong presumption of denial"
       > review       "case-by-case review"
       > permit       "no objection under this policy"

kind Item {
  category: I | II | uncontrolled
  form: ballistic_missile | cruise_missile | space_launch_vehicle | sounding_rocket | uav
      | subsystem | component | material | technology | software
  range: length                              # a quantity: 300 km, 186 mi
  payload: mass
  production_facility: bool = no             # a default: absent means `no`, and is not unknown
}

kind Program {
  purpose: military_missile | space_launch | civil | wmd_delivery
  began: date
}

# Roles are what a case is about. The preposition is how a rule's sentence reaches the role.
role item: Item                              # deny CategoryI ...
role to recipient: Country                   # ... to nonMember ...
role for program: Program                    # ... for MilitaryMissile

# A group is a named set, its members dated where membership is.
group Member of Country:
  since 1987-04-16: US, GB, FR, DE,
  since 2016-06-27: IN

# A term is a named condition about one kind of thing (or, without `of`, about the whole case).
term CategoryI of Item:    category = I
term CategoryII of Item:   category = II
term ProductionFacility of Item: production_facility
term SLV of Item:          form = space_launch_vehicle
term MissileClass of Item: range >= 300 km and payload >= 500 kg
term nonMember of Country: not in Member

# An open term is decided by a person, not by the machine: a fact of that thing (`recipient.vetted`) that somebody has to determine.
open term vetted of Country "a select and vetted partner space programme"
open term strong_controls of Country "a partner with a strong export control system"

# What no real case does. Such a case is refused at the door, and analysis leaves it out.
constraint mtcr_class: item is MissileClass implies item.category = I

policy us1993 "United States missile technology policy of September 1993"
  from 1993-09-27 until 2025-01-03
{
  production: prohibit ProductionFacility
    because "the Guidelines' only absolute prohibition"
    source "MTCR Guidelines, paragraph 2"

  nonmember:  deny CategoryI to nonMember
  presumption: presume_deny CategoryI
  allied_slv: review SLV to FR, JP notwithstanding presumption
    requiring "binding government-to-government undertakings"
  annex:      review CategoryII
  otherwise permit
}

# A later policy is the earlier one as amended, the way statutes are.
policy us2025 "United States policy as updated in January 2025" amends us1993
  from 2025-01-03
{
  replace nonmember: deny CategoryI to nonMember unless SLV and vetted
  repeal allied_slv
  partner_slv: review SLV to strong_controls notwithstanding presumption
}

test "a launch vehicle for a vetted non-member, 2025" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = space_launch_vehicle, recipient = AE, recipient is vetted,
    recipient is not strong_controls
  expect presume_deny by presumption
}
series us: us1993, us2025

claim "the ban on production facilities is absolute" under us1993, us2025:
  always prohibit when ProductionFacility
claim "missiles and launch vehicles are interchangeable" under us1993:
  same decision when item.form swaps ballistic_missile, space_launch_vehicle
claim "the update never tightens": us2025 never stricter than us1993
claim "every case is decided" under us2025: always decided

kind Maker=name sensitive { brand: name   also: set of name }
kind Eccn=code sensitive from "ccl.csv" column "ECCN" open { note: text from column "Note"   hs: set of code }
term Entry of Item: eccn under "9A515" and eccn   not under "9A515.y" or name like "a\*\?b\\c*"
