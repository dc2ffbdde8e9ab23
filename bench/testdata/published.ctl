outcomes deny > permit

kind Trip {
  origin: text
  country: text
  value: number
  adults: number
}
role trip: Trip

policy bench {
  permit when (trip.origin = "MOW" or trip.country = "RU") and (trip.value >= 100 or trip.adults = 1)
  otherwise deny
}
