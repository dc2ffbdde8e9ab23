kind Country = AF "Afghanistan" | AX "Åland Islands" "Aland" | US "United States of America" { member: bool = no
eu: bool }
kind Party = text { name: text
 country: Country }
kind Big = aaaaaaaaaaaaaaaa | bbbbbbbbbbbbbbbbbbbbbbbb | cccccccccccccccccccccccccccc | ddddddddddddddddd | eeeeeee
term VeryLong of Item: (range >= 300 km and payload >= 500 kg and form = ballistic_missile) or (range >= 300 km and payload < 500 kg and (form = cruise_missile or form = uav))
constraint long_constraint_name: item is MissileClass and item.production_facility implies item.category = I or item.category = II
term InList: item.form in (ballistic_missile, cruise_missile, space_launch_vehicle, sounding_rocket, uav, subsystem, component)
policy p "A title that is long enough to break the head" amends q from 2020-01-01 until 2021-01-01 decides by first source "Federal Register 90 FR 1234", "another source" {
  long: deny CategoryI and (SLV or BallisticMissile) to nonMember and not strong_controls, AE, SA for MilitaryMissile or wmd_delivery when item.range >= 300 km and item.payload >= 500 kg unless SLV and vetted notwithstanding a, b, c subject to d from 2020-01-01
  deny X to US, GB, FR, DE, IT, CA, JP, AU, NZ, NL, BE, LU, ES, PT, GR, DK, NO, IE, AT, SE, FI, CH, AR, HU, BR, RU, ZA, TR, CZ
  review Y requiring "binding government-to-government undertakings", "the supplier takes responsibility for the end-use" because "a reason" source "MTCR Guidelines, paragraph 2", "and 3" from 2020-01-01
  section s "A section" when item.range > 300 km { deny X
   # a comment before the end
   }
  otherwise permit requiring "x"
}
claim "a very long claim about everything there is in the world" under us1993, us2025: same decision when item.form swaps ballistic_missile, space_launch_vehicle and program.purpose swaps military_missile, space_launch when recipient is nonMember
test "t" { expect undetermined between presume_deny, review needing recipient.vetted, recipient.strong_controls by presumption, partner_slv requiring "something long" }
term q: some p in item.parts has p.controlled and p.range > 300 km and p.payload > 500 kg and p.listed_in_annex and p.x
term atl: at least 2 of (item.range > 300 km and item.payload > 500 kg, item.form = uav or item.form = slv, item.listed)
