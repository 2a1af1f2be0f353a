"""kill -9 of everything that sends, six times while it sends: what does the mail server have twice,
and what is lost?

Ours: a worker of two processes, as deployed. After each kill the bench ends the leases of the dead
and sweeps, which by itself takes five and a half minutes. django-post_office: its own command,
started again at once. The same letters, the same mail server.
"""

import os
import signal
import sys
import time

KILLS = 6
PROCESSES = 2


def compare(ask, *, letters):
    from benchmarks._database import describe
    from benchmarks._letters import letters as campaign

    print(
        f"{letters} letters, {KILLS} times kill -9 of everything that sends, at equal distances;"
        f" {describe()}"
    )
    print(f"  {'':34} {'arrived':>8} {'copies too many':>16} {'lost':>5} {'uncertain':>10}")
    for name, run in CONTENDERS.items():
        sealed = {letter.message_id for letter in campaign(name, letters)}
        doubt = run(campaign(name, letters), progress(ask, letters))
        copies = {key: number for key, number in ask("copies").items() if key in sealed}
        twice, lost = sum(copies.values()) - len(copies), len(sealed - copies.keys() - doubt)
        print(f"  {name:34} {len(copies):8} {twice:16} {lost:5} {len(doubt):10}", flush=True)
        if run is ours and (twice or lost or len(doubt) > KILLS * PROCESSES):
            sys.exit(
                "our promise is broken: nothing twice, nothing lost, at most one letter in doubt"
                " for a killed process"
            )
    print(
        "  Uncertain letters are listed for a person and never sent again by themselves; some of"
        " them have arrived."
    )


def progress(ask, letters):
    """Waits until the mail server has another seventh of the letters."""
    before = ask()[0]

    def wait_for(kill):
        give_up_at = time.monotonic() + 300
        while ask()[0] - before < letters * (kill + 1) // (KILLS + 1):
            if time.monotonic() > give_up_at:
                sys.exit("nothing is sent any more")
            time.sleep(0.05)

    return wait_for


def ours(campaign, wait_for):
    from benchmarks._database import empty_the_outboxes, settle_down
    from benchmarks._letters import make_ours_due, post_ours
    from benchmarks._workers import wait_for_the_last, workers
    from worker.models import Delivery
    from worker.queue import wake

    lanes = {letter.lane for letter in campaign}
    empty_the_outboxes()
    post_ours(campaign)
    settle_down()
    make_ours_due()
    for kill in range(KILLS):
        with workers(PROCESSES) as child:
            wake(lanes)
            wait_for(kill)
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        end_leases()
    with workers(PROCESSES):
        wake(lanes)
        wait_for_the_last()
    return set(Delivery.objects.filter(state="uncertain").values_list("message_id", flat=True))


def end_leases():
    """Nobody who held one is alive."""
    from django.db.models.functions import Now

    from worker.engine.sweep import sweep
    from worker.models import Delivery

    Delivery.objects.exclude(lease_until=None).update(lease_until=Now())
    sweep()


def theirs(contender):
    def run(campaign, wait_for):
        from benchmarks._contenders import go, sender
        from benchmarks._database import empty_the_outboxes, settle_down
        from benchmarks._letters import post_theirs

        empty_the_outboxes()
        post_theirs(campaign)
        settle_down()
        for kill in range(KILLS):
            with sender(contender, 0, "crash") as child:
                child.stdin.write("go\n")
                child.stdin.flush()
                wait_for(kill)
                os.killpg(child.pid, signal.SIGKILL)
        with sender(contender, 0, "crash") as child:
            go(child)
        return set()

    return run


CONTENDERS = {
    f"take action, worker of {PROCESSES} processes": ours,
    "post_office, defaults": theirs("post_office"),
    "post_office, 1,000 x 2 processes": theirs("post_office_best"),
}
