# The Missile Technology Control Regime: its Guidelines, and the policy of the
# United States under them as it stood from September 1993 and from January 2025.
#
# Every rule says why (because) and where it is written (source). Guidelines
# paragraphs are those of the Guidelines for Sensitive Missile-Relevant Transfers.

use iso3166

# Strictest first. Where several rules apply, the strictest outcome prevails.
outcomes prohibit     "absolute prohibition"
       > deny         "policy of denial"
       > presume_deny "strong presumption of denial"
       > review       "case-by-case review"
       > facilitate   "support is facilitated"
       > permit       "no objection under this policy"

# What is transferred.
kind Item {
  category: I "Category I"
      | II "Category II"
      | none "not in the Annex"
  form: ballistic_missile | cruise_missile | uav | space_launch_vehicle | sounding_rocket
      | subsystem | component | material | software | technology | other
      "what the item is"
  production_facility: bool = no "a facility designed to produce a Category I system"
  range: length "the greatest range"
  payload: mass "the payload at the greatest range"
  max_speed: speed "the greatest true air speed (UAVs)"  # ctl:ignore W0210 because it is stated of UAVs, though no rule asks for it
}

# What the transfer supports.
kind Program {
  purpose: military_missile | space_launch | uav | scientific | civil | wmd_delivery
      "what the export supports"
  supported_before_mtcr: bool = no "a programme the United States supported before the regime began in 1987"
  international: bool = no "participation in an international space programme"
}

# How it is transferred.
kind Transfer {
  undertakings: bool "binding government-to-government undertakings on end-use and retransfer were obtained"
}

kind Country {
  adherent: bool = no "adheres to the Guidelines unilaterally"  # ctl:ignore W0210 because it is on record, and no rule favours it
}

role item: Item
role to recipient: Country
role for program: Program
role with transfer: Transfer

# The 35 partners. The exact days known are those of the seven founders, of Korea
# and of India. For all the others the regime publishes the year of joining only;
# they are counted from 1 January of that year, which may be some months early.
group Member of Country:
  # the founders
  since 1987-04-16: CA, FR, DE, IT, JP, GB, US,
  # by the year
  since 1990-01-01: AU, BE, DK, ES, LU, NL, NO,
  since 1991-01-01: AT, FI, NZ, SE,
  since 1992-01-01: CH, GR, IE, PT,
  since 1993-01-01: AR, HU, IS,
  since 1995-01-01: BR, RU, ZA,
  since 1997-01-01: TR,
  since 1998-01-01: CZ, PL, UA,
  since 2004-01-01: BG,
  # by the day
  since 2001-03-26: KR,
  since 2016-06-27: IN

term nonMember of Country: not in Member

# Judgements of the 2025 memorandum that its text leaves to the government.
open term strong_controls of Country "a partner with a strong export control system"
open term select_partner of Country "one of the certain partners that the 2025 memorandum leaves to judgement"
open term vetted of Program "a select and vetted partner space programme"

term Partner of Country: strong_controls and select_partner

term CategoryI of Item: category = I
term CategoryII of Item: category = II
term ProductionFacility of Item: production_facility

term BallisticMissile of Item: form = ballistic_missile
term CruiseMissile of Item: form = cruise_missile
term UAV of Item: form = uav
term SLV of Item: form = space_launch_vehicle
term SoundingRocket of Item: form = sounding_rocket
term CompleteSystem of Item: BallisticMissile or CruiseMissile or UAV or SLV or SoundingRocket

# Guidelines, paragraph 4: technology is judged as strictly as the item that it is
# directly associated with. So no rule here asks whether an item is technology: its
# category decides, and parts, software and technology of a Category I system are
# Category I themselves.
term Technology of Item: form = technology

# Parts, software and technology belong to missiles and to launch vehicles alike;
# which, the programme that they are meant for tells.
term MissileItem of Item: not (SLV or SoundingRocket)
term LaunchItem of Item: not (BallisticMissile or CruiseMissile or UAV or SoundingRocket)

term MissileClass of Item: range >= 300 km and payload >= 500 kg

term MilitaryMissile of Program: purpose = military_missile
term SpaceLaunch of Program: purpose = space_launch
term UAVProgram of Program: purpose = uav
term WMDDelivery of Program: purpose = wmd_delivery
term SpaceProgram of Program: purpose in (space_launch, scientific, civil)
term RocketProgram of Program: MilitaryMissile or SpaceLaunch
term SupportedBefore of Program: supported_before_mtcr
term International of Program: international

