"""Where a typed address goes: into the letter that needs it, and nowhere else.

Each path is walked with an address that nobody has, and then every table, every log line, every key
of Redis and every message for a worker is searched for it.
"""

import logging

import pytest
from django.core.cache import caches

from actions.confirm import confirm
from actions.models import Submission
from legislators import franklin, lookup
from legislators.models import Seat, ZipDistrict
from legislators.street_line import street_of
from legislators.streetfile import reader
from legislators.streetfile.known_districts import KnownDistricts
from legislators.streetfile.street_rows import StreetRow
from legislators.streetfile.writer import Writer
from supporters.models import Supporter
from tests import build
from tests.actions.browsing import ACT, ME, is_taken, send
from tests.traces import redis_texts, tables
from worker import queue

pytestmark = pytest.mark.django_db(transaction=True)
STREET, CITY = "1427 Quincunx Hollow Rd", "Zyzzyvaton"
SEEDS = ("quincunx", "zyzzyva")
HOME = {"street": STREET, "city": CITY, "zip": "00018", "state": "FK"}
LETTER = {"worker_delivery"}  # the sealed envelope


class Keeper(logging.Handler):
    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        self.lines.append(
            logging.Formatter("%(name)s %(message)s").format(record) + repr(record.__dict__)
        )


@pytest.fixture
def traces(monkeypatch, _clean_redis):
    """Ask it where the address lies: names of tables, "logs", "redis", "messages"."""
    keeper, messages, loggers = Keeper(), [], [logging.getLogger(name) for name in ("", "django")]
    level = loggers[0].level
    loggers[0].setLevel(
        logging.DEBUG
    )  # as LOG_LEVEL=DEBUG would; settings keep Django's own at INFO whatever it says
    for logger in loggers:
        logger.addHandler(keeper)

    written = queue.message

    def publish(task, arguments, name):
        messages.append(repr(arguments))
        return written(task, arguments, name)

    monkeypatch.setattr(queue, "message", publish)

    def found():
        places = {table for table, text in tables() if holds(text)}
        places |= {"logs"} if any(holds(line) for line in keeper.lines) else set()
        places |= {"messages"} if any(holds(message) for message in messages) else set()
        return places | ({"redis"} if any(holds(text) for text in redis_texts()) else set())

    found.keeper, found.messages = keeper, messages
    yield found
    loggers[0].setLevel(level)
    for logger in loggers:
        logger.removeHandler(keeper)


def holds(text):
    return any(seed in text.lower() for seed in SEEDS)


@pytest.fixture
def page_with_letter(client, settings, tmp_path):
    """Franklin with a street of this name on no map, and a letter to its house."""
    settings.FORM_LEAST_SECONDS = 0
    settings.VAR_DIR = tmp_path
    franklin.build()
    ask = build.ask(
        "letter", letter_body="Please open the playgrounds.", letter_subject="Playgrounds"
    )
    build.rule(ask, states=["FK"], chambers=["state_lower"])
    return client.get(ACT)


def split_zip():
    by_zip = {}
    for zip5, division in ZipDistrict.objects.filter(edition__layer="sldl").values_list(
        "zip", "division"
    ):
        by_zip.setdefault(zip5, []).append(division)
    return next(
        (zip5, divisions[0]) for zip5, divisions in sorted(by_zip.items()) if len(divisions) > 1
    )


def test_the_search_would_notice(traces, settings):
    """Planted where each kind of leak would be."""
    assert traces() == set()
    logging.getLogger("legislators.candidate_districts").debug("no street %s", STREET)
    Supporter.objects.filter(pk=build.supporter().pk).update(street=STREET)

    assert traces() == {"logs", "supporters_supporter"}
    caches["default"].set("where", STREET)
    if list(redis_texts()):
        assert "redis" in traces()


def test_looking_up_and_walking_away_leaves_nothing(client, traces, page_with_letter):
    answer = send(client, page_with_letter, step="address", age="34", **HOME)

    assert answer.status_code == 200
    assert holds(answer.content.decode())
    assert traces() == set()


