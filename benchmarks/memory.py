"""What the programs of one documented machine keep in memory while nobody comes: as units of their
own, and all but the web server as children of one (docs/install.md, A small machine).

Memory is what is theirs (PSS, from /proc): of what several share each has its part.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.hour import BEAT, QUEUES, WORKER, memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
WEB = "gunicorn -c config/gunicorn.py --bind 127.0.0.1:{port}"


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=45, help="until it is idle")
    options = parser.parse_args()
    django.setup()
    from benchmarks._database import a_database

    with a_database(), tempfile.TemporaryDirectory() as folder:
        apart = measure(units(Path(folder)), options.seconds)
        together = measure({"together": "-m worker.together"}, options.seconds)
    print(f"together {together / apart:.2f}x")


def units(folder):
    named = {f"worker@{queue}": f"{queue} --hostname={queue}@%h" for queue in QUEUES}
    return {
        **{name: f"-m {WORKER} --queues={queue}" for name, queue in named.items()},
        "beat": f"-m {BEAT} --schedule={folder / 'beat'}",
        "catcher": "manage.py catch_mail",
        "returns": "manage.py take_returns",
    }


def measure(programs, seconds):
    """Megabytes of these and the web server, printed one by one."""
    from config.children import free_port, start, stop
    from tests.processes import environment

    env = environment() | {"ACCESS_LOG": "0", "RETURNS_LISTEN": f"127.0.0.1:{free_port()}"}
    Path(env["VAR_DIR"]).mkdir(parents=True, exist_ok=True)
    web = "-m " + WEB.format(port=free_port())
    running = {
        name: start([sys.executable, *command.split()], env=env, output=subprocess.DEVNULL)
        for name, command in {"web": web, **programs}.items()
    }
    try:
        time.sleep(seconds)
        found = {name: memory(child.pid) for name, child in running.items()}
    finally:
        for child in running.values():
            stop(child)
    for name, size in found.items():
        print(f"  {name:16} {size:6.0f} MB")
    total = sum(found.values())
    print(f"  {'in all':16} {total:6.0f} MB", flush=True)
    return total


if __name__ == "__main__":
    main()
