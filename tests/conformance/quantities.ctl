# Quantities are exact, in any unit of their dimension.
outcomes deny > permit

unit EUR of money
unit kEUR = 1000 EUR
unit league = 3 mi

kind Item {
  range: length
  payload: mass
  speed: speed
  value: money
  count: number
  temperature: temperature
  burn: time
}

role item: Item

policy p {
  far: deny when item.range >= 300 km
  near: permit when item.range = 1.1 km
  mile: permit when item.range = 1 mi
  band: permit when item.range in 10 km .. 20 km
  fast: deny when item.speed > 900 km/h
  density: deny when item.payload / item.range > 2 kg/m
  product: deny when item.payload * item.count >= 1 t
  dear: deny when item.value > 2 kEUR + 500 EUR
  hot: deny when item.temperature > 100 degC
  long: deny when item.burn >= 2 days
  third: permit when item.count / 3 * 3 = 1
  walk: permit when item.range = 1 league
}

test "what is denied for its range is denied whatever else it is" under p {
  given item.range = 300 km
  expect deny by far
}

test "metres" under p {
  given item.range = 300000 m, item.payload = 0 kg, item.speed = 0 km/h, item.value = 0 EUR,
    item.count = 0, item.temperature = 0 K, item.burn = 0 s
  expect deny by far
}

test "one metre less" under p {
  given item.range = 299999 m, item.payload = 0 kg, item.speed = 0 km/h, item.value = 0 EUR,
    item.count = 0, item.temperature = 0 K, item.burn = 0 s
  expect undecided
}

test "1.1 km is 1100 m" under p {
  given item.range = 1100 m, item.payload = 0 kg, item.speed = 0 km/h, item.value = 0 EUR,
    item.count = 0, item.temperature = 0 K, item.burn = 0 s
  expect permit by near
}

test "a mile, exactly" under p {
  given item.range = 1609.344 m, item.payload = 0 kg, item.speed = 0 km/h, item.value = 0 EUR,
    item.count = 0, item.temperature = 0 K, item.burn = 0 s
  expect permit by mile
}

test "a third three times is one" under p {
  given item.range = 15 km, item.payload = 0 kg, item.speed = 0 km/h, item.value = 0 EUR,
    item.count = 1, item.temperature = 0 K, item.burn = 0 s
  expect permit by band, third
}

test "money of one's own" under p {
  given item.range = 4828.032 m, item.payload = 0 kg, item.speed = 0 km/h, item.value = 2501 EUR,
    item.count = 0, item.temperature = 0 K, item.burn = 0 s
  expect deny by dear
}

test "a temperature in degrees" under p {
  given item.range = 1 league, item.payload = 0 kg, item.speed = 0 km/h, item.value = 2.5 kEUR,
    item.count = 0, item.temperature = 100.1 degC, item.burn = 0 s
  expect deny by hot
}

test "days as a quantity of time" under p {
  given item.range = 1 league, item.payload = 0 kg, item.speed = 0 km/h, item.value = 2.5 kEUR,
    item.count = 0, item.temperature = 373.15 K, item.burn = 48 h
  expect deny by long
}

test "dimensions multiply" under p {
  given item.range = 1 km, item.payload = 2001 kg, item.speed = 251 mps, item.value = 0 EUR,
    item.count = 0.5, item.temperature = 0 K, item.burn = 0 s
  expect deny by fast, density, product
}

policy cold {
  frozen: deny when item.temperature < -3 degC
  otherwise permit
}

test "below zero on a scale" under cold {
  given item.temperature = -4 degC
  expect deny by frozen
}

test "not so cold" under cold {
  given item.temperature = -2.5 degC
  expect permit
}

test "in another unit" under cold {
  given item.temperature = 270 K
  expect deny by frozen
}

# A condition that cannot be evaluated counts only where the answer hangs on it.
policy division {
  ratio: deny when 10 / item.count > 2
  heavy: deny when item.payload > 1 kg
  otherwise permit
}

test "the division by zero does not matter" under division {
  given item.count = 0, item.payload = 2 kg
  expect deny by heavy
}