term Undertakings of Transfer: undertakings

# The Annex, item 1: a complete rocket or UAV system of missile class is Category I.
constraint missile_class: item is CompleteSystem and item is MissileClass implies item.category = I

# The Annex, item 19: one that reaches 300 km with less payload is Category II.
constraint lesser_payload:
  item is CompleteSystem and item.range >= 300 km and item.payload < 500 kg implies item.category = II

# The Guidelines are carried out under national legislation (paragraph 7), so a
# national policy is the Guidelines as amended.
policy guidelines "Guidelines for Sensitive Missile-Relevant Transfers" from 1987-04-16 {
  production: prohibit ProductionFacility
    because "production facilities for Category I systems are not transferred, to anyone: the Guidelines' only absolute prohibition"
    source "MTCR Guidelines, paragraph 2"

  category_i: presume_deny CategoryI
    requiring "binding government-to-government undertakings on end-use and retransfer",
      "the supplier's own responsibility that the item is put only to its stated end-use"
    because "Category I items get the greatest restraint and a strong presumption of denial, whatever their purpose; the obligations bind the rare transfer that is made all the same"
    source "MTCR Guidelines, paragraph 2"

  wmd: presume_deny CategoryI or CategoryII or CompleteSystem for WMDDelivery
    because "any Annex item, and any missile listed or not, that is judged intended for the delivery of weapons of mass destruction meets a strong presumption of denial"
    source "MTCR Guidelines, paragraph 2"

  annex: review CategoryII
    because "other Annex items are considered case by case"
    source "MTCR Guidelines, paragraph 3"

  assurances: review CategoryII for RocketProgram, UAVProgram
    requiring "an assurance of the recipient government that the item is used only for the purpose stated",
      "an assurance that it is not modified or replicated without prior consent",
      "an assurance that neither it nor replicas or derivatives of it are retransferred without prior consent"
    because "what serves rockets and UAVs could contribute to a delivery system, and goes ahead only on assurances"
    source "MTCR Guidelines, paragraph 5"

  otherwise permit
    because "the item is not in the Annex, and not judged intended for the delivery of weapons of mass destruction"
}

# Missiles and space launch vehicles follow the same basic rules: whatever is said
# of members' military missile programmes is said of their launch programmes too.
policy us1993 "United States missile technology policy of September 1993"
  amends guidelines
  from 1993-09-27 until 2025-01-03
{
  nonmember: deny CategoryI to nonMember
    because "no Category I exports to countries outside the regime"
    source "Nonproliferation and Export Control Policy, 27 September 1993"

  nonmember_space: deny CategoryI to nonMember for SpaceLaunch
    because "no support of any space launch programme of a non-member"
    source "Nonproliferation and Export Control Policy, 27 September 1993"

  own_programs: presume_deny CategoryI to Member for RocketProgram unless program is SupportedBefore  # ctl:ignore W0205 because decisions are to cite it
    because "no encouragement of members' own military missile programmes, nor of their new space launch programmes"
    source "Nonproliferation and Export Control Policy, 27 September 1993"

  # In practice: French and British strategic missiles; the launchers of the
  # European Space Agency (the recipient is the member state) and of Japan.
  supported: review CategoryI to Member for RocketProgram and SupportedBefore  # ctl:ignore W0206 because the sentence is about members
    notwithstanding category_i
    requiring "binding government-to-government undertakings on end-use and retransfer",
      "the supplier's own responsibility that the item is put only to its stated end-use"
    because "programmes that the United States supported before the regime are not new"
    source "Nonproliferation and Export Control Policy, 27 September 1993"

  # Worded for any such programme, because missiles and launch vehicles follow the
  # same rules. The only one there has ever been is Arrow.
  arrow: review CategoryI to nonMember for RocketProgram and SupportedBefore with Undertakings
    notwithstanding nonmember, nonmember_space, category_i
    requiring "binding government-to-government undertakings on end-use and retransfer",
      "the supplier's own responsibility that the item is put only to its stated end-use"
    because "the Israeli Arrow anti-missile programme, older than the regime, stays excepted under safeguards"
    source "Nonproliferation and Export Control Policy, 27 September 1993"
}

