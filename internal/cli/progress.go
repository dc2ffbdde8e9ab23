package cli

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/mattn/go-isatty"
)

// progressAfter is how long a run is quiet before it says what it does, and how
// often it says so again.
const progressAfter = time.Second

// progress says on the terminal of the diagnostics what a long run does, and for how
// long, on one line that is taken away when stop is called. Where the diagnostics go
// elsewhere it says nothing.
func (a *App) progress(format string, args ...any) (stop func()) {
	what := fmt.Sprintf(format, args...)
	return a.progressOf(func() string { return what })
}

// progressOf is progress with words that change.
func (a *App) progressOf(what func() string) (stop func()) {
	f, ok := a.Stderr.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) || os.Getenv("TERM") == "dumb" {
		return func() {}
	}
	return tell(a.Stderr, what, progressAfter)
}

// tell rewrites a line at each interval until it is stopped.
func tell(w io.Writer, what func() string, each time.Duration) (stop func()) {
	done := make(chan struct{})
	var ended sync.WaitGroup
	ended.Go(func() {
		start, shown := time.Now(), false
		tick := time.NewTicker(each)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				shown = true
				fmt.Fprintf(w, "\r\x1b[K%s: %d s", what(), int(time.Since(start).Seconds()))
			case <-done:
				if shown {
					fmt.Fprint(w, "\r\x1b[K")
				}
				return
			}
		}
	})
	return sync.OnceFunc(func() {
		close(done)
		ended.Wait()
	})
}
