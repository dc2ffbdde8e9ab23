use "rules.ctl"
group Partner of Country external
policy partners amends export {
  replace nonmember: deny when item.category = I and recipient not in Partner and recipient is not vetted
}
