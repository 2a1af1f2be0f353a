"""The names of the streets, as published: for near spellings of one that a ZIP does not have.

A file beside the street file, mapped like it, that a small machine may do without. Of each ZIP the
names in order, packed; the words that come everywhere are packed once, in the head.
"""

from __future__ import annotations

import hashlib
import mmap
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from legislators.streetfile.reader import ZIPS, StreetsUnavailable

MAGIC = b"TANAME\x00\x01"
HEADER = 48  # magic 8, sha256 32 of the rest, size of the common words 8
COMMON = 32_000  # bytes that zlib can look back upon


class NameFile:
    """Open for reading."""

    def __init__(self, path: Path) -> None:
        with open(path, "rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[:8] != MAGIC:
            raise StreetsUnavailable(str(path))
        size = int.from_bytes(self._map[40:48], "little")
        self._starts = memoryview(self._map)[HEADER : HEADER + 4 * (ZIPS + 1)].cast("I")
        self._blobs = HEADER + 4 * (ZIPS + 1) + size
        self._common = self._map[self._blobs - size : self._blobs]

    @property
    def size(self) -> int:
        return len(self._map)

    def of_zip(self, zip5: str) -> tuple[str, ...]:
        """Every street of a ZIP as published."""
        return _of_zip(self, int(zip5))

    def unpacked(self, zip5: int) -> tuple[str, ...]:
        start, end = self._starts[zip5 : zip5 + 2]
        if start == end:
            return ()
        opened = zlib.decompressobj(-15, zdict=self._common)
        text = opened.decompress(self._map[self._blobs + start : self._blobs + end])
        return tuple(_expanded(text.decode().split("\n")))


@lru_cache(maxsize=64)
def _of_zip(file: NameFile, zip5: int) -> tuple[str, ...]:
    return file.unpacked(zip5)


def sound(content: bytes) -> bool:
    """Whether a file is whole and unchanged since it was made."""
    return content[:8] == MAGIC and hashlib.sha256(content[40:]).digest() == content[8:40]


def write(names: Mapping[str, Iterable[str]]) -> bytes:
    """The file's bytes; `names` are those of each ZIP. The same names give the same bytes."""
    texts = {
        int(zip5): "\n".join(_shortened(sorted(set(found)))).encode()
        for zip5, found in names.items()
    }
    common = _common_words(texts.values())
    starts, blobs = [0], []
    for zip5 in range(ZIPS):
        packed = b""
        if zip5 in texts:
            # Raw, without zlib's header and checksum for each ZIP: the file has one of its own.
            packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zdict=common)
            packed = packer.compress(texts[zip5]) + packer.flush()
        blobs.append(packed)
        starts.append(starts[-1] + len(packed))
    rest = len(common).to_bytes(8, "little")
    rest += b"".join(start.to_bytes(4, "little") for start in starts) + common + b"".join(blobs)
    return MAGIC + hashlib.sha256(rest).digest() + rest


def _common_words(texts: Iterable[bytes]) -> bytes:
    """The lines that most ZIPs share, the commonest last, where zlib finds them cheapest."""
    counts = Counter(line[1:] for text in texts for line in text.split(b"\n"))
    kept, size = [], 0
    for line, count in counts.most_common(4_000):
        size += len(line) + 1
        if count < 2 or size > COMMON:
            break
        kept.append(line)
    return b"\n".join(reversed(kept)) or b"\n"


def _shortened(names: list[str]) -> Iterator[str]:
    """Each with the number of letters that it shares with the one before, as one character."""
    before = ""
    for name in names:
        shared = 0
        # At most 60: 48 + 60 is still one printable ASCII character.
        while shared < min(len(before), len(name), 60) and before[shared] == name[shared]:
            shared += 1
        yield chr(48 + shared) + name[shared:]
        before = name


def _expanded(lines: Iterable[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        before = before[: ord(line[0]) - 48] + line[1:]
        yield before
