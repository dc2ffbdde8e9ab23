package stdlib

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

//go:embed *.ctl
var files embed.FS

// Prelude is the module that is part of every program.
const Prelude = "prelude"

// Module is the text of a module, by the name that follows `use`.
func Module(name string) (text string, ok bool) {
	b, err := files.ReadFile(name + ".ctl")
	return string(b), err == nil
}

// Modules are the names of the modules there are, in order.
func Modules() []string {
	found, err := fs.Glob(files, "*.ctl")
	if err != nil {
		panic(err) // only a malformed pattern is an error
	}
	names := make([]string, len(found))
	for i, f := range found {
		names[i] = strings.TrimSuffix(path.Base(f), ".ctl")
	}
	return names
}

// Dimensions are the named dimensions of quantities: length, mass, time and
// temperature stand for themselves, the others are products of these. A unit
// declared `of` one of them is its coherent SI unit. The map must not be changed.
var Dimensions = map[string]string{
	"length":      "length",
	"mass":        "mass",
	"time":        "time",
	"temperature": "temperature",
	"area":        "length^2",
	"volume":      "length^3",
	"speed":       "length/time",
	"force":       "length mass/time^2",
	"pressure":    "mass/(length time^2)",
	"impulse":     "length mass/time", // total impulse
}
