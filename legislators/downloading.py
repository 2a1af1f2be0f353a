"""Fetch the published files that settings.DATA_SOURCES names: one at a time, politely, and going on
where an interruption left off.

A file stands under its own name only when it is whole; what was fetched is written down in
downloads.json beside it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import urllib3
from django.conf import settings
from django.utils import timezone

from legislators.roster.published import Refused
from legislators.states import STATES

TIMEOUT_S = 30
TRIES = 4
# Politeness: these are public machines, and we fetch thousands of files from some.
BETWEEN_FILES_S = 1.0
LONGEST_PAUSE_S = 60.0
REDIRECTS_MOST = 10
_CHUNK = 64 * 1024
_RECORDS = "downloads.json"
_http = urllib3.PoolManager(retries=False)
Say = Callable[[str], None]
Record = dict[str, Any]


class Interrupted(Exception):
    """This try failed and another may not.

    `after_s` is the pause the server asks for, 0 for none.
    """

    def __init__(self, reason: str, after_s: float = 0) -> None:
        super().__init__(reason)
        self.after_s = after_s


def download(
    folder: Path,
    states: Sequence[str] = (),
    parts: Sequence[str] = ("rosters", "maps"),
    say: Say = print,
) -> None:
    """Bring a folder up to date. Files that did not change at their source are not fetched again.

    Raises Refused, naming the file and what to do; what was fetched by then stays, and the next
    call goes on from there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        for number, source in enumerate(wanted(states, parts)):
            if number:
                time.sleep(BETWEEN_FILES_S)
            _fetch(source, folder, say)


def wanted(states: Sequence[str], parts: Sequence[str]) -> Iterator[Record]:
    """The files to fetch.

    What is published state by state is fetched so where only some states are asked for.
    """
    sources: list[Record] = [*settings.DATA_SOURCES, *_streets()]
    for source in sources:
        if source["part"] not in parts:
            continue
        if "index" in source:
            yield from _listed(source, states)
            continue
        if not states or "url_of_state" not in source:
            yield {
                "file": source["file"],
                "url": source["url"],
                "sha256": source.get("sha256", ""),
                "may_lack": source.get("may_lack", False),
            }
            continue
        for state in states:
            if state not in source.get("not_of", ()):
                url = source["url_of_state"].format(fips=STATES[state].fips)
                file = str(Path(source["file"]).with_name(url.rpartition("/")[2]))
                yield {
                    "file": file,
                    "url": url,
                    "sha256": "",
                    "may_lack": not STATES[state].is_state,
                }


def _streets() -> Iterator[Record]:
    """The finished street file and its names, where settings say that somebody publishes them.

    Both are kept under one name. Raises Refused where no checksum stands behind an address: whom
    people write to rests on these files.
    """
    for url, suffix in ((settings.STREETS_URL, "streets"), (settings.STREET_NAMES_URL, "names")):
        if not url:
            continue
        address, _, digest = url.partition("#sha256=")
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise Refused(f"{url}: it needs the file's checksum behind it, #sha256=...")
        yield {
            "file": f"streets/nation.{suffix}",
            "url": address,
            "sha256": digest,
            "part": "streets",
        }


def _listed(source: Record, states: Sequence[str]) -> Iterator[Record]:
    """Files of these states that a folder's page at the publisher names: address ranges lie there
    one a county.
    """
    if not states:
        raise Refused(
            f"{source['index']}: thousands of files, gigabytes; name the states that you need"
            " (--state)"
        )
    try:
        with _ask(source["index"], {}) as answer:
            page = answer.read().decode("utf-8", "replace")
    except (OSError, urllib3.exceptions.HTTPError) as error:
        raise Refused(
            f"{source['index']}: it cannot be read ({type(error).__name__}: {error})"
        ) from error
    if not _is_content(answer):
        raise Refused(f"{source['index']}: the server answers {answer.status} {answer.reason}")
    fips = {STATES[state].fips for state in states}
    names = sorted(
        {
            found[0]
            for found in re.finditer(r"tl_\d{4}_(\d\d)\d{3}_\w+\.zip", page)
            if found[1] in fips
        }
    )
    if not names:
        raise Refused(f"{source['index']}: it names no file of {', '.join(states)}")
    for name in names:
        yield {
            "file": f"{source['file']}/{name}",
            "url": f"{source['index'].rstrip('/')}/{name}",
            "sha256": "",
        }


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as lock:
        try:
            # Let go of by the system when the process ends, however it does.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Refused(f"{folder}: another download is under way; wait for it") from error
        yield


def _fetch(source: Record, folder: Path, say: Say) -> None:
    for number in range(1, TRIES + 1):
        try:
            say(f"  {source['file']}: {_try(source, folder)}")
            return
        except Interrupted as trouble:
            if number == TRIES:
                raise Refused(
                    f"{source['url']}: {trouble}. Run this again: it goes on where it stopped."
                ) from trouble
            pause = min(trouble.after_s or 2.0**number, LONGEST_PAUSE_S)
            say(f"  {source['file']}: {trouble}; again in {pause:.0f} s")
            time.sleep(pause)


