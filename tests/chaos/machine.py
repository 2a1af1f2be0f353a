"""What a machine does to its programs: a network that swallows packets, a disk without room."""

import contextlib
import os
import shutil
import subprocess
from functools import cache

ROOM = "256k"


@cache
def can_drop():
    """Whether we may tell this machine's network what to swallow: as root, and nowhere else."""
    if os.geteuid() or not shutil.which("iptables"):
        return False
    return not subprocess.run(["iptables", "-S", "INPUT"], capture_output=True).returncode


@contextlib.contextmanager
def silence(port):
    """Nothing comes through to this port or back from it, and nobody is told."""
    rules = [
        ["INPUT", "-i", "lo", "-p", "tcp", way, str(port), "-j", "DROP"]
        for way in ("--dport", "--sport")
    ]
    with contextlib.ExitStack() as stack:
        for rule in rules:
            subprocess.run(["iptables", "-I", *rule], check=True)
            stack.callback(subprocess.run, ["iptables", "-D", *rule], check=True)
        yield


def small_disk(folder):
    """Mount one with little room; whether we may."""
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    return not os.geteuid() and not subprocess.run(command, capture_output=True).returncode


def take_off(folder):
    subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


@contextlib.contextmanager
def full_disk(folder):
    """Not one more block within."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    try:
        yield
    finally:
        filler.unlink()
