"""Each of several test processes gets a Redis database, ports and a folder of its own.

A plugin for pytest's command line (`-p tests.parallel`): that is read before Django's settings are.
"""

import os

from config.children import free_port

if name := os.environ.get("PYTEST_XDIST_WORKER"):
    server, _, _ = os.environ["REDIS_URL"].rpartition("/")
    os.environ |= {
        "REDIS_URL": f"{server}/{int(name.removeprefix('gw')) + 1}",
        "SITE_URL": f"http://127.0.0.1:{free_port()}",
        "CATCHER_URL": f"smtp://127.0.0.1:{free_port()}",
        "VAR_DIR": f"{os.environ['VAR_DIR']}-{name}",
    }
