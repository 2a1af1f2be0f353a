"""Writes one export as a worker does; prints its seconds and the MB it took above idle."""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
STATUS = Path("/proc/self/status")


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    from desk.exports import job
    from desk.models import Export

    connection.settings_dict["NAME"] = sys.argv[2]
    Export.objects.exists()
    # From here on the highest is that of the export.
    Path("/proc/self/clear_refs").write_text("5")
    idle = megabytes("VmRSS")
    print("begins", flush=True)
    began = time.perf_counter()
    job.write(int(sys.argv[1]))
    print(time.perf_counter() - began, megabytes("VmHWM") - idle, flush=True)


def megabytes(name: str) -> float:
    line = next(one for one in STATUS.read_text().splitlines() if one.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
