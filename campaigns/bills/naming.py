"""One spelling for a bill's identifier, whoever typed it.

As Open States writes them: "HB 17" for "H.B. 017", "hb17" and "HB-17".
"""

from __future__ import annotations

import re
import unicodedata

# Letters, a number, and what may follow it: "SB 17", "SBX1 2", "S 17A", "LD 1 HD 2".
LETTERS_THEN_NUMBER = re.compile(r"^([A-Z]+)\s*0*([0-9].*)$")


def normalized(identifier: str) -> str:
    """For comparing only: people read what was typed.

    What does not begin with letters and a number keeps its words: "PROP 4".
    """
    # Some name it too: "H.R. 5, the Clean Water Act".
    plain = unicodedata.normalize("NFKC", identifier).upper().partition(",")[0]
    # "H. Con. Res. 12" and "HCONRES 12" are one: letters stand together.
    words = re.sub(r"[.\-‐-―]", " ", plain).split()
    text = ""
    for word in words:
        joined = text == "" or (text[-1].isalpha() and word[0].isalpha())
        text += word if joined else f" {word}"
    found = LETTERS_THEN_NUMBER.match(text)
    return (f"{found[1]} {found[2]}" if found else text)[:60]
