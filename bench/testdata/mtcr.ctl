# Twenty-five rules in the manner of the Missile Technology Control Regime, over twelve
# facts. mtcr_rules.go holds the same rules for the other engines.
use iso3166

outcomes deny > permit

kind Item {
  category: I | II | none
  form: missile | space_launch_vehicle | sounding_rocket | uav | component | technology
  range: length
  payload: mass
  production: bool "a production facility"
}
kind Country {
  controls: bool "strong export controls"
  adherent: bool "adheres to the Guidelines"
}
kind Program {
  purpose: military | wmd | space_launch | scientific | civil
  vetted: bool
}
kind Transfer {
  undertakings: bool "government-to-government undertakings"
  before: bool "supported before the Regime"
}

role item: Item
role to recipient: Country
role for program: Program
role with transfer: Transfer

group Member of Country: AR, AU, AT, BE, BR, BG, CA, CZ, DK, FI, FR, DE, GR, HU, IS, IN, IE, IT, JP, LU, NL, NZ, NO, PL, PT, KR, RU, ZA, ES, SE, CH, TR, UA, GB, US
group Partner of Country: JP, KR, AU, NZ

term CategoryI of Item: category = I
term CategoryII of Item: category = II
term Uncontrolled of Item: category = none
term Missile of Item: form = missile
term SLV of Item: form = space_launch_vehicle
term SoundingRocket of Item: form = sounding_rocket
term UAV of Item: form = uav
term Component of Item: form = component
term Technology of Item: form = technology
term LongRange of Item: range >= 300 km
term Heavy of Item: payload >= 500 kg
term nonMember of Country: not in Member
term Military of Program: purpose = military
term SpaceLaunch of Program: purpose = space_launch
term Civil of Program: purpose in (scientific, civil)
term Peaceful of Program: purpose in (space_launch, scientific, civil)

policy bench {
  deny CategoryI to nonMember for Military
  deny CategoryI when item.production
  deny any when program.purpose = wmd
  deny Missile and LongRange and Heavy to nonMember
  deny UAV and LongRange and Heavy to nonMember unless recipient.controls
  deny CategoryI to nonMember for SpaceLaunch unless program.vetted
  deny any to IR, KP, SY
  deny CategoryII to nonMember for Military unless recipient.adherent
  deny Technology and CategoryI unless transfer.undertakings
  deny Component and CategoryI to nonMember unless recipient.controls
  deny any to CU, BY, VE, MM for Military
  deny SoundingRocket and LongRange to nonMember unless transfer.undertakings
  deny CategoryII and LongRange to nonMember unless transfer.undertakings
  deny SLV and CategoryI to nonMember unless transfer.before or recipient.controls

  permit CategoryII to Member
  permit CategoryI to Member for Peaceful when transfer.undertakings
  permit CategoryII when recipient.adherent and transfer.undertakings
  permit Uncontrolled for Civil
  permit Uncontrolled to Member
  permit UAV and not LongRange and not Heavy when recipient.controls
  permit SLV for SpaceLaunch when program.vetted and transfer.undertakings
  permit SoundingRocket and not LongRange when program.purpose = scientific
  permit CategoryI when transfer.before and transfer.undertakings and recipient.controls
  permit Component and CategoryII when program.purpose = civil and recipient.controls
  permit UAV to Partner for Civil

  otherwise deny
}
