// Package plain says what a text that others wrote may hold where it is shown: on a
// terminal or in a log, in JSON, Markdown, HTML and CSV. Rules, facts and names are such
// texts. Whatever shows one passes it through the function for that place.
package plain
