kind Person = text sensitive {
  born: date sensitve "date of birth"
  code: text "a code" sensitive
  name: text sensitive sensitive
  home: text secretive
}
kind Place = A | B sensitive
term x of Person sensitive: code = "x"
open term y of Person sensitive: code
kind Other { a: bool }
