"""One contender in a process of its own.

Says "ready", waits for a line, works, and prints its seconds and its CPU as JSON.

Arguments: the contender's name, how many letters, a name for this run. CPU is this process's and
that of every process it started. Starting Python is not counted, for nobody.
"""

import json
import logging
import os
import resource
import smtplib
import sys
import tempfile
import time
from urllib.parse import urlsplit


def main(name, count, run):
    import django

    django.setup()
    from benchmarks._letters import letters  # its models need Django

    logging.disable(logging.INFO)
    work = CONTENDERS[name](letters(run, int(count)))
    print("ready", flush=True)
    sys.stdin.readline()
    cpu, began = spent(), time.perf_counter()
    work()
    print(json.dumps({"seconds": time.perf_counter() - began, "cpu": spent() - cpu}), flush=True)


def spent():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def ready_made(campaign):
    """The limit: a connection that stays open, and bytes made before the clock starts."""
    from benchmarks._letters import composed

    made = [(letter.recipient, composed(letter)) for letter in campaign]
    return lambda: over_one_line(made)


def built(campaign):
    """The same connection, each message built in its turn."""
    from benchmarks._letters import composed

    return lambda: over_one_line((letter.recipient, composed(letter)) for letter in campaign)


def over_one_line(messages):
    from django.conf import settings

    parts = urlsplit(settings.CATCHER_URL)
    with smtplib.SMTP(parts.hostname, parts.port, local_hostname="localhost") as smtp:
        for recipient, message in messages:
            smtp.sendmail("letters@mail.example.org", [recipient], message)


def only_building(campaign):
    """What composing costs us: it happens when a letter is posted, not when it is sent."""
    from benchmarks._letters import composed

    return lambda: [composed(letter) for letter in campaign]


def ours(campaign):
    """The engine in one process, lane after lane."""
    from worker.engine.deliver import deliver

    lanes = sorted({letter.lane for letter in campaign})

    def work():
        for lane in lanes:
            while deliver(lane):
                pass

    return work


def post_office(batch, processes):
    """Its own command's loop: what is queued, batch by batch, until nothing is."""

    def contender(_campaign):
        from django.conf import settings
        from post_office.mail import send_queued_mail_until_done

        if batch:
            settings.POST_OFFICE["BATCH_SIZE"] = batch
        # Not the lock of another bench on this machine.
        return lambda: send_queued_mail_until_done(
            f"{tempfile.gettempdir()}/post_office-{os.getppid()}", processes=processes
        )

    return contender


CONTENDERS = {
    "ready_made": ready_made,
    "built": built,
    "only_building": only_building,
    "ours": ours,
    "post_office": post_office(None, 1),
    "post_office_best": post_office(1000, 2),
}

if __name__ == "__main__":
    main(*sys.argv[1:])