policy us2025 "United States missile technology policy as updated in January 2025"
  amends us1993
  from 2025-01-03
{
  # Of the flat ban on non-members this is what stays.
  replace nonmember: deny CategoryI to nonMember for MilitaryMissile
    because "indigenous Category I military missile programmes of non-members still get no support"
    source "National Security Memorandum on missile technology exports, 3 January 2025"

  # Missiles, UAVs and launch vehicles, and what belongs to them; not sounding rockets.
  partner_transfer: review CategoryI and not SoundingRocket to Partner
    notwithstanding category_i, own_programs, nonmember_space
    requiring "binding government-to-government undertakings on end-use and retransfer",
      "the supplier's own responsibility that the item is put only to its stated end-use"
    because "Category I missiles, UAVs and launch vehicles to certain partners with strong export control systems count among the rare occasions"
    source "National Security Memorandum on missile technology exports, 3 January 2025"

  partner_program: facilitate CategoryI and MissileItem
      to Member and Partner
      for MilitaryMissile, UAVProgram
    notwithstanding category_i, own_programs, supported, partner_transfer
    requiring "binding government-to-government undertakings on end-use and retransfer",
      "the supplier's own responsibility that the item is put only to its stated end-use"
    because "support is facilitated for certain members' Category I military missile and UAV programmes, in certain partners with strong export control systems"
    source "National Security Memorandum on missile technology exports, 3 January 2025"

  partner_launch: facilitate CategoryI and LaunchItem to Partner for SpaceLaunch
    notwithstanding category_i, own_programs, nonmember_space, supported, arrow, partner_transfer,
      space_review
    requiring "binding government-to-government undertakings on end-use and retransfer",
      "the supplier's own responsibility that the item is put only to its stated end-use"
    because "support is facilitated for certain space launch programmes, of members and non-members, in certain partners with strong export control systems"
    source "National Security Memorandum on missile technology exports, 3 January 2025"

  # A launch vehicle, not a missile: the two are no longer interchangeable.
  space_review: review CategoryI and LaunchItem for SpaceProgram and (vetted or International)
    notwithstanding category_i, own_programs, nonmember_space
    requiring "binding government-to-government undertakings on end-use and retransfer",
      "the supplier's own responsibility that the item is put only to its stated end-use"
    because "select and vetted partner space programmes, and participation in international space programmes, are open to case-by-case review, for members and non-members alike"
    source "National Security Memorandum on missile technology exports, 3 January 2025"
}

series us: us1993, us2025

# The claims. Each is about every possible case.

claim "production facilities are banned for every country" under guidelines, us1993, us2025:
  always prohibit
  when item is ProductionFacility

claim "nothing else is banned absolutely" under guidelines, us1993, us2025:
  never prohibit
  when item is not ProductionFacility

claim "every case is decided" under guidelines, us1993, us2025: always decided

claim "military missile programmes of non-members get no support" under us1993, us2025:
  never review or facilitate or permit
  when item is CategoryI
  and recipient is nonMember
  and program is MilitaryMissile
  and program is not SupportedBefore

claim "those older than the regime only under safeguards" under us1993, us2025:
  never review or facilitate or permit
  when item is CategoryI
  and recipient is nonMember
  and program is MilitaryMissile
  and transfer is not Undertakings

claim "no Category I exports outside the regime" under us1993:
  never presume_deny or review or facilitate or permit
  when item is CategoryI and recipient is nonMember and program is not SupportedBefore

claim "no encouragement of members' new missile and launch programmes" under us1993:
  never review or facilitate or permit
  when item is CategoryI and program is RocketProgram and program is not SupportedBefore

claim "delivery of mass destruction is presumed denied" under guidelines, us1993, us2025:
  never review or facilitate or permit
  when program is WMDDelivery
  and (item is CategoryI or item is CategoryII or item is CompleteSystem)

claim "no Category I item goes unreviewed" under guidelines, us1993, us2025:
  never permit
  when item is CategoryI

claim "technology is judged as strictly as a missile" under guidelines, us1993:
  same decision when item.form swaps technology, ballistic_missile
  when item is CategoryI

claim "missiles and launch vehicles are interchangeable" under us1993:
  same decision when item.form swaps ballistic_missile, space_launch_vehicle
    and program.purpose swaps military_missile, space_launch

