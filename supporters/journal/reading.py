"""Reading the journal of all machines, in the order in which things were done."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from supporters.journal.lines import Line, NoLine, read
from supporters.journal.writing import SUFFIX


@dataclass
class Journal:
    """`lines` in order of time, each once. `torn`: last lines of files, cut by a crash: their deeds
    were never committed. `damaged`: other lines that cannot be read, as file:number.
    """

    lines: list[Line] = field(default_factory=list)
    torn: int = 0
    damaged: list[str] = field(default_factory=list)


def read_all(*folders: Path) -> Journal:
    """Every file of these folders, which may hold copies of each other's. Raises OSError."""
    journal, seen = Journal(), set()
    for path in sorted(path for folder in folders for path in folder.rglob(f"*{SUFFIX}")):
        texts = path.read_text(encoding="ascii", errors="replace").split("\n")
        for number, text in enumerate(texts, start=1):
            if not text or text in seen:
                continue
            seen.add(text)
            try:
                journal.lines.append(read(text))
            except NoLine:
                if number == len(texts):
                    journal.torn += 1
                else:
                    journal.damaged.append(f"{path.name}:{number}")
    journal.lines.sort(key=lambda line: line.at)
    return journal
