"""How each database says that words are in columns: PostgreSQL by its full text and an index on it,
SQLite by reading every row, which is what a demonstration has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from campaigns.search.plain_words import FROM, TO, Word, plain

# A row of a full text's index has an end (PostgreSQL, 12.11).
MOST_LETTERS = 200_000
# All but reading what the index of words has told, and matching that with public rows.
OTHER_WAYS = ("seqscan", "indexscan", "indexonlyscan", "nestloop")
# Model -> the columns that are looked into. The indexes of migrations (0031 and on) are on these
# very texts: who changes a line adds a migration.
COLUMNS = {
    "campaignwords": ("title", "summary", "story"),
    "issuewords": ("name", "summary", "story", "why_now"),
    "bill": ("jurisdiction", "identifier", "normalized", "title"),
    "billwords": ("summary", "reason"),
    "publicationwords": ("title", "summary", "story"),
    "signonwords": ("title", "summary", "addressees", "text"),
}


def has_words(model: str, words: Sequence[Word]) -> RawSQL:
    """A condition for a query of this model alone, joined with nothing."""
    if connection.vendor == "postgresql":
        sql, params = on_postgresql(COLUMNS[model], words)
    else:
        make_known(connection)
        sql, params = on_sqlite(COLUMNS[model], words)
    return RawSQL(sql, params, output_field=BooleanField())  # noqa: S611 (nothing typed is in it)


def on_postgresql(columns: Sequence[str], words: Sequence[Word]) -> tuple[str, list[str]]:
    asked = " & ".join(word.text if word.is_whole else f"{word.text}:*" for word in words)
    return f"{text_of(columns)} @@ to_tsquery('simple', %s)", [asked]


def text_of(columns: Sequence[str]) -> str:
    """Their words. COLLATE "C": the same letters whatever the database's own language is."""
    joined = joined_by_spaces(columns)
    small = f"lower(translate({joined}, '{FROM}', '{TO}') COLLATE \"C\")"
    bare = f"left(regexp_replace({small}, '[^a-z0-9]+', ' ', 'g'), {MOST_LETTERS})"
    return f"to_tsvector('simple', {bare})"


def on_sqlite(columns: Sequence[str], words: Sequence[Word]) -> tuple[str, list[str]]:
    text = f"' ' || plain_words({joined_by_spaces(columns)}) || ' '"
    params = [f"% {word.text}{' ' if word.is_whole else ''}%" for word in words]
    return " AND ".join(f"({text}) LIKE %s" for _word in words), params


def joined_by_spaces(columns: Sequence[str]) -> str:
    return " || ' ' || ".join(f'"{column}"' for column in columns)


@contextmanager
def by_index() -> Iterator[None]:
    """For questions with such conditions. PostgreSQL takes a row that it reads for as dear as one
    that its index tells, and would read all of them for a word that most have: for seconds.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for way in OTHER_WAYS:
            cursor.execute(f"SET LOCAL enable_{way} TO off")
        yield
        for way in OTHER_WAYS:
            cursor.execute(f"SET LOCAL enable_{way} TO on")


def make_known(sqlite: Any) -> None:
    """Teach this connection our function; twice is once."""
    sqlite.ensure_connection()
    sqlite.connection.create_function("plain_words", 1, plain, deterministic=True)
