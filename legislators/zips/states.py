"""The state of a ZIP code by its digits alone, for one that no table at hand knows.

The first three digits name a sorting centre and nearly always one state: facts that the Postal
Service publishes (Domestic Mail Manual, Labeling List L002; public domain), held here against the
published table of all ZIP codes. Where the first three do not settle it, five digits are named.
"""

from __future__ import annotations

_STARTS = """
AL 350-352 354-369|AK 995-998|AR 716-729|AZ 850-853 855-857 859-860 863-865|CA 900-908 910-928
CA 930-961|CO 800-816|CT 060-069|DC 200 202-205 569|DE 197-199|FL 320-339 341-342 344 346-347 349
GA 300-319 398-399|HI 967-968|IA 500-516 520-528|ID 832-838|IL 600-620 622-629|IN 460-479
KS 660-662 664-679|KY 400-427|LA 700-701 703-708 710-714|MA 010-027 055|MD 206-212 214-219
ME 039-049|MI 480-499|MN 550-551 553-567|MO 630-631 633-641 644-658|MS 386-397|MT 590-599
NC 270-289|ND 580-588|NE 680-681 683-693|NH 030-038|NJ 070-089|NM 870-871 873-875 877-884
NV 889-891 893-895 897-898|NY 100-149|OH 430-459|OK 730-731 734-741 743-749|OR 970-979|PA 150-196
PR 006-007 009|RI 028-029|SC 290-299|SD 570-577|TN 370-385|TX 733 750-770 772-799 885|UT 840-847
VA 201 220-246|VI 008|VT 050-054 056-059|WA 980-986 988-994|WI 530-532 534-535 537-549|WV 247-268
WY 820-831
"""
_FIVES = """
AK 99901-99950|AS 96799|GU 96910-96932|MD 20588|MP 96950-96952|NY 00501 00544 06390|TX 73960
VA 20598|WY 83414
"""
_MILITARY = ("090-098", "340", "962-966")  # AE, AA and AP


def state_by_digits(zip5: str) -> str:
    """The state or territory, or "" for military mail and for digits that name none."""
    return _BY_FIVE.get(zip5) or _BY_START.get(zip5[:3], "")


def is_franklin(zip5: str) -> bool:
    """The made-up state's, of digits that the Postal Service gives nobody."""
    return zip5.startswith("000") and zip5 != "00000"


def is_military(zip5: str) -> bool:
    """Mail for the armed forces and embassies, wherever they are: it says nothing of a home."""
    return zip5[:3] in _MILITARY_STARTS


def _read(rows: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows.strip().replace("\n", "|").split("|"):
        state, *ranges = row.split()
        found |= dict.fromkeys(_numbers(ranges), state)
    return found


def _numbers(ranges: list[str] | tuple[str, ...]) -> list[str]:
    """ "850-853" is 850, 851, 852 and 853."""
    numbers = []
    for each in ranges:
        first, _, last = each.partition("-")
        numbers += [f"{n:0{len(first)}}" for n in range(int(first), int(last or first) + 1)]
    return numbers


_BY_START, _BY_FIVE = _read(_STARTS), _read(_FIVES)
_MILITARY_STARTS = frozenset(_numbers(_MILITARY))
