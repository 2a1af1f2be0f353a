"""Of somebody new one statement says that nothing here speaks of them; of anybody else it says what
does.
"""

import datetime as dt
import uuid
from dataclasses import fields

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions import take
from actions.confirm import confirm
from actions.first_look import FirstLook, first_look
from actions.models import Burst, Submission, Venue
from actions.screening import bursts
from supporters import mail, suppressions
from tests import build
from worker.models import Delivery

HERE = bursts.marks_of("203.0.113.7", "nora@school.example")


@pytest.fixture
def petition(db):
    made = build.ask("petition")
    build.petition_text(made)
    return made


def filled(ask, **fields):
    entry = build.entry(email="nora@school.example")
    return build.filled_form(ask, **{"entry": entry, "marks": HERE} | fields)


def seen(ask):
    look = first_look(take.fill_in(ask, filled(ask)))
    return {field.name for field in fields(FirstLook) if getattr(look, field.name)}


def test_of_somebody_new_nothing_speaks_and_of_others_what_does(petition):
    other = build.ask("petition", campaign=petition.campaign)
    build.petition_text(other)
    now, hour = timezone.now(), dt.timedelta(hours=1)
    assert seen(petition) == set()

    sent = take.take_action(petition, filled(petition))
    assert seen(petition) == {"sent_before", "mailed"}
    assert seen(other) == {"mailed"}
    confirm(sent)
    assert seen(petition) == {"sent_before", "mailed", "counted", "known"}
    suppressions.said_not_me(sent.mailbox, other)
    suppressions.suppress(sent.mailbox, "bounced")
    opened = {
        "name": "A school",
        "opened_by": "ana@example.org",
        "network": HERE.kept_network,
        "begins_at": now - hour,
        "ends_at": now + hour,
    }
    Venue.objects.create(campaign=petition.campaign, **opened)
    assert seen(other) == {"mailed", "known", "quiet", "suppressed", "at_venue"}


@pytest.mark.parametrize(
    ("mark", "most"),
    [
        ("network", bursts.FROM_NETWORK),
        ("wider_network", bursts.FROM_WIDER_NETWORK),
        ("mail_domain", bursts.FOR_DOMAIN),
    ],
)
def test_half_of_what_people_send_is_many_and_one_less_is_not(petition, mark, most):
    sent = take.fill_in(petition, filled(petition, entry=build.entry(email="ana@example.org")))
    marks = dict.fromkeys(["network", "wider_network", "mail_domain"], "")
    for each in range(most // 2):
        others = marks | {mark: getattr(sent, mark) or getattr(HERE, mark)}
        Submission.objects.create(**as_another(sent) | others | {"mailbox": f"{each}"})

    assert seen(petition) == {"many"}
    Submission.objects.first().delete()
    assert seen(petition) == set()


def test_a_burst_that_still_demands_a_proof_and_a_full_minute_of_mail_are_seen(
    petition, monkeypatch
):
    soon = timezone.now() + dt.timedelta(minutes=5)
    told = {"began_at": timezone.now(), "until": soon, "because": "many on one ask"}
    burst = Burst.objects.create(scope=f"ask:{petition.pk}", demanded_until=soon, **told)
    assert seen(petition) == {"many"}
    burst.delete()

    build.posted(lane=mail.LANE, key="confirm:another")
    assert seen(petition) == set()
    monkeypatch.setattr(mail, "MOST_ASKS_A_MINUTE", 1)
    assert seen(petition) == {"mail_waits"}


def test_a_newcomer_costs_a_dozen_statements(petition):
    take.take_action(petition, filled(petition, entry=build.entry(email="ana@example.org")))

    with CaptureQueriesContext(connection) as asked:
        take.take_action(petition, filled(petition))

    assert len(asked) <= 14
    assert Delivery.objects.filter(key__startswith="confirm:").count() == 2


def as_another(submission):
    """Its columns, for another form's row."""
    kept = {f.attname: getattr(submission, f.attname) for f in Submission._meta.concrete_fields}
    return kept | {"id": None, "form_key": uuid.uuid4(), "public_id": uuid.uuid4()}
