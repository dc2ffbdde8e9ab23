// Package table reads CSV files as programs and people write them: with commas,
// semicolons or tabs between the fields, lines that end with LF, CRLF or CR alone, with or
// without a byte-order mark, in UTF-8 or UTF-16. What it cannot read for certain is an
// error with its line, and never a guess: a row of another length than the heading,
// quotes that are not closed, text in another encoding.
//
//	r, err := table.NewReader(data)
//	heading, found, err := r.Heading(func(cells []string) bool { return slices.Contains(cells, "id") })
//	for {
//		row, err := r.Read()
//		if err == io.EOF {
//			break
//		}
//	}
//
// It imports nothing of the project.
package table
