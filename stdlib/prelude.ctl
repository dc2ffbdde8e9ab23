# The units every rule may use. Factors are exact: international and United States customary units
# by the yard and pound agreement of 1959, the others by the SI brochure (9th edition, 2019) and
# NIST SP 811. Where a factor has no finite decimal form the unit is written as a quotient of two
# others, which is exact: unit kmh = 1 km/h.
#
# Days, weeks, months and years are durations of the calendar and no units of time.

# Length

unit m of length "metre"
unit metre = 1 m
unit metres = 1 m
unit meter = 1 m
unit meters = 1 m
unit km = 1000 m "kilometre"
unit kilometre = 1 km
unit kilometres = 1 km
unit kilometer = 1 km
unit kilometers = 1 km
unit dm = 0.1 m "decimetre"
unit cm = 0.01 m "centimetre"
unit centimetre = 1 cm
unit centimetres = 1 cm
unit centimeter = 1 cm
unit centimeters = 1 cm
unit mm = 0.001 m "millimetre"
unit millimetre = 1 mm
unit millimetres = 1 mm
unit millimeter = 1 mm
unit millimeters = 1 mm
unit um = 0.000001 m "micrometre"
unit micrometre = 1 um
unit micrometres = 1 um
unit micrometer = 1 um
unit micrometers = 1 um
unit micron = 1 um
unit microns = 1 um
unit nm = 0.000000001 m "nanometre"
unit nanometre = 1 nm
unit nanometres = 1 nm
unit nanometer = 1 nm
unit nanometers = 1 nm
unit inch = 0.0254 m "inch"
unit inches = 1 inch
unit ft = 0.3048 m "foot"
unit foot = 1 ft
unit feet = 1 ft
unit yd = 0.9144 m "yard"
unit yard = 1 yd
unit yards = 1 yd
unit mi = 1609.344 m "mile"
unit mile = 1 mi
unit miles = 1 mi
unit nmi = 1852 m "nautical mile"
unit nautical_mile = 1 nmi
unit nautical_miles = 1 nmi

# Mass

unit kg of mass "kilogram"
unit kilogram = 1 kg
unit kilograms = 1 kg
unit kilogramme = 1 kg
unit kilogrammes = 1 kg
unit g = 0.001 kg "gram"
unit gram = 1 g
unit grams = 1 g
unit gramme = 1 g
unit grammes = 1 g
unit mg = 0.000001 kg "milligram"
unit milligram = 1 mg
unit milligrams = 1 mg
unit ug = 0.000000001 kg "microgram"
unit microgram = 1 ug
unit micrograms = 1 ug
unit t = 1000 kg "tonne"
unit tonne = 1 t
unit tonnes = 1 t
unit metric_ton = 1 t
unit metric_tons = 1 t
unit lb = 0.45359237 kg "pound"
unit pound = 1 lb
unit pounds = 1 lb
unit oz = 0.028349523125 kg "ounce"
unit ounce = 1 oz
unit ounces = 1 oz
unit short_ton = 2000 lb "short ton, of the United States"
unit short_tons = 1 short_ton
unit long_ton = 2240 lb "long ton, imperial"
unit long_tons = 1 long_ton

# Time, as physics counts it

unit s of time "second"
unit second = 1 s
unit seconds = 1 s
unit ms = 0.001 s "millisecond"
unit millisecond = 1 ms
unit milliseconds = 1 ms
unit us = 0.000001 s "microsecond"
unit microsecond = 1 us
unit microseconds = 1 us
unit ns = 0.000000001 s "nanosecond"
unit nanosecond = 1 ns
unit nanoseconds = 1 ns
unit min = 60 s "minute"
unit minute = 1 min
unit minutes = 1 min
unit h = 3600 s "hour"
unit hour = 1 h
unit hours = 1 h

# Temperature: as a point on a scale

unit K of temperature "kelvin"
unit kelvin = 1 K
unit kelvins = 1 K
unit degC = 1 K + 273.15 K "degree Celsius"
unit celsius = 1 K + 273.15 K

