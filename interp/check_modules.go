package interp

import (
	"context"
	"sync"

	"github.com/ctl-lang/ctl/lang"
)

func parseModule(name, text string) *lang.File {
	if f, ok := modules.Load(name); ok {
		return f.(*lang.File)
	}
	f, _ := lang.Parse(context.Background(), "stdlib/"+name+".ctl", text) // stdlib's tests see to it that there are no problems
	modules.Store(name, f)
	return f
}

// modules keeps the trees of stdlib's modules, which never change.
var modules sync.Map // name -> *lang.File
