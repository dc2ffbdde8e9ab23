// Soak decides very many cases while the rules change under it, and tells what memory is held:
//
//	go run ./soak -decisions 20000000
//
// Every answer is checked against the version of the rules that gave it.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/watch"
)

func main() {
	decisions := flag.Int("decisions", 20_000_000, "how many cases are decided")
	each := flag.Int("reload", 100_000, "after how many of them the rules change")
	flag.Parse()
	s, err := soak(*decisions, *each, func(s report) { fmt.Println(s) })
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("held at the end less than at the first report: %t; between %d and %d KB\n", s.last <= s.first, s.least>>10, s.most>>10)
}

// report is how far a soak has come.
type report struct {
	decisions, versions      int
	first, last, least, most uint64 // bytes held, after collecting garbage
}

func (r report) String() string {
	return fmt.Sprintf("%d decisions, %d versions, %d KB held", r.decisions, r.versions, r.last>>10)
}

// request is a case as a struct.
type request struct {
	Item struct {
		N    int    `ctl:"n"`
		Name string `ctl:"name"`
	} `ctl:"item"`
}

// soak decides cases by a struct, by JSON, by a Case and by one that is not known in full.
func soak(decisions, each int, tell func(report)) (r report, err error) {
	dir, err := os.MkdirTemp("", "soak")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "rules.ctl")
	if err := write(file, 0); err != nil {
		return r, err
	}
	rules, err := watch.Files(watch.Options{Tests: true, Refused: func(err error) { log.Print(err) }}, file)
	if err != nil {
		return r, err
	}
	defer rules.Close()
	reports := max(1, decisions/each/20) // versions between two reports
	for r.decisions < decisions {
		if err := decide(rules.Program(), r.versions, each); err != nil {
			return r, err
		}
		r.decisions += each
		r.versions++
		if r.versions%reports == 0 {
			r.measure()
			tell(r)
		}
		if err := write(file, r.versions); err != nil {
			return r, err
		}
		if err := rules.Reload(); err != nil {
			return r, err
		}
	}
	return r, nil
}

// measure notes what is held once garbage is collected.
func (r *report) measure() {
	runtime.GC()
	runtime.GC() // what was weakly held, too
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	r.last = m.HeapAlloc
	if r.first == 0 {
		r.first, r.least = r.last, r.last
	}
	r.least, r.most = min(r.least, r.last), max(r.most, r.last)
}

// write puts a version of the rules in the place of the one before.
func write(file string, version int) error {
	text := fmt.Sprintf(`outcomes deny > permit
kind Item { n: number  name: text }
role item: Item
policy p {
  large: deny when item.n > %d
  named: deny when item.name like "*secret*"
  otherwise permit
}
test "large" { given item.n = %d expect deny }
`, version, version+1)
	if err := os.WriteFile(file+".new", []byte(text), 0o600); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}

// decide decides n cases under a version, each by another way than the one before it.
func decide(program *interp.Program, version, n int) error {
	p, err := program.Policy("p")
	if err != nil {
		return err
	}
	structs, err := interp.Bind[request](p)
	if err != nil {
		return err
	}
	lines, err := interp.Bind[interp.JSON](p)
	if err != nil {
		return err
	}
	c := program.NewCase()
	for i := range n {
		number := version + i%7 - 3
		want := "permit"
		if number > version {
			want = "deny"
		}
		var d *interp.Decision
		switch i % 16 {
		case 0:
			if err = c.Set("item.n", number); err == nil {
				err = c.Set("item.name", strconv.Itoa(i))
			}
			if err == nil {
				d, err = p.Decide(context.Background(), c)
			}
		case 1: // with no name, open unless the number decides
			open := program.NewCase()
			if err = open.Set("item.n", number); err == nil {
				d, err = p.Decide(context.Background(), open)
			}
			if want == "permit" {
				want = "undetermined"
			}
		case 2, 3, 4, 5, 6, 7, 8:
			line := interp.JSON(`{"item": {"n": ` + strconv.Itoa(number) + `, "name": "` + strconv.Itoa(i) + `"}}`)
			d, err = lines.Decide(&line)
		default:
			var r request
			r.Item.N, r.Item.Name = number, "a name"
			d, err = structs.Decide(&r)
		}
		if err != nil {
			return err
		}
		if d.Answer() != want {
			return fmt.Errorf("version %d, item.n = %d: %s, not %s", version, number, d.Answer(), want)
		}
	}
	return nil
}
