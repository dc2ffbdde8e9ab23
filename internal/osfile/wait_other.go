//go:build !unix

package osfile

const noWait = 0
