#!/usr/bin/env ctl
# The head of the file.

# Apart from it.


use iso3166   # behind
#above outcomes
outcomes deny # the strictest
  > review
  # above permit
  > permit "no objection"
kind Item { # behind the brace
  # above an attribute
  range: length # behind an attribute

  # apart in the kind

  payload: mass
  # at the end of the kind
}
group G of Country: US, # the first
  # above GB
  GB since 1987-04-16, DE
term A of Item: range > 300 km # long
  and payload > 500 kg # heavy
term B of Item: range > 300 km and
  # why this is so
  payload > 500 kg
policy p
  # above the date
  from 2020-01-01 { # behind the brace of the policy
  # above a rule
  l: deny A # behind the object
    because "reason" # behind the reason
    when x # behind the condition
    # above unless
    unless y


  # apart in the policy

  permit B requiring "a" # first
    requiring "b" # second
  deny C notwithstanding l # this
    # above the second
    notwithstanding m subject to n
    # above the third
    subject to o source "a" because "b"
    # above the second source
    source "c" # behind
  # at the end of the policy
}
test "t" under p { # behind the brace of the test
  given item.range = 3 km # the first given
  # above the second given
  given item.payload = 3 kg # the second given
  # above as of
  as of 2025-01-01 # today
  # above expect
  expect deny # behind expect
}
# at the end of the file

# and apart from it
