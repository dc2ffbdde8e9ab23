# What somebody writes who has read a page about the language.
outcomes refuse > head > approve

kind Trip {
  purpose: conference, research, teaching
  nights: number,
  cost: number
  form: air | rail, road,
}
role trip: Trip
term Private of Trip: purpose = research

constraint trip.cost >= 0
constraint cheap: if trip.purpose = research then trip.cost = 0
constraint cheap2: trip.purpose = research => trip.cost = 0
constraint cheap3: trip is Private => trip.cost => 0

policy travel-2025 from 2025-01-01 {
  a: refuse if Private
  b: refuse Private where cost < 100
  c: refuse Private except trip.cost < 100
  d: refuse any provided that trip.cost > 100 if Private
  e: refuse any when trip.cost < 60 except if Private
  f: refuse Private
  if Private then refuse
  otherwise approve
}
policy travel-2026-b amends travel_2025 {
  repeal a
}
test "and" under travel_2025 {
  given trip is Private and trip.cost = 3, trip.nights = 2
  expect refuse
}
claim "if" under travel_2025: never approve if Private
claim "where" under travel_2025: always decided where not Private
term Last of Trip: nights > 3
