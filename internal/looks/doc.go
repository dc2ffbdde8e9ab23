// Package looks says what a reader sees of a name, as Unicode's technical standard 39
// (UTS 39, https://www.unicode.org/reports/tr39) has it: which names look alike, which mix
// the letters of several scripts, and which hold characters that are not to be seen.
//
// The table of characters that look alike is Unicode's confusables.txt, by way of
// go.mau.fi/util/confusable; the scripts are those of package unicode.
package looks
