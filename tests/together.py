"""Several at the same moment."""

import threading

from django.db import connection


def together(*deeds):
    """Run the deeds at once, each on a database connection of its own."""
    faults, start = [], threading.Barrier(len(deeds))

    def run(deed):
        try:
            start.wait()
            deed()
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == [], repr(faults)
