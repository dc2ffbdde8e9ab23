// Command gen writes the table of zones from the archive that Go ships (lib/time/zoneinfo.zip), which
// is in the public domain: a line for each zone, with where its data begin behind the lines and how long
// they are, an empty line, and the data. Zones that are one have them once.
package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: gen ZONEINFO.ZIP OUT")
	}
	table, err := tableOf(os.Args[1])
	if err == nil {
		err = os.WriteFile(os.Args[2], table, 0o644)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func tableOf(archive string) ([]byte, error) {
	r, err := zip.OpenReader(archive)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	slices.SortFunc(r.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	var index, data bytes.Buffer
	at := map[string]int{}
	for _, f := range r.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		in, err := f.Open()
		if err != nil {
			return nil, err
		}
		one, err := io.ReadAll(in)
		if err != nil {
			return nil, err
		}
		if _, known := at[string(one)]; !known {
			at[string(one)] = data.Len()
			data.Write(one)
		}
		fmt.Fprintf(&index, "%s %d %d\n", f.Name, at[string(one)], len(one))
	}
	index.WriteByte('\n')
	index.Write(data.Bytes())
	return index.Bytes(), nil
}
