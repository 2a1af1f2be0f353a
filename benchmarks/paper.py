"""A thousand letters to one print-ready PDF: CPU seconds and peak memory of a process that does
nothing else, Python's start included.

In the same run, of the same letters: the plain way (one compile per letter with the same typesetter
and fonts, joined at the end), and one more letter in a process that has its fonts open. The bars:
under 3 s of CPU and 200 MB.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time

NAMES = [
    "Nora North",
    "山田太郎",
    "محمد علي",
    "Nguyễn Thị Hồng",
    "Kaʻiulani Kahanamoku",
    "Иван Петров",
    "प्रिया शर्मा",
    "김민수",
]
NAMES += ["Ana Ruiz", "Zoë Ñandú"]
BARS = {"cpu_s": 3.0, "peak_mb": 200.0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", choices=["batch", "plain"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(run(options.child, options.letters)))
        return
    rounds = {
        way: [child(way, options.letters) for _ in range(options.rounds)]
        for way in ("batch", "plain")
    }
    best = {way: min(measured, key=lambda one: one["cpu_s"]) for way, measured in rounds.items()}
    print(
        f"{options.letters} letters of a page, names in eight scripts, best of {options.rounds}"
        f" (all: {spread(rounds)})"
    )
    for way, name in (("batch", "print_many"), ("plain", "one compile per letter, joined")):
        one = best[way]
        print(
            f"  {name:32} {one['cpu_s']:6.2f} s CPU  {one['wall_s']:6.2f} s  {one['peak_mb']:5.0f}"
            f" MB  {one['file_mb']:5.2f} MB file"
        )
    print(
        "  ratio of CPU, plain to print_many:"
        f" {best['plain']['cpu_s'] / best['batch']['cpu_s']:.1f}"
    )
    print(f"  one letter more, fonts open: {best['plain']['one_ms']:.1f} ms CPU")
    verdicts = {name: best["batch"][name] < bar for name, bar in BARS.items()}
    print(
        "  bars: "
        + ", ".join(
            f"{name} < {BARS[name]:g}: {'met' if met else 'MISSED'}"
            for name, met in verdicts.items()
        )
    )


def spread(rounds) -> str:
    return "; ".join(
        way + " " + ", ".join(f"{one['cpu_s']:.2f}" for one in measured)
        for way, measured in rounds.items()
    )


def child(way: str, count: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.paper", "--child", way, "--letters", str(count)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def run(way: str, count: int) -> dict[str, float]:
    began = time.monotonic() - time.clock_gettime(time.CLOCK_PROCESS_CPUTIME_ID)
    letters = [(letter(number), f"7 · {number}") for number in range(1, count + 1)]
    pdf = batch(letters) if way == "batch" else plain(letters)
    used = resource.getrusage(resource.RUSAGE_SELF)
    measured = {
        "cpu_s": used.ru_utime + used.ru_stime,
        "wall_s": time.monotonic() - began,
        "peak_mb": used.ru_maxrss / 1024,
    }
    return measured | {
        "file_mb": len(pdf) / 1e6,
        "one_ms": one_more(letters[0][0]) if way == "plain" else 0,
    }


def batch(letters) -> bytes:
    from worker.paper.typeset import print_many

    return print_many(letters, title="Bench", author="Bench").pdf


def plain(letters) -> bytes:
    import io

    import pikepdf

    from worker.paper.typeset import print_letter

    joined = pikepdf.new()
    for one, mark in letters:
        joined.pages.extend(pikepdf.open(io.BytesIO(print_letter(one, mark=mark).pdf)).pages)
    file = io.BytesIO()
    joined.save(file)
    return file.getvalue()


def one_more(one) -> float:
    from worker.paper.typeset import print_letter

    before = time.process_time()
    for number in range(20):
        print_letter(one, mark=f"more {number}")
    return (time.process_time() - before) / 20 * 1000


def letter(number: int):
    from tests.paper import letter as build

    return build(f"{NAMES[number % len(NAMES)]} {number}")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    main()
