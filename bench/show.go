package main

import (
	"os"
	"path/filepath"
)

// write puts the texts that the engines read into files, for a reader.
func (b *bench) write(wl *Workload) error {
	if b.show == "" {
		return nil
	}
	dir := filepath.Join(b.show, wl.Name)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, e := range wl.Engines {
		if e.Text == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, e.File), []byte(e.Text), 0o666); err != nil {
			return err
		}
	}
	return nil
}
