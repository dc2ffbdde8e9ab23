// Package rules is the policy that the project ships: the Missile Technology
// Control Regime's Guidelines and the missile export policies of the United
// States under them, as a rule file that programs carry with them.
//
//	prog, err := interp.Load(context.Background(), rules.Files, rules.MTCR)
//	policy, err := prog.Policy("us2025")
package rules

import "embed"

// Files holds the rule files of this folder.
//
//go:embed *.ctl
var Files embed.FS

// MTCR is the name in Files of the rules of the Missile Technology Control Regime.
const MTCR = "mtcr.ctl"
