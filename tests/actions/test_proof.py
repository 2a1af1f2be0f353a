"""While more comes than people send, a calculation tells people from programs: whoever brings one
goes on as always, whoever cannot is set aside and told, and nobody is refused.
"""

import base64
import datetime as dt
import json
import uuid
from dataclasses import replace

import altcha
import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from actions import retention, take
from actions.models import Burst, Submission, UsedProof
from actions.screening import bursts, proof
from actions.screening.machines import new_token
from tests import build
from tests.actions.browsing import ACT, ME, send
from tests.actions.crowds import sent
from tests.together import together
from worker.models import Delivery

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def _easy(monkeypatch):
    """What a test calculates takes no time."""
    monkeypatch.setattr(proof, "ROUNDS", 1)
    monkeypatch.setattr(proof, "MOST", 3)


@pytest.fixture
def burst(petition, monkeypatch):
    """Four have sent from one network, where two is the limit."""
    monkeypatch.setattr(bursts, "FROM_NETWORK", 2)
    for number in range(4):
        sent(petition, number)
    return petition


def solution(form_key):
    challenge = altcha.Challenge.from_dict(proof.challenge(form_key))
    return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()


def after(**time):
    return time_machine.travel(timezone.now() + dt.timedelta(**time), tick=False)


def ask_for_one(client, ask, **fields):
    return client.post("/proof/", {"token": new_token(ask.pk).sign(), **fields})


def test_whoever_brings_a_proof_goes_on_and_whoever_does_not_is_set_aside(burst):
    key = uuid.uuid4()

    assert sent(burst, 10, key=key, proof=solution(key)).state == "waiting"
    assert sent(burst, 11).state == "quarantined"
    assert sent(burst, 12, address=ELSEWHERE).state == "waiting"


def test_a_proof_counts_once_also_for_its_own_form(burst):
    key = uuid.uuid4()
    calculated = solution(key)
    first = sent(burst, 10, key=key, proof=calculated)

    assert sent(burst, 10, key=key, proof=calculated) == first
    assert sent(burst, 11, key=key, proof=calculated).state == "quarantined"
    assert sent(burst, 12, key=key, proof=solution(key)).state == "waiting"


def test_one_proof_mends_an_address_twice_and_mails_no_crowd(burst):
    key = uuid.uuid4()
    states = []
    for number in range(5):
        entry = build.entry(email=f"nora{number}@example.org")
        form = build.filled_form(
            burst, key=key, entry=entry, marks=bursts.marks_of(HERE, entry.email), corrects=True
        )
        calculated = solution(key) if number == 0 else ""
        states.append(take.take_action(burst, replace(form, proof=calculated)).state)

    assert states == ["waiting"] * 3 + ["quarantined"] * 2


