package watch_test

import (
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/ctl-lang/ctl/watch"
)

const (
	oldSpeed = `outcomes deny > permit
kind Car { speed: speed }
role car: Car
policy road { deny any when car.speed > 100 kmh  otherwise permit }
test "slow" { given car.speed = 90 kmh expect permit }
`
	newSpeed = `outcomes deny > permit
kind Car { speed: speed }
role car: Car
policy road { deny any when car.speed > 80 kmh  otherwise permit }
test "slow" { given car.speed = 80 kmh expect permit }
`
	badSpeed = `outcomes deny > permit
kind Car { speed: speed }
role car: Car
policy road { deny any when car.speed > 8 kmh  otherwise permit }
test "slow" { given car.speed = 80 kmh expect permit }
`
)

// put writes a new file and renames it over the old one, as deployments should.
func put(file, text string) {
	if err := os.WriteFile(file+".new", []byte(text), 0o666); err != nil {
		log.Fatal(err)
	}
	if err := os.Rename(file+".new", file); err != nil {
		log.Fatal(err)
	}
}

func ExampleFiles() {
	folder, err := os.MkdirTemp("", "rules")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "road.ctl")
	put(file, oldSpeed)

	served := make(chan struct{})
	rules, err := watch.Files(watch.Options{
		Tests:   true,
		Compare: []string{"road"},
		Settle:  10 * time.Millisecond,
		Changed: func(c *watch.Change) {
			change := c.Diffs[0].Difference.Changes[0]
			fmt.Println(change.From.Name(), "becomes", change.To.Name(), "when", change.Groups[0].When)
			served <- struct{}{}
		},
		Refused: func(err error) {
			var refused *watch.Refused
			if errors.As(err, &refused) {
				fmt.Println("refused:", refused.Tests[0].Failures[0])
			}
			served <- struct{}{}
		},
	}, folder)
	if err != nil {
		log.Fatal(err)
	}
	defer rules.Close()

	put(file, newSpeed)
	<-served
	good := rules.Program()
	put(file, badSpeed)
	<-served
	fmt.Println("the good version serves:", rules.Program() == good)
	// Output:
	// permit becomes deny when car.speed > 80 kmh and car.speed <= 100 kmh
	// refused: under road: expected permit, and the answer is deny by road/1
	// the good version serves: true
}
