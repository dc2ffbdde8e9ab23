// Package convert makes rules of what others keep them in: the decision tables of
// spreadsheets and of DMN, and policies in Cedar.
//
// What cannot be said alike is refused, with its place, and never said otherwise: what
// comes out is a first version that its author reads, and not a promise that nothing is
// missing.
package convert
