"""How far one thing travels through the house: the files of ours that it enters on its way.

A reader who follows a letter opens these files. Each walk is traced as it really runs, and its list
is printed (`bin/test tests/actions/test_walks.py -s`). A file counts when one of its functions is
called, properties of models too; what any page enters to be drawn (middleware, the brand) is no part
of a walk. The bounds are what was there when they were set: a walk that grows wants a reason, or a
shorter way.
"""

import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from actions.confirm import confirm
from actions.models import Submission
from tests import build
from tests.actions.browsing import ACT, ME, send
from tests.worker.inbound import corpus
from worker.channels import verp
from worker.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]
NOT_OURS_TO_READ = {"tests", ".venv", "migrations"}


@contextmanager
def entered():
    """The files of ours in which a function was called meanwhile, in that order."""
    found = {}

    def note(frame, event, _):
        if event == "call" and frame.f_code.co_name != "<module>":
            found.setdefault(frame.f_code.co_filename)

    files = []
    sys.setprofile(note)
    try:
        yield files
    finally:
        sys.setprofile(None)
        files += [name for name in map(in_the_house, found) if name]


def in_the_house(name):
    path = Path(name)
    if not path.is_relative_to(settings.BASE_DIR):
        return None
    inside = path.relative_to(settings.BASE_DIR)
    return None if NOT_OURS_TO_READ.intersection(inside.parts) else str(inside)


def tell(walk, files):
    print(f"\n{walk}: {len(files)} files", *files, sep="\n    ")


def test_one_form_becomes_a_submission_and_one_yes_its_envelopes(client, letter_ask, whole_zip):
    page = send(client, client.get(ACT), step="address", zip="00001", age="34")
    with entered() as any_page:
        client.get("/")

    with entered() as files:
        send(client, page, step="write", own_words="My son plays there.", **ME)
    # Around every request, whatever it is about: the middleware, and the counters of its limits.
    files = [name for name in files if name not in any_page and not name.startswith("config/")]

    tell("A form becomes a submission", files)
    assert Submission.objects.exists()
    assert len(files) <= 61

    with entered() as files:
        confirm(Submission.objects.get())

    tell("A yes becomes its envelopes", files)
    assert Delivery.objects.filter(key__startswith="letter:").exists()
    assert len(files) <= 42


def test_one_delivery_becomes_a_bounce_that_its_writer_is_told(client, letter_ask, whole_zip):
    from actions import take
    from actions.followup import tell_writers
    from worker.inbound.returns import take_in_mail

    action = confirm(take.take_action(letter_ask, build.filled_form(letter_ask)))
    letter = action.letters.get(route="email")
    Delivery.objects.filter(pk=letter.delivery_id).update(
        state="sent", settled_at=action.created_at
    )

    with entered() as files:
        take_in_mail(
            corpus.filled(corpus.POSTFIX, letter.delivery),
            recipient=verp.address(letter.delivery.public_id.hex),
        )
        tell_writers.tell()

    tell("A bounce is told to its writer", files)
    assert Delivery.objects.filter(key__startswith="failed:").exists()
    assert len(files) <= 36
