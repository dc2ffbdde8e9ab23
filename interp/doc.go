// Package interp gives Ctl rules their meaning: it loads rule files, resolves and
// checks them, and decides cases.
//
//	root, err := os.OpenRoot("rules")
//	...
//	prog, err := interp.Load(context.Background(), root.FS(), "mtcr.ctl")
//	if err != nil {
//		return err // lang.Diagnostics: every problem, with its place
//	}
//	policy, err := prog.Policy("us2025")
//	c := prog.NewCase()
//	err = c.Tell("item.category = I", "recipient = IN", "recipient is strong_controls")
//	d, err := policy.Decide(context.Background(), c)
//	fmt.Println(d.Status, d.Outcome)
//
// A Program is immutable and safe to share between goroutines. A Case belongs to
// the goroutine that fills it and may be read by many once it is full.
//
// The evaluator in this package is a plain walk over the checked conditions with
// three truth values; it is the reference that every faster engine is held to.
package interp

// # The map
//
// The rooms of this package, the lowest first. A room uses itself and what stands below it;
// tests/rooms_test.go holds that. A file's name begins with the name of its room; those of
// the model begin with what they hold.
//
// model: what everybody speaks of, and no work on it.
//
//	types.go                    types, enumerations, kinds, attributes, units, outcomes, roles, terms, constraints
//	types_names.go              the choice that a word may mean, and its namesakes
//	scalar.go                   addresses, moments and times of day: all that their types are
//	fold.go                     texts that are equal although they are written in different ways
//	pattern.go                  what like and under describe
//	value.go                    values: equal, ordered, none, unknown, as text
//	value_literals.go           numbers, dates and durations from text
//	value_meant.go              what is offered for a text that is no value
//	truth.go                    yes, no and unknown
//	expr.go                     checked conditions and expressions; the state of an evaluation
//	expr_parts.go               the one walk over the parts of a condition
//	expr_elements.go            long tuples, found by value
//	expr_facts.go               the names of the facts that a condition reads
//	expr_uses.go                the terms, groups and attributes that conditions use; what is unused
//	group.go                    groups and the days of their members
//	group_members.go            the members, and how they are kept
//	group_networks.go           members that are networks, found by the addresses in them
//	group_unsure.go             members of whom it is not known on some days whether they are in a group
//	group_screened.go           names that are near those of a group
//	given.go                    attributes whose values files give
//	program.go                  the program, and what it declares by name and in order
//	policy.go                   policies, sections, rules; what is kept of a policy between decisions
//	policy_epochs.go            the days between which nothing changes
//	policy_places.go            rules by their place, and what can defeat them
//	named_value.go              values with names, and since when they are what
//	named_value_replaced.go     others put into conditions for them
//	rewrite.go                  conditions written anew with other parts
//	claims.go                   tests and claims
//	value_json.go               values as JSON
//	condition.go                a condition that stands by itself
//	condition_tree.go           a condition on facts as data
//	condition_factor.go         what its ways have in common, said once
//	condition_text.go           the same as Ctl
//	condition_json.go           the same as JSON
//	condition_mistake.go        what is wrong with one that a program put together
//	case.go                     a case: the facts told, and its date
//	results.go                  the results of functions, as facts of a case
//	decision.go                 a decision: status, outcome, rules, what is missing
//	options.go                  what a program is loaded with: members, functions, limits
//	sites.go                    where declarations stand in their files
//	messages.go                 the wording that messages share
//	vocabulary.go               what programs that embed the rules may depend on
//	vocabulary_facts.go         what a fact is, for those who ask for it
//	names_outside.go            what attributes are called in JSON and headings
//	vocabulary_reads.go         the facts that rules, policies and terms read
//	vocabulary_questions.go     how to ask for a fact
//	vocabulary_functions.go     the functions that the rules declare
//	vocabulary_types.go         what sort of value a type has
//	vocabulary_units.go         the units of a quantity
//
// eval: the reference, a walk over every condition with three truth values.
//
//	eval.go                     the connectives, terms, steps and their limit
//	eval_relations.go           comparisons, membership, has, like and under, within
//	eval_value.go               the value of an expression
//	eval_screened.go            membership of names that are near a listed one
//	eval_counts.go              some, every, no, count, at least
//	eval_aggregate.go           sum of, min of, max of, average of, and what is known of them in part
//	eval_functions.go           calls of an embedder's functions
//	eval_constraints.go         cases that cannot be
//	eval_policy.go              which rules take effect, and what sections decide
//	eval_account.go             what a decision rests on
//	eval_decision.go            the decision of the reference
//
// check: from the syntax tree to the model, with every mistake told.
//
//	check.go                    the checker, and what it is given
//	check_values.go             values with names
//	check_thousands.go          points that may set thousands apart
//	check_text.go               conditions read against a finished program
//	check_types.go              types
//	check_kinds.go              units, outcomes, kinds, roles
//	check_given.go              vocabularies that files give
//	check_groups.go             groups
//	check_members.go            members that a program gives
//	check_members_file.go       members that a file gives
//	check_members_where.go      which of its rows are meant
//	check_member_dates.go       the dates of members
//	check_membership.go         groups whose members are not known
//	check_screened.go           groups against which names are screened
//	check_functions.go          an embedder's functions
//	check_signatures.go         the functions that the rules declare
//	check_modules.go            the trees of stdlib
//	check_terms.go              terms
//	check_cond.go               conditions
//	check_operand.go            expressions with a value
//	check_compare.go            comparisons and sums
//	check_in.go                 in
//	check_is.go                 is
//	check_sets.go               sets and lists compared with members written out
//	check_quant.go              quantifiers
//	check_aggregate.go          sum of, min of, max of, average of
//	check_patterns.go           like and under
//	check_phrase.go             the phrases of a rule
//	check_wording.go            texts for people, in several languages
//	check_zones.go              zones by their names
//	check_subject.go            what a bare term can be about
//	check_policy.go             policies, sections, amendments, priorities
//	check_rules_table.go        rules in the rows of a file
//	check_rules_texts.go        cells of texts
//	check_rules.go              rules and their clauses, on all cores or when they are needed
//	check_amendments.go         what an amendment repeals and replaces
//	check_replaced_values.go    values that it replaces
//	check_cycle.go              rules that defeat one another in a circle
//	check_outcome.go            outcomes
//	check_series.go             series
//	check_claims.go             claims, and what tests expect
//	check_modes.go              how a section decides
//	check_has.go                comparisons that ask for a has
//	check_dates.go              inexact differences of dates
//	check_one_sided.go          conditions that always hold or never
//	check_meant.go              what a condition that was written otherwise means
//	check_attribute_meant.go    the same for attributes
//	check_call_meant.go         the same for calls
//	check_phrase_meant.go       the same for phrases
//	check_unknown.go            the same for names that nobody declared
//	check_follow_on.go          problems that only follow from others
//
// facts: the one door by which facts come in.
//
//	facts.go                    the place of a fact, by its name
//	facts_tell.go               facts as sentences
//	facts_values.go             values from text
//	facts_results.go            what functions give, told
//	facts_needed.go             those that a test expects to be asked for
//	facts_tree.go               values from the tree of an expression
//	facts_passed.go             names under which nothing is declared, passed over
//	facts_elements.go           sets and lists from text
//	facts_fields.go             the ctl tags of a struct and of those embedded in it
//	facts_json.go               facts as JSON
//	facts_map.go                facts as maps
//	facts_go.go                 facts as Go values
//	facts_go_types.go           Go types that say themselves what they stand for
//	facts_struct.go             the tagged fields of a struct
//	facts_optional.go           a field that may be told to have none
//	facts_limits.go             how much a case may hold
//	facts_meant.go              what a text that is no fact means
//
// space: what conditions can tell apart, as finitely many cells of each fact, and decision
// diagrams over them (internal/dd).
//
//	space.go                    a space: its variables and atoms
//	space_cells.go              the cells of a variable
//	space_intervals.go          the cells of what is ordered
//	space_addresses.go          the cells of addresses, and what they are in words
//	space_moments.go            the cells of moments whose local time and date are asked for
//	space_texts.go              the cells of texts
//	space_patterns.go           the patterns asked of a text, as one automaton
//	space_presence.go           whether there is a thing or a value
//	space_opaque.go             conditions into which diagrams do not look
//	space_fragment.go           conditions that read one fact
//	space_compile.go            diagrams of conditions
//	space_policies.go           policies as circuits over these, and their diagrams
//	space_order.go              the order of the variables, tried
//	space_giving.go             what a section is given
//	space_deciding.go           what decides, case by case
//	space_point.go              the cells of a case
//	space_case.go               a case in given cells
//	space_results.go            the results of functions that nobody brings
//	space_values.go             values with names, as what they are on a day
//	space_solved.go             comparisons of what is computed from one number, as such of the number
//	space_trials.go             values that may tell opaque conditions apart
//	space_api.go                what the package analysis asks
//	space_meanings.go           what has one name in two versions, and means different things
//	space_more.go               the same, of single variables
//	space_given.go              conditions on what files give, written out as groups
//	space_unsure.go             membership where it is not known of some, written out as what is told
//	space_words.go              diagrams as conditions
//	space_words_phrases.go      terms and groups among these words
//	space_words_cells.go        cells as conditions on a fact
//	space_words_choices.go      the same of listed values and of texts
//	space_words_texts.go        the same of texts by groups and patterns
//	space_words_groups.go       listed values as the groups that they are
//	space_words_data.go         identities as what conditions on their data say
//	space_words_conditions.go   conditions written out as Ctl
//
// exact: answers on partial cases, by diagram or, where it is too large, by search.
//
//	exact.go                    the diagram kept of a policy, and what is read off it
//	exact_needs.go              the facts to find out
//	exact_ahead.go              answers that are worked out ahead
//	exact_search.go             the search
//
// engine: decisions by an index of cubes (internal/match), where every fact that matters is known.
//
//	engine.go                   an engine
//	engine_gather.go            the slots and values that its conditions ask for
//	engine_cubes.go             rules and conditions as cubes
//	engine_slot.go              the questions it asks of a case
//	engine_texts.go             texts by their cells
//	engine_open.go              its answers while facts are missing
//	engine_memo.go              decisions kept
//	engine_cache.go             engines kept, and when one is made
//
// decide: decisions, and every question about one.
//
//	decide.go                   a case decided
//	decide_undated.go           a case whose date nobody told
//	decide_explain.go           why
//	decide_when.go              under which condition an answer comes
//	decide_whynot.go            why not
//	decide_whatif.go            with other facts
//	decide_flip.go              what would change it
//	decide_stands_after.go      what stood before a rule
//	decide_gather.go            facts fetched as far as they matter
//	decide_value.go             the value of an expression on a case
//	decide_tests.go             tests run
//	decide_json.go              decisions as JSON
//	decide_explain_json.go      the answers to questions as JSON
//	decide_sentences.go         facts and decisions as sentences of a test
//
// bind: cases that come as one Go type or as JSON, without a Case between.
//
//	bind.go                     the decisions
//	bind_struct.go              a struct's fields as an engine's slots
//	bind_identity.go            conditions that hang on which thing it is
//	bind_read.go                a struct read
//	bind_plain.go               its plain fields read
//	bind_json.go                JSON
//	bind_json_read.go           JSON read
//	bind_batch.go               many cases at once
//	bind_stream.go              cases answered as they come
//	bind_queue.go               those fetched ahead
//
// packed: a program as one file that is loaded without being checked again.
//
//	packed.go                   the form
//	packed_code.go              its numbers, texts and lists
//	packed_engine.go            its engines
//
// load: from files to a program.
//
//	load.go                     files, folders and what they use
//	load_read.go                files read, within the bounds of a program
//	load_program.go             the passes of the checker; defaults and given facts
//	load_needed.go              the same checked
//	load_given.go               attributes that files give
//	load_given_cells.go         the values in their cells
//	load_compile.go             the packed form written and read
//	load_version.go             the hash of what a program says
//	load_unfinished.go          what was read in part is left out
//
// rebase: a policy of another version of the rules, in this program's vocabulary.
//
//	rebase.go                   policies
//	rebase_cond.go              conditions
//	rebase_given.go             what files gave
//
// analysis: what the package analysis needs of a policy besides its space.
//
//	analysis_variants.go        policies with one small thing changed
//	analysis_edits.go           conditions with one small thing changed
//	analysis_divisions.go       divisions by what a case tells
//
// Who answers when. The first eight decisions of a policy walk (eval). From the ninth on the
// engine decides what is known in full, and falls back to the walk where a constraint may be
// broken or a condition cannot be evaluated. What the walk leaves open is made exact by the
// policy's diagram (exact, over space), within Limits.Nodes; past them by the search, which
// says so where it is not exact. Explanations always walk.
//
// What is kept. Of a policy: its engines and its diagrams, each by the first of the days on
// which nothing changes (policyCache); of an engine: the decisions it gave, by the cubes that
// matched; of a diagram: the answers on partial cases, by their cells. Each is bounded, and
// dropped when it is full. Of a process: the trees of stdlib.
//
// What bounds work. Limits.Steps in an evaluation, which looks at its context as it goes, as do
// goOn of the checker, of an engine being made and of a space being cut; Limits.Memory what they make;
// Limits.Nodes in a diagram; mostTries in the search.
