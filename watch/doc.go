// Package watch keeps the rules of a running program up to date.
//
//	rules, err := watch.Files(watch.Options{Tests: true, Claims: true}, "rules")
//	if err != nil {
//		return err // the rules cannot be used: there is nothing to begin with
//	}
//	defer rules.Close()
//	...
//	policy, err := rules.Program().Policy("us2025") // for each case anew
//
// A new version of the files is loaded and checked; where asked for, its tests are run and
// its claims proved. If all is well, it takes the place of the old one at once and for
// everybody; a reader never waits, and a Program that was taken before stays as it is.
// If anything is wrong, it is refused, the hook is told what, and the old version serves.
//
// Files is told of changes by the operating system, and looks itself now and then in
// case it was not; FS looks at any fs.FS at intervals. Both go by the content, so that
// writing the same text again is no change. Every file is read once for each version: what
// was compared is what is loaded. All of them are looked at a second time before a version is
// taken, so that it is no mix of two.
//
// It imports analysis and interp, and github.com/fsnotify/fsnotify.
package watch
