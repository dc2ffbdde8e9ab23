// Package record keeps decisions: what was asked, under which version of which policy,
// and what the answer rested on, one JSON object a line.
//
//	log := record.NewWriter(file, record.Options{Clock: time.Now})
//	decision, err := policy.Decide(context.Background(), c)
//	if err != nil {
//		return errors.Join(err, log.Failed(id, c, policy, err))
//	}
//	if err := log.Decided(id, c, decision); err != nil {
//		return err
//	}
//
// Facts that the vocabulary marks as sensitive are masked in records, and nowhere else.
// Read reads records back, and Replay says which recorded decisions another policy, such
// as the next version of the same one, would change.
//
// # The form
//
// A record is a JSON object on a line of its own: a line break, the object, a line break.
// A reader passes over the empty lines that this makes between records, and does without
// them where there are none, as in files that the first versions of this package wrote. A
// line that holds anything else than one whole object is a record that was torn: a process
// or a disk ended while it was written. Since the next record begins with a line break,
// nothing but the torn one is lost, and that one had not been acknowledged.
//
// What there is nothing to say about is left out; a reader passes over members that it
// does not know. Within a format members may be added, and none changes its meaning.
//
//	ctl          1, the number of this format
//	id           the embedder's name for the decision
//	time         when it was made, as RFC 3339 has it
//	policy       the policy's name
//	version      of the program, as interp.Program.Version gives it
//	as_of        the date of the case, YYYY-MM-DD; "" where nobody told it
//	facts        the facts given, nested by role as interp.Case.ReadJSON takes them
//	masked       the names of those facts of which at least a part is masked
//	status       decided, undetermined, undecided, conflict, or error
//	outcome      of a decided case
//	rules        the labels of the deciding rules; of a conflict those that conflict
//	otherwise    true where no rule decided and the policy's otherwise did
//	defeated     rules that applied and were defeated: {"label": ..., "by": [...]}
//	obligations  of the deciding rules
//	possible     answers left open: {"status": ..., "outcome": ..., "when": ..., "further": ...}
//	needs        facts that would settle it, the most decisive first: {"fact": ..., "question": ...}
//	inexact      true where the answer is safe, and may be less definite than it could be
//	error        why there is no decision
//
// It imports interp and lang, and nothing outside the standard library. Rotation is the
// business of the io.Writer: see the example of NewWriter.
package record
