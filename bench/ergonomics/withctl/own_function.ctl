use "rules.ctl"
function risk_of(Country) -> number "the risk of a country"
policy risks amends export {
  risky: review when risk_of(recipient) > 0.5
}
