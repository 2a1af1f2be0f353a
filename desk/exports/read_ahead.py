"""The next batch is read while the last is sealed and stored: the database is never idle."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from desk.exports.sheets import Batch


def ahead(batches: Iterator[Batch]) -> Generator[Batch, None, None]:
    """The same batches, one read ahead in a thread with a connection of its own."""
    # Only our own connection sees what a transaction has not committed; SQLite has one writer.
    if connection.in_atomic_block or connection.vendor != "postgresql":
        yield from batches
        return
    with ThreadPoolExecutor(1, "read-ahead") as reader:
        try:
            coming = reader.submit(next, batches, None)
            while (found := coming.result()) is not None:
                coming = reader.submit(next, batches, None)
                yield found
        finally:
            # Of that thread: nobody else would close it.
            reader.submit(connection.close)
