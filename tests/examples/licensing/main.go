// Licensing is a service that decides licence applications.
//
//	POST /decisions     the facts as JSON; the answer, what it rests on, and what is missing
//	GET  /rules         the version of the rules that serves
//
// The rules are watched: a new version that loads, and whose tests and claims hold, takes
// over between two requests. Every decision is recorded, a line each.
package main

import (
	"context"
	"flag"
	"log"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"time"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/record"
	"github.com/ctl-lang/ctl/watch"
)

func main() {
	addr := flag.String("addr", "localhost:8080", "where to listen")
	rules := flag.String("rules", "rules", "the folder with the rules")
	denied := flag.String("denied", "denied.txt", "the denied parties, one a line")
	records := flag.String("records", "decisions.jsonl", "where decisions are recorded")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := serve(ctx, *addr, *rules, *denied, *records); err != nil {
		log.Fatal(err)
	}
}

func serve(ctx context.Context, addr, rules, denied, records string) error {
	file, err := os.OpenFile(records, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	watcher, err := watchRules(rules, denied)
	if err != nil {
		return err
	}
	defer watcher.Close()
	s := &service{rules: watcher, log: record.NewWriter(file, record.Options{Clock: time.Now}), patience: 2 * time.Second, now: time.Now}
	server := &http.Server{Addr: addr, Handler: s.routes(), ReadTimeout: 5 * time.Second, WriteTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.ListenAndServe() }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return server.Shutdown(context.WithoutCancel(ctx))
	}
}

// watchRules loads the rules, with limits that leave room for no more than they need.
func watchRules(rules, denied string) (*watch.Watcher, error) {
	return watch.Files(watch.Options{
		Load: interp.Options{
			Groups: map[string]interp.Members{"Denied": membersIn(denied)},
			Limits: interp.Limits{JSON: mostBody, Steps: 1_000_000},
		},
		Tests:  true,
		Claims: true,
		// The first requests under new rules should not be the slow ones.
		Accept: func(p *interp.Program) error {
			policy, err := p.Policy("licences")
			if err != nil {
				return err
			}
			today, err := interp.DateOf(time.Now())
			if err != nil {
				return err
			}
			return policy.WarmUp(context.Background(), today)
		},
		Changed: func(c *watch.Change) { slog.Info("new rules serve", "version", c.New.Version()) },
		Refused: func(err error) { slog.Error("rules refused", "why", err) },
	}, rules)
}
