outcomes deny > permit
policy p {
  deny Missile whn x
  deny Missile too US
  deny Missile
    unles Rocket
  deny Missile becuase "of its range"
  deny Missile because its range
  deny because reason
  deny Missile subject presumption
  deny Missile until tomorrow
  deny Missile from 2025
  deny Missile AND Rocket
  deny any when item.range > 3 km Unless x
  repeel a
  replace a deny Missile
  otherwise
}
test "t" under p {
  gven item.range = 3 km
  as of today
  expect
}
claim "c": alway deny
claim "c": us2025 never stricter us1993
group G of Party: 3M, "AEG"
group G of Party: AEG snice 1990-01-01
open trem vetted
rol to recipient: Country
test under p { expect deny }
