"""What breaks, by the numbers of docs/safety.md 3.2; what the machine itself does is in machine.py.

Each fault happens while people act and letters leave, and puts right what it broke.

`chance` is the seed's; `run.complain` takes what the fault itself sees and no later check could.
"""

import signal
import time

from tests.chaos import machine
from tests.chaos.asking import ask
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
    """People are served and told the truth; who starts meanwhile waits for room."""
    run.house.broker.fill_up()
    late = run.house.begin_sender()
    for path, said in (("/readyz", '"redis": "full"'), ("/login/", "<h1"), ("/metrics", "take_")):
        answer = ask(run.house.site, "GET", path)
        if answer.status != 200 or said not in answer.text:
            run.complain("K5", f"{path} answered {answer.status} while Redis was full")
    time.sleep(4)
    run.house.broker.make_room()
    if not run.wait(lambda: is_ready(late) or late.poll() is not None, 40) or not is_ready(late):
        run.complain("K5", "a sender that started while Redis was full did not wait for room")


def is_ready(sender):
    return " ready." in sender.log.read_text(errors="replace")


@fault("K6")
def the_database_restarts(run, chance):
    with run.excused("503"):
        run.house.database.restart_immediately(down_s=chance.random())
        run.wait(run.web_answers, 30)
        time.sleep(0.5)


@fault("K17")
def the_disk_is_full(run, chance):
    """Where the journal lies: what cannot be noted is not done, and whoever wants it tries again."""
    if not run.house.has_small_disk:
        return "no small disk here: not tried"
    with run.excused("503"), machine.full_disk(run.house.folder / "journal"):
        time.sleep(chance.uniform(1, 3))
    return "the journal's"


@fault("K28")
def the_network_to_the_database_is_silent(run, chance):
    """Packets are swallowed, and nobody is told: a page answers nonetheless, soon, and all goes on."""
    if not machine.can_drop():
        return "needs root and iptables: not tried"
    with run.excused("503"), run.excused("silence"):
        with machine.silence(run.house.database.port):
            began = time.monotonic()
            answers = [ask(run.house.site, "GET", "/act/playgrounds/thanks/") for _ in range(2)]
            took = time.monotonic() - began
        if {answer.status for answer in answers} != {503} or took > 40:
            run.complain("K28", f"{[a.status for a in answers]} after {took:.0f} s of silence")
        if not run.wait(run.web_answers, 30):
            run.complain("K28", "the pages did not come back with the network")
        # Who asked in its last moment is answered by now.
        time.sleep(12)
    return f"two pages took {took:.0f} s"


@fault("K29")
def names_are_not_found(run, chance):
    """Of one sender: its relay's name is known to nobody."""
    name = f"smtp://localhost:{run.house.sink.port}"
    run.house.replace_a_sender(CHAOS_NO_DNS="1", SMTP_URL=name)


@fault("K30")
def the_relay_speaks_nonsense(run, chance):
    """Before the letter it costs a try; after it nobody knows, and it is not sent again."""
    moment, reply = chance.choice(NONSENSE)
    times = chance.randint(1, 3)
    run.house.sink.rule(moment, reply, times=times)
    return f"{times} x {reply!r} at {moment}"


@fault("K31")
def the_web_is_deployed(run, chance):
    """New processes take over under load, and nobody is sent away."""
    times = chance.randint(1, 3)
    for _ in range(times):
        before = set(run.house.web_hands())
        run.house.web.send_signal(signal.SIGHUP)
        if not run.wait(lambda: before.isdisjoint(run.house.web_hands()), 60):  # noqa: B023
            run.complain("K31", "an old web process was still there after 60 s")
    return f"{times} times"


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
    skew = chance.choice([-86400, -3600, 3600, 86400])
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


NONSENSE = [
    ("MAIL", "299 perhaps"),
    ("MAIL", "651 6.6.6 who knows"),
    ("RCPT", "no such thing as a number"),
    ("DATA", "250 well done"),
    ("END", "650 6.6.6 who knows"),
    ("END", "thank you, come again"),
]
PERIODIC = [
    "worker.tasks.sweep",
    "worker.tasks.ask_about_doubt",
    "actions.tasks.count",
    "actions.tasks.tell_of_failures",
    "actions.tasks.finish_unmatched",
    "actions.tasks.remind",
]
