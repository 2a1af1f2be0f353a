"""Names as they are looked for: without case, accents, spaces, apostrophes or hyphens.

The database makes the same of what it keeps, and has indexes on it (Supporter.Meta). Other scripts
stay what they are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from django.db.models import Func
from django.db.models.sql.compiler import SQLCompiler

# Letters with signs of Latin, and what has two cases in Latin, Greek and Cyrillic. What Unicode
# says of these does not change any more: the indexes hold it.
BLOCKS = ((0xC0, 0x180), (0x1E00, 0x1F00), (0x370, 0x400), (0x400, 0x460), (0x218, 0x21C))
WHOLE = {"đ": "D", "Đ": "D", "ł": "L", "Ł": "L", "ø": "O", "Ø": "O", "ħ": "H", "Ħ": "H", "ı": "I"}
# What stands for nothing.
NOTHING = " '-.,`´’‘ʻʼ‐‑"


def letters() -> Iterator[tuple[str, str]]:
    """Each with what it is looked for by."""
    for first, end in BLOCKS:
        for letter in map(chr, range(first, end)):
            bare = unicodedata.normalize("NFD", letter)[0].upper()
            found = WHOLE.get(letter, bare)
            if len(found) == 1 and found != letter and letter.isalpha():
                yield letter, found


PAIRS = dict(letters())
FROM, TO = "".join(PAIRS), "".join(PAIRS.values())
TABLE = str.maketrans(FROM, TO, NOTHING)
# SQLite, for a demonstration, has only REPLACE, and not endlessly.
FEW = "ÁáÉéÍíÑñÓóÚúÜü"
# Behind every text that begins with another.
LAST = "\U0010ffff"


def plain(typed: str) -> str:
    """What somebody typed, as `Plain` makes it of a column."""
    composed = unicodedata.normalize("NFC", typed).translate(TABLE)
    # ß and its like have no single capital, and the database leaves them too.
    return "".join(c.upper() if c.isascii() else c for c in composed)


class Plain(Func):
    """A column of a name, plain, and in the order of its bytes: a beginning is a range of it."""

    arity = 1

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: Any, **how: Any
    ) -> Any:
        column, params = compiler.compile(self.source_expressions[0])
        # Written out, not as parameters: the index has these very letters.
        what = (FROM + NOTHING).replace("'", "''")
        # COLLATE "C": only ASCII letters have another case then, whatever the database's own is.
        return f"UPPER(TRANSLATE({column}, '{what}', '{TO}') COLLATE \"C\")", params

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **how: Any) -> Any:
        """Of the most common letters."""
        sql, params = compiler.compile(self.source_expressions[0])
        for old, new in [*((letter, PAIRS[letter]) for letter in FEW), *((c, "") for c in " '-")]:
            sql = "REPLACE({}, '{}', '{}')".format(sql, old.replace("'", "''"), new)
        return f"UPPER({sql})", params


class Bytewise(Func):
    """A column in the order of its bytes."""

    template = '(%(expressions)s COLLATE "C")'
    arity = 1

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **how: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s)")
