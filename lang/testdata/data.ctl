# What is read from files.
kind Eccn=code from "ccl.csv" column "ECCN" open{
  title:text from column "Title" "its title"
  reasons:set of NS1|NS2|MT1 from column "Reasons" split ";"
  lvs:money? from column "LVS" in usd
  gbs:bool from marked "GBS"   groups:set of A|B from marks "X" sensitive
}
kind Country also XK "Kosovo" "XKX"|crimea "Crimea"
kind Country{ chart:set of NS1|NS2 from "chart.csv" column "country" marks "X"   nato:bool = no from "groups.csv" marked "NATO"
  area:number from "land.csv" column "country" value "Area" }
kind Party = name
group Denied of Party from "csl.csv" column "name" since "listed on" until "removed on" where "source"="SDN" and not("type" in("Vessel","Aircraft") or "name" like "A*\*") screened at 0.9
group Watched of Party external screened at 0.85
group Partner of Country: BR since 1995, TR since 1997-04..1997-12, since 2000 .. 2001 until 2003-02: IN, CA
