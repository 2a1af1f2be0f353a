"""However somebody types a bill, it is the same bill."""

import pytest

from campaigns.bills.naming import normalized


@pytest.mark.parametrize(
    ("one", "typed"),
    [
        ("HB 17", ["HB 17", "hb17", "H.B. 017", "HB-17", "H. B. 17", "ＨＢ 17"]),
        ("HCONRES 12", ["H.Con.Res. 12", "H. Con. Res. 12", "hconres 12"]),
        ("HR 5", ["H.R. 5", "H.R. 5, the Clean Water Act"]),
        ("SBX 1 2", ["SBX1 2", "SBX1-2"]),
        ("LD 1 HD 2", ["LD 1 HD 2"]),
        ("PROP 4", ["Prop 4"]),
        ("", ["", " - "]),
    ],
)
def test_spellings_of_one_bill_compare_as_one(one, typed):
    assert {normalized(text) for text in typed} == {one}
