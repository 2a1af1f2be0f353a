"""Where load_data and the nightly refresh find what is published; docs/data.md tells of licences
and sizes.
"""

from typing import Any

# A file of the maps that is also published state by state has its second address, which is taken
# when only some states are asked for.
CONGRESS_LEGISLATORS = "https://unitedstates.github.io/congress-legislators"
GEONAMES = "https://download.geonames.org/export/zip"
CENSUS = "https://www2.census.gov/geo"
DATA_SOURCES: list[dict[str, Any]] = [
    *(
        {
            "file": f"congress/{name}.yaml",
            "url": f"{CONGRESS_LEGISLATORS}/{name}.yaml",
            "part": "rosters",
        }
        for name in (
            "legislators-current",
            "legislators-district-offices",
            "legislators-social-media",
            "committees-current",
            "committee-membership-current",
            "executive",
        )
    ),
    *(
        {
            "file": f"openstates/{name}-main.zip",
            "url": f"https://codeload.github.com/openstates/{name}/zip/refs/heads/main",
            "part": part,
        }
        for name, part in (
            ("people", "rosters"),
            ("openstates-core", "rosters"),
            ("openstates-geo", "maps"),
        )
    ),
    {
        "file": "boundaries/cb_2024_us_cd119_500k.zip",
        "url": f"{CENSUS}/tiger/GENZ2024/shp/cb_2024_us_cd119_500k.zip",
        "part": "maps",
    },
    *(
        {
            "file": f"boundaries/cb_2024_us_{layer}_500k.zip",
            "url": f"{CENSUS}/tiger/GENZ2024/shp/cb_2024_us_{layer}_500k.zip",
            "url_of_state": (
                f"{CENSUS}/tiger/TIGER2024/{layer.upper()}/tl_2024_{{fips}}_{layer}.zip"
            ),
            "not_of": not_of,
            "part": "maps",
        }
        for layer, not_of in (("sldu", []), ("sldl", ["DC", "NE"]))
    ),
    *(
        {
            "file": f"crosswalk/{name}",
            "url": f"{CENSUS}/docs/maps-data/data/rel2020/cd-sld/{name}",
            "part": "maps",
        }
        for name in (
            "tab20_cd11920_zcta520_natl.txt",
            "tab20_sldu202420_zcta520_natl.txt",
            "tab20_sldl202420_zcta520_natl.txt",
        )
    ),
]
# The map of the 120th Congress, in force from 3 January 2027: fetched once it is published.
DATA_SOURCES += [
    {
        "file": "boundaries/cb_2026_us_cd120_500k.zip",
        "url": f"{CENSUS}/tiger/GENZ2026/shp/cb_2026_us_cd120_500k.zip",
        "part": "maps",
        "may_lack": True,
    },
    {
        "file": "crosswalk/tab20_cd12020_zcta520_natl.txt",
        "url": f"{CENSUS}/docs/maps-data/data/rel2020/cd-sld/tab20_cd12020_zcta520_natl.txt",
        "part": "maps",
        "may_lack": True,
    },
]
# The published table of ZIP codes, under CC BY 4.0: whoever loads it names GeoNames (docs/data.md).
DATA_SOURCES += [
    {"file": f"crosswalk/{name}.zip", "url": f"{GEONAMES}/{name}.zip", "part": "maps"}
    for name in ("US", "PR", "VI", "GU", "AS", "MP")
]
# Address ranges lie there one file a county: the page of the folder names them.
DATA_SOURCES.append(
    {"file": "addresses", "index": f"{CENSUS}/tiger/TIGER2024/ADDRFEAT/", "part": "ranges"}
)