claim "the update of 2025 never tightens": us2025 never stricter than us1993

claim "the update touches Category I only": us2025 same as us1993 when item is not CategoryI

claim "outside Category I the United States follow the Guidelines":
  us1993 same as guidelines
  when item is not CategoryI

# The tests. First the Guidelines.

test "a Category I missile meets the presumption of denial" under guidelines {
  given item.category = I, item.form = ballistic_missile, recipient = FR,
    program.purpose = military_missile
  expect presume_deny
    by category_i
    requiring "binding government-to-government undertakings on end-use and retransfer",
      "the supplier's own responsibility that the item is put only to its stated end-use"
}

test "whatever the purpose" under guidelines {
  given item.category = I, item.form = space_launch_vehicle, recipient = JP,
    program.purpose = scientific
  expect presume_deny by category_i
}

test "a production facility goes to nobody" under guidelines, us1993, us2025 {
  given item.category = I, item.form = other, item.production_facility = yes, recipient = GB,
    recipient is strong_controls, recipient is select_partner, program.purpose = military_missile,
    program.supported_before_mtcr = yes, transfer.undertakings = yes
  expect prohibit by production
}

test "a production facility for a vetted and international space programme" under us2025 {
  as of 2025-06-01
  given item is CategoryI, item.form = other, item is ProductionFacility, recipient = JP,
    recipient is Partner, program.purpose = space_launch, program is vetted,
    program.international = yes
  expect prohibit by production
}

test "a production facility is prohibited whatever else is unknown" under guidelines, us1993,
  us2025 {
  given item.production_facility = yes
  expect prohibit by production
}

test "300 km with 500 kg: Category I" under guidelines {
  given item.category = I, item.form = ballistic_missile, item.range = 300 km,
    item.payload = 500 kg, recipient = US, program.purpose = military_missile
  expect presume_deny by category_i
}

test "300 km with 499 kg: Category II" under guidelines {
  given item.category = II, item.form = ballistic_missile, item.range = 300 km,
    item.payload = 499 kg, recipient = US, program.purpose = scientific
  expect review by annex
}

test "299 km with 500 kg: not of missile class" under guidelines {
  given item.category = none, item.form = ballistic_missile, item.range = 299 km,
    item.payload = 500 kg, recipient = US, program.purpose = scientific
  expect permit
}

test "299 km with 499 kg: not of missile class" under guidelines {
  given item.category = none, item.form = uav, item.range = 299 km, item.payload = 499 kg,
    item.max_speed = 700 km/h, recipient = CL, program.purpose = civil
  expect permit
}

test "a UAV of missile class, in miles and pounds" under guidelines {
  given item.category = I, item.form = uav, item.range = 186.5 mi, item.payload = 1102.5 lb,
    recipient = IT, program.purpose = uav
  expect presume_deny by category_i
}

# The category need not be told where range and payload fix it.
test "300 km with 500 kg, its category not told" under guidelines {
  given item.form = cruise_missile, item.range = 300 km, item.payload = 500 kg, recipient = US,
    program.purpose = civil
  expect presume_deny by category_i
}

test "300 km with 499 kg, its category not told" under guidelines {
  given item.form = cruise_missile, item.range = 300 km, item.payload = 499 kg, recipient = US,
    program.purpose = civil
  expect review by annex
}

test "299 km with 500 kg, its category not told" under guidelines {
  given item.form = cruise_missile, item.range = 299 km, item.payload = 500 kg, recipient = US,
    program.purpose = civil
  expect undetermined between presume_deny, review, permit needing item.category
}

test "300 km, payload and category not told" under guidelines {
  given item.form = cruise_missile, item.range = 300 km, recipient = US, program.purpose = civil
  expect undetermined between presume_deny, review needing item.category
}

test "a motor has no class of its own: its category decides" under guidelines {
  given item.category = II, item.form = subsystem, item.range = 2000 km, item.payload = 1 t,
    recipient = AU, program.purpose = civil
  expect review by annex
}

test "technology is judged as strictly as its item" under guidelines {
  given item.category = I, item is Technology, recipient = DE, program.purpose = space_launch
  expect presume_deny by category_i
}

test "technology of Category II" under guidelines {
  given item.category = II, item.form = technology, recipient = DE, program.purpose = civil
  expect review by annex
}

