"""Each of several test processes gets a Redis database, ports and a folder of its own; the files
that take longest come first, and those that share what is dear to make go to one process.

A plugin for pytest's command line (`-p tests.parallel`): that is read before Django's settings are.
"""

import os

from xdist.scheduler import LoadFileScheduling

from config.children import free_port

if name := os.environ.get("PYTEST_XDIST_WORKER"):
    server, _, _ = os.environ["REDIS_URL"].rpartition("/")
    os.environ |= {
        "REDIS_URL": f"{server}/{int(name.removeprefix('gw')) + 1}",
        "SITE_URL": f"http://127.0.0.1:{free_port()}",
        "CATCHER_URL": f"smtp://127.0.0.1:{free_port()}",
        "VAR_DIR": f"{os.environ['VAR_DIR']}-{name}",
        "JOURNAL_DIR": f"{os.environ['JOURNAL_DIR']}-{name}",
    }

# A file is one process's: those that take a minute must not be begun when the others have nothing
# left to do.
LONGEST = [
    "tests/chaos/test_short_runs.py",
    "tests/pages/test_english.py",
    "tests/pages/test_spanish.py",
    "tests/pages/test_console.py",
    "tests/chaos/test_teeth_engine.py",
    "tests/config/test_run.py",
    "tests/chaos/test_teeth_doors.py",
    "tests/demo/test_demo.py",
    "tests/legislators/nation/test_real_seats.py",
    "tests/journeys/test_faults.py",
    "tests/worker/test_real_worker.py",
    "tests/actions/test_odd_input.py",
    "tests/legislators/eleven_states/test_real_data.py",
    "tests/legislators/eleven_states/test_real_boundaries.py",
    "tests/legislators/test_real_streets.py",
    "tests/test_journey.py",
    "tests/actions/test_status_axe.py",
    "tests/campaigns/test_pages_axe.py",
    "tests/actions/test_scripts.py",
    "tests/journeys/test_maryland.py",
    "tests/legislators/test_editions.py",
    "tests/desk/test_exports_for_real.py",
    "tests/desk/test_who_reads.py",
    "tests/desk/test_odd_input.py",
    "tests/actions/test_breakdowns.py",
    "tests/actions/test_letter_status.py",
    "tests/actions/test_database_away.py",
    "tests/legislators/test_streetfile.py",
    "tests/worker/test_cwc_fuzz.py",
    "tests/config/test_fail_closed.py",
]


# Its conftest makes once what all of a folder's files look at.
ONE_PROCESS = (
    "tests/demo/",
    "tests/legislators/eleven_states/",
    "tests/legislators/nation/",
    "tests/pages/",
)


class Scheduling(LoadFileScheduling):
    def _split_scope(self, nodeid):
        shared = (folder for folder in ONE_PROCESS if nodeid.startswith(folder))
        return next(shared, super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config, log):
    return Scheduling(config, log)


def pytest_collection_modifyitems(items):
    rank = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.location[0], len(rank)))