def test_choosing_between_districts_and_walking_away_leaves_nothing(
    client, traces, page_with_letter
):
    zip5, division = split_zip()
    page = send(client, page_with_letter, step="address", age="34", **HOME | {"zip": zip5})
    assert b"choice_state_lower" in page.content
    page = send(client, page, step="choose", choice_state_lower=division)

    assert b"own_words" in page.content
    assert traces() == set()


def test_asking_who_represents_me_leaves_nothing(client, traces, page_with_letter):
    page = client.post("/representatives/", {"step": "address", **HOME})
    wrong = client.post("/representatives/", {"step": "address", **HOME | {"zip": "123"}})
    begun = client.post(ACT, {"step": "begin", **HOME})

    assert [each.status_code for each in (page, wrong, begun)] == [200, 422, 200]
    assert all(holds(each.content.decode()) for each in (page, wrong, begun))
    assert traces() == set()


def test_a_child_s_address_is_kept_nowhere(client, traces, page_with_letter):
    page = send(client, page_with_letter, step="address", age="9", **HOME)
    send(client, page, step="voice")

    assert not holds(page.content.decode())
    assert traces() == set()


def test_mistakes_in_the_form_are_given_back_and_not_kept(client, traces, page_with_letter):
    page = send(client, page_with_letter, step="address", age="34", **HOME)
    again = send(client, page, step="write", **ME | {"email": "nora@"})
    short = send(client, page_with_letter, step="address", age="34", **HOME | {"zip": "123"})

    assert (again.status_code, short.status_code) == (422, 422)
    assert traces() == set()


def test_a_failed_lookup_is_not_told_to_the_logs(client, traces, page_with_letter, monkeypatch):
    def down(*args, **_):
        raise lookup.LookupUnavailable from OSError("disk")

    monkeypatch.setattr(lookup, "find", down)
    send(client, page_with_letter, step="address", age="34", **HOME)

    assert traces() == set()


def test_a_file_of_streets_that_breaks_is_not_told_either(
    client, traces, page_with_letter, monkeypatch
):
    franklin_street(STREET.removeprefix("1427 "))
    monkeypatch.setattr(reader.StreetFile, "streets", lambda *_: [][0])
    send(client, page_with_letter, step="address", age="34", **HOME)

    assert any("street file cannot be read" in line for line in traces.keeper.lines)
    assert traces() == set()


def franklin_street(name):
    """A street file that knows the name, of Franklin."""
    from legislators.streetfile.loading import take_in_streets

    writer = Writer()
    writer.add("00018", [StreetRow(street_of(name), KnownDistricts("FK", ()))])
    head = {"name": "Streets", "states": ["FK"], "valid_from": "2024-01-01"}
    return take_in_streets("franklin", writer.finish(head, {}), b"", say=lambda line: None)


def test_only_the_letter_and_what_waits_for_the_mailbox_hold_it_and_then_the_supporter(
    client, traces, page_with_letter
):
    zip5, division = split_zip()
    page = send(client, page_with_letter, step="address", age="34", **HOME | {"zip": zip5})
    page = send(client, page, step="choose", choice_state_lower=division)
    assert is_taken(send(client, page, step="write", **ME))

    assert Seat.objects.filter(division=division).exists()
    assert traces() <= {"actions_submission"}
    confirm(Submission.objects.get())
    assert traces() <= {*LETTER, "supporters_supporter"}
    assert traces.messages


@pytest.mark.parametrize("age", ["12", "15", ""])
def test_what_a_minor_or_somebody_without_an_age_answers_is_kept_nowhere(
    client, traces, settings, age
):
    settings.FORM_LEAST_SECONDS = 0
    ask = build.ask("petition")
    build.petition_text(ask)
    question = ask.questions.create(kind="long", text="What happened to you?")
    home = {"step": "address", "zip": "00001", "age": age, "country": "US"}
    answer = {f"answer_{question.pk}": STREET, f"asked_{question.pk}": question.digest}

    page = client.post(ACT, home)
    assert "What happened to you?" not in page.content.decode()
    token = client.post(ACT, {"step": "together"}).context["person"]["token"].value()
    client.post(ACT, {**home, **ME, **answer, "token": token, "step": "write", "together": "yes"})

    assert Submission.objects.exists() == (age == "15")
    assert traces() == set()
