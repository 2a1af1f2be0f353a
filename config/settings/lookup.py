"""Who represents an address: who is asked for its point, and where rosters and maps come from."""

from config.env import env
from config.settings.sources import DATA_SOURCES as DATA_SOURCES

# Who turns an address that no street of ours knows into a point, asked in this order. With
# legislators.geocoders.census.Census the Census Bureau is asked: it then learns those addresses.
GEOCODERS = env.list("GEOCODERS", default=[])
CENSUS_GEOCODER_URL = env.str(
    "CENSUS_GEOCODER_URL", default="https://geocoding.geo.census.gov/geocoder"
)

# The finished street file, made once by whoever publishes it (manage.py build_streets), and the
# names that give near spellings; each with its checksum behind it: https://...#sha256=...
STREETS_URL = env.str("STREETS_URL", default="")
STREET_NAMES_URL = env.str("STREET_NAMES_URL", default="")

# Every night the rosters are read anew, from there or from a folder that somebody else keeps up to
# date.
ROSTERS_FROM = env.str("ROSTERS_FROM", default="")

# When the new terms begin, where legislators.new_terms knows it wrong or only roughly:
# MD=2027-01-13,PA:state_upper=2026-12-01..2027-01-05,NE=none
NEW_TERMS = env.list("NEW_TERMS", default=[])

# States with, or without, new House lines from 3 January 2027, where legislators.maps.redistricting
# knows it wrong or not yet. Both lose their meaning once the map of the 120th Congress is loaded.
HOUSE_LINES_REDRAWN = env.list("HOUSE_LINES_REDRAWN", default=[])
HOUSE_LINES_KEPT = env.list("HOUSE_LINES_KEPT", default=[])