@pytest.mark.django_db(transaction=True)
def test_of_ten_that_use_one_proof_at_once_one_goes_on(petition, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer")
    monkeypatch.setattr(bursts, "FROM_NETWORK", 0)
    key = uuid.uuid4()
    calculated = solution(key)

    def use(number):
        return lambda: sent(petition, number, key=key, proof=calculated)

    together(*(use(number) for number in range(10)))

    assert Submission.objects.filter(state="waiting").count() == 1
    assert Submission.objects.filter(state="quarantined").count() == 9


def changed(text, **parameters):
    payload = json.loads(base64.b64decode(text))
    payload["challenge"]["parameters"] |= parameters
    return base64.b64encode(json.dumps(payload).encode()).decode()


def test_what_is_no_answer_of_ours_for_this_form_is_none(burst):
    key = uuid.uuid4()
    good = solution(key)
    by_others = altcha.create_challenge(proof.ALGORITHM, 1, counter=0, hmac_secret="theirs")
    made_up = altcha.Payload(by_others, altcha.solve_challenge(by_others)).to_base64()
    odd = ("x", "\x00", "é", "[" * 1900, "bnVsbA==", "W10=", "eyJjaGFsbGVuZ2UiOiB7fX0=", good * 9)
    wrong = [
        *(solution(uuid.uuid4()), made_up, good[:-40], *odd),
        changed(good, expiresAt=2e9),
        changed(good, keyPrefix="00"),
        changed(good, data={"form": [[]]}),
    ]

    assert [proof.use(text, key) for text in wrong] == [False] * len(wrong)
    with after(minutes=31):
        assert not proof.use(good, key)
    assert proof.use(good, key)


def test_a_proof_excuses_nothing_else(burst):
    key = uuid.uuid4()
    trapped = sent(burst, 10, key=key, proof=solution(key), suspicion="filled the hidden field")

    assert trapped.state == "quarantined"
    assert not UsedProof.objects.exists()


def test_forms_hand_it_out_from_half_of_a_limit_on_and_ten_minutes_longer(
    client, petition, monkeypatch
):
    monkeypatch.setattr(bursts, "FROM_NETWORK", 4)
    answers = []
    for number in range(4):
        answers.append(ask_for_one(client, petition).status_code)
        sent(petition, number)
    answers.append(ask_for_one(client, petition).status_code)
    assert answers == [204, 204, 204, 200, 200]

    with after(minutes=9):
        assert ask_for_one(client, petition).status_code == 200
    with after(minutes=11):
        assert ask_for_one(client, petition).status_code == 204


def test_ten_minutes_after_the_last_of_it_nobody_needs_one(burst):
    with after(minutes=9):
        assert sent(burst, 10).state == "quarantined"
        assert sent(burst, 11, address=ELSEWHERE).state == "waiting"
    with after(minutes=11):
        assert sent(burst, 12).state == "waiting"


def test_a_burst_that_goes_on_is_written_down_once_a_minute(burst):
    [row] = Burst.objects.all()
    with after(seconds=30):
        sent(burst, 10)
        assert Burst.objects.get().until == row.until
    with after(seconds=90):
        for number in range(20, 24):
            sent(burst, number)
        again = Burst.objects.get()
        assert again.until > row.until
        assert again.began_at == row.began_at
    with after(days=2):
        for number in range(30, 34):
            sent(burst, number)
        assert Burst.objects.get().began_at > row.until


def test_what_is_kept_of_a_burst_and_of_proofs_names_nobody_and_ends_after_a_day(burst):
    key = uuid.uuid4()
    sent(burst, 10, key=key, proof=solution(key))
    kept = f"{Burst.objects.values().get()} {UsedProof.objects.values().get()}"
    assert "198.51" not in kept
    assert key.hex not in kept
    with after(days=2):
        retention.forget_unconfirmed()

    assert not Burst.objects.exists()
    assert not UsedProof.objects.exists()


@pytest.mark.usefixtures("no_hurry")
def test_who_has_no_scripts_is_told_by_mail_that_a_person_looks_and_never_refused(client, burst):
    Burst.objects.update(scope=bursts.marks_of("127.0.0.1", ME["email"]).network)
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    answer = send(client, page, step="write", **ME)

    assert answer.status_code == 200
    mail = Delivery.objects.filter(recipient=ME["email"]).get()
    assert mail.subject.startswith("Set aside for a look")


def test_it_is_asked_for_by_its_own_forms_and_kept_by_nobody(client, burst):
    answer = ask_for_one(client, burst)

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert client.post("/proof/", {"token": "x"}).status_code == 400
    assert client.get("/proof/").status_code == 405
    away = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/proof/", {}, headers=away).status_code == 403
    # A campaign's page stays everybody's.
    assert "public" in client.get(ACT)["Cache-Control"]


def test_all_of_it_holds_while_redis_is_away(client, burst, settings):
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    }
    key = uuid.uuid4()

    assert ask_for_one(client, burst).status_code == 200
    assert sent(burst, 10).state == "quarantined"
    calculated = solution(key)
    assert sent(burst, 11, key=key, proof=calculated).state == "waiting"
    assert sent(burst, 12, key=key, proof=calculated).state == "quarantined"
