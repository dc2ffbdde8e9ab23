// Package ergonomics writes twelve tasks of a program that embeds rules with Ctl and with three
// other engines, as somebody who knows each would. Its tests hold what they give, count their
// lines and write the table of docs/embedding.md.
package ergonomics
