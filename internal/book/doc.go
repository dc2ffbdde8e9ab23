// Package book reads the sheets of spreadsheets (.xlsx) as CSV, and writes tables as
// spreadsheets.
//
// What a cell shows is not always what it holds, so a sheet is read only as far as it is
// certain what is meant: a cell with a formula, cells that are merged, a time or an error
// value are problems with their place. Dates, which spreadsheets keep as numbers, are read
// as YYYY-MM-DD where the cell is shown as a date.
//
// The files are strangers': what they unpack to is bounded, and a damaged one is an error.
package book
