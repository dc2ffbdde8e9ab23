# Five mistakes at two levels: five messages, and every rule and term without one is read.
outcomes deny > review > permit

kind Item { form: missile | rocket }
role item: Item
role to recipient: Country

term Missile of Item form = missile
term Rocket of Item: form = rocket

polcy p {
  good1: deny Missile to any
  bad1: deny Missile to unless Rocket
  good2: review Rocket
  bad2: deny Missile unles Rocket
  good3: permit any
  bad3: permit item.form = rocket
}
