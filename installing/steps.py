"""A step knows what is missing and how to mend it; it never acts before it has looked."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


class Stopped(Exception):
    """Nobody but a person can go on from here; its words say how."""


@dataclass(frozen=True)
class Step:
    """`missing` says what is not so yet, or nothing; `mend` makes it so and may be run again."""

    title: str
    missing: Callable[[], str]
    mend: Callable[[], None]


def follow(steps: Iterable[Step]) -> None:
    """Each in its turn. Raises Stopped where mending one did not help."""
    for step in steps:
        missing = step.missing()
        if not missing:
            print(f"ok       {step.title}", flush=True)
            continue
        print(f"to do    {step.title}: {missing}", flush=True)
        step.mend()
        if still := step.missing():
            raise Stopped(f"{step.title}: still {still}")


def look(steps: Iterable[Step]) -> bool:
    """Says what is missing and changes nothing; True when nothing is."""
    complete = True
    for step in steps:
        try:
            missing = step.missing()
        except (OSError, Stopped, subprocess.CalledProcessError) as trouble:
            missing = f"cannot tell yet ({trouble})"
        print(f"missing  {step.title}: {missing}" if missing else f"ok       {step.title}")
        complete = complete and not missing
    return complete


def run(*command: str, **more: str) -> None:
    """Its output is the reader's. Raises CalledProcessError."""
    subprocess.run(command, check=True, env={**os.environ, **more})


def said(*command: str) -> str:
    """What a question answers; empty where it fails or there is no such program."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except FileNotFoundError:
        return ""


def succeeds(*command: str) -> bool:
    """Whether it ends well; nothing of what it says is shown."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def put(path: Path, text: str, *, mode: int = 0o644, group: str = "root") -> None:
    """All or nothing, and never readable by more than `mode` says, not even for a moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    beside.unlink(missing_ok=True)
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    shutil.chown(beside, "root", group)
    beside.chmod(mode)
    beside.replace(path)


def holds(path: Path, text: str) -> bool:
    """Whether this file says exactly that."""
    return path.is_file() and path.read_text() == text
