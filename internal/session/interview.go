package session

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/internal/interview"
	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
)

// talk is an interview that is going on. It is not changed once it is there: every
// answer makes another.
type talk struct {
	policy  *interp.Policy
	answers []string // in order, which together with the first case give the interview
	first   *interp.Case
	iv      *interview.Interview
	now     *interview.Question
	offers  []string // the answers that one which was none may have meant
}

// questionData is a question for JSON.
type questionData struct {
	Fact     string   `json:"fact"`
	Question string   `json:"question"`
	Hint     string   `json:"hint"`
	Choices  []choice `json:"choices"`
	AtMost   int      `json:"at_most"` // questions left, this one included; 0 where that is not known
}

type choice struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

func (s *Session) askCommand(ctx context.Context, rest string) *answer {
	if a := noArguments("ask", rest); a != nil {
		return a
	}
	p, err := s.policy()
	if err != nil {
		return failure(err)
	}
	t := &talk{policy: p, first: s.now.c, iv: interview.New(p, s.now.c)}
	return s.goOn(ctx, t, interview.Words+"\n")
}

// goOn asks the next question, or ends the interview with the decision.
func (s *Session) goOn(ctx context.Context, t *talk, before string) *answer {
	q, err := t.iv.Next(ctx)
	if err != nil {
		s.talk = nil
		return failure(cannotDecide(err))
	}
	if q == nil {
		return s.endTalk(ctx, t, before)
	}
	t.now = q
	s.talk = t
	return &answer{kind: "question", text: before + questionText(q), data: questionOf(q)}
}

// again is the interview up to now, anew, so that the old one stays as it was.
func (t *talk) again(ctx context.Context, answers []string) (*talk, error) {
	next := &talk{policy: t.policy, first: t.first, answers: answers, iv: interview.New(t.policy, t.first)}
	for _, a := range answers {
		if q, err := next.iv.Next(ctx); err != nil || q == nil {
			return next, err
		}
		if err := next.iv.Answer(ctx, a); err != nil {
			return next, err
		}
	}
	return next, nil
}

// reply takes a line as the answer to the question asked.
func (s *Session) reply(ctx context.Context, text string) *answer {
	t := s.talk
	if text == "" {
		return &answer{kind: "question", text: questionText(t.now), data: questionOf(t.now)}
	}
	switch t.now.Word(text) {
	case interview.Stop:
		return s.endTalk(ctx, t, "")
	case interview.Back:
		if len(t.answers) == 0 {
			return refuse("this is the first question; `stop` ends the questions")
		}
		next, err := t.again(ctx, t.answers[:len(t.answers)-1:len(t.answers)-1])
		if err != nil {
			return failure(err)
		}
		return s.goOn(ctx, next, "")
	case interview.Why:
		return &answer{kind: "question", text: t.iv.Why(ctx) + "\n" + questionText(t.now), data: questionOf(t.now)}
	case interview.Help:
		about := s.showFact(t.now.FactInfo).text
		return &answer{kind: "question", text: about + "\n  " + t.now.Hint() + "\n" + interview.Words, data: questionOf(t.now)}
	}
	if taken := interview.Taken(t.offers, text); taken != "" && t.now.Form != interp.YesNoAnswer {
		text = taken
	}
	answers := append(t.answers[:len(t.answers):len(t.answers)], text)
	next, err := t.again(ctx, answers)
	if err == nil {
		return s.goOn(ctx, next, "")
	}
	if facts, _ := s.understood([]string{text}); len(facts) == 1 && facts[0] != text { // recipient is Germany
		answers[len(answers)-1] = facts[0]
		if next, err := t.again(ctx, answers); err == nil {
			return s.goOn(ctx, next, "(here: "+facts[0]+")\n")
		}
	}
	offered := *t
	offered.offers = t.iv.Offers(err)
	if day := s.dayMeant([]string{t.now.Name + " = " + text}); day != "" {
		offered.offers = []string{day}
	}
	s.talk = &offered
	a := failure(cannotDecide(err))
	if cmd, _, ok := s.command(text); ok {
		a = refuse("`%s` is a command, and a question is asked: answer it, or type `stop`, and then `%s`", cmd.name, text)
	}
	a.after = "  " + t.now.Hint() + "; `?` says more\n" + interview.HowToTake(offered.offers)
	a.data = questionOf(t.now)
	return a
}

// endTalk keeps what was told and shows the decision.
func (s *Session) endTalk(ctx context.Context, t *talk, before string) *answer {
	s.talk = nil
	c := t.iv.Case()
	changes := changedFacts(s.now.c, c)
	if slices.ContainsFunc(t.iv.Turns(), func(t interview.Turn) bool { return t.Fact != nil }) {
		s.become(newState(s.now.prog, s.now.policy, c, "ask"))
	}
	x, err := s.explain(ctx)
	if err != nil {
		return failure(err)
	}
	var b strings.Builder
	b.WriteString(before)
	for _, ch := range changes {
		b.WriteString(ch + "\n")
	}
	if len(changes) > 0 {
		b.WriteString("\n")
	}
	render.WriteDecision(&b, x, s.opts.Style)
	return &answer{kind: "decision", text: b.String(), data: x.Decision.About(s.now.c)}
}

func questionOf(q *interview.Question) *questionData {
	d := &questionData{Fact: q.Name, Question: q.Question, Hint: q.Hint(), Choices: []choice{}, AtMost: q.AtMost}
	for _, c := range q.Choices {
		d.Choices = append(d.Choices, choice{c.Name, c.Title})
	}
	return d
}

func questionText(q *interview.Question) string {
	text := plain.Line(q.Question)
	if q.AtMost > 1 {
		text += " (at most " + counted(q.AtMost, "question", "questions") + ")"
	}
	text += "\n"
	if q.Form == interp.ChoiceAnswer {
		for i, c := range q.Choices {
			text += padTo("  "+strconv.Itoa(i+1)+". "+c.Name, 4)
			if c.Title != "" {
				text += "  " + plain.Line(c.Title)
			}
			text += "\n"
		}
	}
	return text + "  " + q.Hint() + "\n"
}

// Asking is the fact that the session asks for, while an interview is going on.
func (s *Session) Asking() (fact string, ok bool) {
	if s.talk == nil || s.talk.now == nil {
		return "", false
	}
	return s.talk.now.Name, true
}

// StopAsking ends an interview; what was told stays.
func (s *Session) StopAsking() Result {
	if s.talk == nil {
		return Result{}
	}
	var r Result
	ctx := context.Background()
	r.add(ctx, s, "stop", s.endTalk(ctx, s.talk, ""))
	return r
}
