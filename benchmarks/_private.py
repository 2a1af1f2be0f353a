"""What the indexes cost one process: private memory before and after opening them and answering.

Prints kilobytes and milliseconds.

Arguments: a file of points ("lat lon" a line), then the index files. Run it while another process
has the same files mapped, as on a server: pages that nobody else has mapped would count as private
though they are only the file's.
"""

import sys
import time
from pathlib import Path


def main(points, *paths):
    import django

    django.setup()
    from legislators.maps.boundaries import Index

    points = [tuple(map(float, line.split())) for line in Path(points).read_text().splitlines()]
    before = private_kb()
    started = time.perf_counter()
    indexes = [Index(Path(path)) for path in paths]
    opened_ms = (time.perf_counter() - started) * 1000
    for lat, lon in points:
        for index in indexes:
            index.covering(lat, lon)
    print(private_kb() - before, opened_ms)


def private_kb():
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(
        int(line.split()[1])
        for line in lines
        if line.startswith(("Private_Dirty:", "Private_Clean:"))
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