# Area

unit m2 of area "square metre"
unit square_metre = 1 m2
unit square_metres = 1 m2
unit square_meter = 1 m2
unit square_meters = 1 m2
unit km2 = 1000000 m2 "square kilometre"
unit square_kilometre = 1 km2
unit square_kilometres = 1 km2
unit square_kilometer = 1 km2
unit square_kilometers = 1 km2
unit cm2 = 0.0001 m2 "square centimetre"
unit mm2 = 0.000001 m2 "square millimetre"
unit ha = 10000 m2 "hectare"
unit hectare = 1 ha
unit hectares = 1 ha
unit in2 = 0.00064516 m2 "square inch"
unit ft2 = 0.09290304 m2 "square foot"
unit square_foot = 1 ft2
unit square_feet = 1 ft2
unit mi2 = 2589988.110336 m2 "square mile"
unit square_mile = 1 mi2
unit square_miles = 1 mi2
unit acre = 4046.8564224 m2 "acre"
unit acres = 1 acre

# Volume

unit m3 of volume "cubic metre"
unit cubic_metre = 1 m3
unit cubic_metres = 1 m3
unit cubic_meter = 1 m3
unit cubic_meters = 1 m3
unit cm3 = 0.000001 m3 "cubic centimetre"
unit L = 0.001 m3 "litre"
unit l = 1 L
unit litre = 1 L
unit litres = 1 L
unit liter = 1 L
unit liters = 1 L
unit mL = 0.000001 m3 "millilitre"
unit ml = 1 mL
unit millilitre = 1 mL
unit millilitres = 1 mL
unit milliliter = 1 mL
unit milliliters = 1 mL
unit ft3 = 0.028316846592 m3 "cubic foot"
unit gal = 0.003785411784 m3 "gallon, of the United States"
unit gallon = 1 gal
unit gallons = 1 gal
unit imperial_gallon = 0.00454609 m3 "imperial gallon"
unit imperial_gallons = 1 imperial_gallon

# Speed. Mach is none: the speed of sound changes with the air.

unit mps of speed "metre per second"
unit kmh = 1 km/h "kilometre per hour"
unit kph = 1 km/h
unit mph = 1 mi/h "mile per hour"
unit fps = 1 ft/s "foot per second"
unit kn = 1 nmi/h "knot"
unit knot = 1 kn
unit knots = 1 kn

# Force

unit N of force "newton"
unit newton = 1 N
unit newtons = 1 N
unit kN = 1000 N "kilonewton"
unit kilonewton = 1 kN
unit kilonewtons = 1 kN
unit MN = 1000000 N "meganewton"
unit meganewton = 1 MN
unit meganewtons = 1 MN
unit lbf = 4.4482216152605 N "pound-force"
unit kgf = 9.80665 N "kilogram-force"

# Pressure

unit Pa of pressure "pascal"
unit pascal = 1 Pa
unit pascals = 1 Pa
unit hPa = 100 Pa "hectopascal"
unit kPa = 1000 Pa "kilopascal"
unit kilopascal = 1 kPa
unit kilopascals = 1 kPa
unit MPa = 1000000 Pa "megapascal"
unit megapascal = 1 MPa
unit megapascals = 1 MPa
unit GPa = 1000000000 Pa "gigapascal"
unit gigapascal = 1 GPa
unit gigapascals = 1 GPa
unit bar = 100000 Pa "bar"
unit bars = 1 bar
unit mbar = 100 Pa "millibar"
unit millibar = 1 mbar
unit millibars = 1 mbar
unit atm = 101325 Pa "standard atmosphere"
unit atmosphere = 1 atm
unit atmospheres = 1 atm
unit psi = 1 lbf/in2 "pound-force per square inch"

# Total impulse

unit Ns of impulse "newton second"
unit newton_second = 1 Ns
unit newton_seconds = 1 Ns
unit kNs = 1000 Ns "kilonewton second"
unit MNs = 1000000 Ns "meganewton second"
unit lbfs = 4.4482216152605 Ns "pound-force second"
