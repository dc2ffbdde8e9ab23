# Every sort of fact, and names that Go has its own mind about.

outcomes refuse "no" > admit, log > forget

# What is asked for.
# It has everything.
kind Request {
  purpose: research | commerce = research "what it is for"
  volume: number
  copies: integer = 1
  ports: set of integer
  width: length? = 1 km
  heat: temperature
  price: money
  prices: list of money
  until: date?
  since: date
  days: list of date
  wait: duration
  source: address
  hops: set of address
  hop: address?
  at: moment
  left: moment?
  opens: time_of_day
  word: text "a word.\n"
  url: text?
  number: code
  names: set of name
  letters: name?
  none_or: a | b?
  tags: set of red | green
  flags: list of bool
  numbers: list of number
  nested: set of set of number
  holders: list of Party
  owner: Party
  second: Party?
  maker: Maker
  level: Level = public
  self_service: bool = no
}
kind Level = public "Public" | Identity | top_secret "Top secret" "TS" | 最高
kind Party = text sensitive { cleared: bool = no "has a clearance"  level: Level }
kind Maker { größe: number  type: a | A | _a | __a  func: bool  中文: bool  é: bool }
kind Case { outcome: bool }
kind Unused { x: bool }
unit cent of money
unit eur = 100 cent

group Denied of Party external
# Who is watched.
group Watched of Party external

# How risky a party is.
function risk_of(Party, Level) -> number "the risk of a party"
function tare(list of length, date, duration, bool) -> mass
function heat_of(temperature, money) -> temperature
function parts_of(text) -> list of length
function grade(number) -> low | high
function level_of(text) -> Level
function tags_of(text) -> set of a | b
function joined(list of text) -> text
function since(text) -> date
function place_of(address, moment, time_of_day) -> text
function host_of(text) -> address
function seen(text) -> moment

role request: Request
role from case: Case
role to level: Level
open term urgent "is it urgent"
open term type
open term vetted of Party "vetted"
term Known of Party: cleared

policy type { a: refuse any when request.volume > 3 because "of its volume"

  width: refuse any when has request.width and request.width > 3 km
  second: refuse any when has request.second and request.second.cleared
  level: log any when request.level = top_secret
  log any when urgent
  copies: log any when request.copies > 250 %
  otherwise admit }
policy types amends type { A: admit any when request.self_service }
series all: type
policy outside {
  denied: refuse any when request.owner in Denied or request.owner in Watched
  risky: refuse any when risk_of(request.owner, request.level) > 0.5
  heavy: refuse any when tare((1 km, 2 m), request.since, request.wait, yes) > 3 kg
  hot: log any when heat_of(request.heat, request.price) > 20 degC
  long: log any when sum(parts_of(request.word)) = 1 km / 3
  graded: log any when grade(request.volume) = high
  tagged: log any when joined(tags_of(request.word)) = "b" or level_of(request.word) = public or since(request.word) > 2020-01-01
  otherwise admit
}
