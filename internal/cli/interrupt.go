package cli

import (
	"context"
	"errors"
	"os"
	"os/signal"
)

// interruptible is a context that Ctrl-C ends. A second Ctrl-C ends the program, as it
// does where nothing long is going on.
func interruptible() (ctx context.Context, stop context.CancelFunc) {
	ctx, stop = signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// notAnalysed is the error of an analysis that ended without an answer.
func notAnalysed(err error) error {
	if errors.Is(err, context.Canceled) {
		return &failure{exitInterrupted, errors.New("interrupted, so there is no answer")}
	}
	return &failure{exitProblems, err}
}
