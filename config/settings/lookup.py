"""Who represents an address: who is asked for its point, and where rosters and maps come from."""

from config.env import env
from config.settings.sources import DATA_SOURCES as DATA_SOURCES

# Address to point, asked in this order. Those of this package read this machine's own disk; add
# legislators.geocoders.census.Census to ask the Census Bureau about addresses that are unknown
# here: it then learns them.
GEOCODERS = env.list("GEOCODERS", default=["legislators.geocoders.ranges.Ranges"])
CENSUS_GEOCODER_URL = env.str(
    "CENSUS_GEOCODER_URL", default="https://geocoding.geo.census.gov/geocoder"
)

# Every night the rosters are read anew, from there or from a folder that somebody else keeps up to
# date.
ROSTERS_FROM = env.str("ROSTERS_FROM", default="")
