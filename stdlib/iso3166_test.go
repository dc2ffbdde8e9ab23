package stdlib

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// country is one identity of the module iso3166.
type country struct {
	code  string
	names []string // the title first
}

var countryLine = regexp.MustCompile(`^(?:kind Country =|  \|) ([A-Z]{2})((?: "[^"\\]+")+)$`)

func countries(t *testing.T) []country {
	t.Helper()
	text, _ := Module("iso3166")
	var list []country
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		m := countryLine.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("not a country: %s", line)
		}
		names := strings.Split(strings.Trim(m[2], ` "`), `" "`)
		list = append(list, country{m[1], names})
	}
	return list
}

func TestCountriesAreAllThere(t *testing.T) {
	list := countries(t)
	if len(list) != 249 {
		t.Errorf("there are %d countries, want 249", len(list))
	}
	if !slices.IsSortedFunc(list, func(a, b country) int { return strings.Compare(a.code, b.code) }) {
		t.Error("the countries are not in the order of their codes")
	}
	pairs := strings.Fields(isoPairs)
	if len(pairs) != 249 {
		t.Fatalf("the test knows %d countries", len(pairs))
	}
	for i, c := range list {
		if len(c.names) < 2 || c.code+c.names[1] != pairs[i] {
			t.Errorf("country %d is %s %q, want %s", i, c.code, c.names, pairs[i])
		}
	}
}

// TestCountryNamesAreNobodyElses: whatever case a name is written in, it means
// one country.
func TestCountryNamesAreNobodyElses(t *testing.T) {
	owner := map[string]string{}
	for _, c := range countries(t) {
		for _, name := range append([]string{c.code}, c.names...) {
			folded := strings.ToLower(name)
			if other, taken := owner[folded]; taken {
				t.Errorf("%q stands for %s and for %s", name, other, c.code)
			}
			owner[folded] = c.code
			if strings.TrimSpace(name) != name || strings.Contains(name, "  ") {
				t.Errorf("%q has white space too much", name)
			}
		}
	}
	for _, ambiguous := range []string{"congo", "korea", "virgin islands", "america", "china, republic of"} {
		if code, taken := owner[ambiguous]; taken {
			t.Errorf("%q is taken for %s", ambiguous, code)
		}
	}
}

func TestCountriesByTheNamesPeopleWrite(t *testing.T) {
	code, title := map[string]string{}, map[string]string{}
	for _, c := range countries(t) {
		title[c.code] = c.names[0]
		for _, n := range c.names {
			code[n] = c.code
		}
	}
	for name, want := range map[string]string{
		"South Korea": "KR", "Republic of Korea": "KR", "Korea, Republic of": "KR", "Korea (the Republic of)": "KR", "KOR": "KR",
		"North Korea": "KP", "DPRK": "KP", "PRK": "KP",
		"Democratic Republic of the Congo": "CD", "DRC": "CD", "Republic of the Congo": "CG", "Congo (the)": "CG",
		"UK": "GB", "Great Britain": "GB", "USA": "US", "United States of America": "US", "UAE": "AE",
		"Russia": "RU", "Russian Federation": "RU", "Turkey": "TR", "Türkiye": "TR", "Ivory Coast": "CI", "Burma": "MM",
		"Czech Republic": "CZ", "Swaziland": "SZ", "Macau": "MO", "Vatican City": "VA", "East Timor": "TL", "Viet Nam": "VN",
		"Niger": "NE", "Nigeria": "NG", "Guinea": "GN", "Equatorial Guinea": "GQ", "Guinea-Bissau": "GW", "Papua New Guinea": "PG",
		"Dominica": "DM", "Dominican Republic": "DO", "Samoa": "WS", "American Samoa": "AS",
	} {
		if code[name] != want {
			t.Errorf("%q is %q, want %s", name, code[name], want)
		}
	}
	for of, want := range map[string]string{
		"KR": "South Korea", "KP": "North Korea", "GB": "United Kingdom", "US": "United States", "RU": "Russia", "IR": "Iran", "SY": "Syria",
		"VN": "Vietnam", "LA": "Laos", "TZ": "Tanzania", "BO": "Bolivia", "MD": "Moldova", "VE": "Venezuela", "TW": "Taiwan",
	} {
		if title[of] != want {
			t.Errorf("%s is titled %q, want %q", of, title[of], want)
		}
	}
}

// isoPairs is the alpha-2 and alpha-3 code of each country, from the standard's own list.
const isoPairs = `
ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD BEBEL BFBFA
BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG
CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU
EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL
GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD
IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO
LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG
MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL
NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU
RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV
SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA
UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE`

// TestCountriesAsListsWriteThem: names as published lists spell them.
func TestCountriesAsListsWriteThem(t *testing.T) {
	owner := map[string]string{}
	for _, c := range countries(t) {
		for _, name := range c.names {
			owner[strings.ToLower(name)] = c.code
		}
	}
	for name, code := range map[string]string{
		"Korea, South": "KR", "Korea, North": "KP", "Viet Nam": "VN", "Cote d'Ivoire": "CI", "Ivory Coast": "CI", "Czech Republic": "CZ", "Russia": "RU",
		"Congo, Democratic Republic of the": "CD", "Congo, Republic of the": "CG", "Bahamas, The": "BS", "Gambia, The": "GM", "Burma": "MM", "Turkey": "TR",
		"Turkiye": "TR", "Macedonia": "MK", "Swaziland": "SZ", "Cape Verde": "CV", "East Timor": "TL", "Laos": "LA", "Syria": "SY", "Brunei": "BN", "Macau": "MO",
	} {
		if owner[strings.ToLower(name)] != code {
			t.Errorf("%s is %q, want %s", name, owner[strings.ToLower(name)], code)
		}
	}
}
