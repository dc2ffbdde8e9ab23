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
	// Load is how versions are loaded; its Limits hold for the analysis too.
	Load interp.Options

	Tests  bool                        // a version whose tests fail is refused
	Claims bool                        // a version of which a claim is not proved is refused
	Accept func(*interp.Program) error // what else is asked of a version, such as Check of generated code; may be nil

	// Compare names policies and series of which Changed is told the differences. AsOf
	// gives the date on which they are compared; without it that is today.
	Compare []string
	AsOf    func() interp.Date

	// Changed is told of every version that begins to serve but the first, and Refused of
	// each that does not, a *Refused, and of trouble with watching. They are called one
	// after the other, and no further version is looked at until they return; they must not
	// call Reload or Close. Either may be nil.
	Changed func(*Change)
	Refused func(error)

	// Settle is how long files must have been left alone before they are read, so that
	// several writes make one version, and how far apart the two looks at them are that have
	// to agree before it is taken; the looks are 100 ms apart at least, and 400 ms where there
	// are several files. Who writes several, each by itself, makes no longer pause between
	// them. 0 means 100 ms.
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

	mu     sync.Mutex // held while a version is looked at
	last   *snapshot  // the version looked at last
	fault  error      // why it was refused; nil: it serves
	moving bool       // the files kept changing while they were looked at last
}

// Files watches rule files, and folders for their *.ctl, with the files that they use.
// The names are those of the machine, relative to the working folder or absolute. Links
// are followed; a file that is replaced, deleted and made anew, or reached by a link that
// leads elsewhere now, is found again. Two looks at all files have to agree before a version
// is taken, so that it is one that stood on the disk, and no mix of two. Who changes rules
// writes new files and renames them over the old ones, or renames a link to a folder with
// all of them: a file that is written in place may be left for longer than Options.Settle
// when half of it is there, and half of it may be a version too. The error is a *Refused
// where the first version is no good, or says why the files cannot be watched.
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

// leastApart is how far apart two looks at a file are at least, and leastSeveral those at
// several files: longer than a program that writes them waits for the processor or the disk
// between one and the next.
const (
	leastApart   = 100 * time.Millisecond
	leastSeveral = 400 * time.Millisecond
)

func start(fsys fs.FS, o Options, p *places, names []string) (*Watcher, error) {
	if o.Settle == 0 {
		o.Settle = 100 * time.Millisecond
	}
	w := &Watcher{opts: o, fsys: fsys, names: names, places: p, done: make(chan struct{})}
	w.ctx, w.stop = context.WithCancel(context.Background())
	if err := w.look(); err != nil {
		w.stop()
		return nil, err
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

// errMoving is why there is no new version where there is never the same twice.
var errMoving = errors.New("the files keep changing while they are read")

// look takes over a new version if there is one. The error is why it is refused.
func (w *Watcher) look() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	const rounds = 10
	for range rounds {
		w.places.again()
		if w.last != nil && w.last.same() {
			w.moving = false
			return w.fault
		}
		seen := newSnapshot(w.fsys)
		prog, err := w.opts.Load.Load(w.ctx, seen, w.names...)
		if w.ctx.Err() != nil { // what was given up says nothing about the files
			return w.fault
		}
		w.places.follow(seen) // before the second look, so that one of the two sees what happens
		if w.stays(seen) {
			w.last, w.moving = seen, false
			w.version(prog, err)
			return w.fault
		}
		if w.ctx.Err() != nil {
			return w.fault
		}
	}
	if !w.moving {
		w.refused(errMoving)
	}
	w.moving = true
	return errMoving
}

// stays says whether the files are still the same when they have been left alone. It waits
// in turns that come one after the other in time: where the machine is so busy that they are
// late, whoever writes the files is late too.
func (w *Watcher) stays(seen *snapshot) bool {
	const turns, most = 10, 50
	least := leastApart
	if seen.several() {
		least = leastSeveral
	}
	turn := max(w.opts.Settle, least) / turns
	for n, calm := 0, 0; n < most && calm < turns; n++ {
		began := time.Now()
		select {
		case <-w.ctx.Done():
			return false
		case <-time.After(turn):
		}
		if calm++; time.Since(began) > 2*turn {
			calm = 0
		}
	}
	return seen.same()
}

// version looks at what was loaded, and has it serve if it is good.
func (w *Watcher) version(prog *interp.Program, err error) {
	old := w.Program()
	switch {
	case err != nil:
		err = &Refused{Err: err}
	case old != nil && len(prog.Policies()) == 0 && len(old.Policies()) > 0:
		err = &Refused{Err: errors.New("the files hold no policy any more (an empty file may be one that is just being written)")}
	default:
		err = w.opts.examine(w.ctx, prog)
	}
	if w.ctx.Err() != nil { // closed meanwhile
		return
	}
	if w.fault = err; err != nil {
		w.refused(err)
		return
	}
	w.serving.Store(prog)
	if old != nil && w.opts.Changed != nil {
		w.opts.Changed(w.opts.compare(w.ctx, old, prog))
	}
}

// refused tells the hook, unless it is about the first version, of which the caller is told.
func (w *Watcher) refused(err error) {
	if w.opts.Refused != nil && w.Program() != nil {
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
		if err := w.look(); errors.Is(err, errMoving) { // of other errors the hook has been told
			settled = time.After(leastApart)
		}
	}
}
