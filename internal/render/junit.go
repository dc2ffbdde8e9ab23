package render

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/ctl-lang/ctl/internal/plain"
)

// The parts of a JUnit file that the programs which read such files agree on.
type (
	junitSuites struct {
		XMLName  xml.Name   `xml:"testsuites"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Time     string     `xml:"time,attr"`
		Suites   junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		Time    string        `xml:"time,attr"`
		Failure *junitFailure `xml:"failure"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// WriteJUnit writes a run of tests as a JUnit file, of one suite with that name.
func WriteJUnit(w io.Writer, suite string, runs []*TestRun) error {
	s := junitSuite{Name: suite, Tests: len(runs), Cases: []junitCase{}}
	var total time.Duration
	for _, t := range runs {
		total += t.Took
		c := junitCase{Name: plain.Line(t.Name), Class: plain.Line(fileOf(t.Place)), Time: seconds(t.Took)}
		if !t.Passed() {
			s.Failures++
			text := t.Place + ": " + strings.Join(t.Failures, "\n")
			if t.Given != nil {
				text += "\ngiven " + facts(t.Given)
			}
			c.Failure = &junitFailure{Message: plain.Line(t.Failures[0]), Text: plain.Lines(text)}
		}
		s.Cases = append(s.Cases, c)
	}
	s.Time = seconds(total)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(junitSuites{Tests: s.Tests, Failures: s.Failures, Time: s.Time, Suites: s}); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }

// fileOf is the file of file:line:col.
func fileOf(place string) string {
	for range 2 {
		if i := strings.LastIndexByte(place, ':'); i >= 0 {
			place = place[:i]
		}
	}
	return place
}