def _try(source: Record, folder: Path) -> str:
    """One request; returns a word about it. Raises Interrupted or Refused."""
    path = folder / source["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    part, records = path.with_name(path.name + ".part"), _records(folder)
    known = records.get(source["file"], {})
    try:
        with _ask(source["url"], _missing(source["url"], path, part, known)) as answer:
            if not _is_content(answer):
                return _judge(answer, source, path, part)
            # Before the body comes: what lies on the disk after a break belongs to this version.
            _remember(
                folder,
                source["file"],
                known
                | {
                    "unfinished": (
                        answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
                    )
                },
            )
            _receive(answer, part)
            facts = {
                "etag": answer.headers.get("ETag") or "",
                "last_modified": answer.headers.get("Last-Modified") or "",
            }
    except (OSError, urllib3.exceptions.HTTPError) as error:
        raise Interrupted(f"the connection failed ({type(error).__name__}: {error})") from error
    size = _check(part, source)
    os.replace(part, path)
    if facts["last_modified"]:
        taken = parsedate_to_datetime(facts["last_modified"]).timestamp()
        os.utime(path, (taken, taken))  # the roster's date, where no MANIFEST.csv says more
    digest = _sha256(path)
    fetched = {
        "url": source["url"],
        "bytes": size,
        "sha256": digest,
        "fetched_at": timezone.now().isoformat(timespec="seconds"),
    }
    _remember(folder, source["file"], fetched | facts)
    return f"{size:,} bytes, sha256 {digest[:12]}"


def _ask(url: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
    """Its content is not read yet. Raises Refused, also where https leads to less, Interrupted."""
    if not url.startswith(("https://", "http://")):
        raise Refused(f"{url}: only http and https are fetched")
    headers = {"User-Agent": f"take-action ({settings.SITE_URL})", **headers}
    for _ in range(REDIRECTS_MOST):
        answer = _http.request(
            "GET",
            url,
            headers=headers,
            timeout=TIMEOUT_S,
            redirect=False,
            preload_content=False,
            decode_content=False,
            enforce_content_length=False,  # _receive does, and keeps what came
        )
        place = answer.get_redirect_location()
        if not place:
            return answer
        answer.close()
        onward = urljoin(url, place)
        if url.startswith("https:") and not onward.startswith("https:"):
            raise Refused(f"{url}: it redirects to {onward}, which is not encrypted")
        url = onward
    raise Interrupted("it leads elsewhere again and again")


def _is_content(answer: urllib3.BaseHTTPResponse) -> bool:
    return 200 <= answer.status < 300


def _missing(url: str, path: Path, part: Path, known: Record) -> dict[str, str]:
    """Headers that ask for what is still missing, or what changed, only."""
    begun = part.stat().st_size if part.exists() else 0
    # Without a mark of the version that was begun nobody could tell whether the rest belongs to it.
    if begun and known.get("unfinished"):
        # If-Range: changed meanwhile, it comes whole.
        return {"Range": f"bytes={begun}-", "If-Range": known["unfinished"]}
    if not path.exists() or known.get("url") != url:
        return {}
    marks = {"If-None-Match": known.get("etag"), "If-Modified-Since": known.get("last_modified")}
    return {name: mark for name, mark in marks.items() if mark}


def _receive(answer: Any, part: Path) -> None:
    begun = part.stat().st_size if part.exists() else 0
    goes_on = answer.status == 206 and (answer.headers.get("Content-Range") or "").startswith(
        f"bytes {begun}-"
    )
    if answer.status == 206 and not goes_on:
        part.unlink()
        raise Interrupted("the server sent another part than was asked for")
    missing = (
        int(answer.headers["Content-Length"]) if answer.headers.get("Content-Length") else None
    )
    with part.open("ab" if goes_on else "wb") as file:
        while chunk := answer.read(_CHUNK):
            file.write(chunk)
            missing = None if missing is None else missing - len(chunk)
    if missing:
        raise Interrupted(f"the connection ended {missing:,} bytes too early")


def _judge(answer: urllib3.BaseHTTPResponse, source: Record, path: Path, part: Path) -> str:
    """What an answer without content means. 304 is good news; some refusals pass."""
    if answer.status == 304 and path.exists():
        return "unchanged"
    # Range not satisfiable: the file is shorter by now than what we have of it.
    if answer.status == 416:
        part.unlink(missing_ok=True)
        raise Interrupted("the part fetched before does not fit any more")
    if answer.status in (408, 425, 429) or answer.status >= 500:
        after = answer.headers.get("Retry-After") or ""
        raise Interrupted(
            f"the server answers {answer.status}", float(after) if after.isdigit() else 0
        )
    if answer.status == 404 and source.get("may_lack"):
        return "not published, or not yet"
    if answer.status in (404, 410):
        moved = "Its publisher may have moved it: DATA_SOURCES in settings says where we look."
        raise Refused(f"{source['url']}: it is not there ({answer.status}). {moved}")
    raise Refused(f"{source['url']}: the server answers {answer.status} {answer.reason}")


def _check(part: Path, source: Record) -> int:
    """The size of a whole file of the right kind; anything else is thrown away. Raises Refused."""
    with part.open("rb") as file:
        # Some publishers answer 200 with a page that says no.
        opening = file.read(512).lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    fault = ""
    if not opening:
        fault = "it is empty"
    elif opening.startswith((b"<!doctype html", b"<html")):
        fault = "the server sent a web page instead of the file"
    elif source["file"].endswith(".zip") and not zipfile.is_zipfile(part):
        fault = "it is no zip archive"
    elif source["sha256"] and _sha256(part) != source["sha256"]:
        fault = "its checksum is not the one in settings"
    if fault:
        part.unlink()
        raise Refused(f"{source['url']}: {fault}")
    return part.stat().st_size


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _records(folder: Path) -> dict[str, Record]:
    path = folder / _RECORDS
    return json.loads(path.read_text()) if path.exists() else {}


def _remember(folder: Path, file: str, record: Record) -> None:
    written = folder / f"{_RECORDS}.new"
    written.write_text(json.dumps(_records(folder) | {file: record}, indent=1, sort_keys=True))
    # Whole or not at all, also when the power fails.
    os.replace(written, folder / _RECORDS)