test "Category II for a launch programme goes ahead on assurances only" under guidelines, us1993,
  us2025 {
  given item.category = II, item.form = component, recipient = BR, program.purpose = space_launch
  expect review
    by annex, assurances
    requiring "an assurance of the recipient government that the item is used only for the purpose stated",
      "an assurance that it is not modified or replicated without prior consent",
      "an assurance that neither it nor replicas or derivatives of it are retransferred without prior consent"
}

test "Category II outside the regime is reviewed too" under guidelines, us1993, us2025 {
  given item.category = II, item.form = material, recipient = SG, program.purpose = civil
  expect review by annex
}

test "what is not in the Annex" under guidelines, us1993, us2025 {
  given item.category = none, item.form = material, recipient = BR, program.purpose = civil
  expect permit
}

test "Category II for the delivery of weapons of mass destruction" under guidelines, us1993,
  us2025 {
  given item.category = II, item.form = software, recipient = KP, program.purpose = wmd_delivery
  expect presume_deny by wmd
}

test "a missile that is not listed, for the delivery of weapons of mass destruction" under guidelines,
  us1993, us2025 {
  given item.category = none, item.form = cruise_missile, item.range = 200 km,
    item.payload = 300 kg, recipient = KP, program.purpose = wmd_delivery
  expect presume_deny by wmd
}

test "weapons of mass destruction: the best of partners makes no difference" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = uav, recipient = GB, recipient is strong_controls,
    recipient is select_partner, program.purpose = wmd_delivery, transfer.undertakings = yes
  expect presume_deny by wmd
}

test "a part that is not listed is no missile, whatever it is for" under guidelines, us1993,
  us2025 {
  given item.category = none, item.form = subsystem, recipient = KP, program.purpose = wmd_delivery
  expect permit
}

# The purpose alone decides between review and presumption for a Category II item.
test "an unknown purpose is asked for" under guidelines {
  given item.category = II, item.form = component, recipient = TR
  expect undetermined between presume_deny, review needing program.purpose
}

# The United States from September 1993.

test "no Category I exports outside the regime" under us1993 {
  as of 2000-01-01
  given item.category = I, item.form = uav, recipient = SA, program.purpose = uav
  expect deny by nonmember
}

test "Brazil after it joined" under us1993 {
  as of 2000-01-01
  given item.category = I, item.form = space_launch_vehicle, recipient = BR,
    program.purpose = space_launch
  expect presume_deny by category_i, own_programs
}

test "Brazil before it joined" under us1993 {
  as of 1994-12-31
  given item.category = I, item.form = space_launch_vehicle, recipient = BR,
    program.purpose = space_launch
  expect deny by nonmember, nonmember_space
}

test "1993: being vetted or a good partner opens nothing" under us1993 {
  as of 2024-12-31
  given item.category = I, item.form = space_launch_vehicle, recipient = AE,
    recipient is strong_controls, recipient is select_partner, program.purpose = space_launch,
    program is vetted, program.international = yes
  expect deny by nonmember, nonmember_space
}

test "an adherent is not a member" under us1993 {
  as of 2024-12-31
  given item.category = I, item.form = cruise_missile, recipient = EE, recipient.adherent = yes,
    program.purpose = military_missile
  expect deny by nonmember
}

test "no encouragement of a member's own military missile programme" under us1993 {
  as of 2000-01-01
  given item.category = I, item.form = ballistic_missile, recipient = IT,
    program.purpose = military_missile
  expect presume_deny by category_i, own_programs
}

test "no encouragement of a member's new space launch programme" under us1993 {
  as of 2000-01-01
  given item.category = I, item.form = space_launch_vehicle, recipient = ES,
    program.purpose = space_launch
  expect presume_deny by category_i, own_programs
}

test "French strategic missiles" under us1993 {
  as of 1994-01-01
  given item.category = I, item.form = ballistic_missile, recipient = FR,
    program.purpose = military_missile, program.supported_before_mtcr = yes
  expect review
    by supported
    requiring "binding government-to-government undertakings on end-use and retransfer",
      "the supplier's own responsibility that the item is put only to its stated end-use"
}

test "British strategic missiles, with a Trident's reach" under us1993 {
  as of 1994-12-01
  given item.category = I, item.form = ballistic_missile, item.range = 7400 km,
    item.payload = 2800 kg, recipient = GB, program.purpose = military_missile,
    program.supported_before_mtcr = yes
  expect review by supported
}

