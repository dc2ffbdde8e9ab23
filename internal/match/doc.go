// Package match finds, among many conjunctions, those that hold at a point. A
// point is a cell of every variable; a conjunction, a Cube, says in which cells
// some of the variables have to be. It is what decides cases when no
// explanation is asked for.
//
//	x := match.Build([]int{249, 3}, []match.Cube{            // country, category
//		{{Var: 0, Cells: []match.Span{{7, 7}, {13, 20}}}},    // 0: one of some countries
//		{{Var: 1, Cells: []match.Span{{1, 1}}}},              // 1: the first category
//	}, nil, 1<<30, func(work int) {})
//	pt := make(match.Point, x.Width())
//	pt.Set(x, 0, 15)
//	pt.Set(x, 1, 2)
//	hits := x.Find(pt, nil)               // one hit
//	sure, _ := x.Cubes(hits[0], nil, nil) // cube 0 holds
//
// Up to 64 cubes are held in one word: each variable has a table from its cells
// to the cubes that admit them, and the cubes that hold are what the tables have
// in common (the bit vectors of Lakshman and Stiliadis, SIGCOMM 1998). Variables
// with few cells share a table. More cubes are first told apart by a tree over
// the variables that tell most apart, so that the time a point takes follows
// the number of cubes that come near it and not the number there are.
//
// Where they are not too many, the index also knows the classes that points fall into,
// those of a class having the same hits: Class finds a point's in a decision diagram,
// without a look at any cube.
//
// Cell 0 of every variable means that its cell is not known. A cube that
// restricts such a variable may hold and is not sure to.
package match
