// Package zone has the rules of the clocks of all zones, as the IANA publishes them. They travel with
// the program, so that an answer is the same on every machine, whatever database that has.
package zone

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// zones is what gen makes of the archive that Go ships.
//
//go:generate sh -c "go run ./gen \"$(go env GOROOT)/lib/time/zoneinfo.zip\" zones.bin"
//go:embed zones.bin
var zones string

// table is the data of each zone, by its name.
var table = sync.OnceValue(func() map[string]string {
	index, data, _ := strings.Cut(zones, "\n\n")
	out := map[string]string{}
	for line := range strings.Lines(index) {
		f := strings.Fields(line)
		from, _ := strconv.Atoi(f[1])
		size, _ := strconv.Atoi(f[2])
		out[f[0]] = data[from : from+size]
	}
	return out
})

var (
	mu     sync.RWMutex
	loaded = map[string]*time.Location{}
)

// Load finds a zone by its name, such as Europe/Berlin.
func Load(name string) (*time.Location, error) {
	mu.RLock()
	l := loaded[name]
	mu.RUnlock()
	if l != nil {
		return l, nil
	}
	data, known := table()[name]
	if !known {
		return nil, fmt.Errorf("there is no zone `%s`", name)
	}
	l, err := time.LoadLocationFromTZData(name, []byte(data))
	if err != nil {
		return nil, err
	}
	mu.Lock()
	defer mu.Unlock()
	if before := loaded[name]; before != nil {
		return before, nil
	}
	loaded[name] = l // of which there are some 600
	return l, nil
}

// Names are those of all zones, sorted.
func Names() []string {
	out := make([]string, 0, len(table()))
	for name := range table() {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
