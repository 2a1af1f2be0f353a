"""Starting a contender (benchmarks/_sender.py) in a process of its own, and letting it go."""

import json
import subprocess
import sys
from contextlib import contextmanager


@contextmanager
def sender(who, letters, run):
    """The process, once it is ready and waits for `go`."""
    command = [sys.executable, "-m", "benchmarks._sender", who, str(letters), run]
    with subprocess.Popen(
        command,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as child:
        assert child.stdout.readline() == "ready\n", who
        yield child


def environment(**more):
    """As a test's processes have it: their own servers, and `more`."""
    from tests import processes

    return processes.environment() | more


def go(child):
    """Its own account of the work: seconds and CPU seconds."""
    child.stdin.write("go\n")
    child.stdin.flush()
    return json.loads(child.stdout.readline())
