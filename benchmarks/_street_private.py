"""What a street file costs one process: private memory before and after opening it and answering.

Arguments: a JSON file of [ZIP, name], and the street file. Prints kilobytes and milliseconds.
"""

import json
import sys
import time
from pathlib import Path

from benchmarks._private import private_kb


def main(questions, path):
    import django

    django.setup()
    from legislators.streetfile.reader import StreetFile

    asked = json.loads(Path(questions).read_text())
    before = private_kb()
    started = time.perf_counter()
    file = StreetFile(Path(path))
    opened_ms = (time.perf_counter() - started) * 1000
    for zip5, name in asked:
        file.streets(zip5, name)
    print(private_kb() - before, opened_ms)


if __name__ == "__main__":
    main(*sys.argv[1:])
