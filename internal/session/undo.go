package session

import "context"

// step is a moment to go to, and those behind it. It never changes.
type step struct {
	*moment
	next *step
}

// become makes a state the present one. What was undone can then no longer be redone.
func (s *Session) become(st *state) {
	s.past, s.future = &step{s.now.moment(), s.past}, nil
	s.now.known.leave()
	s.now = st
}

func (s *Session) undoCommand(ctx context.Context, rest string) *answer {
	if a := noArguments("undo", rest); a != nil {
		return a
	}
	if s.past == nil {
		return refuse("there is nothing to undo")
	}
	did := s.now.did
	if err := s.move(&s.past, &s.future); err != nil {
		return failure(err)
	}
	return s.moved(ctx, "undone: "+did)
}

func (s *Session) redoCommand(ctx context.Context, rest string) *answer {
	if a := noArguments("redo", rest); a != nil {
		return a
	}
	if s.future == nil {
		return refuse("there is nothing to redo")
	}
	if err := s.move(&s.future, &s.past); err != nil {
		return failure(err)
	}
	return s.moved(ctx, "done again: "+s.now.did)
}

// move goes to the first of some moments, and keeps the present one before others.
func (s *Session) move(to, from **step) error {
	there, err := s.from.state((*to).moment, s.now)
	if err != nil {
		return err
	}
	*from, *to = &step{s.now.moment(), *from}, (*to).next
	s.now.known.leave()
	s.now = there
	return nil
}

// moved is the answer after going to another state.
func (s *Session) moved(ctx context.Context, what string) *answer {
	a := &answer{kind: "facts", data: s.factsData(), text: what}
	if _, d, err := s.now.decide(ctx); err == nil {
		a.text += "\n-> " + standingInFull(d)
	}
	return a
}