test "a launcher of the European Space Agency, by way of France" under us1993 {
  as of 1996-06-04
  given item.category = I, item.form = subsystem, recipient = FR, program.purpose = space_launch,
    program.supported_before_mtcr = yes
  expect review by supported
}

test "a Japanese launcher" under us1993 {
  as of 1994-02-04
  given item.category = I, item.form = space_launch_vehicle, recipient = JP,
    program.purpose = space_launch, program.supported_before_mtcr = yes
  expect review by supported
}

test "technology for a Japanese launcher is judged as the launcher is" under us1993 {
  as of 1994-02-04
  given item.category = I, item.form = technology, recipient = JP, program.purpose = space_launch,
    program.supported_before_mtcr = yes
  expect review by supported
}

test "a member's UAV programme has no exception in 1993" under us1993 {
  as of 2020-01-01
  given item.category = I, item.form = uav, recipient = IT, program.purpose = uav,
    program.supported_before_mtcr = yes
  expect presume_deny by category_i
}

test "Arrow, under safeguards" under us1993, us2025 {
  given item.category = I, item.form = ballistic_missile, recipient = IL,
    recipient is strong_controls, recipient is not select_partner,
    program.purpose = military_missile, program.supported_before_mtcr = yes,
    transfer.undertakings = yes
  expect review
    by arrow
    requiring "binding government-to-government undertakings on end-use and retransfer",
      "the supplier's own responsibility that the item is put only to its stated end-use"
}

test "Arrow without safeguards" under us1993 {
  as of 2000-01-01
  given item.category = I, item.form = ballistic_missile, recipient = IL,
    program.purpose = military_missile, program.supported_before_mtcr = yes,
    transfer.undertakings = no
  expect deny by nonmember
}

test "Arrow, safeguards not known" under us1993 {
  as of 2000-01-01
  given item.category = I, item.form = ballistic_missile, recipient = IL,
    program.purpose = military_missile, program.supported_before_mtcr = yes
  expect undetermined between deny, review needing transfer.undertakings
}

test "another Israeli missile is not Arrow" under us1993, us2025 {
  given item.category = I, item.form = ballistic_missile, recipient = IL,
    recipient is strong_controls, recipient is not select_partner,
    program.purpose = military_missile, transfer.undertakings = yes
  expect deny by nonmember
}

test "a non-member's launcher older than the regime is judged as Arrow is" under us1993 {
  as of 2000-01-01
  given item.category = I, item.form = space_launch_vehicle, recipient = IL,
    program.purpose = space_launch, program.supported_before_mtcr = yes, transfer.undertakings = yes
  expect review by arrow
}

test "the exception for Arrow is for rockets, not for UAVs" under us1993 {
  as of 2000-01-01
  given item.category = I, item.form = uav, recipient = IL, program.purpose = uav,
    program.supported_before_mtcr = yes, transfer.undertakings = yes
  expect deny by nonmember
}

test "what is not in the Annex needs no exception outside the regime" under us1993 {
  as of 2000-01-01
  given item.category = none, item.form = component, recipient = IL, program.purpose = space_launch,
    program.supported_before_mtcr = yes, transfer.undertakings = yes
  expect permit
}

test "what is not in the Annex needs no exception for a member's missiles" under us1993 {
  as of 2000-01-01
  given item.category = none, item.form = component, recipient = FR,
    program.purpose = military_missile, program.supported_before_mtcr = yes
  expect permit
}

test "India on 26 June 2016" under us1993 {
  as of 2016-06-26
  given item.category = I, item.form = space_launch_vehicle, recipient = IN,
    program.purpose = space_launch
  expect deny by nonmember, nonmember_space
}

test "India on 27 June 2016" under us1993 {
  as of 2016-06-27
  given item.category = I, item.form = space_launch_vehicle, recipient = IN,
    program.purpose = space_launch
  expect presume_deny by category_i, own_programs
}

test "Korea on 25 March 2001" under us1993 {
  as of 2001-03-25
  given item.category = I, item.form = ballistic_missile, recipient = KR,
    program.purpose = military_missile
  expect deny by nonmember
}

test "Korea on 26 March 2001" under us1993 {
  as of 2001-03-26
  given item.category = I, item.form = ballistic_missile, recipient = KR,
    program.purpose = military_missile
  expect presume_deny by category_i, own_programs
}

