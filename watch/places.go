package watch

import (
	"os"
	"path/filepath"
	"sync"

	"github.com/fsnotify/fsnotify"
)

// places are where the operating system tells of changes: the folders of all files that
// make the rules. Folders and not files, since editors and deployments put a new file in
// the place of the old one; and of each folder the one above it too, should the folder
// itself be replaced.
type places struct {
	fs *fsnotify.Watcher

	mu      sync.Mutex
	folders map[string]bool // that are watched
	names   map[string]bool // that matter if something happens to them
	listed  map[string]bool // folders in which every name matters
}

func newPlaces() (*places, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &places{fs: w}, nil
}

func (p *places) close() { p.fs.Close() }

// matters says whether an event is about the rules.
func (p *places) matters(name string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.names[name] || p.listed[filepath.Dir(name)]
}

// again watches the same folders anew, since a path may lead to another folder by now.
func (p *places) again() {
	if p == nil {
		return
	}
	for folder := range p.folders {
		p.watch(folder)
	}
}

// watch watches a folder; where there is none, or none that may be read, looking now and
// then has to do.
func (p *places) watch(folder string) {
	_ = p.fs.Remove(folder) // of the folder that was there
	_ = p.fs.Add(folder)
}

// follow watches what a version was read from.
func (p *places) follow(s *snapshot) {
	if p == nil {
		return
	}
	next := &places{folders: map[string]bool{}, names: map[string]bool{}, listed: map[string]bool{}}
	for q := range s.seen {
		path, err := filepath.Abs(filepath.FromSlash(q.name))
		if err != nil {
			continue // there is no working folder any more
		}
		end := next.trail(path)
		if q.what == askNames {
			next.listed[end] = true
			next.folders[end] = true
		}
	}
	p.mu.Lock()
	old := p.folders
	p.folders, p.names, p.listed = next.folders, next.names, next.listed
	p.mu.Unlock()
	for folder := range old {
		if !next.folders[folder] {
			_ = p.fs.Remove(folder) // it may be gone
		}
	}
	for folder := range next.folders {
		if !old[folder] {
			p.watch(folder)
		}
	}
}

// maxLinks bounds how many links lead from one to the next.
const maxLinks = 40

// trail notes every name on the way to a file: the links and where they lead, the file
// and its folder. It is the path without links.
func (p *places) trail(path string) string {
	path = filepath.Clean(path)
	for range maxLinks {
		link, target := firstLink(path)
		if link == "" {
			break
		}
		p.note(link)
		rest := path[len(link):]
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(link), target)
		}
		path = filepath.Join(target, rest)
	}
	p.note(path)
	p.note(filepath.Dir(path))
	return path
}

// note watches for something to happen to a name. Where its folder is missing, that
// begins with the folder's name.
func (p *places) note(name string) {
	for {
		p.names[name] = true
		folder := filepath.Dir(name)
		p.folders[folder] = true
		if info, err := os.Stat(folder); folder == name || err == nil && info.IsDir() {
			return
		}
		name = folder
	}
}

// firstLink is the first part of a path that is a link, and where it leads; "" where
// there is none.
func firstLink(path string) (link, target string) {
	for i := 1; i <= len(path); i++ {
		if i < len(path) && !os.IsPathSeparator(path[i]) {
			continue
		}
		if target, err := os.Readlink(path[:i]); err == nil {
			return path[:i], target
		}
	}
	return "", ""
}
