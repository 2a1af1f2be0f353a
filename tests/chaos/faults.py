"""What breaks, by the numbers of docs/safety.md 3.2.

Each fault happens while people act and letters leave, and puts right what it broke.

`chance` is the seed's; `run.complain` takes what the fault itself sees and no later check could.
"""

import time

from tests.chaos.sink import KEPT
from tests.smtp_sink import DROP

FAULTS = {}


def fault(number):
    def name(happen):
        FAULTS[number] = happen
        return happen

    return name


@fault("K1")
def web_workers_are_killed(run, chance):
    """kill -9 while they answer: nobody knows whether what they sent was kept, and sends it again."""
    times = chance.randint(1, 2)
    with run.excused("silence"):
        for _ in range(times):
            run.house.kill_web_hands()
            run.wait(run.web_answers, 30)
            time.sleep(chance.random())
    return f"{times} times"


@fault("K2")
def senders_are_killed(run, chance):
    """kill -9 of every sender while a letter is on the wire: before its first byte, or when it is
    there and nobody was told.
    """
    moment, after = chance.choice([KEPT, KEPT, "MAIL", "RCPT", "END"]), chance.randrange(6)
    gate = run.house.sink.gate(moment, after=after)
    run.wait(gate.reached.is_set, 3)
    run.house.kill()
    run.house.send()
    return f"at {moment} of letter {after + 1}"


@fault("K3")
def a_deploy(run, chance):
    """TERM: what is on the wire finishes, nothing is in doubt."""
    before = run.house.count("state = 'uncertain'")
    went = run.house.drain()
    if not went:
        run.complain("K3", "a sender had not gone after 60 s")
    if run.house.count("state = 'uncertain'") != before:
        run.complain("K3", "a drain left letters in doubt")
    run.house.send()
    return "drained"


@fault("K4")
def redis_is_lost(run, chance):
    way = chance.choice(["flushed", "killed"])
    if way == "flushed":
        run.house.broker.forget()
    else:
        run.house.kill_redis()
    return way


@fault("K5")
def redis_is_full(run, chance):
    run.house.broker.fill_up()
    time.sleep(2)
    run.house.broker.make_room()


@fault("K6")
def the_database_restarts(run, chance):
    with run.excused("503"):
        run.house.database.restart_immediately(down_s=chance.random())
        run.wait(run.web_answers, 30)
        time.sleep(0.5)


@fault("K9")
def the_relay_refuses_for_now(run, chance):
    sink, way = run.house.sink, chance.choice(["down", "421", "451 for one domain"])
    if way == "down":
        sink.down()
        time.sleep(1.5)
        sink.up()
    elif way == "421":
        sink.rule("MAIL", "421 4.3.2 come back later", times=chance.randint(1, 4))
    else:
        rule = sink.rule("RCPT", "451 4.7.1 come back later", domain="@house.franklin.example")
        time.sleep(2)
        sink.forget(rule)
    return way


@fault("K10")
def offices_refuse_for_good(run, chance):
    domain, times = (
        chance.choice(["@other.example", "@senate.franklin.example", "@house.franklin.example"]),
        chance.randint(1, 3),
    )
    run.house.sink.rule(
        chance.choice(["RCPT", "END"]), "550 5.1.1 no such mailbox", domain=domain, times=times
    )
    return f"{times} for {domain}"


@fault("K11")
def the_relay_is_slow(run, chance):
    run.house.sink.wait("END", 1.0)
    time.sleep(3)
    run.house.sink.waits.clear()


@fault("K12")
def the_relay_takes_and_hangs_up(run, chance):
    times = chance.randint(1, 3)
    run.house.sink.rule("END", DROP, times=times)
    return f"{times} times"


@fault("K14")
def every_bell_rings_three_times(run, chance):
    lanes = [lane for (lane,) in run.house.ask("SELECT DISTINCT lane FROM worker_delivery")]
    for lane in lanes * 3:
        run.house.ring("worker.tasks.deliver", lane, queue="mail" if lane == "mail" else "letters")
    for task in PERIODIC * 3:
        run.house.ring(task)


@fault("K15")
def two_clocks_tick(run, chance):
    run.house.tick()
    for task in PERIODIC * 2:
        run.house.ring(task)


@fault("K16")
def one_clock_is_wrong(run, chance):
    skew = chance.choice([-3600, 3600, 86400])
    run.house.replace_a_sender(CHAOS_SKEW_S=str(skew))
    return f"{skew:+d} s in one sender"


@fault("K25")
def a_letter_kills_its_worker(run, chance):
    """From now on, whoever carries a letter of this person dies."""
    person = chance.choice([part for part in run.parts if part.targets])
    run.house.poison(person.email)
    run.house.drain()
    run.house.send()
    return person.email


PERIODIC = [
    "worker.tasks.sweep",
    "worker.tasks.ask_about_doubt",
    "actions.tasks.count",
    "actions.tasks.tell_of_failures",
    "actions.tasks.finish_unmatched",
    "actions.tasks.remind",
]