test "a country by its name" under us1993 {
  as of 2000-01-01
  given item.category = I, item.form = cruise_missile, recipient = "Saudi Arabia",
    program.purpose = military_missile
  expect deny by nonmember
}

test "1993: to whom decides how much is denied" under us1993 {
  as of 2000-01-01
  given item.category = I, item.form = ballistic_missile, program.purpose = military_missile
  expect undetermined between deny, presume_deny needing recipient
}

# The United States from 3 January 2025.

test "the flat ban on non-members falls: the presumption stays" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = uav, recipient = SA, recipient is not strong_controls,
    program.purpose = uav
  expect presume_deny by category_i
}

test "a UAV to a certain non-member with strong controls: a rare occasion" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = uav, recipient = SG, recipient is strong_controls,
    recipient is select_partner, program.purpose = uav
  expect review
    by partner_transfer
    requiring "binding government-to-government undertakings on end-use and retransfer",
      "the supplier's own responsibility that the item is put only to its stated end-use"
}

test "strong controls alone are not enough" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = uav, recipient = SG, recipient is strong_controls,
    recipient is not select_partner, program.purpose = uav
  expect presume_deny by category_i
}

test "a non-member's own missile programme still gets no support" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = ballistic_missile, recipient = SA,
    recipient is strong_controls, recipient is select_partner, program.purpose = military_missile
  expect deny by nonmember
}

test "nor with a launch vehicle for a body" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = space_launch_vehicle, recipient = SA,
    recipient is strong_controls, recipient is select_partner, program.purpose = military_missile,
    program is vetted, program.international = yes
  expect deny by nonmember
}

test "Category II for a non-member's missile programme is reviewed on assurances" under us2025 {
  as of 2025-06-01
  given item.category = II, item.form = component, recipient = SA,
    program.purpose = military_missile
  expect review by annex, assurances
}

test "a missile for a launch programme of a certain non-member: reviewed, not facilitated" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = ballistic_missile, recipient = AE,
    recipient is strong_controls, recipient is select_partner, program.purpose = space_launch
  expect review by partner_transfer
}

test "and so for a launch programme of a certain member" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = ballistic_missile, recipient = JP,
    recipient is strong_controls, recipient is select_partner, program.purpose = space_launch
  expect review by partner_transfer
}

test "a launch vehicle for a certain member's missile programme: reviewed, not facilitated" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = space_launch_vehicle, recipient = AU,
    recipient is strong_controls, recipient is select_partner, program.purpose = military_missile
  expect review by partner_transfer
}

test "a member's missile programme is facilitated" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = cruise_missile, recipient = AU, recipient is strong_controls,
    recipient is select_partner, program.purpose = military_missile
  expect facilitate
    by partner_program
    requiring "binding government-to-government undertakings on end-use and retransfer",
      "the supplier's own responsibility that the item is put only to its stated end-use"
}

test "and its technology" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = technology, recipient = AU, recipient is strong_controls,
    recipient is select_partner, program.purpose = military_missile
  expect facilitate by partner_program
}

test "and a member's UAV programme" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = uav, recipient = JP, recipient is strong_controls,
    recipient is select_partner, program.purpose = uav
  expect facilitate by partner_program
}

test "what is not in the Annex needs no support in 2025: a missile" under us2025 {
  as of 2025-06-01
  given item.category = none, item.form = ballistic_missile, recipient = AU,
    recipient is strong_controls, recipient is select_partner, program.purpose = military_missile
  expect permit
}

test "what is not in the Annex needs no support in 2025: a launch vehicle" under us2025 {
  as of 2025-06-01
  given item.category = none, item.form = space_launch_vehicle, recipient = AE,
    recipient is strong_controls, recipient is select_partner, program.purpose = space_launch
  expect permit
}

test "a part for weapons of mass destruction: the best of partners makes no difference" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = subsystem, recipient = GB, recipient is strong_controls,
    recipient is select_partner, program.purpose = wmd_delivery
  expect presume_deny by wmd
}

test "not just any member's" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = cruise_missile, recipient = RU,
    recipient is not strong_controls, recipient is not select_partner,
    program.purpose = military_missile
  expect presume_deny by category_i, own_programs
}

