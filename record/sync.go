package record

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

// AtOnce, as Options.Sync, has every record on the storage before its write returns.
const AtOnce time.Duration = -1

// disk is what has reached the storage behind the io.Writer.
type disk struct {
	mu     sync.Mutex // held while the io.Writer is synced
	safe   int        // so many records are on the storage
	doomed int        // of so many the storage said that it may have lost some
	err    error      // what it said

	waiting sync.Mutex
	timer   *time.Timer // runs while records wait; nil: none does
}

var errNoSync = errors.New("records are to be synced, and their io.Writer has no method Sync() error")

func (w *Writer) canSync() error {
	if _, ok := w.out.(interface{ Sync() error }); !ok {
		return errNoSync
	}
	return nil
}

// Sync has everything that was written so far on the storage before it returns. Who sets
// Options.Sync to an interval calls it before the file is closed.
func (w *Writer) Sync() error {
	if err := w.canSync(); err != nil {
		return err
	}
	w.mu.Lock()
	n := w.written
	w.mu.Unlock()
	return w.sync(n)
}

// synced sees to it that the first n records reach the storage, in time.
func (w *Writer) synced(n int) error {
	if w.opts.Sync < 0 {
		return w.sync(n)
	}
	w.disk.waiting.Lock()
	defer w.disk.waiting.Unlock()
	if w.disk.timer == nil {
		w.disk.timer = time.AfterFunc(w.opts.Sync, w.syncWaiting)
	}
	return nil
}

// syncWaiting syncs the records that have waited long enough. Their writes have returned,
// so that Err alone can tell of an error.
func (w *Writer) syncWaiting() {
	w.disk.waiting.Lock()
	w.disk.timer = nil // who writes from now on waits for the next
	w.disk.waiting.Unlock()
	if err := w.Sync(); err != nil {
		w.failed(err)
	}
}

// sync returns when the first n records are on the storage. Those who come while it is
// busy are served together by the next turn.
func (w *Writer) sync(n int) error {
	w.disk.mu.Lock()
	defer w.disk.mu.Unlock()
	if n > w.disk.safe && n > w.disk.doomed {
		w.mu.Lock()
		all := w.written
		w.mu.Unlock()
		// An operating system tells of an error once, and the next Sync succeeds: what was
		// written before stays doomed.
		if err := w.out.(interface{ Sync() error }).Sync(); err != nil {
			w.disk.doomed, w.disk.err = all, fmt.Errorf("sync: %w", err)
		} else {
			w.disk.safe = all
		}
	}
	if n <= w.disk.doomed {
		return w.disk.err
	}
	return nil
}
