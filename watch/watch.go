package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/ctl-lang/ctl/interp"
)

// Options say what is asked of a version, and who is told of it.
type Options struct {
	// Load is how versions are loaded; its Limits.Nodes holds for the analysis too.
	Load interp.Options

	Tests  bool                        // a version whose tests fail is refused
	Claims bool                        // a version of which a claim is not proved is refused
	Accept func(*interp.Program) error // what else is asked of a version, such as Check of generated code; may be nil

	// Compare names policies and series of which Changed is told the differences. AsOf
	// gives the date on which they are compared; without it that is the date of a case
	// that has none.
	Compare []string
	AsOf    func() interp.Date

	// Changed is told of every version that begins to serve but the first, and Refused of
	// each that does not, a *Refused, and of trouble with watching. They are called one
	// after the other, and no further version is looked at until they return; they must not
	// call Reload or Close. Either may be nil.
	Changed func(*Change)
	Refused func(error)

	// Settle is how long files must have been left alone before they are read, so that
	// several writes make one version; at most ten times that long. 0 means 100 ms.
	Settle time.Duration

	// Poll is how often the files are looked at without having been told of a change. 0
	// means 2 s for FS and 30 s for Files.
	Poll time.Duration
}

// Watcher holds the version of the rules that serves. It is safe for concurrent use.
type Watcher struct {
	opts    Options
	fsys    fs.FS
	names   []string
	serving atomic.Pointer[interp.Program]
	ctx     context.Context // done when it is closed
	stop    context.CancelFunc
	done    chan struct{} // closed when the background work has ended
	places  *places       // nil where nobody tells of changes

	mu    sync.Mutex // held while a version is looked at
	last  *snapshot  // the version looked at last
	fault error      // why it was refused; nil: it serves
}

// Files watches rule files, and folders for their *.ctl, with the files that they use.
// The names are those of the machine, relative to the working folder or absolute. Links
// are followed; a file that is replaced, deleted and made anew, or reached by a link that
// leads elsewhere now, is found again. Who changes rules writes a new file and renames it
// over the old one: a file that is written in place can be read when half of it is there,
// and half of it may be a version too. The error is a *Refused where the first version is no good,
// or says why the files cannot be watched.
func Files(o Options, names ...string) (*Watcher, error) {
	p, err := newPlaces()
	if err != nil {
		return nil, fmt.Errorf("the rules cannot be watched: %w", err)
	}
	if o.Poll == 0 {
		o.Poll = 30 * time.Second
	}
	w, err := start(disk{}, o, p, names)
	if err != nil {
		p.close()
	}
	return w, err
}

// FS watches rule files in a file system by looking at it, every Options.Poll. The error
// is a *Refused where the first version is no good.
func FS(fsys fs.FS, o Options, names ...string) (*Watcher, error) {
	if o.Poll == 0 {
		o.Poll = 2 * time.Second
	}
	return start(fsys, o, nil, names)
}

func start(fsys fs.FS, o Options, p *places, names []string) (*Watcher, error) {
	if o.Settle == 0 {
		o.Settle = 100 * time.Millisecond
	}
	w := &Watcher{opts: o, fsys: fsys, names: names, places: p, done: make(chan struct{})}
	w.last = newSnapshot(fsys)
	w.ctx, w.stop = context.WithCancel(context.Background())
	prog, err := w.opts.load(w.ctx, w.last, names)
	if err != nil {
		w.stop()
		return nil, err
	}
	w.serving.Store(prog)
	if p != nil && p.follow(w.last) {
		w.look() // it may have changed before it was watched
	}
	go w.run(w.ctx)
	return w, nil
}

// Program is the version that serves now. It never blocks.
func (w *Watcher) Program() *interp.Program { return w.serving.Load() }

// Reload looks at the files now. Its error is why the version that they make is refused,
// whether it was looked at before or not; nil means that it serves.
func (w *Watcher) Reload() error {
	if w.ctx.Err() != nil {
		return errors.New("the watcher is closed")
	}
	return w.look()
}

// Close ends watching: what is being proved or compared is given up, and a hook that is
// running returns first. The version that serves stays.
func (w *Watcher) Close() error {
	w.stop()
	<-w.done
	return nil
}

// look takes over a new version if there is one.
func (w *Watcher) look() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	const rounds = 10 // files that lead to other folders each time are left to the next look
	for range rounds {
		w.places.again()
		if !w.last.same() {
			w.version()
		}
		if w.places == nil || !w.places.follow(w.last) {
			break
		}
	}
	return w.fault
}

// version looks at the files anew.
func (w *Watcher) version() {
	w.last = newSnapshot(w.fsys)
	prog, err := w.opts.load(w.ctx, w.last, w.names)
	if w.ctx.Err() != nil { // closed meanwhile
		return
	}
	if err == nil && len(prog.Policies()) == 0 && len(w.Program().Policies()) > 0 {
		err = &Refused{Err: errors.New("the files hold no policy any more (an empty file may be one that is just being written)")}
	}
	if w.fault = err; err != nil {
		w.refused(err)
		return
	}
	old := w.serving.Swap(prog)
	if w.opts.Changed != nil {
		w.opts.Changed(w.opts.compare(w.ctx, old, prog))
	}
}

func (w *Watcher) refused(err error) {
	if w.opts.Refused != nil {
		w.opts.Refused(err)
	}
}

// run looks at the files when they change, and now and then.
func (w *Watcher) run(ctx context.Context) {
	defer close(w.done)
	var events <-chan fsnotify.Event
	var troubles <-chan error
	if w.places != nil {
		defer w.places.close()
		events, troubles = w.places.fs.Events, w.places.fs.Errors
	}
	poll := time.NewTicker(w.opts.Poll)
	defer poll.Stop()
	var settled, latest <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-events:
			if !w.places.matters(e.Name) {
				continue
			}
			if latest == nil {
				latest = time.After(10 * w.opts.Settle)
			}
			settled = time.After(w.opts.Settle)
			continue
		case err := <-troubles:
			w.refused(fmt.Errorf("watching the rules: %w", err))
		case <-poll.C:
		case <-settled:
		case <-latest:
		}
		settled, latest = nil, nil
		_ = w.look() // the hook has been told
	}
}