test "French strategic missiles in 2025, no judgement on the partner needed for a review" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = ballistic_missile, recipient = FR,
    recipient is not select_partner, program.purpose = military_missile,
    program.supported_before_mtcr = yes
  expect review by supported
}

test "British strategic missiles in 2025" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = ballistic_missile, recipient = GB,
    recipient is strong_controls, recipient is select_partner, program.purpose = military_missile,
    program.supported_before_mtcr = yes
  expect facilitate by partner_program
}

test "a launch vehicle for a vetted programme of a non-member" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = space_launch_vehicle, recipient = AE,
    recipient is not strong_controls, program.purpose = space_launch, program is vetted
  expect review
    by space_review
    requiring "binding government-to-government undertakings on end-use and retransfer",
      "the supplier's own responsibility that the item is put only to its stated end-use"
}

test "the same with a missile: no longer interchangeable" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = ballistic_missile, recipient = AE,
    recipient is not strong_controls, program.purpose = military_missile, program is vetted
  expect deny by nonmember
}

test "a missile for a vetted launch programme is no launch vehicle" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = ballistic_missile, recipient = AE,
    recipient is not strong_controls, program.purpose = space_launch, program is vetted
  expect deny by nonmember_space
}

test "a programme that is not vetted" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = space_launch_vehicle, recipient = AE,
    recipient is not select_partner, program.purpose = space_launch, program is not vetted
  expect deny by nonmember_space
}

test "an international space programme" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = subsystem, recipient = KZ, recipient is not strong_controls,
    program.purpose = scientific, program.international = yes
  expect review by space_review
}

test "a certain partner's launch programme, not a member's" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = space_launch_vehicle, recipient = AE,
    recipient is strong_controls, recipient is select_partner, program.purpose = space_launch
  expect facilitate
    by partner_launch
    requiring "binding government-to-government undertakings on end-use and retransfer",
      "the supplier's own responsibility that the item is put only to its stated end-use"
}

test "facilitated even where it would be reviewed as vetted" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = space_launch_vehicle, recipient = JP,
    recipient is strong_controls, recipient is select_partner, program.purpose = space_launch,
    program is vetted
  expect facilitate by partner_launch
}

test "facilitated even where the programme is older than the regime: Japan" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = space_launch_vehicle, recipient = JP,
    recipient is strong_controls, recipient is select_partner, program.purpose = space_launch,
    program.supported_before_mtcr = yes
  expect facilitate by partner_launch
}

test "facilitated even where it would be reviewed as Arrow is" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = space_launch_vehicle, recipient = IL,
    recipient is strong_controls, recipient is select_partner, program.purpose = space_launch,
    program.supported_before_mtcr = yes, transfer.undertakings = yes
  expect facilitate by partner_launch
}

test "a member's new launch programme, vetted" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = space_launch_vehicle, recipient = IN,
    recipient is not strong_controls, program.purpose = space_launch, program is vetted
  expect review by space_review
}

test "a sounding rocket to a certain partner is not named" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = sounding_rocket, recipient = NO,
    recipient is strong_controls, recipient is select_partner, program.purpose = scientific
  expect presume_deny by category_i
}

test "vetted or not: the one thing to find out" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = space_launch_vehicle, recipient = AE,
    recipient is strong_controls, recipient is not select_partner, program.purpose = space_launch
  expect undetermined between deny, review needing program.vetted
}

test "strong controls or not: the one thing to find out" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = uav, recipient = SG, recipient is select_partner,
    program.purpose = uav
  expect undetermined between presume_deny, review needing recipient.strong_controls
}

test "a certain partner or not: the one thing to find out" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = cruise_missile, recipient = SG, recipient is strong_controls,
    program.purpose = civil
  expect undetermined between presume_deny, review needing recipient.select_partner
}

test "vetted, and the partner not yet judged" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = space_launch_vehicle, recipient = AE,
    program.purpose = space_launch, program is vetted
  expect undetermined
    between review, facilitate
    needing recipient.strong_controls, recipient.select_partner
}

test "no judgement is asked for where none matters" under us2025 {
  as of 2025-06-01
  given item.category = I, item.form = ballistic_missile, recipient = IR,
    program.purpose = military_missile
  expect deny by nonmember
}

test "nor for Category II" under us2025 {
  as of 2025-06-01
  given item.category = II, item.form = uav, recipient = IR, program.purpose = uav
  expect review by annex, assurances
}
