"""CPU seconds of processes that somebody else started, as the kernel counts; 0 without /proc."""

import os
from collections.abc import Iterator
from pathlib import Path

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")

# Of a line of /proc/PID/stat, counted from what follows the command's name (man 5 proc).
GROUP, SESSION = 2, 3
ITS_OWN = slice(11, 13)  # utime, stime
WITH_CHILDREN = slice(11, 15)  # and cutime, cstime: of children that have ended


def of_group(group: int) -> float:
    """Of every living process of a group."""
    return sum(seconds(each[ITS_OWN]) for each in stats() if int(each[GROUP]) == group)


def of_session(session: int) -> float:
    """Of every living process of a session, and of those they have outlived."""
    return sum(seconds(each[WITH_CHILDREN]) for each in stats() if int(each[SESSION]) == session)


def of_process(pid: int) -> float:
    """Of one that lives."""
    line = Path(f"/proc/{pid}/stat").read_text()
    return seconds(line.rpartition(")")[2].split()[ITS_OWN])


def seconds(ticks: list[str]) -> float:
    return sum(map(int, ticks)) / TICKS_A_SECOND


def stats() -> Iterator[list[str]]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            line = status.read_text()
        except OSError:  # it ended meanwhile
            continue
        # The name stands in brackets and may itself hold blanks and brackets.
        yield line.rpartition(")")[2].split()
