package record_test

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"gopkg.in/natefinch/lumberjack.v2"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/record"
)

const door = `
outcomes deny > permit
kind Person = text sensitive { age: number }
role person: Person
policy of_age {
  minors: deny any when person.age < 18
  otherwise permit
}
policy stricter { minors: deny any when person.age < 21  otherwise permit }
`

// askedAt is the clock of these examples.
func askedAt() time.Time { return time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC) }

func decided(policy string, facts ...string) (*interp.Policy, *interp.Case, *interp.Decision) {
	prog, err := interp.LoadText(context.Background(), "door.ctl", door)
	if err != nil {
		log.Fatal(err)
	}
	p, err := prog.Policy(policy)
	if err != nil {
		log.Fatal(err)
	}
	c := prog.NewCase()
	c.SetDate(prog.LatestDate())
	if err := c.Tell(facts...); err != nil {
		log.Fatal(err)
	}
	d, err := p.Decide(context.Background(), c)
	if err != nil {
		log.Fatal(err)
	}
	return p, c, d
}

// Records go to any io.Writer: here to a file that lumberjack rotates, compresses and
// throws away in time. A program that embeds Ctl without it does not compile it.
func ExampleNewWriter() {
	folder, err := os.MkdirTemp("", "records")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	file := &lumberjack.Logger{
		Filename: filepath.Join(folder, "decisions.jsonl"),
		MaxSize:  100, // MiB, after which a new file is begun
		MaxAge:   365, // days
		Compress: true,
	}
	records := record.NewWriter(file, record.Options{Clock: askedAt})

	_, c, d := decided("of_age", `person = "Jo Doe"`, "person.age = 17")
	if err := records.Decided("request 4711", c, d); err != nil {
		log.Fatal(err)
	}
	if err := file.Close(); err != nil {
		log.Fatal(err)
	}

	saved, err := os.Open(file.Filename)
	if err != nil {
		log.Fatal(err)
	}
	defer saved.Close()
	for r, err := range record.Read(saved) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(r.ID, r.Time.Format(time.DateOnly), r.Facts, r.Answer(), r.Rules)
	}
	// Output:
	// request 4711 2025-06-01 map[person:map[age:17 id:***]] deny [minors]
}

// A record is a value that log/slog knows how to write.
func ExampleRecord_LogValue() {
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == "version" {
			return slog.Attr{} // they differ from run to run
		}
		return a
	}}))
	_, c, d := decided("of_age", `person = "Jo Doe"`, "person.age = 17")
	logger.Info("decided", "case", record.Options{}.Decided("4711", c, d))
	// Output:
	// level=INFO msg=decided case.id=4711 case.policy=of_age case.as_of=2000-01-01 case.facts="map[person:map[age:17 id:***]]" case.status=decided case.outcome=deny case.rules=[minors]
}

// Before a new policy comes into force, it decides last year's cases again.
func ExampleReplay() {
	file, err := os.CreateTemp("", "records")
	if err != nil {
		log.Fatal(err)
	}
	defer os.Remove(file.Name())
	defer file.Close()
	records := record.NewWriter(file, record.Options{})
	for i, age := range []string{"17", "19", "40"} {
		_, c, d := decided("of_age", "person.age = "+age)
		if err := records.Decided(fmt.Sprint("request ", i+1), c, d); err != nil {
			log.Fatal(err)
		}
	}
	if _, err := file.Seek(0, 0); err != nil {
		log.Fatal(err)
	}

	stricter, _, _ := decided("stricter")
	replay := record.NewReplay(file, stricter)
	for change, err := range replay.Changes(context.Background()) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s was %s and would be %s\n", change.Record.ID, change.Record.Answer(), change.Now())
	}
	counts := replay.Counts()
	fmt.Println(counts.Same, "stay the same")
	// Output:
	// request 2 was permit and would be deny
	// 2 stay the same
}
