"""Files as published: plain or compressed, named as at their source.

Every fault in one ends as Refused, with a reason to act on.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import hashlib
import io
import json
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_UNPACK = {
    ".gz": gzip.decompress,
    ".tgz": gzip.decompress,
    ".xz": lzma.decompress,
    ".bz2": bz2.decompress,
}
_UNREADABLE = (
    OSError,
    EOFError,
    ValueError,
    csv.Error,
    lzma.LZMAError,
    zlib.error,
    tarfile.TarError,
    zipfile.BadZipFile,
    yaml.YAMLError,
)
_OTHERWISE_BUILT = (LookupError, TypeError, AttributeError, struct.error)


class Refused(Exception):
    """A file cannot be used as it is. The message names the file and says why."""


class Reject(NamedTuple):
    """One row left out, and why."""

    row: str
    reason: str


@dataclass
class Summary:
    """What came in and what did not."""

    lines: list[str] = field(default_factory=list)
    rejected: list[Reject] = field(default_factory=list)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn whatever a damaged file raises into Refused."""
    try:
        yield
    # It names its own reason already.
    except Refused:
        raise
    except _UNREADABLE as error:
        raise Refused(
            f"{path.name}: it is damaged or of another kind ({type(error).__name__}: {error})"
        ) from error
    except _OTHERWISE_BUILT as error:
        raise Refused(
            f"{path.name}: it is not built as expected ({type(error).__name__}: {error})"
        ) from error


def read_bytes(path: Path) -> bytes:
    """The content of a file, unpacked."""
    content = path.read_bytes()
    return _UNPACK[path.suffix](content) if path.suffix in _UNPACK else content


def read_text(path: Path) -> str:
    """UTF-8, with or without a byte order mark."""
    return read_bytes(path).decode("utf-8-sig")


def read_table(path: Path, columns: Iterable[str], delimiter: str = ",") -> list[dict[str, str]]:
    """Rows of a table that has at least these columns. Raises Refused."""
    with reading(path):
        reader = csv.DictReader(io.StringIO(read_text(path), newline=""), delimiter=delimiter)
        missing = [name for name in columns if name not in (reader.fieldnames or [])]
        if missing:
            raise Refused(f"{path.name}: it has no column {', '.join(missing)}")
        rows = list(reader)
    short = next(
        (
            number
            for number, row in enumerate(rows, start=2)
            if any(row[name] is None for name in columns)
        ),
        None,
    )
    if short:
        raise Refused(f"{path.name}: line {short} is cut short")
    return rows


def read_yaml(content: bytes | str) -> Any:
    """CSafeLoader where libyaml is there: ten times as fast."""
    # Both are safe loaders
    return yaml.load(content, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def read_json(path: Path) -> Any:
    with reading(path):
        return json.loads(read_text(path))


def files_within(
    path: Path, suffix: str, keep: Callable[[str], bool] = lambda name: True
) -> Iterator[tuple[str, bytes]]:
    """(name, content) of the wanted files with this ending in a folder, a tar archive or a zip."""
    if path.is_dir():
        for file in sorted(path.rglob(f"*{suffix}")):
            if keep(file.name):
                yield str(file.relative_to(path)), file.read_bytes()
    elif path.suffix in (".zip", ".whl"):
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith(suffix) and keep(name):
                    yield name, archive.read(name)
    else:
        content = read_bytes(
            path
        )  # whole, so that a cut archive is noticed even where the cut lies behind the last file
        # A tar archive ends with blocks of zeros (POSIX ustar); one that was cut does not.
        if content[-512:].strip(b"\0"):
            raise ValueError("it ends too early")
        with tarfile.open(fileobj=io.BytesIO(content)) as tar:
            for member in tar:
                if member.isfile() and member.name.endswith(suffix) and keep(member.name):
                    yield member.name, tar.extractfile(member).read()  # type: ignore[union-attr]


def sha256_of(*paths: Path) -> str:
    """Of files, or of folders by their files' names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
