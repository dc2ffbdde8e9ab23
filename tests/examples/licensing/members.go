package main

import (
	"bufio"
	"os"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

// membersIn are the names in a file, one a line. It is read for each version of the rules.
func membersIn(name string) interp.Members {
	return func(yield func(interp.Member, error) bool) {
		file, err := os.Open(name)
		if err != nil {
			yield(interp.Member{}, err)
			return
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		for lines.Scan() {
			if id := strings.TrimSpace(lines.Text()); id != "" && !yield(interp.Member{ID: id}, nil) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(interp.Member{}, err)
		}
	}
}
