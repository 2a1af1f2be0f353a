"""What a whole run spent on each file, the ten dearest told at its end.

A plugin for pytest's command line (`-p tests.slowest`). The seconds of a processor are those of
the test process and of children that it has waited for; servers that outlive a file are counted
with the one that ends them.
"""

import os
from collections import defaultdict

import pytest

TOLD = 10
SPENT = "cpu_s"


def cpu_s():
    return sum(os.times()[:4])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Kept on the report, which is what other test processes send."""
    report = yield
    now = cpu_s()
    report.user_properties.append((SPENT, now - item.session.stash.get(last, now)))
    item.session.stash[last] = now
    return report


last = pytest.StashKey()


def pytest_sessionstart(session):
    session.stash[last] = cpu_s()


def pytest_terminal_summary(terminalreporter):
    seconds, cpu = defaultdict(float), defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                file = report.location[0]
                seconds[file] += report.duration
                cpu[file] += sum(spent for name, spent in report.user_properties if name == SPENT)
    dearest = sorted(seconds, key=seconds.get, reverse=True)[:TOLD]
    terminalreporter.section(f"slowest {len(dearest)} files")
    for file in dearest:
        terminalreporter.line(f"{seconds[file]:7.1f} s {cpu[file]:7.1f} s CPU  {file}")
    terminalreporter.line(
        f"{sum(seconds.values()):7.1f} s {sum(cpu.values()):7.1f} s CPU  all {len(seconds)} files"
    )
