package stdlib

import (
	"regexp"
	"strings"
	"testing"
)

var currencyLine = regexp.MustCompile(`^unit ([A-Z]{3}) of ([A-Z]{3}) "([^"\\]+)"$`)

func TestCurrencies(t *testing.T) {
	text, _ := Module("iso4217")
	seen := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		m := currencyLine.FindStringSubmatch(line)
		if m == nil || m[1] != m[2] || seen[m[1]] != "" {
			t.Fatalf("not a currency of its own: %s", line)
		}
		seen[m[1]] = m[3]
	}
	if len(seen) != 175 {
		t.Errorf("there are %d currencies, want 175", len(seen))
	}
	for code, title := range map[string]string{"EUR": "Euro", "USD": "US Dollar", "JPY": "Yen", "XCG": "Caribbean Guilder", "BGN": "Bulgarian Lev (until 2025)"} {
		if seen[code] != title {
			t.Errorf("%s is %q, want %q", code, seen[code], title)
		}
	}
	for _, none := range []string{"XXX", "XTS", "DEM"} {
		if seen[none] != "" {
			t.Errorf("%s is no currency that is in use", none)
		}
	}
}
